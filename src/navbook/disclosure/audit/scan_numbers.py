"""Looks for withheld numbers anywhere in a file, as one would with a search for the digits.

A number of three or four digits also stands in a book for other reasons: as a coordinate of a drawing, a
place in the search index, a mean of published numbers, a word of a chapter. There it tells nobody anything.
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
from navbook.disclosure.audit.withheld_index import KEY, Finding, describe

# fewer digits stand everywhere for other reasons
LEAST_DIGITS = 3
# coordinates and places in the search index are never this long
LONG_DIGITS = 5
SHARE_DECIMALS = 6
# What stands before is looked at after the first digit: the engine then need not try each byte.
_TOKEN = re.compile(rb"\d(?<![\w.,#-]\d)\d*(?:[.,]\d+)?(?!\w|[.,]\d)")
_THOUSANDS = re.compile(rb"(?<=\d)(?:\xc2\xa0|\xe2\x80\xaf|\xe2\x80\x89|&nbsp;|&#160;|&#8239;)(?=\d{3})")
_GEOMETRY = re.compile(
    rb"\s(?:d|points|transform|viewBox|style|width|height|x|y|dx|dy|x1|x2|y1|y2|cx|cy|r|rx|ry)"
    rb"=(?:\"[^\"]*\"|'[^']*')"
)
_INDEX_PLACES = re.compile(rb"(?<=[\[,:])\d+(?=[\],}])")
_NAMED = re.compile(rb"\d+(?:[.,]\d+)?")


def wanted(
    withheld: pd.DataFrame, published: Sequence[pd.DataFrame], ordinary: Collection[str] = ()
) -> dict[bytes, str]:
    """The printed form of each withheld number to search for, with its key and field.

    Whole counts of three significant digits or more, and shares with six decimals; not those that a published
    table holds, nor the `ordinary` ones that stand in every book.
    """
    forms: dict[bytes, str] = {}
    told = _told(published) | set(ordinary)
    # The first with a value tells for all who have the same.
    distinct = withheld.drop_duplicates(["felt", "verdi"])
    columns = [distinct[name].tolist() for name in (*KEY, "felt", "verdi")]
    for *key, field, value in zip(*columns, strict=True):
        form = _form(str(field), float(value))
        if form and form not in told:
            what = describe(key, str(field))
            for variant in _variants(form) - told:
                forms.setdefault(variant.encode(), what)
                forms.setdefault(variant.replace(".", ",").encode(), what)
    return forms


def _variants(form: str) -> set[str]:
    """A form, and the form without the nought at its end, as files of data print it."""
    short = form.removesuffix("0") if "." in form else form
    return {form} if short.endswith("0") else {form, short}


def in_name(name: str, forms: Mapping[bytes, str]) -> list[str]:
    """The key and field of each wanted number in the name of a file."""
    return [forms[token] for token in sorted(forms.keys() & set(_NAMED.findall(name.encode())))]


def search(path: Path, forms: Mapping[bytes, str]) -> Iterator[Finding]:
    """The wanted numbers in a file: the key and field of each, and the byte where it first stands."""
    yield from search_text(_text_of(path), path, forms)


def search_text(text: bytes, path: Path, forms: Mapping[bytes, str]) -> Iterator[Finding]:
    """The wanted numbers in what a file says, which is of the kind that `path` tells."""
    content = _THOUSANDS.sub(b"", text)
    there = sorted(forms.keys() & set(_TOKEN.findall(content)))
    written = _without_places(path, content) if there else content
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
        return b"\n".join([*rows, scan_containers.texts_beside_the_rows(path)])
    return scan_containers.text_of(path) if path.suffix in scan_containers.WORKBOOKS else path.read_bytes()


def _texts(column: pa.ChunkedArray) -> bytes:
    """Each value of a column once, numbers as they are printed."""
    return "\n".join(scan_containers.printed(value) for value in column.unique().to_pylist()).encode()


def numbers_in(text: str) -> set[str]:
    """Every number in a text, in the form that is searched for."""
    content = _THOUSANDS.sub(b"", text.encode())
    return {token.decode().replace(",", ".") for token in _TOKEN.findall(content)}


def shares_in(text: str) -> set[str]:
    """The numbers with six decimals in a text, the last of which may be a nought that is not written. A table
    of pooled results has so many of them that some are equal to something withheld by chance; whole numbers
    are not so.
    """
    decimals = (LONG_DIGITS, SHARE_DECIMALS)
    return {number for number in numbers_in(text) if len(number.partition(".")[2]) in decimals}


def _without_places(path: Path, content: bytes) -> bytes:
    """What is written in a file, the same length, with blanks for what only says where something stands."""

    def blank(match: re.Match[bytes]) -> bytes:
        return b" " * len(match[0])

    if path.suffix in (".html", ".htm", ".svg"):
        return _GEOMETRY.sub(blank, content)
    return _INDEX_PLACES.sub(blank, content) if path.name == "searchindex.js" else content


def _form(field: str, value: float) -> str:
    if not np.isfinite(value):
        return ""
    whole = field in COUNTS and value == round(value)
    text = str(round(value)) if whole else f"{abs(value):.{SHARE_DECIMALS}f}"
    if len(text.replace(".", "").strip("0")) < LEAST_DIGITS:
        return ""
    return text if field not in COUNTS or abs(value) >= 10 ** (LEAST_DIGITS - 1) else ""


def _told(published: Sequence[pd.DataFrame]) -> set[str]:
    """Every number of the published tables in the forms searched for, and the numbers in their keys."""
    told: set[str] = set()
    for table in published:
        texts = set().union(*(table[column].astype(str).unique().tolist() for column in table.columns))
        told |= texts
        numbers = []
        for text in texts:
            try:
                numbers.append(float(text.replace(",", ".")))
            except ValueError:
                told.update(re.findall(r"\d+", text))
        told |= _printed(np.array(numbers)) | _worked_out(table)
    return told


def _printed(numbers: Floats) -> set[str]:
    """Numbers in the forms searched for, as counts where they are whole and as shares."""
    known = np.unique(np.abs(numbers[np.isfinite(numbers)]))
    whole = known[known == np.round(known)]
    return {str(int(each)) for each in whole} | {f"{each:.{SHARE_DECIMALS}f}" for each in known}


def _worked_out(table: pd.DataFrame) -> set[str]:
    """What a page prints of the published rows beside the columns themselves: whole numbers for parts of
    days, complements, monthly means, and the count of the base.
    """
    if not {"periode", "x", "n", "endring"} <= set(table.columns):
        return set()
    x, n, change = (
        pd.to_numeric(table[name].str.replace(",", "."), errors="coerce") for name in ("x", "n", "endring")
    )
    months = table["periode"].map(months_in)
    counts = [x, n, n - x, *(each / months for each in (x, n, change, x - change))]
    return _printed(
        np.floor(np.abs(np.concatenate([each.to_numpy(dtype=np.float64) for each in counts])) + 0.5)
    )
