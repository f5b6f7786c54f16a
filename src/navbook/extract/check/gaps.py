"""Gaps in a table as a whole: months without a row at any office, and a start long after dekker_fom.

These observations are reported; they do not make an extract invalid.
"""

from collections.abc import Iterator
from math import log

from navbook.extract.check.context import CheckContext
from navbook.extract.check.coverage import LONG_BEFORE_DAYS, covered_months
from navbook.extract.manifest import Manifest
from navbook.extract.report import MAX_KEYS, Problem
from navbook.extract.tables import OpenTable
from navbook.runtime.periods import first_day, month_range

# a table with at least so many rows in every other month is steady: a month without any is a gap
MIN_ROWS_OF_STEADY = 2
MIN_MEAN_OF_STEADY = 4
# a random table has an empty month by chance with probability exp(-mean); at most this often in all months
CHANCE = 0.01
MAX_PART_OF_GAPS = 0.25
# so many rows a month that a table which starts late is more than a small one
MIN_MEAN_TO_EXPECT_START = 10
# a table by month with so many months is delivered every month
MIN_MONTHS_OF_MONTHLY = 6
# spells that ran when the cover began have their fom before it; counts begin when their windows fit
_WITHOUT_START = {"tellinger"}


def check_gaps(context: CheckContext) -> Iterator[Problem]:
    """Months inside a table without any row, and tables that start long after dekker_fom."""
    if context.manifest is None:
        return
    for opened in context.tables.values():
        day = opened.table.day_column
        if day is None or day not in opened.present or not context.rows.get(opened.table.name):
            continue
        rows = _rows_by_month(context, opened, day, context.manifest)
        if rows:
            yield from _empty_months(opened, day, rows)
            yield from _late_start(context, opened, day, rows, context.manifest)


def _rows_by_month(context: CheckContext, opened: OpenTable, day: str, manifest: Manifest) -> dict[str, int]:
    month = day if day == "maned" else f"strftime({day}, '%Y-%m')"
    found = dict(
        context.store.rows(f"SELECT {month}, count(*) FROM {opened.rows} WHERE {day} IS NOT NULL GROUP BY 1")
    )
    return {month: found.get(month, 0) for month in covered_months(manifest)} if found else {}


def _empty_months(opened: OpenTable, day: str, rows: dict[str, int]) -> Iterator[Problem]:
    filled = [month for month, n in rows.items() if n]
    if not filled:
        return
    inside = month_range(filled[0], filled[-1])
    empty = [month for month in inside if not rows[month]]
    if not empty or len(empty) > MAX_PART_OF_GAPS * len(inside):
        return
    mean = sum(rows[month] for month in filled) / len(filled)
    steady = mean >= MIN_MEAN_OF_STEADY and min(rows[month] for month in filled) >= MIN_ROWS_OF_STEADY
    if steady or mean >= log(len(inside) / CHANCE):
        yield Problem(
            opened.table.name,
            day,
            "the table has no row in months in the middle of it",
            "check whether a delivery is missing; counts of these months will be too low",
            "month_missing",
            severity="reported",
            keys=tuple(empty[:MAX_KEYS]),
            count=len(empty),
        )


def _late_start(
    context: CheckContext, opened: OpenTable, day: str, rows: dict[str, int], manifest: Manifest
) -> Iterator[Problem]:
    name = opened.table.name
    filled = [month for month, n in rows.items() if n]
    if not filled or name in _WITHOUT_START:
        return
    earliest = context.store.row(f"SELECT CAST(min({day}) AS VARCHAR) AS d FROM {opened.rows}")["d"][:7]
    if earliest < filled[0] or (first_day(filled[0]) - manifest.dekker_fom).days <= LONG_BEFORE_DAYS:
        return
    mean = sum(rows[month] for month in filled) / len(month_range(filled[0], filled[-1]))
    monthly = day == "maned" and len(filled) >= MIN_MONTHS_OF_MONTHLY
    if monthly or mean >= MIN_MEAN_TO_EXPECT_START:
        yield Problem(
            name,
            day,
            f"the table starts long after dekker_fom ({manifest.dekker_fom})",
            "check whether rows are missing; what is counted before its start will be too low",
            "starts_late",
            severity="reported",
            value=filled[0],
        )
