"""The cells near a cell: those that may move with it when sums stay as they are.

A change of one cell is made up for in each of its equations, and each of those cells in theirs: three steps
close the smallest circle in a table of three dimensions, and each further dimension takes one more.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array

from navbook.disclosure.array_types import Flags, Indices

STEPS = (3, 4, 5)


@dataclass(frozen=True)
class Neighbourhood:
    """Some cells, in ascending order, and the equations that bind them, as columns and rows of `matrix`."""

    cells: Indices
    matrix: csc_array

    def position(self, cell: int) -> int:
        """Where the cell stands among the columns."""
        return int(np.searchsorted(self.cells, cell))

    def restricted(self, allowed: Flags) -> "Neighbourhood":
        """Only the cells that are allowed and can move at all: a cell alone in an equation cannot."""
        row, sizes = self.matrix.indices, np.diff(self.matrix.indptr)
        column = np.repeat(np.arange(len(self.cells)), sizes)
        keep = allowed[self.cells]
        while True:
            moving = keep[column]
            count = np.bincount(row[moving], minlength=self.matrix.shape[0])
            stuck = moving & (count[row] == 1)
            if not stuck.any():
                break
            keep[column[stuck]] = False
        renumbered = np.cumsum(count > 0) - 1
        starts = np.concatenate([[0], np.cumsum(sizes[keep])])
        parts = (self.matrix.data[moving], renumbered[row[moving]], starts)
        shape = (int(np.count_nonzero(count)), int(np.count_nonzero(keep)))
        return Neighbourhood(self.cells[keep], csc_array(parts, shape=shape))

    def both_ways(self) -> csc_array:
        """The equations of the rises of the cells followed by their falls."""
        data, indices, starts = self.matrix.data, self.matrix.indices, self.matrix.indptr
        twice = (np.append(data, -data), np.tile(indices, 2), np.append(starts, starts[1:] + starts[-1]))
        return csc_array(twice, shape=(self.matrix.shape[0], 2 * len(self.cells)))


class Neighbourhoods:
    """The neighbourhoods of the cells of a table (a row of `matrix` for each equation)."""

    def __init__(self, matrix: csr_array, may_hide: Flags) -> None:
        self._matrix, self._by_cell = matrix, csr_array(matrix.T)
        self._may_hide = may_hide
        self._known: dict[int, Neighbourhood] = {}

    def around(self, cell: int, allowed: Flags) -> Neighbourhood | None:
        """The allowed cells that may move with the cell within a few steps, or None if it cannot move."""
        if cell not in self._known:
            self._known[cell] = self._first_circle(cell)
        return self._moving(self._known[cell], cell, allowed)

    def everything(self, cell: int, allowed: Flags) -> Neighbourhood | None:
        """As `around`, however many steps away."""
        return self._moving(self._gather(np.array([cell]), len(self._may_hide)), cell, allowed)

    def _first_circle(self, cell: int) -> Neighbourhood:
        for steps in STEPS:
            near = self._gather(np.array([cell]), steps).restricted(self._with(cell, self._may_hide))
            if cell in near.cells:
                break
        return near

    def _moving(self, near: Neighbourhood, cell: int, allowed: Flags) -> Neighbourhood | None:
        near = near.restricted(self._with(cell, allowed))
        at = near.position(cell)
        return near if at < len(near.cells) and near.cells[at] == cell else None

    def _with(self, cell: int, allowed: Flags) -> Flags:
        flags = allowed.copy()
        flags[cell] = True
        return flags

    def _gather(self, cells: Indices, steps: int) -> Neighbourhood:
        for _ in range(steps):
            rows = np.unique(self._by_cell[cells].indices)
            wider = np.unique(np.append(self._matrix[rows].indices, cells))
            if len(wider) == len(cells):
                break
            cells = wider
        rows = np.unique(self._by_cell[cells].indices)
        return Neighbourhood(cells, csc_array(self._matrix[rows][:, cells]))
