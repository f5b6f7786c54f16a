"""Months and periods as text: `2022-03`, `2022-T1`, `2022`, `2021-07..2022-06`.

Months are text `YYYY-MM` everywhere, so that they sort, join and print without conversion.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from navbook.runtime.errors import UsageError

_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_TERTIAL_LENGTH = 4


def month_of(day: date) -> str:
    """The month of a day, as `YYYY-MM`."""
    return f"{day.year:04d}-{day.month:02d}"


def add_months(month: str, k: int) -> str:
    """The month k months after (before, if negative) `month`."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + k
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def first_day(month: str) -> date:
    """f(m): the first day of the month."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """d(m): the last day of the month, the counting date."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


@cache
def month_range(first: str, last: str) -> tuple[str, ...]:
    """All months from `first` to `last`, both included; empty if `last` comes before `first`."""
    months = []
    while first <= last:
        months.append(first)
        first = add_months(first, 1)
    return tuple(months)


@dataclass(frozen=True, order=True)
class Period:
    """Consecutive complete months, with the name they have in the edition."""

    first: str
    last: str

    @property
    def months(self) -> tuple[str, ...]:
        return month_range(self.first, self.last)

    @property
    def name(self) -> str:
        """The shortest name: a year, a tertial or a month if it is one, else `first..last`."""
        year, start = self.first[:4], int(self.first[5:])
        length = len(self.months)
        if length == 1:
            return self.first
        if length == 12 and start == 1:
            return year
        if length == _TERTIAL_LENGTH and start % _TERTIAL_LENGTH == 1:
            return f"{year}-T{start // _TERTIAL_LENGTH + 1}"
        return f"{self.first}..{self.last}"

    @property
    def year(self) -> int:
        """The year of the last day, whose letter and office register apply."""
        return int(self.last[:4])

    @property
    def last_day(self) -> date:
        return last_day(self.last)

    def shifted(self, months: int) -> "Period":
        """The period of the same length that many months later (earlier, if negative)."""
        return Period(add_months(self.first, months), add_months(self.last, months))

    def tertials(self) -> tuple["Period", ...]:
        """The tertials of a calendar year; none for any other period."""
        if len(self.months) != 12 or not self.first.endswith("-01"):
            return ()
        starts = (add_months(self.first, k) for k in (0, 4, 8))
        return tuple(Period(start, add_months(start, _TERTIAL_LENGTH - 1)) for start in starts)


def parse_month(text: str) -> str:
    """The month that `text` names; raises UsageError for anything but `2022-03`."""
    if re.fullmatch(_MONTH, text):
        return text
    raise UsageError(f"'{text}' is not a month: write year and month (2022-03)")


def parse_period(text: str) -> Period:
    """The period that `text` names.

    Raises UsageError for anything but `2022`, `2022-T1` to `2022-T3`, `2022-03` and `2021-07..2022-06`.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}", text):
        return Period(f"{text}-01", f"{text}-12")
    if tertial := re.fullmatch(r"(\d{4})-T([1-3])", text):
        first = add_months(f"{tertial[1]}-01", _TERTIAL_LENGTH * (int(tertial[2]) - 1))
        return Period(first, add_months(first, _TERTIAL_LENGTH - 1))
    if re.fullmatch(_MONTH, text):
        return Period(text, text)
    if (between := re.fullmatch(rf"({_MONTH})\.\.({_MONTH})", text)) and between[1] <= between[2]:
        return Period(between[1], between[2])
    raise UsageError(
        f"'{text}' is not a period: write a year (2022), a tertial (2022-T1), a month (2022-03) "
        "or months (2021-07..2022-06)"
    )
