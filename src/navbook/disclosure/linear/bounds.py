"""How far each hidden cell may lie from its true value: the exact bounds that the published cells leave.

Fischetti and Salazar (2000): for each cell two linear programs over all tables that agree with what is
published. What the equations give by themselves comes first, and every table found on the way serves as
proof for all of its cells, so that few programs are left to solve.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.components import components, is_tree
from navbook.disclosure.linear.linear_programs import Program
from navbook.disclosure.linear.propagation import Contradiction, Intervals, propagate
from navbook.disclosure.linear.table import TOLERANCE, Table, is_whole


class ComponentBounds:
    """The lowest and highest values, found and possible, of cells that hang together."""

    def __init__(self, program: Program, whole: bool) -> None:
        self.program = program
        self.whole = whole
        self.box = program.box
        count = len(self.box.low)
        self._least, self._most = np.full(count, np.inf), np.full(count, -np.inf)
        self._settled = np.zeros((2, count), dtype=bool)
        unit = bool(np.all(np.abs(program.matrix.data) == 1))
        if self.box.settled and is_tree(program.matrix) and (unit or not whole):
            self._least, self._most = self.box.low, self.box.high
            self._settled[:] = True

    def low(self, cell: int) -> float:
        """The lowest value of the cell in any table that agrees with what is published."""
        return self._bound(cell, 1)

    def high(self, cell: int) -> float:
        """The highest such value; inf where nothing bounds it."""
        return self._bound(cell, -1)

    def witness(self, x: Floats) -> None:
        """Take note of a table that agrees with what is published."""
        self._least, self._most = np.minimum(self._least, x), np.maximum(self._most, x)

    def spread(self, cell: int) -> float:
        """How far apart the values of the cell lie in the tables found so far."""
        return float(self._most[cell] - self._least[cell])

    def _bound(self, cell: int, sign: int) -> float:
        side = 0 if sign == 1 else 1
        limit = float((self.box.low, self.box.high)[side][cell])
        if not self._settled[side, cell] and not self._reached(cell, side, limit):
            limit = self._solve(cell, sign)
        self._settled[side, cell] = True
        if np.isinf(limit):
            self._most[cell] = limit
        elif sign == 1:
            self._least[cell] = limit
        else:
            self._most[cell] = limit
        return limit

    def _reached(self, cell: int, side: int, limit: float) -> bool:
        found = (self._least, self._most)[side][cell]
        return bool(abs(found - limit) <= TOLERANCE)

    def _solve(self, cell: int, sign: int) -> float:
        cost = np.zeros(len(self._least))
        cost[cell] = sign
        x = self.program.minimise(cost)
        if x is None:
            return -sign * np.inf
        # what the solver took for rounding is not told as a bound
        x = np.clip(x, self.box.low, self.box.high)
        if not self.whole:
            self.witness(x)
            return float(x[cell])
        nearest = np.round(x)
        if np.all(np.abs(x - nearest) <= TOLERANCE):
            self.witness(nearest)
            return float(nearest[cell])
        inwards = sign * np.ceil(sign * x[cell] - TOLERANCE)
        if self._reached(cell, 0 if sign == 1 else 1, inwards):
            return float(inwards)
        x = self.program.minimise(cost, whole=True)
        if x is None:
            return -sign * np.inf
        self.witness(np.round(x))
        return float(np.round(x[cell]))


def feasibility_intervals(table: Table, hidden: Flags, lower_bound: float) -> Intervals:
    """The lowest and highest value of every cell: its own if it is published, else what the published ones
    leave. Where all of those are whole, hidden ones are taken to be whole too.

    ValueError if a published value is missing, or if no hidden values agree with the published ones.
    """
    if not np.all(np.isfinite(table.values[~hidden])):
        raise ValueError("a published cell has no value: give it one, or give it status 1 or 2")
    table.require_sums(hidden)
    low, high = np.where(hidden, np.nan, table.values), np.where(hidden, np.nan, table.values)
    for whole in (True, False) if is_whole(table.values[~hidden]) else (False,):
        try:
            for cells, reach in component_bounds(table, hidden, lower_bound, whole):
                low[cells] = [reach.low(i) for i in range(len(cells))]
                high[cells] = [reach.high(i) for i in range(len(cells))]
            # no minus zero
            return Intervals(low + 0.0, high + 0.0, settled=True)
        except Contradiction:
            continue
    raise ValueError("no values of the hidden cells agree with the published ones: check the equations")


def component_bounds(
    table: Table, hidden: Flags, lower_bound: float, whole: bool
) -> Iterator[tuple[Indices, ComponentBounds]]:
    """For each set of hidden cells that hang together: which cells they are, and how far they reach.

    Contradiction, at once or when a bound is asked for, if no values agree with the published ones.
    """
    cells = np.flatnonzero(hidden)
    matrix, right = table.seen_without(hidden)
    ends = np.full(len(cells), np.inf)
    start = Intervals(np.full(len(cells), np.ceil(lower_bound) if whole else lower_bound), ends)
    margin = TOLERANCE * float(table.scale().max(initial=1.0))
    box = propagate(matrix, right, start, whole, margin)
    fixed = box.high - box.low <= TOLERANCE
    right = right - matrix @ np.where(fixed, box.low, 0.0)
    matrix = matrix[:, np.flatnonzero(~fixed)]
    for column in np.flatnonzero(fixed):
        point = Intervals(box.low[[column]], box.high[[column]], settled=True)
        yield cells[[column]], ComponentBounds(Program(csr_array((0, 1)), np.zeros(0), point), whole)
    free = np.flatnonzero(~fixed)
    for rows, columns in components(matrix):
        inside = Intervals(box.low[free[columns]], box.high[free[columns]], box.settled)
        yield (
            cells[free[columns]],
            ComponentBounds(Program(matrix[rows][:, columns], right[rows], inside), whole),
        )
