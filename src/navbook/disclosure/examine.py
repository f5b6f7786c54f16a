"""The attack on everything at once: is any secret known too closely, whoever adds and subtracts?

A secret is safe if two tables agree with all that is shown and differ enough in it. Instead of two linear
programs for each of very many cells, each program here moves as many cells as it can; every table it finds
proves all the cells that differ enough in it from the truth or from another table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.cells import Flags, Floats, Places
from navbook.disclosure.components import components
from navbook.disclosure.programs import Program
from navbook.disclosure.propagation import Box, Contradiction, propagate
from navbook.disclosure.system import System
from navbook.disclosure.tables import TOLERANCE, is_whole

# a hidden number that is not whole is exact if it is known this closely
CLOSE = 0.01
# when several programs in a row prove hardly any of the open cells, some are asked about one by one; in a
# part smaller than LARGE a program is cheap and need not prove as many
PATIENCE, SLOW, LARGE = 2, 0.02, 20_000
# how far others are moved for one cell, and how many cells of a part are asked about, times its size
CLOSELY = ((2, 1e6), (4, 1.5e6), (8, 4e5))
# how far from an open cell others are moved for it, and later for what does not come out whole
NEAR = 4
MENDING = (2, 4, 8)


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


def prove(unknown: Unknown, proven: Flags, thorough: bool = False) -> Flags:
    """`proven` and the other secrets that are found safe. Where very many cells hang together, those that are
    not found may be safe all the same, unless the search was `thorough`.
    """
    proven = proven.copy()
    for cells, part in _parts(unknown, proven, thorough):
        proven[cells] |= part.proven()
    return proven


@dataclass
class _Part:
    """Unknown cells that hang together: the tables that fit what is shown, and what is proven by some."""

    program: Program
    value: Floats
    need: Floats
    open: Flags
    whole: bool
    thorough: bool

    def __post_init__(self) -> None:
        self._lowest, self._highest = self.value.copy(), self.value.copy()
        self._columns = csr_array(abs(self.program.matrix).T)
        self._rows = csr_array(abs(self.program.matrix))

    def proven(self) -> Flags:
        """Which of the cells asked about are safe."""
        asked = self.open.copy()
        slow, turn = 0, 0
        few = SLOW * min(1.0, len(self.open) / LARGE)
        while self.open.any() and slow < PATIENCE:
            before = np.count_nonzero(self.open)
            # what is small cannot fall far, so most are pushed up
            self._push(self.open, -1.0 if turn != 1 else 1.0, NEAR)
            gained = before - np.count_nonzero(self.open)
            slow = slow + 1 if turn > 1 and gained <= before * few else 0
            turn += 1
        self._one_by_one()
        return asked & ~self.open

    def _one_by_one(self) -> None:
        for steps, work in CLOSELY:
            count = len(self.open) if self.thorough else int(work / len(self.open))
            for cell in np.flatnonzero(self.open)[:count].tolist():
                alone = np.zeros_like(self.open)
                alone[cell] = True
                for sign in (-1.0, 1.0):
                    if self.open[cell] and (sign < 0 or self.value[cell] > 0):
                        self._push(alone, sign, steps)

    def _push(self, pushed: Flags, sign: float, steps: int) -> None:
        """Push these cells up (-1) or down (1) as far as they need, as many as will go, by moving others."""
        near = self._around(pushed, steps)
        cells, rows = np.flatnonzero(near), np.flatnonzero(self._rows @ near.astype(np.float64) > 0)
        matrix = csr_array(self.program.matrix[rows][:, cells])
        box = self.program.box
        enough = self.value + self.need + TOLERANCE
        high = np.where(pushed, np.minimum(box.high, np.maximum(enough, self.value)), box.high)[cells]
        cost = np.where(pushed, sign, 0.0)[cells]
        program = Program(matrix, np.asarray(matrix @ self.value[cells]), Box(box.low[cells], high))
        try:
            x = program.minimise(cost)
        except Contradiction:
            return
        x = _whole(program, cost, x) if self.whole and x is not None else x
        if x is not None:
            self._witness(cells, x)

    def _witness(self, cells: Places, x: Floats) -> None:
        self._lowest[cells] = np.minimum(self._lowest[cells], x)
        self._highest[cells] = np.maximum(self._highest[cells], x)
        self.open = self.open & (self._highest - self._lowest < self.need)

    def _around(self, cells: Flags, steps: int) -> Flags:
        return around(self._rows, self._columns, cells, steps)


def around(rows: csr_array, columns: csr_array, cells: Flags, steps: int) -> Flags:
    """The cells that share an equation with those, and again with these, so many times."""
    for _ in range(steps):
        reached = (columns @ (rows @ cells.astype(np.float64) > 0).astype(np.float64)) > 0
        if np.count_nonzero(reached | cells) == np.count_nonzero(cells):
            break
        cells = cells | reached
    return cells


def _whole(program: Program, cost: Floats, x: Floats) -> Floats | None:
    """A table of whole numbers near x, which is whole nearly everywhere; None if none is found nearby."""
    broken = np.abs(x - np.round(x)) > TOLERANCE
    if not broken.any():
        return np.round(x)
    rows = csr_array(abs(program.matrix))
    columns = csr_array(rows.T)
    for steps in MENDING:
        near = around(rows, columns, broken, steps)
        cells, touched = np.flatnonzero(near), np.flatnonzero(rows @ near.astype(np.float64) > 0)
        matrix = csr_array(program.matrix[touched][:, cells])
        right = np.round(np.asarray(matrix @ x[cells]))
        box = Box(np.ceil(program.box.low[cells] - TOLERANCE), np.floor(program.box.high[cells] + TOLERANCE))
        try:
            mended = Program(matrix, right, box).minimise(cost[cells], whole=True)
        except Contradiction:
            continue
        if mended is not None:
            x = np.round(x)
            x[cells] = np.round(mended)
            return x
    return None


def _parts(unknown: Unknown, proven: Flags, thorough: bool) -> Iterator[tuple[Places, _Part]]:
    """The parts with a secret that is not proven, nor surely lost: which cells they are."""
    low, high = unknown.box.low, unknown.box.high
    fixed = high - low <= TOLERANCE
    right = unknown.right - np.asarray(unknown.matrix @ np.where(fixed, unknown.value, 0.0))
    free = np.flatnonzero(~fixed)
    matrix = csr_array(unknown.matrix[:, free])
    asked = (unknown.need > 0) & ~proven & ~unknown.lost
    for rows, columns in components(matrix):
        cells = free[columns]
        if not asked[cells].any():
            continue
        inside = Box(low[cells], high[cells], unknown.box.settled)
        program = Program(csr_array(matrix[rows][:, columns]), right[rows], inside)
        value = unknown.value[cells]
        whole = is_whole(value) and is_whole(right[rows])
        if whole:
            value, program = np.round(value), Program(program.matrix, np.round(right[rows]), inside)
        yield cells, _Part(program, value, unknown.need[cells], asked[cells], whole, thorough)
