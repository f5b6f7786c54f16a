"""Writes the files of an edition, the same bytes for the same content."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.edition.formulas import escape_formula
from navbook.edition.rounding import half_up
from navbook.edition.schema import ARROW, COLUMNS, FLOATS, FURTHER, KEY, TEXT_COLUMNS


def ordered(tall: pd.DataFrame) -> pd.DataFrame:
    """`tall` with the contract's columns, sorted by its key."""
    return tall.loc[:, list(COLUMNS)].sort_values(list(KEY), ignore_index=True)


def write_tall(tall: pd.DataFrame, folder: Path) -> None:
    """Write `tall.parquet` and `tall.csv` in `folder`."""
    for name, content in tall_files(tall).items():
        (folder / name).write_bytes(content)


def tall_files(tall: pd.DataFrame) -> dict[str, bytes]:
    """The content of `tall.parquet` and `tall.csv`, by name.

    The Parquet file has no column statistics (a minimum or maximum would be a number that the gate did not
    decide to publish) and no pandas metadata. The CSV opens correctly in a Norwegian Excel.
    """
    tall = ordered(tall)
    arrays = [pa.array(tall[field.name], type=field.type, from_pandas=True) for field in ARROW]
    table = pa.Table.from_arrays(arrays, schema=ARROW)
    parquet = io.BytesIO()
    pq.write_table(table, parquet, write_statistics=False, compression="zstd", compression_level=9)
    return {"tall.parquet": parquet.getvalue(), "tall.csv": tall_as_csv(tall)}


def tall_as_csv(tall: pd.DataFrame) -> bytes:
    """`tall` (or some rows of it) as CSV: `;`, UTF-8 with BOM, decimal comma, empty for missing."""
    return rows_as_csv(tall, COLUMNS)


def rows_as_csv(rows: pd.DataFrame, columns: Sequence[str]) -> bytes:
    """These columns of rows with the columns of `tall` and others of text, in the form of `tall.csv`."""
    texts = [_decimals(rows[column]) if column in FLOATS else _words(rows[column]) for column in columns]
    return _csv_bytes(columns, zip(*texts, strict=True))


def write_csv(frame: pd.DataFrame, columns: Sequence[str], path: Path) -> None:
    """Write `columns` of `frame` as CSV: `;`, UTF-8 with BOM, empty for missing."""
    texts = [_words(frame[column]) for column in columns]
    path.write_bytes(_csv_bytes(columns, zip(*texts, strict=True)))


def write_further(name: str, frame: pd.DataFrame, folder: Path) -> None:
    """Write a further table in `folder`."""
    (folder / f"{name}.csv").write_bytes(further_as_csv(name, frame))


def further_as_csv(name: str, frame: pd.DataFrame) -> bytes:
    """A further table as CSV: its columns, numbers with 6 decimals, sorted by key."""
    columns = FURTHER[name]
    keys = [column for column in columns if column in TEXT_COLUMNS]
    frame = frame.loc[:, list(columns)].sort_values(
        [*keys, *[c for c in columns if c in ("n", "dag")]], kind="stable"
    )
    texts = [
        _words(frame[column]) if column in TEXT_COLUMNS else _decimals(pd.Series(half_up(frame[column])))
        for column in columns
    ]
    return _csv_bytes(columns, zip(*texts, strict=True))


def write_json(content: Any, path: Path) -> None:
    """Write `content` as JSON with sorted keys and a last line end."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _csv_bytes(columns: Sequence[str], rows: Any) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _decimals(column: pd.Series) -> list[str]:
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    texts = np.full(len(values), "", dtype=object)
    present = ~np.isnan(values)
    texts[present] = [_decimal(value) for value in values[present].tolist()]
    return list(texts)


def _decimal(value: float) -> str:
    # the values are already rounded to six decimals; trailing zeros carry no information
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _words(column: pd.Series) -> list[str]:
    codes, distinct = pd.factorize(column, use_na_sentinel=True)
    texts = np.array([*(_word(value) for value in distinct), ""], dtype=object)
    return list(texts[codes])


def _word(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return escape_formula(value) if isinstance(value, str) else str(value)
