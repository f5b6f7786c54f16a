"""Intervals of days, worked out by hand: who wins a day, what joins, what is cut."""

from datetime import date, timedelta

import ibis
import pandas as pd
import pytest

from navbook.indicators.states.intervals import merged, merged_with_neighbours, resolve_overlaps, split_by
from navbook.indicators.states.months import index_of, month_at, month_reaching

START = date(2021, 1, 1)
Drawn = list[tuple[int, int, str]]


@pytest.fixture(scope="module")
def engine() -> ibis.BaseBackend:
    return ibis.duckdb.connect()


def table(drawn: Drawn) -> ibis.Table:
    """Intervals of one person as (first day, last day, enhetsnr), days counted from START."""
    rows = [
        {"person_id": "p", "fom": START + timedelta(fom), "tom": START + timedelta(tom), "enhetsnr": office}
        for fom, tom, office in drawn
    ]
    schema = {"person_id": "string", "fom": "date", "tom": "date", "enhetsnr": "string"}
    return ibis.memtable(pd.DataFrame(rows, columns=list(schema)), schema=schema)


def days(engine: ibis.BaseBackend, expression: ibis.Table, last: str) -> list[tuple[int, int, object]]:
    frame = engine.execute(expression.select("fom", "tom", last))
    numbers = [(pd.to_datetime(frame[name]) - pd.Timestamp(START)).dt.days for name in ("fom", "tom")]
    return sorted(zip(*numbers, frame[last], strict=True))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ([(0, 9, "1"), (10, 19, "2")], [(0, 9, "1"), (10, 19, "2")]),
        ([(0, 9, "1"), (5, 19, "2")], [(0, 4, "1"), (5, 9, "2"), (10, 19, "2")]),
        ([(0, 19, "1"), (5, 9, "2")], [(0, 4, "1"), (5, 9, "2"), (10, 19, "1")]),
        ([(0, 9, "1"), (0, 9, "2")], [(0, 9, "2")]),
        ([(0, 9, "2"), (9, 9, "1")], [(0, 8, "2"), (9, 9, "1")]),
    ],
    ids=["side by side", "the later takes over", "the earlier comes back", "highest number", "one day"],
)
def test_winning(engine: ibis.BaseBackend, drawn: Drawn, expected: Drawn) -> None:
    assert days(engine, resolve_overlaps(table(drawn)), "enhetsnr") == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0, [(0, 9), (12, 19), (30, 40)]),
        (1, [(0, 9), (12, 19), (30, 40)]),
        (2, [(0, 19), (30, 40)]),
        (10, [(0, 40)]),
    ],
)
def test_merged_joins_parts_with_at_most_so_many_days_between(
    engine: ibis.BaseBackend, gap: int, expected: list[tuple[int, int]]
) -> None:
    drawn = table([(0, 9, "1"), (2, 4, "1"), (12, 15, "1"), (16, 19, "1"), (30, 40, "1")])
    found = days(engine, merged(drawn, gap), "person_id")
    assert [(fom, tom) for fom, tom, _ in found] == expected


@pytest.mark.parametrize(
    ("holes", "expected"),
    [
        ([], [(0, 20, False)]),
        ([(5, 9, "")], [(0, 4, False), (5, 9, True), (10, 20, False)]),
        ([(-5, 3, ""), (18, 30, "")], [(0, 3, True), (4, 17, False), (18, 20, True)]),
        ([(-5, 30, "")], [(0, 20, True)]),
        ([(0, 0, ""), (20, 20, "")], [(0, 0, True), (1, 19, False), (20, 20, True)]),
        ([(21, 30, "")], [(0, 20, False)]),
    ],
    ids=["none", "inside", "over both ends", "all", "first and last day", "beside"],
)
def test_cut_by(engine: ibis.BaseBackend, holes: Drawn, expected: list[tuple[int, int, bool]]) -> None:
    pieces = split_by(table([(0, 20, "1")]), merged_with_neighbours(table(holes)), "hull")
    assert days(engine, pieces, "hull") == expected


@pytest.mark.parametrize(
    ("born", "age", "month"),
    [
        (date(1991, 3, 31), 30, "2021-03"),
        (date(1991, 4, 1), 30, "2021-04"),
        (date(2000, 2, 29), 30, "2030-03"),  # 2030 has no 29 February: older from 1 March
        (date(2000, 2, 29), 20, "2020-02"),
        (date(2000, 2, 28), 30, "2030-02"),
        (date(1880, 2, 29), 20, "1900-03"),  # 1900 was no leap year
    ],
)
def test_the_first_month_whose_last_day_finds_one_so_old(
    engine: ibis.BaseBackend, born: date, age: int, month: str
) -> None:
    people = ibis.memtable(pd.DataFrame({"born": [born]}), schema={"born": "date"})
    assert month_at(int(engine.execute(month_reaching(people.born, age)).iloc[0])) == month
    assert month_at(index_of(month)) == month
