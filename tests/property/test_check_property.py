"""`check` ends with a report whatever the values of a table are: never with a fault of its own."""

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extracts import COLUMNS, write_csv, write_extract
from navbook.extract import check_extract
from navbook.extract.report import render
from sound_extract import sound_tables

TEXTS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.sampled_from(
        ["", "0", "1", "-1", "0.5", "1.012", "1e308", "nan", "inf", "9999-12-31", "0001-01-01", "2021-02-30",
         "2021-01", "9999-12", "true", "0000", "9001", "p1", "s1", "SP12", "\u202e", '"', ";", "NULL"]
    ),
)  # fmt: skip
NUMBERS = st.lists(
    st.one_of(st.none(), st.floats(), st.sampled_from([2.0**53, 1e308, -0.0])), min_size=1, max_size=3
)
DAYS = st.lists(st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1)), min_size=1, max_size=3)
# every table of an extract of persons, and those of an extract of counts
PERSONS, COUNTS = "persons", "counts"
TABLES = [
    *((PERSONS, name) for name in sorted({*COLUMNS, "lokale_mal"} - {"tellinger"})),
    *((COUNTS, name) for name in ("kontor", "lokale_mal", "tellinger")),
]
COUNT = {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2022-01", "x": 5, "n": 9}


def sound(kind: str) -> dict[str, Any]:
    """The tables of a sound extract."""
    tables = sound_tables()
    return tables if kind == PERSONS else {"kontor": tables["kontor"], "tellinger": [COUNT]}


def ends_with_a_report(folder: Path) -> None:
    report = check_extract(folder)
    render(report).encode("utf-8")
    assert isinstance(report.ok, bool)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(TABLES))
def test_any_text_in_any_table_of_csv(data: st.DataObject, place: tuple[str, str]) -> None:
    kind, table = place
    names = list(COLUMNS.get(table, ("enhetsnr", "ar", "parameter", "mal")))
    rows: list[dict[str, Any]] = data.draw(
        st.lists(st.fixed_dictionaries(dict.fromkeys(names, TEXTS)), min_size=1, max_size=3)
    )
    with tempfile.TemporaryDirectory() as folder:
        write_extract(Path(folder), sound(kind))
        write_csv(Path(folder) / f"{table}.csv", table, rows)
        ends_with_a_report(Path(folder))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(TABLES))
def test_any_column_of_any_type_in_parquet(data: st.DataObject, place: tuple[str, str]) -> None:
    kind, table = place
    names = list(COLUMNS.get(table, ("enhetsnr", "ar", "parameter", "mal")))
    column = data.draw(st.sampled_from(names))
    drawn = data.draw(
        st.one_of(
            NUMBERS.map(lambda v: pa.array(v, pa.float64())),
            DAYS.map(lambda v: pa.array(v, pa.int32()).cast(pa.date32())),
            DAYS.map(lambda v: pa.array(v, pa.int64()).cast(pa.timestamp("s"))),
            DAYS.map(lambda v: pa.array([None if n is None else n % 2 == 0 for n in v])),
            st.lists(TEXTS, min_size=1, max_size=3).map(lambda v: pa.array(v, pa.string())),
            st.lists(st.binary(max_size=8), min_size=1, max_size=3).map(pa.array),
            DAYS.map(lambda v: pa.array([[n] for n in v], pa.list_(pa.int64()))),
        )
    )
    columns = {name: pa.array([None] * len(drawn), pa.string()) for name in names} | {column: drawn}
    with tempfile.TemporaryDirectory() as folder:
        write_extract(Path(folder), sound(kind))
        (Path(folder) / f"{table}.csv").unlink(missing_ok=True)
        pq.write_table(pa.table(columns), Path(folder) / f"{table}.parquet")
        ends_with_a_report(Path(folder))
