"""The months that an extract can compute, and which of them are provisional."""

from datetime import date, timedelta
from typing import Protocol

from navbook.indicators.definition.declaration import Window
from navbook.runtime.periods import add_months, last_day, month_of, month_range


class Cover(Protocol):
    """The dates of an extract: the days it covers and the day it was taken."""

    @property
    def dekker_fom(self) -> date: ...
    @property
    def dekker_tom(self) -> date: ...
    @property
    def uttrekksdato(self) -> date: ...


def computable(window: Window, lag: int, cover: Cover) -> tuple[str, ...]:
    """The months (YYYY-MM) whose window is inside the cover and whose lag had passed on uttrekksdato."""
    # a window reaches a few months at most, so only months of the cover, or next to it, can qualify
    start, end = month_of(cover.dekker_fom), month_of(cover.dekker_tom + timedelta(days=1))
    return tuple(
        month
        for month in month_range(start, end)
        if window.fom.day(month) >= cover.dekker_fom
        and window.tom.day(month) <= cover.dekker_tom
        and last_day(add_months(month, lag)) <= cover.uttrekksdato
    )


def provisional(month: str, lag: int, taken: date) -> bool:
    """Whether a month may still change: `taken` is before the end of the month that follows its lag."""
    return taken < last_day(add_months(month, lag + 1))
