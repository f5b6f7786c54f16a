"""Days as whole numbers since 1970 and months as whole numbers since year 0, and lookups between them."""

from datetime import date

import numpy as np

from navbook.extract.demo.dice import Ints
from navbook.runtime.periods import add_months, first_day, last_day

NEVER = 2**20
"""A day that does not come: written as an empty date."""

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    return day.toordinal() - _EPOCH


class Calendar:
    """The cover of the extract, twelve months wider than the months asked for at both ends."""

    def __init__(self, fom: str, tom: str) -> None:
        self.fom, self.tom = fom, tom
        self.first_month, self.last_month = add_months(fom, -12), add_months(tom, 12)
        self.dekker_fom, self.dekker_tom = first_day(self.first_month), last_day(self.last_month)
        self.uttrekksdato = last_day(add_months(self.last_month, 1))
        self.start, self.end = day_number(self.dekker_fom), day_number(self.dekker_tom)
        self._origin = int(self.first_month[:4]) * 12 - 12 * 90
        months = np.arange(12 * 110)
        starts = (
            (months + self._origin - 1970 * 12)
            .astype("datetime64[M]")
            .astype("datetime64[D]")
            .astype(np.int64)
        )
        self._firsts: Ints = np.append(starts, NEVER)

    def index(self, month: str) -> int:
        """The number of a month written as text."""
        return int(month[:4]) * 12 + int(month[5:]) - 1

    def months(self, first: str | None = None) -> Ints:
        """The numbers of the months from `first` (if not given, the cover's first) to the cover's end."""
        return np.arange(self.index(first or self.first_month), self.index(self.last_month) + 1)

    def month_of(self, days: Ints) -> Ints:
        """The number of the month of each day."""
        return np.searchsorted(self._firsts, days, side="right") - 1 + self._origin

    def first_of(self, months: Ints) -> Ints:
        return self._firsts[months - self._origin]

    def last_of(self, months: Ints) -> Ints:
        return self._firsts[months - self._origin + 1] - 1

    def last_count(self, days: Ints) -> Ints:
        """The last month whose counting date is on or before each day."""
        months = self.month_of(days)
        return months - (self.last_of(months) != days)
