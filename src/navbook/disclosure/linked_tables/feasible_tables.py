"""Proof that secrets are safe: tables that agree with all that is shown and differ enough in them.

A table that fits is found by moving cells away from the truth along the equations (`Moves`). Two tables that
lie as far apart in a cell as it needs prove it safe, and one table moves, and so proves, many cells.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, hstack

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.components import labels
from navbook.disclosure.linear.linear_programs import Program
from navbook.disclosure.linear.propagation import Intervals
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.displacement_lp import DisplacementLP

# numbers beyond this are as good to move as any
LARGE = 40
# what a step of a whole way costs, beside what a step of the cell that is asked for gains
STEP = 1e-3
# a whole way is looked for among the cells so many equations away, if there are not too many of them
NEAR, MANY = 5, 1000


@dataclass
class FeasibleTables:
    """The tables found so far for unknown cells that hang together by `matrix`: the least and the greatest
    value each cell has in any of them.

    `value` is the truth, itself one of the tables; `box` bounds every table; `need` is how far apart the
    values of a secret must lie (0 for what is none), and `open` are those not yet proven. Where all is
    `whole`, tables count only if they are.
    """

    matrix: csr_array
    value: Floats
    required_width: Floats
    interval: Intervals
    whole: bool
    lowest: Floats
    highest: Floats
    unproven: Flags
    _far: Floats = field(init=False)
    _up: Floats = field(init=False)
    _down: Floats = field(init=False)
    _columns: csr_array = field(init=False)
    _size: float = field(init=False)

    def __post_init__(self) -> None:
        self._columns = csr_array(self.matrix.T)
        self._size = float(np.max(np.abs(self.value), initial=1.0))
        # as far as a cell is moved for its own sake: bounds that are not whole make tables that are not
        self._far = np.ceil(self.required_width - TOLERANCE) if self.whole else self.required_width
        self._up = np.maximum(self.interval.high - self.value, 0.0)
        self._down = np.maximum(self.value - self.interval.low, 0.0)

    @cached_property
    def _moves(self) -> DisplacementLP:
        # large numbers move more cheaply: ways with few cells are found sooner, and whole ones more often
        return DisplacementLP(
            self.matrix, self._up, self._down, costs=1 / (1 + np.minimum(self.value, LARGE))
        )

    def displace(self, cells: Indices, up: Flags) -> Floats:
        """Move the cells as far as they still need, those of `up` up, the others down.

        Returns how far each went, even if that is no whole table.
        """
        far_up, far_down = self._far_from_truth(cells)
        way = self._moves.max_displacement(cells, np.where(up, far_up, 0.0), np.where(up, 0.0, far_down))
        if way is None:
            return np.zeros(len(cells))
        self._note(np.arange(len(way)), self.matrix, self._as_allowed(self.matrix, way))
        return np.abs(way[cells])

    def is_wide(self, cell: int) -> bool:
        """Whether the cell can lie as far apart as it needs, be it by tables that are not whole."""
        apart = 0.0
        for up in (True, False):
            if not self.unproven[cell]:
                return True
            went = self.displace(np.array([cell]), np.array([up]))[0]
            found = self.highest[cell] - self.value[cell] if up else self.value[cell] - self.lowest[cell]
            apart += max(went, found)
        return bool(apart >= self.required_width[cell] - TOLERANCE)

    def displace_in_whole_steps(self, cell: int, up: bool) -> None:
        """As `push`, for one cell whose own way is not whole: a whole one is looked for nearby."""
        if not self.unproven[cell]:
            return
        near = self._around(cell)
        rows = np.unique(self._columns[near].indices)
        matrix, count = csr_array(self.matrix[rows][:, near]), len(near)
        limits, costs = np.array([self._up[near], self._down[near]]), np.full((2, count), STEP)
        far = np.concatenate(self._far_from_truth(np.array([cell])))
        far[1 if up else 0] = 0.0
        me = np.flatnonzero(near == cell)[0]
        limits[:, me], costs[:, me] = np.minimum(limits[:, me], far), -1.0
        both = csr_array(hstack([matrix, -matrix]))
        program = Program(both, np.zeros(len(rows)), Intervals(np.zeros(2 * count), limits.ravel()))
        found = program.good(costs.ravel(), whole=True)
        if found is not None:
            self._note(near, matrix, self._as_allowed(matrix, found[:count] - found[count:]))

    def _around(self, cell: int) -> Indices:
        """The cells that are few equations away."""
        cells = np.array([cell])
        for _ in range(NEAR):
            wider = np.unique(self.matrix[np.unique(self._columns[cells].indices)].indices)
            if len(wider) > MANY or len(wider) == len(cells):
                break
            cells = wider
        return cells

    def _as_allowed(self, matrix: csr_array, moved: Floats) -> Floats:
        """`moved` without the parts of it, each a move by itself, that are not whole where all must be."""
        moved = np.where(np.abs(moved) > TOLERANCE, moved, 0.0)
        if not self.whole:
            return moved
        touched = np.flatnonzero(moved)
        _, part = labels(csr_array(matrix[:, touched]))
        broken = np.abs(moved[touched] - np.round(moved[touched])) > TOLERANCE
        moved[touched[np.isin(part, part[broken])]] = 0.0
        return np.round(moved)

    def _far_from_truth(self, cells: Indices) -> tuple[Floats, Floats]:
        """How far up and down the cells must go to lie as far apart as they need."""
        far, value = self._far[cells], self.value[cells]
        return far - (value - self.lowest[cells]), far - (self.highest[cells] - value)

    def _note(self, cells: Indices, matrix: csr_array, moved: Floats) -> None:
        if np.any(np.abs(matrix @ moved) > TOLERANCE * self._size):
            # the solver's rounding, not a table
            return
        table = self.value[cells] + moved
        self.lowest[cells] = np.minimum(self.lowest[cells], table)
        self.highest[cells] = np.maximum(self.highest[cells], table)
        apart = self.highest[cells] - self.lowest[cells]
        self.unproven[cells] &= apart < self.required_width[cells] - TOLERANCE
