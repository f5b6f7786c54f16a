"""Periods have one name each, whatever way they were written."""

import pytest

from navbook.runtime.errors import UsageError
from navbook.runtime.periods import Period, add_months, last_day, month_range, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("2022", "2022-01", "2022-12", "2022"),
        ("2022-T1", "2022-01", "2022-04", "2022-T1"),
        ("2022-T3", "2022-09", "2022-12", "2022-T3"),
        ("2022-03", "2022-03", "2022-03", "2022-03"),
        ("2021-07..2022-06", "2021-07", "2022-06", "2021-07..2022-06"),
        ("2022-01..2022-12", "2022-01", "2022-12", "2022"),
        ("2022-05..2022-08", "2022-05", "2022-08", "2022-T2"),
        ("2022-03..2022-03", "2022-03", "2022-03", "2022-03"),
    ],
)
def test_a_period_is_read_and_named(text: str, first: str, last: str, name: str) -> None:
    period = parse_period(text)
    assert (period.first, period.last, period.name) == (first, last, name)


@pytest.mark.parametrize(
    "text", ["", "22", "2022-13", "2022-T4", "2022-06..2022-05", "2022-1", "mars 2022", "2022-00"]
)
def test_what_is_no_period_is_refused_with_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match="2022-T1"):
        parse_period(text)


def test_months_cross_the_year() -> None:
    assert add_months("2021-11", 3) == "2022-02"
    assert add_months("2022-01", -1) == "2021-12"
    assert month_range("2021-11", "2022-02") == ("2021-11", "2021-12", "2022-01", "2022-02")
    assert last_day("2020-02").isoformat() == "2020-02-29"


def test_the_same_period_a_year_before_and_the_tertials_of_a_year() -> None:
    assert parse_period("2022-T1").shifted(-12).name == "2021-T1"
    assert [t.name for t in parse_period("2022").tertials()] == ["2022-T1", "2022-T2", "2022-T3"]
    assert Period("2021-07", "2022-06").tertials() == ()
