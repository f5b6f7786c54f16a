"""Looks for withheld numbers anywhere in a file, as one would with a search for the digits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from navbook.disclosure.records import KEY, describe, read_table

# fewer digits stand everywhere for other reasons
LEAST = 100
_TOKEN = re.compile(rb"(?<![\w.,#-])\d+(?:[.,]\d+)?(?!\w|[.,]\d)")
_THOUSANDS = re.compile(rb"(?<=\d)(?:\xc2\xa0|\xe2\x80\xaf|\xe2\x80\x89|&nbsp;|&#160;|&#8239;)(?=\d{3})")
_COUNTS = ("x", "n", "n-x")


def wanted(withheld: pd.DataFrame, published: Sequence[pd.DataFrame]) -> dict[bytes, str]:
    """The printed form of each withheld number to search for, with its key and field.

    Whole counts of three digits or more, and shares with six decimals; not those that a published table
    holds.
    """
    forms: dict[bytes, str] = {}
    told = _told(published)
    columns = [withheld[name] for name in (*KEY, "felt", "verdi")]
    for *key, field, value in zip(*columns, strict=True):
        form = _form(str(field), float(value))
        if form and form not in told:
            what = describe(key, str(field))
            for variant in (form, form.replace(".", ",")):
                forms.setdefault(variant.encode(), what)
    return forms


def search(path: Path, forms: Mapping[bytes, str]) -> Iterator[tuple[str, str]]:
    """The wanted numbers in a file: the key and field of each, and the byte where it first stands."""
    if path.suffix == ".parquet":
        content = read_table(path).to_csv(index=False, sep=" ").encode()
    else:
        content = path.read_bytes()
    content = _THOUSANDS.sub(b"", content)
    for token in sorted(forms.keys() & set(_TOKEN.findall(content))):
        place = next(match.start() for match in _TOKEN.finditer(content) if match[0] == token)
        yield forms[token], f"byte {place}"


def _form(field: str, value: float) -> str:
    if not np.isfinite(value):
        return ""
    if field in _COUNTS and value == round(value):
        return str(round(value)) if value >= LEAST else ""
    text = f"{abs(value):.6f}"
    return text if field not in _COUNTS or abs(value) >= LEAST else ""


def _told(published: Sequence[pd.DataFrame]) -> set[str]:
    """Every number of the published tables in the forms searched for, and the numbers in their keys."""
    told: set[str] = set()
    for table in published:
        for column in table.columns:
            for text in pd.unique(table[column].astype(str)):
                plain = text.replace(",", ".")
                told.add(text)
                try:
                    number = float(plain)
                except ValueError:
                    told.update(re.findall(r"\d+", text))
                    continue
                told.update(_form(field, number) for field in ("x", "verdi"))
        if {"x", "n"} <= set(table.columns):
            both = (pd.to_numeric(table[name].str.replace(",", "."), errors="coerce") for name in ("n", "x"))
            n, x = both
            told.update(_form("n-x", value) for value in (n - x).dropna().unique())
    return told
