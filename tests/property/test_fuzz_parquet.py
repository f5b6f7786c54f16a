"""Parquet tables with other types and values, and damaged ones: `check` never fails on them."""

import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st
from test_fuzz_inputs import ODD, fuzz, refused_or_done

from extracts import write_extract

TYPES = [
    pa.string(), pa.binary(), pa.int8(), pa.uint64(), pa.float64(), pa.bool_(), pa.date32(),
    pa.timestamp("ns"), pa.time64("ns"), pa.decimal128(38, 10), pa.list_(pa.int64()),
    pa.struct([("a", pa.int64())]), pa.null(),
]  # fmt: skip
COUNTY = {"fylke_enhetsnr": "9700", "fylke_navn": "NAV Nord"}
TABLES = {
    "kontor": [{"enhetsnr": "9001", "navn": "NAV Storvik", **COUNTY}, {"enhetsnr": "9002", **COUNTY}],
    "tellinger": [
        {"indikator": "aap_26u", "gruppe": "alle", "enhetsnr": "9001", "maned": month, "x": 3, "n": 9}
        for month in ("2022-01", "2022-02")
    ],
}


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_extract(tmp_path / "uttrekk", TABLES)


def as_parquet(table: pa.Table, compression: str = "zstd") -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream, compression=compression)
    return stream.getvalue()


@st.composite
def parquet_files(draw: st.DrawFn, frame: pd.DataFrame) -> bytes:
    """The table with columns of other types and other values, whole or with some bytes changed."""
    columns = {}
    for name in frame.columns:
        values = [draw(st.sampled_from([value, value, None, *ODD])) for value in frame[name]]
        try:
            columns[name] = pa.array(values, type=draw(st.sampled_from([pa.string(), *TYPES])))
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            columns[name] = pa.array([str(value) for value in values])
    compression = draw(st.sampled_from(["none", "zstd", "gzip"]))
    content = bytearray(as_parquet(pa.table(columns), compression))
    for _ in range(draw(st.sampled_from([0, 0, 1, 3, 20]))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content[: draw(st.sampled_from([len(content), len(content), len(content) // 2]))])


@pytest.mark.parametrize("table", list(TABLES))
def test_parquet_tables(table: str, extract: Path) -> None:
    csv_file, file = extract / f"{table}.csv", extract / f"{table}.parquet"
    frame = pd.read_csv(csv_file, sep=";", dtype=str)
    csv_file.unlink()

    def run(content: bytes) -> None:
        file.write_bytes(content)
        refused_or_done("check", extract)

    fuzz(parquet_files(frame), run)


def test_one_office_without_a_county_is_a_problem_of_the_extract(extract: Path) -> None:
    file = extract / "kontor.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("9700", "", 1), encoding="utf-8")
    assert refused_or_done("check", extract) == 3


def test_a_block_of_values_that_cannot_be_read_is_a_problem_of_the_extract(extract: Path) -> None:
    frame = pd.read_csv(extract / "kontor.csv", sep=";", dtype=str)
    (extract / "kontor.csv").unlink()
    content = bytearray(as_parquet(pa.Table.from_pandas(frame, preserve_index=False)))
    start = content.index(b"\x28\xb5\x2f\xfd")  # the first block that zstd wrote
    content[start : start + 12] = b"\xff" * 12
    (extract / "kontor.parquet").write_bytes(bytes(content))
    assert refused_or_done("check", extract) == 3
