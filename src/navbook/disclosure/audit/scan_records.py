"""Looks for withheld values beside their own key: in rows of tables and in JSON objects."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from navbook.disclosure.array_types import Flags
from navbook.disclosure.audit.back_calculation import Shown, told_by
from navbook.disclosure.audit.withheld_index import (
    KEY,
    NUMBER,
    Finding,
    Withheld,
    decimals_of,
    describe,
    keys_of,
    number_of,
    tells,
)

# a record may name its field, and hold the value of it under another name
_FIELD, _VALUE = "felt", "verdi"


def read_table(path: Path) -> pd.DataFrame:
    """A CSV (`;` or `,`) or Parquet file as text, missing as empty; no rows if it cannot be read as a
    table.
    """
    if path.suffix == ".parquet":
        frame = pq.ParquetFile(path).read().to_pandas()
        return frame.astype(object).where(frame.notna(), "").astype(str)
    return read_csv(path.read_bytes())


def read_csv(content: bytes) -> pd.DataFrame:
    """A CSV text (`;` or `,`) as a table of texts; no rows if it cannot be read as a table."""
    separator = ";" if b";" in content.partition(b"\n")[0] else ","
    try:
        table = pd.read_csv(
            BytesIO(content), sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
    except (ValueError, UnicodeDecodeError):
        return pd.DataFrame()
    # rows longer than their head are taken to begin with an index of their own
    return table if isinstance(table.index, pd.RangeIndex) else pd.DataFrame()


def in_table(table: pd.DataFrame, secrets: Withheld, place: Mapping[str, str]) -> Iterator[Finding]:
    """Withheld values in the rows of a table; key columns that it lacks are those of its `place`."""
    missing = [name for name in KEY if name not in table.columns]
    if any(name not in place for name in missing) or table.empty:
        return
    keyed = table.assign(**{name: place[name] for name in missing}) if missing else table
    rows = keyed[[key in secrets for key in keys_of(keyed)]]
    rows = rows[_with_numbers(rows)]
    names = [str(name) for name in rows.columns]
    columns = [rows[name].tolist() for name in rows.columns]
    for line, *values in zip(rows.index + 2, *columns, strict=True):
        yield from in_record(dict(zip(names, values, strict=True)), f"line {line}", secrets)


def _with_numbers(rows: pd.DataFrame) -> Flags:
    """Which rows show a number beside their key: most rows of which something is withheld are empty."""
    found = np.zeros(len(rows), dtype=bool)
    for name in rows.columns:
        if name not in KEY:
            places, texts = pd.factorize(rows[name].astype(object))
            numbers = [NUMBER.fullmatch(str(text).strip()) is not None for text in texts]
            found |= np.array([*numbers, False])[places]
    return found


def in_json(content: Any, secrets: Withheld, place: Mapping[str, str], where: str = "$") -> Iterator[Finding]:
    """Withheld values in JSON objects that hold a key; an object inside another inherits what it does not
    say, and the outermost what the file's `place` says.

    A list of columns with their rows, and a column by column object, are tables.
    """
    if isinstance(content, list):
        for number, item in enumerate(content):
            yield from in_json(item, secrets, place, f"{where}[{number}]")
    elif isinstance(content, dict):
        record = {**place, **content}
        yield from in_record(record, where, secrets)
        for line, row in enumerate(_rows(content)):
            yield from in_record({**place, **row}, f"{where}, row {line}", secrets)
        keys = {name: record[name] for name in KEY if name in record}
        for name, item in content.items():
            if isinstance(item, list | dict):
                yield from in_json(item, secrets, keys, f"{where}.{name}")


def parsed(text: str) -> Any:
    """What a JSON text holds; None if it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def in_record(record: Mapping[str, Any], where: str, secrets: Withheld) -> Iterator[Finding]:
    """Withheld values of the record's key that it shows by name, or that its numbers give back."""
    key = tuple(str(record.get(name)) for name in KEY)
    fields = secrets.of(key)
    if not fields:
        return
    period = key[KEY.index("periode")]
    shown = {name: str(value).strip() for name, value in record.items() if name not in KEY}
    if shown.get(_FIELD) in fields:
        shown = {shown[_FIELD]: shown.get(_VALUE, "")}
    shown = {name: text for name, text in shown.items() if NUMBER.fullmatch(text)}
    told = {
        name for name, value in fields.items() if name in shown and tells(shown[name], name, value, period)
    }
    told.update(told_by({name: as_shown(text) for name, text in shown.items()}, fields, period))
    for field in fields:
        if field in told:
            yield describe(key, field), where


def as_shown(text: str) -> Shown:
    """A printed number with half its last digit."""
    return Shown(number_of(text), 0.5 * 10.0 ** -decimals_of(text))


def _rows(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a table kept as `columns` and `data`, or column by column."""
    names, data = content.get("columns"), content.get("data")
    if isinstance(names, list) and isinstance(data, list):
        yield from (dict(zip(map(str, names), row, strict=False)) for row in data if isinstance(row, list))
        return
    columns = {name: values for name, values in content.items() if isinstance(values, list)}
    if not set(columns) & set(KEY):
        return
    length = min(len(values) for values in columns.values())
    alone = {name: content[name] for name in KEY if name in content and name not in columns}
    for k in range(length):
        yield alone | {name: values[k] for name, values in columns.items()}
