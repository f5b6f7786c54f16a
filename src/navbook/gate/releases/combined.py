"""Several releases as one table that an attacker could put together.

A unit is the set of offices it holds and a period the months it holds, so that other borders and other
periods become sums of the same cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.releases import CombinedTable, WidthQuery, combined_table, feasible_widths
from navbook.estimate import Estimates
from navbook.gate.releases.grid import ReleaseGrid, cells_in_sums, unit_splits
from navbook.gate.releases.release import CLOSE, Release
from navbook.gate.releases.true_counts import TrueCounts, true_counts
from navbook.gate.releases.unreleased import Unreleased, unreleased_cells

TOLERANCE = 1e-6


@dataclass(frozen=True)
class AttackerKnowledge:
    """What an attacker knows of one number (numerator or complement) of every cell.

    `table` holds the equations, `values` the true numbers and `earlier` the cells that earlier releases
    published, both of the grid's shape. By row of the table: `unchanged` marks a cell that an earlier release
    published as it is now, and `required_width` how wide its feasibility interval must be where it is hidden
    (0: any width will do).
    """

    table: CombinedTable
    values: Floats
    earlier: Flags
    unchanged: Flags
    required_width: Floats


@dataclass(frozen=True)
class CombinedReleases:
    """A table of the cells to protect: the rows of the new release, then the cells earlier ones left out.

    `names` and the index arrays `where` (series, unit, period) have an entry for each row of the table, of
    which the first `own` are the new release's. `knowledge` has an entry for numerator and complement, each
    with all that was ever published and, if it differs, with only what has not been corrected since.
    """

    names: list[str]
    where: tuple[Indices, ...]
    knowledge: list[AttackerKnowledge]
    own: int

    def widths(self, shown: Flags, by_all_equations: bool = True, workers: int = 1) -> list[Floats]:
        """The widths of the feasibility intervals by row of the table, for each of `knowledge`.

        `shown` flags the rows of the new release that it shows. The width is inf for what is shown, and for
        what earlier releases left out and disclose by themselves. Without `by_all_equations` each equation is
        used by itself and its bounds are passed on to the others.
        """
        hidden = np.append(~shown, np.ones(len(self.names) - self.own, dtype=bool))
        found = self._widths(shown, [hidden] * len(self.knowledge), by_all_equations, workers)
        left_out = [width < known.required_width for width, known in zip(found, self.knowledge, strict=True)]
        for narrow in left_out:
            narrow[: self.own] = False
        if any(narrow.any() for narrow in left_out):
            without = self._widths(np.zeros_like(shown), left_out, by_all_equations, workers)
            for width, known, narrow, alone in zip(found, self.knowledge, left_out, without, strict=True):
                width[narrow & (alone < known.required_width)] = np.inf
        return found

    def _widths(
        self, shown: Flags, queried: Sequence[Flags], by_all_equations: bool, workers: int
    ) -> list[Floats]:
        """The widths of the `queried` rows; inf for the others."""
        places = tuple(axis[: self.own][shown] for axis in self.where)
        questions = []
        for known, rows in zip(self.knowledge, queried, strict=True):
            published, required = known.earlier.copy(), np.zeros(known.earlier.shape)
            published[places] |= ~np.isnan(known.values[places])
            required[self.where] = np.where(rows, known.required_width, 0.0)
            questions.append(WidthQuery(known.table, published, required if by_all_equations else None))
        found = []
        for known, rows, width in zip(
            self.knowledge, queried, feasible_widths(questions, workers), strict=True
        ):
            of_row = np.where(rows & (known.required_width > 0), width[self.where], np.inf)
            of_row[rows & known.unchanged] = 0.0
            found.append(of_row)
        return found


def combine_releases(
    releases: Sequence[Release], estimates: Estimates, counts: pd.DataFrame, minimum: float
) -> CombinedReleases:
    """The releases as one table, the edition of `estimates` first.

    `counts` is the count table behind that edition, `minimum` the smallest number that may be shown.
    """
    rows = pd.concat([release.rows for release in releases], ignore_index=True)
    country = frozenset(counts["enhetsnr"])
    splits = unit_splits(releases, country)
    units = [*rows["members"], *(unit for total, parts in splits for unit in (total, *parts))]
    grid = ReleaseGrid.of(rows["source"], units, rows["months"])
    where = tuple(np.concatenate(axis) for axis in zip(*map(grid.places, releases), strict=True))
    unit_sums = [(grid.units[total], [grid.units[part] for part in parts]) for total, parts in splits]
    in_sums, periods, period_sums = cells_in_sums(_at(where, grid.shape), list(grid.periods), unit_sums)
    longer = ReleaseGrid.of(grid.sources, grid.units, periods)
    numbers = true_counts(counts, longer, rows)
    for values, published in numbers:
        values[where] = np.where(np.isnan(values[where]), published, values[where])
    own = len(releases[0].rows)
    own_places = tuple(axis[:own] for axis in where)
    left_out = [
        _counted(cells, numbers)
        for cells in unreleased_cells(releases[1:], grid, country, _at(own_places, grid.shape))
    ]
    parts = (own_places, *(cells.where for cells in left_out))
    targets = tuple(np.concatenate(axis) for axis in zip(*parts, strict=True))
    names = [*rows["name"].iloc[:own], *(name for cells in left_out for name in cells.names())]
    months = _months_averaged(estimates, longer)[targets[0], targets[2]]
    knowledge = []
    for number in numbers:
        table = combined_table(number.values, in_sums, unit_sums, period_sums)
        required = _required_width(number.values, targets, own, minimum, months)
        for earlier in _published_earlier(where, own, number):
            knowledge.append(
                AttackerKnowledge(table, number.values, earlier[0], earlier[1][targets], required)
            )
    return CombinedReleases(names, targets, knowledge, own)


def _at(where: tuple[Indices, ...], shape: tuple[int, ...]) -> Flags:
    flags = np.zeros(shape, dtype=bool)
    flags[where] = True
    return flags


def _counted(cells: Unreleased, numbers: Sequence[TrueCounts]) -> Unreleased:
    """The cells that are counted, those without anybody too: zero is one of the small numbers."""
    counted = [np.isfinite(number.values[cells.where]) for number in numbers]
    return cells.only(np.logical_or.reduce(counted))


def _months_averaged(estimates: Estimates, grid: ReleaseGrid) -> Floats:
    """By (series, period) the number of months a number is divided by: all of them for a stock, else 1."""
    stock = {line.source: line.stock for line in estimates.series}
    averaged = np.array([[stock.get(source, False)] for source in grid.sources])
    return np.where(averaged, [len(period) for period in grid.periods], 1)


def _required_width(
    values: Floats, targets: tuple[Indices, ...], own: int, minimum: float, months: Floats
) -> Floats:
    """How wide the feasibility interval of each row of the table must be if it is hidden; 0 for any width."""
    value = values[targets]
    sensitive = value < minimum * months - TOLERANCE
    # the width does not grow with the number of months that a sum runs over
    exact = np.where(np.abs(value - np.round(value)) <= TOLERANCE, 1.0, CLOSE)
    required = np.where(sensitive, np.maximum(minimum - 1, exact), exact) - TOLERANCE
    # what others left out is sensitive only if it is small, or an amount, whose size says nothing
    amount = np.any(np.abs(values - np.round(values)) > TOLERANCE, axis=(1, 2))
    required[own:][~(sensitive | amount[targets[0]])[own:]] = 0.0
    return required


def _published_earlier(where: tuple[Indices, ...], own: int, number: TrueCounts) -> list[tuple[Flags, Flags]]:
    """Pairs of the cells an attacker knows, and the cells of these that have not been corrected since.

    The attacker knows everything that was ever published or, if something was corrected, only what still
    holds: a number published before its correction says something of other cells, but not of itself.
    """
    values, published = number
    places = tuple(axis[own:] for axis in where)
    earlier = published[own:]
    holds = ~(np.abs(values[places] - earlier) > CLOSE)
    flags = []
    for kept in (np.ones(len(earlier), dtype=bool), holds):
        known = np.zeros(values.shape, dtype=bool)
        np.logical_or.at(known, places, kept)
        flags.append(known & ~np.isnan(values))
    everything, unchanged = flags
    if np.array_equal(everything, unchanged):
        return [(everything, unchanged)]
    return [(everything, unchanged), (unchanged, unchanged)]
