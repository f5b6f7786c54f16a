"""What an attacker starts from: the cells that no shown row tells, and the equations that bind them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.propagation import Intervals, propagate
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.system import System

# a hidden number that is not whole is exact if it is known this closely
CLOSE = 0.01
# what single equations tell of each other is passed on so many times when proving
LOOK = 40


@dataclass(frozen=True)
class AttackerView:
    """The cells that nobody is told, the equations that bind them and how much room each secret needs.

    `columns` are the cells' places in the system, `equations` those of the rows of `matrix`. `box` is what
    each equation by itself says of each cell.
    """

    cells: Indices
    equations: Indices
    matrix: csr_array
    right: Floats
    value: Floats
    required_width: Floats
    interval: Intervals

    @property
    def disclosed(self) -> Flags:
        """The secrets that single equations give away."""
        return (self.required_width > 0) & (self.interval.high - self.interval.low < self.required_width)

    def binding(self, cells: Indices) -> Iterator[Indices]:
        """The equations of the system to ask for help, so that the cells get more room: for each cell the one
        that leaves it the least, then all of its equations, then those of the cells that share one with it.
        """
        matrix = self.matrix
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        wanted = np.zeros(matrix.shape[1], dtype=bool)
        wanted[cells] = True
        entry = np.flatnonzero(wanted[matrix.indices])
        others = self._room_of_others(row)[entry]
        order = np.lexsort((row[entry], others, matrix.indices[entry]))
        _, first = np.unique(matrix.indices[entry][order], return_index=True)
        yield np.unique(self.equations[row[entry][order][first]])
        rows = csr_array(abs(matrix))
        for _ in range(2):
            touched = rows @ wanted.astype(np.float64) > 0
            yield self.equations[touched]
            wanted = csr_array(rows.T) @ touched.astype(np.float64) > 0

    def _room_of_others(self, row: Indices) -> Floats:
        """For each term of the matrix how much room the other terms of its equation leave it."""
        count = self.matrix.shape[0]
        room = (self.interval.high - self.interval.low)[self.matrix.indices]
        endless = np.isinf(room)
        room = np.where(endless, 0.0, room)
        total = np.bincount(row, weights=room, minlength=count)[row] - room
        more = np.bincount(row, weights=endless, minlength=count)[row] - endless
        return np.where(more > 0, np.inf, total)


def attacker_view(system: System, hidden: Flags, rounds: int) -> AttackerView:
    """What an attacker starts from when `hidden` is all that is hidden: numbers are at least zero."""
    unknown = system.unpublished(hidden)
    least = np.where(system.whole, 1.0, CLOSE)
    need = np.where(system.primary, np.maximum(system.required_width, least), least) - TOLERANCE
    need = np.where(system.needs_protection(unknown), need, 0.0)
    columns = np.flatnonzero(unknown)
    matrix = csr_array(system.matrix[:, columns])
    equations = np.flatnonzero(np.diff(matrix.indptr) > 0)
    shown = np.where(unknown, 0.0, system.values)
    right = -np.asarray(system.matrix @ shown)[equations]
    matrix = csr_array(matrix[equations])
    value = system.values[columns]
    start = Intervals(np.zeros(len(columns)), np.full(len(columns), np.inf))
    margin = TOLERANCE * float(np.max(np.abs(system.values), initial=1.0))
    box = propagate(matrix, right, start, False, margin, rounds)
    # every bound admits the truth, whatever rounding made of it
    box = Intervals(np.minimum(box.low, value), np.maximum(box.high, value), box.settled)
    return AttackerView(columns, equations, matrix, right, value, need[columns], box)


def disclosed_by_released(system: System) -> Flags:
    """The cells that what was told before gives away, equation by equation, whatever is hidden."""
    lost = np.zeros(len(system.values), dtype=bool)
    unknown = _of_what_was_told(system)
    lost[unknown.cells] = unknown.disclosed
    return lost


def max_feasible_width(system: System) -> Floats:
    """How much room what was told before leaves each cell at the most, equation by equation."""
    room = np.zeros(len(system.values))
    unknown = _of_what_was_told(system)
    room[unknown.cells] = unknown.interval.high - unknown.interval.low
    return room


def _of_what_was_told(system: System) -> AttackerView:
    return attacker_view(system, np.ones(len(system.cost), dtype=bool), LOOK)
