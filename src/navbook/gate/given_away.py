"""What releases give away together of a hidden row: each series as one table of units and periods.

A unit is what it holds and a period its months, so that other borders and other periods are sums of the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from navbook.disclosure.cells import Flags, Floats
from navbook.disclosure.union import Grid, Members, Months, Sums, sums_of_periods, widths
from navbook.estimate import Estimates

TOLERANCE = 1e-6
# a hidden number that is not whole is exact if it is known this closely
CLOSE = 0.01


@dataclass(frozen=True)
class Release:
    """What one edition tells: its rows (source, members, months, told, x, n) and how its units are made up.

    `leaves` are its offices and special units, `counties` its counties, each by what it holds.
    """

    name: str
    rows: pd.DataFrame
    leaves: frozenset[Members]
    counties: frozenset[Members]


class Given(NamedTuple):
    """The hidden rows of which a number is known more closely than it may be, and those of which one is
    known exactly.
    """

    narrow: set[str]
    exact: set[str]

    def beyond(self, other: "Given") -> set[str]:
        """The rows of which more is known than by `other`."""
        return (self.exact - other.exact) | (self.narrow - other.narrow)


def given_away(
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
    by_all_equations: bool = True,
) -> Given:
    """What all releases together give away of the hidden rows of the first: by all equations together, or by
    each and what it tells the others.
    """
    rows = pd.concat([release.rows for release in releases], ignore_index=True)
    splits = _splits(releases, frozenset(counts["enhetsnr"]))
    units = dict.fromkeys([*rows["members"], *(part for split in splits for part in (split[0], *split[1]))])
    sources = list(dict.fromkeys(rows["source"]))
    periods = list(dict.fromkeys(rows["months"]))
    places = _Places(*({each: k for k, each in enumerate(group)} for group in (sources, units, periods)))
    where = tuple(
        rows[name].map(at).to_numpy(dtype=np.intp)
        for name, at in (("source", places.sources), ("members", places.units), ("months", places.periods))
    )
    shape = (len(sources), len(places.units), len(periods))
    present, known = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    present[where] = True
    np.logical_or.at(known, where, rows["told"].to_numpy(dtype=bool))
    of_units = [(places.units[whole], [places.units[part] for part in parts]) for whole, parts in splits]
    bound, periods, of_periods = _bound(present, periods, of_units)
    known = _with_periods(known, len(periods))
    months = sorted({month for period in periods for month in period})
    stock = {line.source: line.stock for line in estimates.series}
    own = len(releases[0].rows)
    per = np.where(
        [stock.get(source, False) for source in rows["source"][:own]], rows["months"][:own].map(len), 1.0
    )
    hidden = ~rows["told"].to_numpy(dtype=bool)[:own]
    mine = tuple(each[:own] for each in where)
    unsafe, exactly = np.zeros(own, dtype=bool), np.zeros(own, dtype=bool)
    for values, told in _measures(counts, sources, list(places.units), periods, months, rows):
        values[where] = np.where(np.isnan(values[where]), told, values[where])
        value = values[mine]
        exact = np.where(np.abs(value - np.round(value)) <= TOLERANCE, 1.0, CLOSE)
        secret = value < minimum * per - TOLERANCE
        enough = np.where(secret, np.maximum((minimum - 1) * per, exact), exact) - TOLERANCE
        need = np.zeros(values.shape)
        need[mine] = np.where(hidden, enough, 0.0)
        for told_of in _what_is_known(known, where, rows, values, told):
            grid = Grid(tuple(places.units), tuple(periods), values, bound, told_of)
            width = widths(grid, of_units, of_periods, need if by_all_equations else None)[mine]
            exactly |= hidden & (width < CLOSE)
            unsafe |= hidden & (width < enough)
    names = rows["name"][:own]
    return Given(set(names[unsafe]), set(names[exactly]))


@dataclass(frozen=True)
class _Places:
    """Where each series, unit and period stands in the grid."""

    sources: dict[tuple[str, str], int]
    units: dict[Members, int]
    periods: dict[Months, int]


def _what_is_known(
    known: Flags, where: tuple[np.ndarray, ...], rows: pd.DataFrame, values: Floats, told: Floats
) -> list[Flags]:
    """Which places an attacker knows: all that were ever told and, if some were corrected since, also only
    those whose number stands. A number told before its correction tells of the others, but not of itself.
    """
    found = ~np.isnan(values)
    stands = rows["told"].to_numpy(dtype=bool) & ~(np.abs(values[where] - told) > CLOSE)
    standing = np.zeros_like(known)
    np.logical_or.at(standing, where, stands)
    ever = known & found
    standing &= found
    return [ever] if np.array_equal(ever, standing) else [ever, standing]


def _measures(
    counts: pd.DataFrame,
    sources: list[tuple[str, str]],
    units: list[Members],
    periods: list[Months],
    months: list[str],
    rows: pd.DataFrame,
) -> list[tuple[Floats, Floats]]:
    """Numerator and complement at each place of the grid by the counts, and as each row was published."""
    numbers = sorted(set(counts["enhetsnr"]))
    of_source = {source: k for k, source in enumerate(sources)}
    series = [of_source.get(pair, -1) for pair in zip(counts["indikator"], counts["gruppe"], strict=True)]
    at = (
        np.array(series),
        pd.Index(numbers).get_indexer(pd.Index(counts["enhetsnr"])),
        pd.Index(months).get_indexer(pd.Index(counts["maned"])),
    )
    wanted = (at[0] >= 0) & (at[2] >= 0)
    at = (at[0][wanted], at[1][wanted], at[2][wanted])
    reported = np.zeros((len(sources), len(months)), dtype=bool)
    reported[at[0], at[2]] = True
    within = np.array([[month in set(period) for period in periods] for month in months], dtype=np.float64)
    holds = np.array([[number in unit for number in numbers] for unit in units], dtype=np.float64)
    unknown = (~reported).astype(np.float64) @ within > 0
    found = []
    for name in ("x", "rest"):
        column = counts["x"] if name == "x" else counts["n"] - counts["x"]
        monthly = np.zeros((len(sources), len(numbers), len(months)))
        np.add.at(monthly, at, column.to_numpy(dtype=np.float64, na_value=np.nan)[wanted])
        pure = np.isnan(monthly).any(axis=(1, 2))
        values = np.einsum("un,snm,mp->sup", holds, np.nan_to_num(monthly), within, optimize=True)
        values[np.broadcast_to(unknown[:, None, :], values.shape)] = np.nan
        values[pure] = np.nan
        told = rows["x"] if name == "x" else rows["n"] - rows["x"]
        found.append((values, told.to_numpy(dtype=np.float64)))
    return found


def _bound(
    cells: Flags, periods: list[Months], of_units: Sequence[tuple[int, list[int]]]
) -> tuple[Flags, list[Months], list[Sums]]:
    """The cells that equations bind: those there are rows for, the months their periods are made of, and in
    the same months the units that theirs are made of, until there are no more. With all periods that takes,
    and the sums of them.
    """
    while True:
        periods, sums = _period_sums(cells, periods)
        more = _with_periods(cells, len(periods))
        for each in sums:
            more[each.series[:, None], each.unit[:, None], each.parts] = True
        for whole, parts in of_units:
            split = more[:, whole] & more[:, parts].any(axis=1)
            more[:, parts] |= split[:, None]
        if np.array_equal(more, cells):
            return cells, periods, sums
        cells = more


def _with_periods(flags: Flags, count: int) -> Flags:
    """The flags with places for as many periods."""
    return np.pad(flags, ((0, 0), (0, 0), (0, count - flags.shape[2])))


def _period_sums(present: Flags, periods: list[Months]) -> tuple[list[Months], list[Sums]]:
    """The periods with the runs of months they are made of, and the sums for each (series, unit)."""
    shape = present.shape
    patterns, which = np.unique(present.reshape(-1, shape[2]), axis=0, return_inverse=True)
    every = dict.fromkeys(periods)
    sums = []
    for number, pattern in enumerate(patterns):
        atoms, made = sums_of_periods([periods[k] for k in np.flatnonzero(pattern)])
        every |= dict.fromkeys(atoms)
        places = np.flatnonzero(which.ravel() == number)
        series, unit = np.unravel_index(places, shape[:2])
        sums += [(whole, parts, series, unit) for whole, parts in made]
    at = {period: k for k, period in enumerate(every)}
    return list(every), [Sums(at[whole], [at[each] for each in parts], s, u) for whole, parts, s, u in sums]


def _splits(releases: Sequence[Release], everything: Members) -> list[tuple[Members, list[Members]]]:
    """Each unit that other units make up, with those and what they leave over."""
    splits: dict[tuple[Members, ...], tuple[Members, list[Members]]] = {}
    leaves = [release.leaves for release in releases]
    counties = [release.counties for release in releases]
    wholes = [
        (whole, leaves) for whole in dict.fromkeys(each for some in (*leaves, *counties) for each in some)
    ]
    for whole, finer in [*wholes, (everything, counties)]:
        for family in finer:
            parts = sorted((part for part in family if part < whole), key=sorted)
            if not parts:
                continue
            rest = whole - frozenset().union(*parts)
            found = (whole, [*parts, rest] if rest else parts)
            splits[(whole, *found[1])] = found
    return list(splits.values())
