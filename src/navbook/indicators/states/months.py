"""Month numbers, so that a stay of many months is two numbers instead of many rows.

Index 0 is January of year 0; `YYYY-MM` has index 12 · YYYY + MM - 1.
"""

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir


def index_of(month: str) -> int:
    """The index of a month written `YYYY-MM`."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def ended(day: date) -> int:
    """The index of the last month that ends on or before the day."""
    following = day + timedelta(days=1)
    return following.year * 12 + following.month - 2


def month_at(index: int) -> str:
    """The month, `YYYY-MM`, that has this index."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def days_after(day: ir.DateValue, days: int) -> ir.DateValue:
    """The date that many days after (before, if negative)."""
    # DuckDB returns a timestamp for date + interval while Ibis assumes a date, so a plain cast is dropped
    return (day + ibis.interval(days=days)).cast("timestamp").cast("date")


def literal_day(day: date) -> ir.DateScalar:
    """A day as an expression that all engines read the same way."""
    return ibis.date(day.year, day.month, day.day)


def month_of(day: ir.DateValue) -> ir.IntegerValue:
    """The index of the month that holds the day."""
    return (day.year().cast("int32") * 12 + day.month().cast("int32") - 1).cast("int32")


def index_of_text(month: ir.StringValue) -> ir.IntegerValue:
    """The index of a month written `YYYY-MM` in a column."""
    return (month.substr(0, 4).cast("int32") * 12 + month.substr(5, 2).cast("int32") - 1).cast("int32")


def month_text(index: ir.IntegerValue) -> ir.StringValue:
    """The month of an index, written `YYYY-MM`."""
    year, number = (index // 12).cast("int32").cast("string"), (index % 12 + 1).cast("int32").cast("string")
    return year.lpad(4, "0") + "-" + number.lpad(2, "0")


def last_ended(day: ir.DateValue) -> ir.IntegerValue:
    """The index of the last month whose last day is on or before the day."""
    return (month_of(days_after(day, 1)) - 1).cast("int32")


def month_reaching(birth: ir.DateValue, age: int) -> ir.IntegerValue:
    """The first month on whose last day a person born on `birth` is at least `age` years old.

    A person born on 29 February turns a year older on 1 March of a common year.
    """
    year = birth.year().cast("int32") + age
    common_year = (year % 4 != 0) | ((year % 100 == 0) & (year % 400 != 0))
    leap_day = (birth.month() == 2) & (birth.day() == 29)
    return (month_of(birth) + 12 * age + (leap_day & common_year).cast("int32")).cast("int32")


def with_months(intervals: ir.Table) -> ir.Table:
    """Adds `fra` and `til`, the first and last month that ends in [fom, tom]; fra > til if none does."""
    return intervals.mutate(fra=month_of(intervals.fom), til=last_ended(intervals.tom))


def month_ranges(intervals: ir.Table) -> ir.Table:
    """As `with_months`, without the rows in which no month ends."""
    ranges = with_months(intervals)
    return ranges.filter(ranges.fra <= ranges.til)


def within(ranges: ir.Table, first: str, last: str) -> ir.Table:
    """The ranges cut to the months from `first` to `last`."""
    cut = ranges.mutate(
        fra=ibis.greatest(ranges.fra, index_of(first)).cast("int32"),
        til=ibis.least(ranges.til, index_of(last)).cast("int32"),
    )
    return cut.filter(cut.fra <= cut.til)


def by_month(ranges: ir.Table) -> ir.Table:
    """One row per month `m` of every range, in place of `fra` and `til`."""
    rows = ranges.mutate(m=ibis.range(ranges.fra, ranges.til + 1).unnest())
    return rows.mutate(m=rows.m.cast("int32")).drop("fra", "til")
