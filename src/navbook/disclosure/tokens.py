"""Looks for withheld numbers anywhere in a file, as one would with a search for the digits.

A number of three or four digits also stands in a book for other reasons: as a coordinate of a drawing, a
place in the search index, a mean of published numbers, a word of a chapter. There it tells nobody anything.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from navbook.disclosure import enclosed
from navbook.disclosure.recomputed import COUNTS, months_in
from navbook.disclosure.records import read_table
from navbook.disclosure.withheld import KEY, describe

# fewer digits stand everywhere for other reasons
LEAST_DIGITS = 3
# coordinates and places in the search index are never this long
LONG_DIGITS = 5
SHARE_DECIMALS = 6
_TOKEN = re.compile(rb"(?<![\w.,#-])\d+(?:[.,]\d+)?(?!\w|[.,]\d)")
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
            for variant in (form, form.replace(".", ",")):
                forms.setdefault(variant.encode(), what)
    return forms


def search(path: Path, forms: Mapping[bytes, str], name: str = "") -> Iterator[tuple[str, str]]:
    """The wanted numbers in a file and its name: the key and field of each, and the byte where it first
    stands.
    """
    for token in sorted(forms.keys() & set(_NAMED.findall(name.encode()))):
        yield forms[token], "the name of the file"
    content = _THOUSANDS.sub(b"", _text_of(path))
    written = _without_places(path, content)
    for token in sorted(forms.keys() & set(_TOKEN.findall(content))):
        searched = content if len(token) >= LONG_DIGITS else written
        for match in _TOKEN.finditer(searched):
            if match[0] == token:
                yield forms[token], f"byte {content.find(token, match.start())}"
                break


def _text_of(path: Path) -> bytes:
    if path.suffix == ".parquet":
        rows = read_table(path).to_csv(index=False, sep=" ").encode()
        return rows + enclosed.texts_beside_the_rows(path)
    return enclosed.text_of(path) if path.suffix in enclosed.WORKBOOKS else path.read_bytes()


def numbers_in(text: str) -> set[str]:
    """Every number in a text, in the form that is searched for."""
    content = _THOUSANDS.sub(b"", text.encode())
    return {token.decode().replace(",", ".") for token in _TOKEN.findall(content)}


def shares_in(text: str) -> set[str]:
    """The numbers with six decimals in a text. A table of pooled results has so many of them that some are
    equal to something withheld by chance; whole numbers are not so.
    """
    return {number for number in numbers_in(text) if len(number.partition(".")[2]) == SHARE_DECIMALS}


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
        for column in table.columns:
            for text in table[column].astype(str).unique().tolist():
                plain = text.replace(",", ".")
                told.add(text)
                try:
                    number = float(plain)
                except ValueError:
                    told.update(re.findall(r"\d+", text))
                    continue
                told.update(_form(field, number) for field in ("x", "verdi"))
        told |= _worked_out(table)
    return told


def _worked_out(table: pd.DataFrame) -> set[str]:
    """What a page prints of the published rows beside the columns themselves: complements, monthly means, and
    the count of the base.
    """
    if not {"periode", "x", "n", "endring"} <= set(table.columns):
        return set()
    x, n, change = (
        pd.to_numeric(table[name].str.replace(",", "."), errors="coerce") for name in ("x", "n", "endring")
    )
    months = table["periode"].map(months_in)
    counts = [n - x, *(each / months for each in (x, n, change, x - change))]
    return {_form("x", np.floor(abs(value) + 0.5)) for each in counts for value in each.dropna().unique()}
