"""Find withheld values in files that are not text: sheets of a workbook, and metadata of a Parquet file."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from navbook.disclosure.audit.column_titles import name_of_title
from navbook.disclosure.audit.scan_records import scan_table
from navbook.disclosure.audit.withheld_index import (
    KEY,
    NUMBER,
    Hit,
    WithheldIndex,
    describe,
    keys_of,
    shows_value,
)

WORKBOOKS = (".xlsx", ".xlsm", ".docx")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_PLACE_OF_STRING = re.compile(rb'<c\b[^>]*\bt="s"[^>]*>\s*<v>\d+</v>')
_MAX_BYTES = 200_000_000
_KEYS_IN_A_HEAD = 2


def sheets(path: Path) -> dict[str, pd.DataFrame]:
    """Return each sheet of an XLSX workbook as a table of text with a header; {} for other files."""
    try:
        with zipfile.ZipFile(path) as book:
            parts = {part.filename: part for part in book.infolist() if part.file_size <= _MAX_BYTES}
            strings = _strings(book.read(_STRINGS)) if _STRINGS in parts else []
            return {name: _table(book.read(name), strings) for name in parts if _SHEET.fullmatch(name)}
    except (zipfile.BadZipFile, ElementTree.ParseError, OSError):
        return {}


def scan_workbook(path: Path, index: WithheldIndex, page_keys: Mapping[str, str]) -> Iterator[Hit]:
    """Yield the withheld values in the rows of a workbook's sheets."""
    for name, sheet in sheets(path).items():
        for what, where in scan_table(sheet, index, page_keys):
            yield what, f"{name}, {where}"


def text_of(path: Path) -> bytes:
    """Return the text of all parts of a workbook without markup: cells, names, comments and properties.

    A cell of text holds the place of its text among the shared strings, which is no number that is shown.
    """
    try:
        with zipfile.ZipFile(path) as book:
            parts = [part for part in book.infolist() if part.file_size <= _MAX_BYTES]
            texts = [book.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))]
    except (zipfile.BadZipFile, OSError):
        return path.read_bytes()
    return b"\n".join(re.sub(rb"<[^>]*>", b" ", _PLACE_OF_STRING.sub(b"", text)) for text in texts)


def scan_parquet_metadata(path: Path, index: WithheldIndex) -> Iterator[Hit]:
    """Yield the withheld values that a Parquet file holds outside its rows.

    These are column statistics (minimum, maximum) and dictionary entries that occur in no row.
    """
    file = pq.ParquetFile(path)
    stray = [entry for entry in (*_statistics(file), *_unused_entries(path)) if NUMBER.fullmatch(entry[1])]
    if not stray or not set(KEY) <= set(file.schema_arrow.names):
        return
    keys = list(keys_of(file.read(list(KEY)).to_pandas()))
    for column, text, where in stray:
        for key in keys:
            fields = index.of(key)
            if column in fields and shows_value(text, column, fields[column]):
                yield describe(key, column), where


def parquet_metadata_text(path: Path) -> bytes:
    """Return what a Parquet file has outside its rows: metadata, statistics, unused dictionary entries."""
    file = pq.ParquetFile(path)
    schema = file.schema_arrow
    metadata = [*(schema.metadata or {}).items()]
    metadata += [pair for field in schema for pair in (field.metadata or {}).items()]
    texts = [part for pair in metadata for part in pair if pair[0] != b"ARROW:schema"]
    stray = [text.encode() for _, text, _ in (*_statistics(file), *_unused_entries(path))]
    return b"\n".join([b"", *texts, *stray])


def _statistics(file: pq.ParquetFile) -> Iterator[tuple[str, str, str]]:
    """Yield column, text and place of each minimum and maximum that occurs in no row."""
    for group in range(file.metadata.num_row_groups):
        part = file.metadata.row_group(group)
        for number in range(part.num_columns):
            column = part.column(number)
            limits = column.statistics if column.is_stats_set else None
            if limits is not None and limits.has_min_max:
                name = column.path_in_schema
                rows = set(file.read_row_group(group, columns=[name]).column(0).to_pylist())
                stray = (value for value in (limits.min, limits.max) if value not in rows)
                yield from ((name, printed(value), f"statistics of row group {group}") for value in stray)


def _unused_entries(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield column, text and place of each dictionary entry that occurs in no row."""
    schema = pq.read_schema(path)
    texts = [field.name for field in schema if _is_text(field.type)]
    table = pq.ParquetFile(path, read_dictionary=texts).read(texts)
    for name, column in zip(table.column_names, table.columns, strict=True):
        used = set(pc.unique(column.cast(pa.string())).to_pylist())
        for chunk in column.chunks:
            left = (value for value in chunk.dictionary.to_pylist() if value not in used)
            yield from ((name, str(value), "dictionary of the column") for value in left)


def _is_text(kind: pa.DataType) -> bool:
    inside = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(inside) or pa.types.is_large_string(inside))


def printed(value: object) -> str:
    """Return a value as text; a float with at most six decimals and no trailing zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _strings(xml: bytes) -> list[str]:
    return ["".join(item.itertext()) for item in ElementTree.fromstring(xml)]


def _table(xml: bytes, strings: list[str]) -> pd.DataFrame:
    rows = [
        _row(row, strings)
        for row in ElementTree.fromstring(xml).iter()
        if row.tag.rpartition("}")[2] == "row"
    ]
    if not rows:
        return pd.DataFrame()
    head = _head(rows)
    names = {place: name_of_title().get(text, text) for place, text in rows[head].items() if text}
    return pd.DataFrame(
        [[row.get(place, "") for place in names] for row in rows[head + 1 :]],
        columns=list(names.values()),
        index=range(head, len(rows) - 1),
        dtype=str,
    )


def _head(rows: list[dict[str, str]]) -> int:
    """Return which row has the heads of the columns: a title and notes may stand above them."""
    for number, row in enumerate(rows):
        if len(set(KEY) & {name_of_title().get(text, text) for text in row.values()}) >= _KEYS_IN_A_HEAD:
            return number
    return 0


def _row(row: ElementTree.Element, strings: list[str]) -> dict[str, str]:
    cells = {}
    for number, cell in enumerate(row):
        values = [part for part in cell if part.tag.rpartition("}")[2] in ("v", "is")]
        text = "".join(text for part in values for text in part.itertext())
        if cell.get("t") == "s" and text.isdigit() and int(text) < len(strings):
            text = strings[int(text)]
        place = re.sub(r"\d", "", cell.get("r", "")) or str(number)
        cells[place] = re.sub(r"\.0$", "", text)
    return cells
