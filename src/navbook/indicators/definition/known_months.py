"""Which months an extract can know, and which of them may still change."""

from datetime import date, timedelta
from typing import Protocol

from navbook.indicators.definition.declaration import Window
from navbook.periods import add_months, last_day, month_of, month_range


class Cover(Protocol):
    """The dates of an extract: what it covers and when it was taken."""

    @property
    def dekker_fom(self) -> date: ...
    @property
    def dekker_tom(self) -> date: ...
    @property
    def uttrekksdato(self) -> date: ...


def computable(window: Window, lag: int, cover: Cover) -> tuple[str, ...]:
    """The months whose window lies inside the cover and whose lag had passed when the extract was taken."""
    # A window reaches at most some months out, so the months worth asking about lie around the cover.
    start, end = month_of(cover.dekker_fom), month_of(cover.dekker_tom + timedelta(days=1))
    return tuple(
        month
        for month in month_range(start, end)
        if window.fom.day(month) >= cover.dekker_fom
        and window.tom.day(month) <= cover.dekker_tom
        and last_day(add_months(month, lag)) <= cover.uttrekksdato
    )


def provisional(month: str, lag: int, taken: date) -> bool:
    """Whether the month's figure may still change: the month after its lag was not over when it was taken."""
    return taken < last_day(add_months(month, lag + 1))
