"""What the gate tells of each series in the period that the book shows, its base and its level."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import pandas as pd

from navbook.estimate import Estimates
from navbook.estimate.series import Series
from navbook.estimate.timeline import Comparison


@dataclass(frozen=True)
class Told:
    """The rows of `tall` by (indikator, gruppe, periode), for the periods that the book compares."""

    rows: dict[tuple[Hashable, ...], pd.DataFrame]
    estimates: Estimates

    def compared(self) -> Iterator[tuple[Series, Comparison]]:
        """Each series with the period that the book shows of it, and what that is compared with."""
        for line, times in zip(self.estimates.series, self.estimates.timelines, strict=True):
            yield line, next(each for each in times.compared if each.period == times.shown)

    def of(self, line: Series, period: str) -> pd.DataFrame | None:
        """The rows of a series in a period, whatever their status; None where it has none."""
        return self.rows.get((line.indikator, line.gruppe, period))


def told_of(tall: pd.DataFrame, estimates: Estimates) -> Told:
    """The rows of `tall`, as the gate has decided them, by series and period."""
    periods = {
        period.name
        for times in estimates.timelines
        for each in times.compared
        if each.period == times.shown
        for period in (each.period, each.base, each.level)
        if period is not None
    }
    rows = tall[tall["periode"].isin(periods)]
    return Told(dict(iter(rows.groupby(["indikator", "gruppe", "periode"], sort=False))), estimates)


def months_in(line: Series, each: Comparison) -> int:
    """What sums are divided by before they are looked at: the months of a stock, else one."""
    return len(each.period.months) if line.stock else 1
