"""Search for withheld numbers anywhere in a file, by their digits.

A number of three or four digits is also in a book for other reasons: as a chart coordinate, a position in the
search index, a mean of published numbers, a number in a chapter. Such places are not searched.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.disclosure.array_types import Floats
from navbook.disclosure.audit import scan_containers
from navbook.disclosure.audit.back_calculation import COUNTS, months_in
from navbook.disclosure.audit.texts.decoded import decoded
from navbook.disclosure.audit.withheld_index import KEY, Hit, describe

# numbers with fewer digits are everywhere for other reasons
MIN_DIGITS = 3
# coordinates and positions in the search index are shorter
LONG_DIGITS = 5
SHARE_DECIMALS = 6
# The lookbehind comes after the first digit, so that the engine does not evaluate it at every byte.
_TOKEN = re.compile(rb"\d(?<![\w.,#-]\d)\d*(?:[.,]\d+)?(?!\w|[.,]\d)")
_THOUSANDS = re.compile(rb"(?<=\d)(?:\xc2\xa0|\xe2\x80\xaf|\xe2\x80\x89|&nbsp;|&#160;|&#8239;)(?=\d{3})")
_GEOMETRY = re.compile(
    rb"\s(?:d|points|transform|viewBox|style|width|height|x|y|dx|dy|x1|x2|y1|y2|cx|cy|r|rx|ry)"
    rb"=(?:\"[^\"]*\"|'[^']*')"
)
SEARCH_INDEX = "searchindex.js"
_INDEX_POSITIONS = re.compile(rb"(?<=[\[,:])\d+(?=[\],}])")
_NAMED = re.compile(rb"\d+(?:[.,]\d+)?")


def search_terms_of(
    withheld: pd.DataFrame, published: Sequence[pd.DataFrame], boilerplate: Collection[str] = ()
) -> dict[bytes, str]:
    """Return the printed forms of the withheld numbers to search for, with key and field.

    Included are whole counts with at least three significant digits, and shares with six decimals. Excluded
    are numbers in a published table and the `boilerplate` of the book.
    """
    forms: dict[bytes, str] = {}
    excluded = _published_forms(published) | set(boilerplate)
    # one key is reported for all that have the same value
    distinct = withheld.drop_duplicates(["felt", "verdi"])
    columns = [distinct[name].tolist() for name in (*KEY, "felt", "verdi")]
    for *key, field, value in zip(*columns, strict=True):
        form = _form(str(field), float(value))
        if form and form not in excluded:
            what = describe(key, str(field))
            for variant in _variants(form) - excluded:
                forms.setdefault(variant.encode(), what)
                forms.setdefault(variant.replace(".", ",").encode(), what)
    return forms


def _variants(form: str) -> set[str]:
    """Return a form, and the form without a trailing zero, which data files write."""
    short = form.removesuffix("0") if "." in form else form
    return {form} if short.endswith("0") else {form, short}


# files of text, which may hold text in an encoded form
_ENCODED = (".html", ".htm", ".svg", ".xml", ".json", ".ipynb", ".js", ".css", ".md", ".txt")


def terms_in_name(name: str, forms: Mapping[bytes, str]) -> list[str]:
    """Return key and field of each search term in the name of a file."""
    return [forms[token] for token in sorted(forms.keys() & set(_NAMED.findall(name.encode())))]


def search(path: Path, forms: Mapping[bytes, str]) -> Iterator[Hit]:
    """Yield the search terms in a file: key and field, and the byte offset of the first occurrence."""
    text = _text_of(path)
    hits = list(search_text(text, path, forms))
    yield from hits
    if path.suffix in _ENCODED:
        written = text.decode("utf-8", errors="replace")
        if (plain := decoded(written)) != written:
            known = {what for what, _ in hits}
            found = search_text(plain.encode("utf-8", errors="replace"), path, forms)
            yield from ((what, "decoded text") for what, _ in found if what not in known)


def search_text(text: bytes, path: Path, forms: Mapping[bytes, str]) -> Iterator[Hit]:
    """Yield the search terms in the text of a file; `path` gives its format."""
    content = _THOUSANDS.sub(b"", text)
    there = sorted(forms.keys() & set(_TOKEN.findall(content)))
    written = _without_positions(path, content) if there else content
    for token in there:
        searched = content if len(token) >= LONG_DIGITS else written
        for match in _TOKEN.finditer(searched):
            if match[0] == token:
                yield forms[token], f"byte {content.find(token, match.start())}"
                break


def _text_of(path: Path) -> bytes:
    if path.suffix == ".parquet":
        columns = pq.ParquetFile(path).read()
        rows = [_texts(columns.column(name)) for name in columns.column_names]
        return b"\n".join([*rows, scan_containers.parquet_metadata_text(path)])
    return scan_containers.text_of(path) if path.suffix in scan_containers.WORKBOOKS else path.read_bytes()


def _texts(column: pa.ChunkedArray) -> bytes:
    """Return the distinct values of a column as text, numbers as they are printed."""
    return "\n".join(scan_containers.printed(value) for value in column.unique().to_pylist()).encode()


def numbers_in(text: str) -> set[str]:
    """Return every number in a text, in the form that is searched for."""
    content = _THOUSANDS.sub(b"", text.encode())
    return {token.decode().replace(",", ".") for token in _TOKEN.findall(content)}


def shares_in(text: str) -> set[str]:
    """Return the numbers with six decimals in a text, also where a trailing zero is left out.

    A table of pooled results has so many that some equal a withheld share by chance; whole numbers do not.
    """
    decimals = (LONG_DIGITS, SHARE_DECIMALS)
    return {number for number in numbers_in(text) if len(number.partition(".")[2]) in decimals}


def _without_positions(path: Path, content: bytes) -> bytes:
    """Return the content, of equal length, with blanks for numbers that are only positions."""
    if path.suffix in (".html", ".htm", ".svg"):
        return _GEOMETRY.sub(_blank, content)
    return without_index_positions(path, content)


def without_index_positions(path: Path, content: bytes) -> bytes:
    """Return the content, of equal length; in the search index with blanks for the numbers of documents."""
    if path.name != SEARCH_INDEX:
        return content
    return _INDEX_POSITIONS.sub(_blank, content)


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def _form(field: str, value: float) -> str:
    if not np.isfinite(value):
        return ""
    whole = field in COUNTS and value == round(value)
    text = str(round(value)) if whole else f"{abs(value):.{SHARE_DECIMALS}f}"
    if len(text.replace(".", "").strip("0")) < MIN_DIGITS:
        return ""
    return text if field not in COUNTS or abs(value) >= 10 ** (MIN_DIGITS - 1) else ""


def _published_forms(published: Sequence[pd.DataFrame]) -> set[str]:
    """Return the numbers of the published tables in the forms searched for, and the numbers in their keys."""
    forms: set[str] = set()
    for table in published:
        texts = set().union(*(table[column].astype(str).unique().tolist() for column in table.columns))
        forms |= texts
        numbers = []
        for text in texts:
            try:
                numbers.append(float(text.replace(",", ".")))
            except ValueError:
                forms.update(re.findall(r"\d+", text))
        forms |= _printed(np.array(numbers)) | _derivable(table)
    return forms


def _printed(numbers: Floats) -> set[str]:
    """Return numbers in the forms searched for: as counts where whole, and as shares."""
    known = np.unique(np.abs(numbers[np.isfinite(numbers)]))
    whole = known[known == np.round(known)]
    return {str(int(number)) for number in whole} | {f"{number:.{SHARE_DECIMALS}f}" for number in known}


def _derivable(table: pd.DataFrame) -> set[str]:
    """Return what pages print that is calculated from the published rows, as whole numbers.

    These are rounded days, complements (n − x), monthly means and the count of the base period.
    """
    if not {"periode", "x", "n", "endring"} <= set(table.columns):
        return set()
    x, n, change = (
        pd.to_numeric(table[name].str.replace(",", "."), errors="coerce") for name in ("x", "n", "endring")
    )
    months = table["periode"].map(months_in)
    counts = [x, n, n - x, *(count / months for count in (x, n, change, x - change))]
    return _printed(
        np.floor(np.abs(np.concatenate([count.to_numpy(dtype=np.float64) for count in counts])) + 0.5)
    )
