"""The sums of the counts for every series, unit and period of an edition, as dense arrays.

The axes are (series, unit, period). Units are the leaves, the counties and the country, in that order. If a
series is not known for some month of a period, the period is missing, never a shorter sum.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from navbook.edition.schema import COUNTRY
from navbook.estimate.units import Units
from navbook.runtime.periods import Period
from navbook.statistics import Interval, mean_of_months

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Cube:
    """Sums and flags of shape (series, unit, period).

    `x`, `n`: sums over the months of the period (n is nan for a pure count). `reported`: the number of months
    with a row of the unit. `known`: the series and the unit have every month. `partial`: the series has every
    month, but the unit only some. `spread`: the mean over the months with limits from their spread, for
    averaged series only. `county_of` is the unit index of each leaf's county (-1: none), and `length` the
    number of months in each period.
    """

    units: tuple[str, ...]
    leaves: int
    county_of: Places
    periods: tuple[Period, ...]
    x: Floats
    n: Floats
    reported: Floats
    known: Flags
    partial: Flags
    provisional: Flags
    spread: Interval

    @property
    def length(self) -> Floats:
        return np.array([len(period.months) for period in self.periods], dtype=np.float64)

    @property
    def country(self) -> int:
        return len(self.units) - 1


@dataclass(frozen=True)
class MonthlySums:
    """x, n, whether there is a row and whether it is provisional, by (series, unit, month)."""

    x: Floats
    n: Floats
    present: Flags
    provisional: Flags

    def of(self, series: list[int]) -> "MonthlySums":
        """The sums of these series, in this order and as often."""
        return MonthlySums(self.x[series], self.n[series], self.present[series], self.provisional[series])


def known_months(counts: pd.DataFrame) -> dict[tuple[str, str], frozenset[str]]:
    """The months that each counted series (indikator, gruppe) has rows for."""
    pairs = counts.loc[:, ["indikator", "gruppe", "maned"]].drop_duplicates()
    return {
        (str(indikator), str(gruppe)): frozenset(part["maned"])
        for (indikator, gruppe), part in pairs.groupby(["indikator", "gruppe"])
    }


def sum_up(
    counts: pd.DataFrame,
    sources: Sequence[tuple[str, str]],
    units: Units,
    periods: Sequence[Period],
    averaged: Collection[tuple[str, str]] = (),
) -> Cube:
    """The cube of `counts` for the series `sources` (indikator, gruppe) and these `periods`.

    Months outside the periods are not read. `averaged` are the series whose limits are based on the spread of
    the months.
    """
    leaves = units.leaves["enhet"].tolist()
    counties = units.counties
    names = (*leaves, *counties, COUNTRY)
    county_of = np.array(
        [names.index(fylke) if fylke in counties else -1 for fylke in units.leaves["fylke"]], dtype=np.intp
    )
    months = sorted({month for period in periods for month in period.months})
    distinct = list(dict.fromkeys(sources))
    again = [distinct.index(source) for source in sources]
    monthly = _monthly(counts, distinct, units, leaves, months).of(again)
    monthly = _with_sums(monthly, county_of, len(leaves), len(counties))
    within = np.array([[month in period.months for period in periods] for month in months], dtype=np.float64)
    length = within.sum(axis=0)
    by_series = monthly.present.any(axis=1).astype(np.float64) @ within == length
    reported = monthly.present.astype(np.float64) @ within
    some = (reported > 0) & by_series[:, None, :]
    known = some & (reported == length)
    x, n = (np.where(some, values @ within, np.nan) for values in (monthly.x, monthly.n))
    return Cube(
        units=names,
        leaves=len(leaves),
        county_of=county_of,
        periods=tuple(periods),
        x=x,
        n=n,
        reported=reported,
        known=known,
        partial=some & ~known,
        provisional=known & (monthly.provisional.astype(np.float64) @ within > 0),
        spread=_spread(monthly, within > 0, [source in averaged for source in sources], known),
    )


def _spread(monthly: MonthlySums, within: Flags, averaged: list[bool], known: Flags) -> Interval:
    spread = Interval(*(np.full(known.shape, np.nan) for _ in Interval._fields))
    for series in np.flatnonzero(averaged):
        for period in range(known.shape[2]):
            months = within[:, period]
            found = mean_of_months(monthly.x[series][:, months], monthly.n[series][:, months])
            for into, values in zip(spread, found, strict=True):
                into[series, :, period] = np.where(known[series, :, period], values, np.nan)
    return spread


def _monthly(
    counts: pd.DataFrame,
    sources: Sequence[tuple[str, str]],
    units: Units,
    leaves: list[str],
    months: list[str],
) -> MonthlySums:
    shape = (len(sources), len(leaves), len(months))
    # sorted, so that sums of dagsverk have the same bits whatever the order of the rows
    rows = counts.sort_values(["indikator", "gruppe", "enhetsnr", "maned"])
    series = pd.MultiIndex.from_tuples(sources, names=["indikator", "gruppe"])
    place = (
        series.get_indexer(pd.MultiIndex.from_frame(rows.loc[:, ["indikator", "gruppe"]])),
        pd.Index(leaves).get_indexer(pd.Index(rows["enhetsnr"].map(units.leaf_of))),
        pd.Index(months).get_indexer(pd.Index(rows["maned"])),
    )
    wanted = (place[0] >= 0) & (place[2] >= 0)
    at = tuple(axis[wanted] for axis in place)
    x, n = np.zeros(shape), np.zeros(shape)
    np.add.at(x, at, rows["x"].to_numpy(dtype=np.float64, na_value=np.nan)[wanted])
    np.add.at(n, at, rows["n"].to_numpy(dtype=np.float64, na_value=np.nan)[wanted])
    present, provisional = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    present[at] = True
    np.logical_or.at(provisional, at, rows["forelopig"].to_numpy(dtype=bool, na_value=False)[wanted])
    return MonthlySums(x, n, present, provisional)


def _with_sums(monthly: MonthlySums, county_of: Places, leaves: int, counties: int) -> MonthlySums:
    """`monthly` with the counties and the country appended to the leaves."""
    belongs = np.zeros((counties + 1, leaves))
    belongs[county_of[county_of >= 0] - leaves, np.flatnonzero(county_of >= 0)] = 1.0
    belongs[counties, :] = 1.0

    def total(values: Floats) -> Floats:
        filled = np.einsum("cl,slm->scm", belongs, np.nan_to_num(values))
        # a pure count has no n in any of its rows; one missing number makes the sum unknown
        missing = np.einsum("cl,slm->scm", belongs, np.isnan(values).astype(np.float64)) > 0
        return np.concatenate([values, np.where(missing, np.nan, filled)], axis=1)

    def anywhere(flags: Flags) -> Flags:
        found = np.einsum("cl,slm->scm", belongs, flags.astype(np.float64)) > 0
        return np.concatenate([flags, found], axis=1)

    return MonthlySums(
        total(monthly.x), total(monthly.n), anywhere(monthly.present), anywhere(monthly.provisional)
    )
