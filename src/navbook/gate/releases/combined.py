"""Several releases as one table that an attacker could put together.

A unit is the set of offices it holds and a period the months it holds, so that other borders and other
periods become sums of the same cells. Where earlier releases are attacked too, the numbers of all series are
in one system, with the equations and inequalities that the definitions give.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables import ABSENT
from navbook.disclosure.releases import CombinedTable, WidthQuery, combined_table, feasible_widths
from navbook.estimate import Estimates
from navbook.gate.releases.grid import ReleaseGrid, cells_in_sums, unit_splits
from navbook.gate.releases.numbers import TOLERANCE, Numbers, numbers_of
from navbook.gate.releases.release import CLOSE, Release
from navbook.gate.releases.targets import Targets, required_widths, targets_of
from navbook.gate.releases.true_counts import true_counts
from navbook.gate.releases.unreleased import Unreleased, unreleased_cells


@dataclass(frozen=True)
class AttackerKnowledge:
    """What an attacker knows of every number.

    `table` holds the equations, `values` the true numbers and `earlier` the cells that earlier releases
    published, both (number, unit, period). By target: `unchanged` marks a cell that an earlier release
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
    """A table of all releases and the `targets` in it, the numbers to protect.

    `shows` are the places (number, unit, period), each FIELDS x rows, that the rows of the new release show.
    `knowledge` has an entry with all that was ever published and, if it differs, one with only what has not
    been corrected since.
    """

    targets: Targets
    shows: tuple[Indices, ...]
    knowledge: list[AttackerKnowledge]

    def widths(self, shown: Flags, by_all_equations: bool = True, workers: int = 1) -> list[Floats]:
        """The widths of the feasibility intervals by target, for each of `knowledge`.

        `shown` flags the rows of the new release that it shows. The width is inf for what is shown, and for
        what no row of the new release shows and earlier ones disclose by themselves. Without
        `by_all_equations` each equation is used by itself and its bounds are passed on to the others.
        """
        row = self.targets.row
        others = row == ABSENT
        hidden = others | ~np.append(shown, False)[row]
        found = self._widths(shown, [hidden] * len(self.knowledge), by_all_equations, workers)
        narrow_others = [
            (width < known.required_width) & others
            for width, known in zip(found, self.knowledge, strict=True)
        ]
        if any(narrow.any() for narrow in narrow_others):
            without = self._widths(np.zeros_like(shown), narrow_others, by_all_equations, workers)
            for width, known, narrow, alone in zip(
                found, self.knowledge, narrow_others, without, strict=True
            ):
                width[narrow & (alone < known.required_width)] = np.inf
        return found

    def _widths(
        self, shown: Flags, queried: Sequence[Flags], by_all_equations: bool, workers: int
    ) -> list[Floats]:
        """The widths of the `queried` targets; inf for the others."""
        places = tuple(axis[:, shown] for axis in self.shows)
        where = self.targets.where
        questions = []
        for known, asked in zip(self.knowledge, queried, strict=True):
            published, required = known.earlier.copy(), np.zeros(known.earlier.shape)
            published[places] |= ~np.isnan(known.values[places])
            required[where] = np.where(asked, known.required_width, 0.0)
            questions.append(WidthQuery(known.table, published, required if by_all_equations else None))
        found = []
        for known, asked, width in zip(
            self.knowledge, queried, feasible_widths(questions, workers), strict=True
        ):
            of_target = np.where(asked & (known.required_width > 0), width[where], np.inf)
            of_target[asked & known.unchanged] = 0.0
            found.append(of_target)
        return found


def combine_releases(
    releases: Sequence[Release], estimates: Estimates, counts: pd.DataFrame, minimum: float
) -> CombinedReleases:
    """The releases as one table, the edition of `estimates` first.

    `counts` is the count table behind that edition, `minimum` the smallest number that may be shown. One
    release alone is a table without equations between series, since `decide` has attacked it with those.
    """
    rows = pd.concat([release.rows for release in releases], ignore_index=True)
    country = frozenset(counts["enhetsnr"])
    splits = unit_splits(releases, country)
    units = [*rows["members"], *(unit for total, parts in splits for unit in (total, *parts))]
    grid = ReleaseGrid.of(rows["source"], units, rows["months"])
    where = tuple(np.concatenate(axis) for axis in zip(*map(grid.places, releases), strict=True))
    numbers = numbers_of(grid.sources, estimates, linked=len(releases) > 1)
    places = numbers.of_rows(where)
    unit_sums = [(grid.units[total], [grid.units[part] for part in parts]) for total, parts in splits]
    in_sums, periods, period_sums = cells_in_sums(
        _at(places, (len(numbers.names), *grid.shape[1:])),
        list(grid.periods),
        unit_sums,
        [each.numbers for each in numbers.sums],
    )
    longer = ReleaseGrid.of(grid.sources, grid.units, periods)
    x, complement = true_counts(counts, longer)
    values = numbers.values(x, complement)
    published = np.stack([rows["x"], rows["n"] - rows["x"], rows["n"]]).astype(np.float64)
    values[places] = np.where(np.isnan(values[places]), published, values[places])
    numbers.fill_rests(values)
    own = len(releases[0].rows)
    present = _at(tuple(axis[:own] for axis in where), grid.shape)
    left_out = [
        _counted(cells, numbers, values) for cells in unreleased_cells(releases[1:], grid, country, present)
    ]
    months = np.where(numbers.stock[:, None], [len(period) for period in longer.periods], 1)
    small = np.isfinite(values) & (values < minimum * months[:, None, :] - TOLERANCE)
    targets = targets_of(rows, own, where, left_out, numbers, longer, values, small)
    table = combined_table(values, in_sums, unit_sums, period_sums, numbers.sums)
    required = required_widths(values, targets, minimum, months[targets.where[0], targets.where[2]])
    earlier = tuple(axis[:, own:] for axis in places)
    knowledge = [
        AttackerKnowledge(table, values, known, unchanged[targets.where], required)
        for known, unchanged in _published_earlier(values, earlier, published[:, own:])
    ]
    return CombinedReleases(targets, tuple(axis[:, :own] for axis in places), knowledge)


def _at(where: tuple[Indices, ...], shape: tuple[int, ...]) -> Flags:
    flags = np.zeros(shape, dtype=bool)
    flags[where] = True
    return flags


def _counted(cells: Unreleased, numbers: Numbers, values: Floats) -> Unreleased:
    """The cells that are counted, those without anybody too: zero is one of the small numbers."""
    return cells.only(np.asarray(np.isfinite(values[numbers.of_rows(cells.where)]).any(axis=0)))


def _published_earlier(
    values: Floats, places: tuple[Indices, ...], earlier: Floats
) -> list[tuple[Flags, Flags]]:
    """Pairs of the cells an attacker knows, and the cells of these that have not been corrected since.

    `earlier` (FIELDS x rows) was published of `places`. The attacker knows everything that was ever published
    or, if something was corrected, only what still holds: a number published before its correction says
    something of other cells, but not of itself.
    """
    with np.errstate(invalid="ignore"):
        holds = ~(np.abs(values[places] - earlier) > CLOSE)
    flags = []
    for kept in (np.ones(earlier.shape, dtype=bool), holds):
        known = np.zeros(values.shape, dtype=bool)
        np.logical_or.at(known, places, kept)
        flags.append(known & ~np.isnan(values))
    everything, unchanged = flags
    if np.array_equal(everything, unchanged):
        return [(everything, unchanged)]
    return [(everything, unchanged), (unchanged, unchanged)]
