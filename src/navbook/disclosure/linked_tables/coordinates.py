"""Where the cells of a system lie: quantity, unit and period, and what each equation sums over."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices

# the index of what does not exist, such as the parent of the country
ABSENT = -1


@dataclass(frozen=True)
class Coordinates:
    """The `quantity`, `unit` and `period` of each cell, no two cells alike, as indices.

    `parent` holds the unit that each unit is part of (ABSENT for none). `splits` holds pairs of a period and
    the shorter periods that sum to it.
    """

    quantity: Indices
    unit: Indices
    period: Indices
    parent: Indices
    splits: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def n_periods(self) -> int:
        """One more than the last period."""
        named = [period for total, parts in self.splits for period in (total, *parts)]
        return 1 + max(int(self.period.max(initial=0)), *named, 0)

    def take(self, cells: Indices | slice) -> "Coordinates":
        """The coordinates of some of the cells, in the order of `cells`."""
        return replace(self, quantity=self.quantity[cells], unit=self.unit[cells], period=self.period[cells])


@dataclass(frozen=True)
class EquationKinds:
    """The equations by what they sum over, a flag for each equation.

    `local` ones bind quantities of one unit and period, `over_units` one quantity in one period,
    `over_periods` one quantity of one unit. `irregular` ones are none of these.
    """

    local: Flags
    over_units: Flags
    over_periods: Flags
    irregular: Flags


def equation_kinds(matrix: csr_array, coordinates: Coordinates) -> EquationKinds:
    """The kind of each equation of `matrix` (equations x cells)."""
    same_quantity, same_unit, same_period = (
        _constant(matrix, of_cell) for of_cell in (coordinates.quantity, coordinates.unit, coordinates.period)
    )
    # other coefficients than 1 and -1, and more than one total, make no simple sum
    simple = _all_entries(matrix, np.abs(matrix.data) == 1)
    totals = np.bincount(_equation_of_entry(matrix), weights=matrix.data > 0, minlength=matrix.shape[0])
    local = simple & same_unit & same_period
    sums = simple & same_quantity & (totals == 1) & ~local
    over_units, over_periods = sums & same_period & ~same_unit, sums & same_unit & ~same_period
    return EquationKinds(local, over_units, over_periods, ~(local | over_units | over_periods))


def _equation_of_entry(matrix: csr_array) -> Indices:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _constant(matrix: csr_array, of_cell: Indices) -> Flags:
    """Whether all cells of an equation have the same number in `of_cell`."""
    of_entry = of_cell[matrix.indices]
    first = np.zeros(matrix.shape[0], dtype=of_entry.dtype)
    filled = np.diff(matrix.indptr) > 0
    first[filled] = of_entry[matrix.indptr[:-1][filled]]
    return _all_entries(matrix, of_entry == first[_equation_of_entry(matrix)])


def _all_entries(matrix: csr_array, flags: Flags) -> Flags:
    return np.bincount(_equation_of_entry(matrix), weights=~flags, minlength=matrix.shape[0]) == 0
