"""What releases tell together: each series as one table of units and periods.

A unit is what it holds and a period its months, so that other borders and other periods are sums of the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.releases import CombinedTable, WidthQuery, combined_table, feasible_widths
from navbook.estimate import Estimates
from navbook.gate.releases.grid import Grid, bound_by_sums, splits
from navbook.gate.releases.release import Release
from navbook.gate.releases.true_counts import true_numbers
from navbook.gate.releases.unreleased import Gap, gaps

TOLERANCE = 1e-6
# a hidden number that is not whole is exact if it is known this closely
CLOSE = 0.01


@dataclass(frozen=True)
class Known:
    """What an attacker knows of one number of each row: the `union` of its places, the true `values`, and
    which places were told `before` by other releases. Of the rows that `stand` it is the number as it is.

    `need` is how wide what is left of each row must be where it is hidden (0: any number of it may be told).
    """

    union: CombinedTable
    values: Floats
    before: Flags
    stand: Flags
    need: Floats


@dataclass(frozen=True)
class Together:
    """The rows of the first of some releases and, after them, what the others left out, as they stand `where`
    in the grid of (source, unit, period); and what is known of them by the others: of numerator and
    complement, and with and without what was corrected since.
    """

    names: list[str]
    where: tuple[Indices, ...]
    known: list[Known]
    own: int

    def widths(self, shown: Flags, by_all_equations: bool = True, workers: int = 1) -> list[Floats]:
        """For each of `known` how wide an interval is left for each hidden row, when only `shown` rows of the
        first release are told: inf for what is shown, and for what others left out and give away themselves.
        """
        hidden = np.append(~shown, np.ones(len(self.names) - self.own, dtype=bool))
        found = self._widths(shown, [hidden] * len(self.known), by_all_equations, workers)
        theirs = [width < known.need for width, known in zip(found, self.known, strict=True)]
        for each in theirs:
            each[: self.own] = False
        if any(each.any() for each in theirs):
            without = self._widths(np.zeros_like(shown), theirs, by_all_equations, workers)
            for width, known, of_others, alone in zip(found, self.known, theirs, without, strict=True):
                width[of_others & (alone < known.need)] = np.inf
        return found

    def _widths(
        self, shown: Flags, asked: Sequence[Flags], by_all_equations: bool, workers: int
    ) -> list[Floats]:
        here = tuple(each[: self.own][shown] for each in self.where)
        questions = []
        for known, rows in zip(self.known, asked, strict=True):
            told, need = known.before.copy(), np.zeros(known.before.shape)
            told[here] |= ~np.isnan(known.values[here])
            need[self.where] = np.where(rows, known.need, 0.0)
            questions.append(WidthQuery(known.union, told, need if by_all_equations else None))
        found = []
        for known, rows, width in zip(self.known, asked, feasible_widths(questions, workers), strict=True):
            of_row = np.where(rows & (known.need > 0), width[self.where], np.inf)
            of_row[rows & known.stand] = 0.0
            found.append(of_row)
        return found


def put_together(
    releases: Sequence[Release], estimates: Estimates, counts: pd.DataFrame, minimum: float
) -> Together:
    """The releases as one table, the edition of `estimates` first."""
    rows = pd.concat([release.rows for release in releases], ignore_index=True)
    country = frozenset(counts["enhetsnr"])
    made_up = splits(releases, country)
    units = dict.fromkeys([*rows["members"], *(part for split in made_up for part in (split[0], *split[1]))])
    sources, periods = dict.fromkeys(rows["source"]), list(dict.fromkeys(rows["months"]))
    grid = Grid(*({each: k for k, each in enumerate(group)} for group in (sources, units, periods)))
    where = tuple(np.concatenate(each) for each in zip(*map(grid.places, releases), strict=True))
    present = np.zeros(grid.shape, dtype=bool)
    present[where] = True
    of_units = [(grid.units[whole], [grid.units[part] for part in parts]) for whole, parts in made_up]
    bound, periods, of_periods = bound_by_sums(present, periods, of_units)
    months = sorted({month for period in periods for month in period})
    numbers = true_numbers(counts, list(sources), list(units), periods, months, rows)
    for values, told in numbers:
        values[where] = np.where(np.isnan(values[where]), told, values[where])
    own = len(releases[0].rows)
    mine = tuple(each[:own] for each in where)
    present[:] = False
    present[mine] = True
    left_out = [_with_people(each, numbers) for each in gaps(releases[1:], grid, country, present)]
    names = [*rows["name"].iloc[:own], *(name for each in left_out for name in each.names())]
    asked = tuple(np.concatenate(each) for each in zip(mine, *(gap.where for gap in left_out), strict=True))
    stock = {line.source: line.stock for line in estimates.series}
    per = np.where([[stock.get(source, False)] for source in sources], [len(each) for each in periods], 1)
    known = []
    for values, told in numbers:
        union = combined_table(values, bound, of_units, of_periods)
        value = values[asked]
        secret = value < minimum * per[asked[0], asked[2]] - TOLERANCE
        # however many months are added up, what is left open of a secret is as wide as the rule says
        exact = np.where(np.abs(value - np.round(value)) <= TOLERANCE, 1.0, CLOSE)
        need = np.where(secret, np.maximum(minimum - 1, exact), exact) - TOLERANCE
        # what others left out and might have told is nobody's secret; of an amount its size does not tell
        amount = np.any(np.abs(values - np.round(values)) > TOLERANCE, axis=(1, 2))
        need[own:][~(secret | amount[asked[0]])[own:]] = 0.0
        before = _told_before(where, own, values, told)
        stand = before[-1][asked]
        known += [Known(union, values, each, stand, need) for each in before]
    return Together(names, asked, known, own)


def _with_people(gap: Gap, numbers: Sequence[tuple[Floats, Floats]]) -> Gap:
    """What was left out, where anybody is counted: a row without anybody is no row."""
    people = sum(np.nan_to_num(values[gap.where]) for values, _ in numbers)
    return gap.only(np.asarray(people > 0))


def _told_before(where: tuple[Indices, ...], own: int, values: Floats, told: Floats) -> list[Flags]:
    """Which places an attacker knows: all that were ever told before and, if some were corrected since, also
    only those whose number stands. A number told before its correction tells of the others, but not of
    itself.
    """
    earlier = tuple(each[own:] for each in where)
    found = []
    for standing in (False, True):
        number = told[own:]
        stands = ~(np.abs(values[earlier] - number) > CLOSE) if standing else np.ones(len(number), bool)
        known = np.zeros(values.shape, dtype=bool)
        np.logical_or.at(known, earlier, stands)
        found.append(known & ~np.isnan(values))
    return found[:1] if bool(np.all(found[0] == found[1])) else found
