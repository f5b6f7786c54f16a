"""The feasibility interval of each hidden cell: the exact bounds that the published cells leave.

M. Fischetti and J. J. Salazar (2000): for each cell two linear programs over all tables that agree with what
is published. The bounds that single equations give come first, and every table found on the way bounds all
of its cells, so that few programs are left to solve.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.components import components, is_tree
from navbook.disclosure.linear.linear_programs import LinearProgram
from navbook.disclosure.linear.propagation import Contradiction, Intervals, propagate
from navbook.disclosure.linear.table import TOLERANCE, Table, is_integer


class ComponentBounds:
    """The lowest and highest values of the cells of one connected component, solved when queried.

    `intervals` holds the bounds of single equations, from which the exact ones are found.
    """

    def __init__(self, program: LinearProgram, integer: bool) -> None:
        self.program = program
        self.integer = integer
        self.intervals = program.intervals
        count = len(self.intervals.low)
        self._lowest, self._highest = np.full(count, np.inf), np.full(count, -np.inf)
        self._solved = np.zeros((2, count), dtype=bool)
        unit = bool(np.all(np.abs(program.matrix.data) == 1))
        if self.intervals.converged and is_tree(program.matrix) and (unit or not integer):
            self._lowest, self._highest = self.intervals.low, self.intervals.high
            self._solved[:] = True

    def low(self, cell: int) -> float:
        """The lowest value of the cell in any table that agrees with what is published."""
        return self._bound(cell, 1)

    def high(self, cell: int) -> float:
        """The highest such value; inf where nothing bounds it."""
        return self._bound(cell, -1)

    def _bound(self, cell: int, sign: int) -> float:
        side = 0 if sign == 1 else 1
        limit = float((self.intervals.low, self.intervals.high)[side][cell])
        if not self._solved[side, cell] and not self._reached(cell, side, limit):
            limit = self._solve(cell, sign)
        self._solved[side, cell] = True
        if np.isinf(limit):
            self._highest[cell] = limit
        elif sign == 1:
            self._lowest[cell] = limit
        else:
            self._highest[cell] = limit
        return limit

    def _reached(self, cell: int, side: int, limit: float) -> bool:
        found = (self._lowest, self._highest)[side][cell]
        return bool(abs(found - limit) <= TOLERANCE)

    def _solve(self, cell: int, sign: int) -> float:
        cost = np.zeros(len(self._lowest))
        cost[cell] = sign
        x = self.program.minimise(cost)
        if x is None:
            return -sign * np.inf
        # the solver may overstep a bound by rounding
        x = np.clip(x, self.intervals.low, self.intervals.high)
        if not self.integer:
            self._note_table(x)
            return float(x[cell])
        nearest = np.round(x)
        if np.all(np.abs(x - nearest) <= TOLERANCE):
            self._note_table(nearest)
            return float(nearest[cell])
        inwards = sign * np.ceil(sign * x[cell] - TOLERANCE)
        if self._reached(cell, 0 if sign == 1 else 1, inwards):
            return float(inwards)
        x = self.program.minimise(cost, integer=True)
        if x is None:
            return -sign * np.inf
        self._note_table(np.round(x))
        return float(np.round(x[cell]))

    def _note_table(self, x: Floats) -> None:
        """Widen the range of every cell by a table that agrees with what is published."""
        self._lowest, self._highest = np.minimum(self._lowest, x), np.maximum(self._highest, x)


def feasibility_intervals(table: Table, hidden: Flags, lower_bound: float) -> Intervals:
    """The lowest and highest value of every cell: its own if it is published, else the attacker's bounds.

    Hidden cells are at least `lower_bound`; where all published values are integers, they are taken to be
    integers too. ValueError if a published value is missing, or if no hidden values agree with the published
    ones.
    """
    if not np.all(np.isfinite(table.values[~hidden])):
        raise ValueError("a published cell has no value: give it one, or give it status 1 or 2")
    table.require_sums(hidden)
    low, high = np.where(hidden, np.nan, table.values), np.where(hidden, np.nan, table.values)
    for integer in (True, False) if is_integer(table.values[~hidden]) else (False,):
        try:
            for cells, bounds in component_bounds(table, hidden, lower_bound, integer):
                low[cells] = [bounds.low(cell) for cell in range(len(cells))]
                high[cells] = [bounds.high(cell) for cell in range(len(cells))]
            # adding zero turns -0.0 into 0.0
            return Intervals(low + 0.0, high + 0.0, converged=True)
        except Contradiction:
            continue
    raise ValueError("no values of the hidden cells agree with the published ones: check the equations")


def component_bounds(
    table: Table, hidden: Flags, lower_bound: float, integer: bool
) -> Iterator[tuple[Indices, ComponentBounds]]:
    """The cells of each connected component of hidden cells, and their bounds.

    Contradiction, here or when a bound is queried, if no values agree with the published ones.
    """
    cells = np.flatnonzero(hidden)
    matrix, rhs = table.equations_of(hidden)
    unbounded = np.full(len(cells), np.inf)
    start = Intervals(np.full(len(cells), np.ceil(lower_bound) if integer else lower_bound), unbounded)
    margin = TOLERANCE * float(table.scale().max(initial=1.0))
    found = propagate(matrix, rhs, start, integer, margin)
    fixed = found.high - found.low <= TOLERANCE
    rhs = rhs - matrix @ np.where(fixed, found.low, 0.0)
    matrix = matrix[:, np.flatnonzero(~fixed)]
    for column in np.flatnonzero(fixed):
        point = Intervals(found.low[[column]], found.high[[column]], converged=True)
        yield cells[[column]], ComponentBounds(LinearProgram(csr_array((0, 1)), np.zeros(0), point), integer)
    free = np.flatnonzero(~fixed)
    for rows, columns in components(matrix):
        inside = Intervals(found.low[free[columns]], found.high[free[columns]], found.converged)
        program = LinearProgram(matrix[rows][:, columns], rhs[rows], inside)
        yield cells[free[columns]], ComponentBounds(program, integer)
