"""The rows of `tall` for the periods that the book compares: what the derived tables are computed from."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import pandas as pd

from navbook.estimate import Estimates
from navbook.estimate.series import Series
from navbook.estimate.timeline import Comparison


@dataclass(frozen=True)
class SeriesRows:
    """The rows of `tall` by (indikator, gruppe, periode), for the periods that the book compares."""

    rows: dict[tuple[Hashable, ...], pd.DataFrame]
    estimates: Estimates

    def compared(self) -> Iterator[tuple[Series, Comparison]]:
        """Each series with the period that the book shows of it, its base and its level."""
        for line, times in zip(self.estimates.series, self.estimates.timelines, strict=True):
            yield line, next(pair for pair in times.compared if pair.period == times.shown)

    def of(self, line: Series, period: str) -> pd.DataFrame | None:
        """The rows of a series in a period, whatever their status; None where it has none."""
        return self.rows.get((line.indikator, line.gruppe, period))


def series_rows(tall: pd.DataFrame, estimates: Estimates) -> SeriesRows:
    """The rows of `tall`, as the gate has decided them, by series and period."""
    periods = {
        period.name
        for times in estimates.timelines
        for pair in times.compared
        if pair.period == times.shown
        for period in (pair.period, pair.base, pair.level)
        if period is not None
    }
    rows = tall[tall["periode"].isin(periods)]
    return SeriesRows(dict(iter(rows.groupby(["indikator", "gruppe", "periode"], sort=False))), estimates)


def months_averaged(line: Series, comparison: Comparison) -> int:
    """The number that sums are divided by before they are compared: the months of a stock, else 1."""
    return len(comparison.period.months) if line.stock else 1
