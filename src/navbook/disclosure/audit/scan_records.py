"""Find withheld values in records that have their key: rows of tables and JSON objects."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from navbook.disclosure.array_types import Flags
from navbook.disclosure.audit.back_calculation import PrintedNumber, recoverable_fields
from navbook.disclosure.audit.published.files import KNOWN_COLUMNS
from navbook.disclosure.audit.withheld_index import (
    KEY,
    NUMBER,
    Hit,
    WithheldIndex,
    decimals_of,
    describe,
    keys_of,
    number_of,
    shows_value,
)

_JOINED = re.compile(r"[/|;:,.\s]+")
# a long-format record names its field in one column and has the value in another
_FIELD, _VALUE = "felt", "verdi"


def read_table(path: Path) -> pd.DataFrame:
    """Return a CSV (`;` or `,`) or Parquet file as text, missing as empty; no rows if it is no table."""
    if path.suffix == ".parquet":
        frame = pq.ParquetFile(path).read().to_pandas()
        return frame.astype(object).where(frame.notna(), "").astype(str)
    return read_csv(path.read_bytes())


def read_csv(content: bytes) -> pd.DataFrame:
    """Return CSV text (`;` or `,`) as a table of text; no rows if it is no table."""
    separator = ";" if b";" in content.partition(b"\n")[0] else ","
    try:
        table = pd.read_csv(
            BytesIO(content), sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
    except UnicodeDecodeError:
        return pd.DataFrame()
    except ValueError:
        return _ragged(content, separator)
    # pandas takes rows longer than the header as rows with an index
    return table if isinstance(table.index, pd.RangeIndex) else _ragged(content, separator)


def _ragged(content: bytes, separator: str) -> pd.DataFrame:
    """A table with rows of more cells than the header has names; no rows if it has no header with a key."""
    try:
        head, *rows = csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=separator)
    except (ValueError, csv.Error):
        return pd.DataFrame()
    if not set(KEY) & set(head):
        return pd.DataFrame()
    width = max(map(len, [head, *rows]))
    names = [*head, *(f"kolonne {number}" for number in range(len(head) + 1, width + 1))]
    return pd.DataFrame([row + [""] * (width - len(row)) for row in rows], columns=names, dtype=str)


def scan_table(table: pd.DataFrame, index: WithheldIndex, page_keys: Mapping[str, str]) -> Iterator[Hit]:
    """Yield the withheld values in the rows of a table; `page_keys` supplies key columns that it lacks."""
    missing = [name for name in KEY if name not in table.columns]
    if any(name not in page_keys for name in missing) or table.empty:
        return
    keyed = table.assign(**{name: page_keys[name] for name in missing}) if missing else table
    rows = keyed[[key in index for key in keys_of(keyed)]]
    rows = rows[_has_number(rows)]
    names = [str(name) for name in rows.columns]
    columns = [rows[name].tolist() for name in rows.columns]
    for line, *values in zip(rows.index + 2, *columns, strict=True):
        yield from scan_record(dict(zip(names, values, strict=True)), f"line {line}", index)


def _has_number(rows: pd.DataFrame) -> Flags:
    """Return which rows have a number outside their key: most rows with withheld values are empty."""
    found = np.zeros(len(rows), dtype=bool)
    for name in rows.columns:
        if name not in KEY:
            places, texts = pd.factorize(rows[name].astype(object))
            numbers = [NUMBER.fullmatch(str(text).strip()) is not None for text in texts]
            found |= np.array([*numbers, False])[places]
    return found


def scan_json(
    content: Any, index: WithheldIndex, page_keys: Mapping[str, str], where: str = "$"
) -> Iterator[Hit]:
    """Yield the withheld values in JSON objects with a key.

    A nested object inherits the keys of the outer one, and the outermost those of `page_keys`. A list of
    columns with rows, and an object of columns, are read as tables.
    """
    if isinstance(content, list):
        for number, item in enumerate(content):
            yield from scan_json(item, index, page_keys, f"{where}[{number}]")
    elif isinstance(content, dict):
        record = {**page_keys, **content}
        yield from scan_record(record, where, index)
        for line, row in enumerate(_rows(content)):
            yield from scan_record({**page_keys, **row}, f"{where}, row {line}", index)
        keys = {name: record[name] for name in KEY if name in record}
        for name, item in content.items():
            if isinstance(item, list | dict):
                yield from scan_json(item, index, keys | index.parts_named(name), f"{where}.{name}")
        if not all(part in record for part in KEY):
            yield from _under_names(content, index, page_keys, where)


def _under_names(
    content: Mapping[str, Any], index: WithheldIndex, keys: Mapping[str, str], where: str
) -> Iterator[Hit]:
    """Yield the withheld values in an object whose names, and those of the objects around it, are the parts
    of a key: {"9003": {"aap_26u": {"2022": 2}}}. Names may also be joined: {"9003/aap_26u": 2}.
    """
    for name, item in content.items():
        named = {**keys, **index.parts_named(name)}
        for word in _JOINED.split(name):
            named |= index.parts_named(word)
        named = {"gruppe": "alle", "periode": index.period} | named
        key = tuple(named.get(part, "") for part in KEY)
        fields = index.of(key)
        other = name in KNOWN_COLUMNS - fields.keys() and not index.parts_named(name)
        if not fields or other or not {"enhet", "indikator"} <= named.keys():
            continue
        values = [str(value) for value in (item if isinstance(item, list) else [item])]
        numbers = [value for value in values if NUMBER.fullmatch(value)]
        for field, value in fields.items():
            if name in fields and name != field:
                continue
            if any(shows_value(number, field, value, named["periode"]) for number in numbers):
                yield describe(key, field), f"{where}.{name}"


def parsed(text: str) -> Any:
    """Return the content of a JSON text; None if it is not JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def scan_record(record: Mapping[str, Any], where: str, index: WithheldIndex) -> Iterator[Hit]:
    """Yield the withheld values of the record's key that it shows by name or that its numbers determine."""
    key = tuple(str(record.get(name)) for name in KEY)
    fields = index.of(key)
    if not fields:
        return
    period = key[KEY.index("periode")]
    shown = {name: str(value).strip() for name, value in record.items() if name not in KEY}
    if shown.get(_FIELD) in fields:
        shown = {shown[_FIELD]: shown.get(_VALUE, "")}
    shown = {name: text for name, text in shown.items() if NUMBER.fullmatch(text)}
    foreign = [text for name, text in shown.items() if name not in KNOWN_COLUMNS]
    found = {
        name
        for name, value in fields.items()
        if (name in shown and shows_value(shown[name], name, value, period))
        or any(shows_value(text, name, value, period) for text in foreign)
    }
    found.update(
        recoverable_fields({name: printed_number(text) for name, text in shown.items()}, fields, period)
    )
    for field in fields:
        if field in found:
            yield describe(key, field), where


def printed_number(text: str) -> PrintedNumber:
    """Return a printed number with half a unit of its last digit."""
    return PrintedNumber(number_of(text), 0.5 * 10.0 ** -decimals_of(text))


def _rows(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table stored as `columns` and `data`, or column by column."""
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
