"""Where the cells of a system stand: quantity, place and period, and what makes up what among them.

Only for finding tables that fit (`arms`, `walk`): whatever is said here, a table counts only if it fulfils
every equation of the system.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.cells import Flags, Places

NOWHERE = -1


@dataclass(frozen=True)
class Grid:
    """`quantity`, `place` and `period` of each cell, no two cells alike; `parent` the place that each place
    is part of (NOWHERE for none), and `fillings` each period with the shorter ones that fill it.
    """

    quantity: Places
    place: Places
    period: Places
    parent: Places
    fillings: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def periods(self) -> int:
        """One more than the last period."""
        named = [period for total, parts in self.fillings for period in (total, *parts)]
        return 1 + max(int(self.period.max(initial=0)), *named, 0)

    def of(self, cells: Places) -> "Grid":
        """The grid of some of the cells, in the order of `cells`."""
        return replace(
            self, quantity=self.quantity[cells], place=self.place[cells], period=self.period[cells]
        )


@dataclass(frozen=True)
class Directions:
    """The equations of a grid by what they run along: `local` ones bind quantities of one place and period,
    `over_places` one quantity in one period, `over_periods` one quantity in one place; `odd` ones neither.
    """

    local: Flags
    over_places: Flags
    over_periods: Flags
    odd: Flags


def directions(matrix: csr_array, grid: Grid) -> Directions:
    """What each equation of `matrix` (a column for each cell of `grid`) runs along."""
    quantity, place, period = (_alike(matrix, each) for each in (grid.quantity, grid.place, grid.period))
    # other coefficients than 1 and -1, and sums with more than one whole, are no plain sums
    plain = _all(matrix, np.abs(matrix.data) == 1)
    wholes = np.bincount(_rows(matrix), weights=matrix.data > 0, minlength=matrix.shape[0])
    local = plain & place & period
    sums = plain & quantity & (wholes == 1) & ~local
    over_places, over_periods = sums & period & ~place, sums & place & ~period
    return Directions(local, over_places, over_periods, ~(local | over_places | over_periods))


def _rows(matrix: csr_array) -> Places:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _alike(matrix: csr_array, of_cell: Places) -> Flags:
    here = of_cell[matrix.indices]
    first = np.zeros(matrix.shape[0], dtype=here.dtype)
    filled = np.diff(matrix.indptr) > 0
    first[filled] = here[matrix.indptr[:-1][filled]]
    return _all(matrix, here == first[_rows(matrix)])


def _all(matrix: csr_array, flags: Flags) -> Flags:
    return np.bincount(_rows(matrix), weights=~flags, minlength=matrix.shape[0]) == 0
