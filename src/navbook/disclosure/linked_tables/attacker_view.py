"""What an attacker starts from: the cells that no shown row tells, and the equations that bind them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Places
from navbook.disclosure.linear.propagation import Box, propagate
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.system import System

# a hidden number that is not whole is exact if it is known this closely
CLOSE = 0.01
# what single equations tell of each other is passed on so many times when proving
LOOK = 40


@dataclass(frozen=True)
class Unknown:
    """The cells that nobody is told, the equations that bind them and how much room each secret needs.

    `columns` are the cells' places in the system, `equations` those of the rows of `matrix`. `box` is what
    each equation by itself says of each cell.
    """

    columns: Places
    equations: Places
    matrix: csr_array
    right: Floats
    value: Floats
    need: Floats
    box: Box

    @property
    def lost(self) -> Flags:
        """The secrets that single equations give away."""
        return (self.need > 0) & (self.box.high - self.box.low < self.need)

    def binding(self, cells: Places) -> Iterator[Places]:
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

    def _room_of_others(self, row: Places) -> Floats:
        """For each term of the matrix how much room the other terms of its equation leave it."""
        count = self.matrix.shape[0]
        room = (self.box.high - self.box.low)[self.matrix.indices]
        endless = np.isinf(room)
        room = np.where(endless, 0.0, room)
        total = np.bincount(row, weights=room, minlength=count)[row] - room
        more = np.bincount(row, weights=endless, minlength=count)[row] - endless
        return np.where(more > 0, np.inf, total)


def unknown_of(system: System, hidden: Flags, rounds: int) -> Unknown:
    """What an attacker starts from when `hidden` is all that is hidden: numbers are at least zero."""
    unknown = system.unknown(hidden)
    least = np.where(system.whole, 1.0, CLOSE)
    need = np.where(system.primary, np.maximum(system.width, least), least) - TOLERANCE
    need = np.where(system.guarded(unknown), need, 0.0)
    columns = np.flatnonzero(unknown)
    matrix = csr_array(system.matrix[:, columns])
    equations = np.flatnonzero(np.diff(matrix.indptr) > 0)
    shown = np.where(unknown, 0.0, system.values)
    right = -np.asarray(system.matrix @ shown)[equations]
    matrix = csr_array(matrix[equations])
    value = system.values[columns]
    start = Box(np.zeros(len(columns)), np.full(len(columns), np.inf))
    margin = TOLERANCE * float(np.max(np.abs(system.values), initial=1.0))
    box = propagate(matrix, right, start, False, margin, rounds)
    # every bound admits the truth, whatever rounding made of it
    box = Box(np.minimum(box.low, value), np.maximum(box.high, value), box.settled)
    return Unknown(columns, equations, matrix, right, value, need[columns], box)


def given_away(system: System) -> Flags:
    """The cells that what was told before gives away, equation by equation, whatever is hidden."""
    lost = np.zeros(len(system.values), dtype=bool)
    unknown = _of_what_was_told(system)
    lost[unknown.columns] = unknown.lost
    return lost


def most_room(system: System) -> Floats:
    """How much room what was told before leaves each cell at the most, equation by equation."""
    room = np.zeros(len(system.values))
    unknown = _of_what_was_told(system)
    room[unknown.columns] = unknown.box.high - unknown.box.low
    return room


def _of_what_was_told(system: System) -> Unknown:
    return unknown_of(system, np.ones(len(system.price), dtype=bool), LOOK)
