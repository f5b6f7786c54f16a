"""Proof of safety by feasible tables: tables that agree with all that is published.

Two feasible tables in which the values of a cell differ by its required width prove it safe. They are found
by displacing cells from the true table along the equations (`DisplacementLP`), and one displacement moves,
and so proves, many cells.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, hstack

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.components import component_labels, neighbours
from navbook.disclosure.linear.linear_programs import LinearProgram
from navbook.disclosure.linear.propagation import Intervals
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.displacement_lp import DisplacementLP

# a larger value is no cheaper to displace than this one
LARGE = 40
# in an integer program the cost of a step of another cell, where a step of the queried cell gains 1
STEP_COST = 1e-3
# an integer displacement is looked for within so many equations of the cell, and at most so many cells: near
# it first, then further
NEIGHBOURHOODS = ((5, 1000), (8, 5000), (12, 20_000))
# among so many cells an integer program is quick; among more, so many linear programs are tried
MAX_INTEGER_CELLS, MAX_WAYS = 5000, 4


@dataclass
class FeasibleTables:
    """The feasible tables found so far for connected unknown cells: only the `lowest` and `highest` value
    that each cell has in any of them are kept.

    All arrays have an entry for each column of `matrix` (equations x cells). `value` holds the true table,
    itself feasible; `interval` bounds every table. `required_width` says how far the values of a sensitive
    cell must lie apart (0 for other cells), and `unproven` which ones do not yet. With `integer`, only tables
    of integers count.
    """

    matrix: csr_array
    value: Floats
    required_width: Floats
    interval: Intervals
    integer: bool
    lowest: Floats
    highest: Floats
    unproven: Flags
    _wanted: Floats = field(init=False)
    _up: Floats = field(init=False)
    _down: Floats = field(init=False)
    _costs: Floats = field(init=False)
    _by_cell: csr_array = field(init=False)
    _scale: float = field(init=False)

    def __post_init__(self) -> None:
        self._by_cell = csr_array(self.matrix.T)
        self._scale = float(np.max(np.abs(self.value), initial=1.0))
        # a fractional width would make fractional tables
        self._wanted = np.ceil(self.required_width - TOLERANCE) if self.integer else self.required_width
        self._up = np.maximum(self.interval.high - self.value, 0.0)
        self._down = np.maximum(self.value - self.interval.low, 0.0)
        # large values are cheaper to displace: the ways have fewer cells, and are integer more often
        self._costs = 1 / (1 + np.minimum(self.value, LARGE))

    @cached_property
    def _lp(self) -> DisplacementLP:
        return DisplacementLP(self.matrix, self._up, self._down, costs=self._costs)

    def displace(self, cells: Indices, up: Flags) -> Floats:
        """Displace the cells as far as each still needs, upwards where `up` says so, else downwards.

        Returns how far each went, even where that makes no table of integers.
        """
        far_up, far_down = self._missing(cells)
        moved = self._lp.max_displacement(cells, np.where(up, far_up, 0.0), np.where(up, 0.0, far_down))
        if moved is None:
            return np.zeros(len(cells))
        self._add_table(np.arange(len(moved)), self.matrix, self._admissible(self.matrix, moved))
        return np.abs(moved[cells])

    def is_wide(self, cell: int) -> bool:
        """Whether two tables exist in which the cell is as far apart as required, of integers or not."""
        width = 0.0
        for up in (True, False):
            if not self.unproven[cell]:
                return True
            moved = self.displace(np.array([cell]), np.array([up]))[0]
            found = self.highest[cell] - self.value[cell] if up else self.value[cell] - self.lowest[cell]
            width += max(moved, found)
        return bool(width >= self.required_width[cell] - TOLERANCE)

    def displace_nearby(self, cell: int) -> None:
        """Displace one cell up and down by integer programs over the cells near it."""
        self._displace_by_integers(cell, NEIGHBOURHOODS[0])

    def displace_further(self, cell: int) -> None:
        """As `displace_nearby`, over ever more cells, until the cell is as far apart as required."""
        for neighbourhood in NEIGHBOURHOODS[1:]:
            self._displace_by_integers(cell, neighbourhood)

    def _displace_by_integers(self, cell: int, neighbourhood: tuple[int, int]) -> None:
        if not self.unproven[cell]:
            return
        near = self._neighbours(cell, *neighbourhood)
        for up in (True, False):
            if self.unproven[cell]:
                self._displace_among(near, cell, up)

    def _displace_among(self, near: Indices, cell: int, up: bool) -> None:
        """Displace the cell while only those of `near` move.

        Where the shortest way is not one of integers, an integer program is solved, or other ways are tried.
        """
        equations = np.unique(self._by_cell[near].indices)
        matrix = csr_array(self.matrix[equations][:, near])
        column = np.flatnonzero(near == cell)
        far_up, far_down = self._missing(np.array([cell]))
        far = (far_up, np.zeros(1)) if up else (np.zeros(1), far_down)
        lp = DisplacementLP(matrix, self._up[near], self._down[near], costs=self._costs[near])
        few = len(near) <= MAX_INTEGER_CELLS
        for attempt in range(1 if few else MAX_WAYS):
            lp.draw_costs(attempt)
            moved = lp.max_displacement(column, *far)
            if moved is None or abs(moved[column[0]]) < TOLERANCE:
                return
            moved = self._admissible(matrix, moved)
            if moved[column[0]]:
                self._add_table(near, matrix, moved)
                return
        if few and (found := self._by_integers(matrix, near, column, far)) is not None:
            self._add_table(near, matrix, found)

    def _by_integers(
        self, matrix: csr_array, near: Indices, column: Indices, far: tuple[Floats, Floats]
    ) -> Floats | None:
        count = len(near)
        limits, costs = np.array([self._up[near], self._down[near]]), np.full((2, count), STEP_COST)
        limits[:, column], costs[:, column] = np.minimum(limits[:, column], far), -1.0
        both = csr_array(hstack([matrix, -matrix]))
        intervals = Intervals(np.zeros(2 * count), limits.ravel())
        program = LinearProgram(both, np.zeros(matrix.shape[0]), intervals)
        found = program.near_optimum(costs.ravel(), integer=True)
        return None if found is None else self._admissible(matrix, found[:count] - found[count:])

    def _neighbours(self, cell: int, distance: int, most: int) -> Indices:
        """The cells within `distance` equations of the cell, fewer equations if they are more than `most`."""
        cells = np.array([cell])
        for _ in range(distance):
            wider = neighbours(self.matrix, self._by_cell, cells)
            if len(wider) > most or len(wider) == len(cells):
                break
            cells = wider
        return cells

    def _admissible(self, matrix: csr_array, moved: Floats) -> Floats:
        """`moved` without its connected parts that are not integer where all values must be."""
        moved = np.where(np.abs(moved) > TOLERANCE, moved, 0.0)
        if not self.integer:
            return moved
        touched = np.flatnonzero(moved)
        fractional = np.abs(moved[touched] - np.round(moved[touched])) > TOLERANCE
        if fractional.any():
            _, part = component_labels(csr_array(matrix[:, touched]))
            moved[touched[np.isin(part, part[fractional])]] = 0.0
        return np.round(moved)

    def _missing(self, cells: Indices) -> tuple[Floats, Floats]:
        """How far up, or how far down, each cell must go to be as far apart as required."""
        wanted, value = self._wanted[cells], self.value[cells]
        return wanted - (value - self.lowest[cells]), wanted - (self.highest[cells] - value)

    def _add_table(self, cells: Indices, matrix: csr_array, moved: Floats) -> None:
        """Count the true table with `moved` added to `cells`, unless rounding in the solver broke it."""
        if np.any(np.abs(matrix @ moved) > TOLERANCE * self._scale):
            return
        table = self.value[cells] + moved
        self.lowest[cells] = np.minimum(self.lowest[cells], table)
        self.highest[cells] = np.maximum(self.highest[cells], table)
        width = self.highest[cells] - self.lowest[cells]
        self.unproven[cells] &= width < self.required_width[cells] - TOLERANCE
