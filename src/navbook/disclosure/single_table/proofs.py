"""Proof that a cell is safe: two tables that agree with all that is published and differ in that cell.

The search for the cheapest such pair is the linear program of Kelly, Golden and Assad (1992): changes of a
table that add up to nothing in every equation, each cell moved at its cost.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_diag, csc_array, vstack

from navbook.disclosure.array_types import Floats, Indices
from navbook.disclosure.linear.linear_programs import Program
from navbook.disclosure.linear.propagation import Contradiction, Intervals
from navbook.disclosure.single_table.neighbourhood import Neighbourhood, Neighbourhoods

# how far a change counts as none, as a share of the width asked for
NOTHING = 1e-6
# a proof below this price hides nothing more, and there is no better one
CHEAP = 0.9


@dataclass(frozen=True)
class Proof:
    """Two tables: the true one with `up` added to its `cells`, and with `down` added."""

    cells: Indices
    up: Floats
    down: Floats

    def is_whole(self) -> bool:
        """Whether every change is a whole number."""
        changes = np.concatenate([self.up, self.down])
        return bool(np.all(np.abs(changes - np.round(changes)) <= NOTHING))


@dataclass(frozen=True)
class Search:
    """Finds proofs of `width` in a table whose cells may fall by `room` each, if they are hidden."""

    room: Floats
    width: float
    whole: bool
    places: Neighbourhoods

    def cheapest(self, cell: int, cost: Floats) -> Proof | None:
        """The cheapest proof found for the cell, or None; cells of infinite cost are not moved.

        Both tables lie on one line through the true one. Where in the width the true value lies is tried
        in steps; among proofs whole numbers come first if the table is whole.
        """
        near = self.places.around(cell, np.isfinite(cost))
        if near is None:
            return None
        best, price = None, np.inf
        for below in self._steps(cell):
            proof = self._along(near, cell, cost, below)
            if proof is None:
                continue
            total = float(cost[proof.cells].sum()) + (0.0 if not self.whole or proof.is_whole() else 1e6)
            if total < price - NOTHING:
                best, price = proof, total
            if price < CHEAP:
                break
        return best

    def anywhere(self, cell: int, cost: Floats) -> Proof | None:
        """A proof for the cell by any two tables, or None if there is none among all that differ from the
        true one in cells of finite cost only; of whole numbers if the table is whole.
        """
        allowed = np.isfinite(cost)
        for near in (self.places.around(cell, allowed), self.places.everything(cell, allowed)):
            proof = None if near is None else self._between(near, cell, cost)
            if proof is not None:
                return proof
        return None

    def _steps(self, cell: int) -> list[float]:
        reach = min(1.0, float(self.room[cell]) / self.width)
        steps = int(self.width) if self.whole and self.width <= 4 else 2
        shares = [step / steps for step in range(steps + 1)]
        return [share for share in shares if share <= reach + NOTHING]

    def _along(self, near: Neighbourhood, cell: int, cost: Floats, below: float) -> Proof | None:
        room = self.room[near.cells] / self.width
        count = len(room)
        rise = room / below if below > 0 else np.full(count, np.inf)
        fall = room / (1 - below) if below < 1 else np.full(count, np.inf)
        at = near.position(cell)
        low, high = np.zeros(2 * count), np.concatenate([rise, fall])
        low[at] = high[at] = 1.0
        high[count + at] = 0.0
        both = near.both_ways()
        program = Program(both, np.zeros(both.shape[0]), Intervals(low, high))
        x = _solution(program, np.tile(cost[near.cells], 2), whole=False)
        if x is None:
            return None
        change = (x[:count] - x[count:]) * self.width
        moved = np.abs(change) > NOTHING * self.width
        change = change[moved]
        return Proof(near.cells[moved], change * (1 - below), -change * below)

    def _between(self, near: Neighbourhood, cell: int, cost: Floats) -> Proof | None:
        room, count, at = self.room[near.cells], len(near.cells), near.position(cell)
        rows = near.matrix.shape[0]
        pair = near.both_ways()
        # the change of the cell in the first table less that in the second is the width
        apart = np.zeros(4 * count)
        apart[[at, 3 * count + at]] = 1.0
        apart[[count + at, 2 * count + at]] = -1.0
        matrix = csc_array(vstack([block_diag([pair, pair]), csc_array(apart[None, :])]))
        right = np.concatenate([np.zeros(2 * rows), [self.width]])
        free = np.full(count, np.inf)
        box = Intervals(np.zeros(4 * count), np.concatenate([free, room, free, room]))
        x = _solution(Program(matrix, right, box), np.tile(cost[near.cells], 4), self.whole)
        if x is None:
            return None
        up, down = x[:count] - x[count : 2 * count], x[2 * count : 3 * count] - x[3 * count :]
        moved = (np.abs(up) > NOTHING * self.width) | (np.abs(down) > NOTHING * self.width)
        return Proof(near.cells[moved], up[moved], down[moved])


def _solution(program: Program, cost: Floats, whole: bool) -> Floats | None:
    try:
        return program.minimise(cost, whole, presolve=whole)
    except Contradiction:
        return None
