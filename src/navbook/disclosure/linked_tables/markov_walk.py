"""A walk from the true table over other feasible ones, by small moves.

One walk shows for very many cells how far apart their values may lie: each unproven cell in turn is moved up
or down as far as required, by pairs of half-moves that have room for it. The idea is that of P. Diaconis and
B. Sturmfels, Algebraic algorithms for sampling from conditional distributions, Annals of Statistics 26
(1998): tables with given margins are connected by simple moves. Compiled by numba.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.markov_moves import HalfMoves

# what compiled functions take. The half-moves: ends, cells and signs
Moves = tuple[Indices, np.ndarray, np.ndarray]
# their groups and tops, and the half-moves by group: order, starts and sizes
Partners = tuple[Indices, Indices, Indices, Indices, Indices]
# the half-moves by cell: half-move, sign and starts
OfCell = tuple[np.ndarray, np.ndarray, Indices]
# the table as it is now, the lowest and highest values found, and a checksum of the moves
Tables = tuple[Floats, Floats, Floats, Floats]

# walks from the true table, and how many times each goes over the unproven cells
WALKS, ROUNDS = 6, 16
# half-moves that are tried for a cell in a round, and partners that are tried for each
MAX_TRIES, MAX_PARTNERS = 40, 8
# the share of cells moved upwards first, from walk to walk: small values cannot fall far
SHARES_UPWARDS = (0.75, 0.5, 0.9)


@dataclass(frozen=True)
class ReachedRange:
    """The lowest and the highest value of each cell in any of the tables that were found."""

    lowest: Floats
    highest: Floats


def markov_walk(
    matrix: csr_array, moves: HalfMoves, value: Floats, required_width: Floats, queried: Flags
) -> ReachedRange:
    """The range of values that a walk from the table `value` reaches in each cell.

    The walk tries to make the values of each cell in `queried` lie `required_width` apart. Every table
    fulfils matrix @ table = matrix @ value, with no cell below zero. The same input gives the same tables.
    """
    reached = ReachedRange(value.copy(), value.copy())
    if not len(moves.group):
        return reached
    arrays = (moves.ends, moves.cells, moves.signs)
    partners = (moves.group, moves.top, *moves.by_group)
    of_cell = moves.by_cell(len(value))
    rng = np.random.default_rng(0)
    table, checksum = value.copy(), np.zeros(len(value))
    tables = (table, reached.lowest, reached.highest, checksum)
    for turn in range(WALKS * ROUNDS):
        if turn % ROUNDS == 0:
            table[:] = value
        left = np.flatnonzero(queried & (reached.highest - reached.lowest < required_width - TOLERANCE))
        if not len(left):
            break
        share = SHARES_UPWARDS[turn % len(SHARES_UPWARDS)]
        _round(turn, rng.permutation(left), required_width, share, arrays, partners, of_cell, tables)
    # the weights of the moves are random, so that the errors of two wrong moves cannot cancel
    if np.abs(matrix @ checksum).max(initial=0.0) > TOLERANCE * max(1.0, float(np.abs(checksum).max())):
        return ReachedRange(value.copy(), value.copy())
    return reached


@njit(cache=True)
def _room(move: int, way: float, moves: Moves, table: Floats) -> float:
    """How far the half-move can go one way before a cell is below zero."""
    ends, cells, signs = moves
    room = np.inf
    for entry in range(ends[move], ends[move + 1]):
        if signs[entry] * way < 0:
            room = min(room, table[cells[entry]])
            if room <= 0:
                return 0.0
    return room


@njit(cache=True)
def _apply(move: int, by: float, weight: float, moves: Moves, tables: Tables) -> None:
    """Change the table by a half-move, and note the values it reaches."""
    ends, cells, signs = moves
    table, lowest, highest, checksum = tables
    for entry in range(ends[move], ends[move + 1]):
        cell = cells[entry]
        table[cell] += by * signs[entry]
        checksum[cell] += weight * by * signs[entry]
        lowest[cell] = min(lowest[cell], table[cell])
        highest[cell] = max(highest[cell], table[cell])


@njit(cache=True)
def _partner(
    move: int, way: float, far: float, moves: Moves, partners: Partners, table: Floats
) -> tuple[int, float]:
    """A half-move that can go the other way as far as `far`, or furthest of those tried; and how far."""
    group, top, order, starts, sizes = partners
    number = group[move]
    best, furthest = -1, 0.0
    for _ in range(MAX_PARTNERS):
        other = order[starts[number] + np.random.randint(sizes[number])]
        if top[other] == top[move]:
            continue
        room = min(far, _room(other, -way, moves, table))
        if room > furthest:
            best, furthest = other, room
            if room >= far:
                break
    return best, furthest


@njit(cache=True)
def _move_towards(
    cell: int, goal: float, up: bool, moves: Moves, partners: Partners, of_cell: OfCell, tables: Tables
) -> None:
    """Move a cell towards its goal, up or down, by half-moves drawn at random."""
    move_of, sign_of, starts = of_cell
    table = tables[0]
    count = starts[cell + 1] - starts[cell]
    for _ in range(min(MAX_TRIES, 3 * count)):
        left = goal - table[cell] if up else table[cell] - goal
        if left <= TOLERANCE:
            break
        entry = starts[cell] + np.random.randint(count)
        move = move_of[entry]
        way = 1.0 * sign_of[entry] if up else -1.0 * sign_of[entry]
        far = min(left, _room(move, way, moves, table))
        if far <= 0:
            continue
        if partners[0][move] < 0:
            _apply(move, way * far, np.random.random(), moves, tables)
            continue
        other, far = _partner(move, way, far, moves, partners, table)
        if other >= 0:
            weight = np.random.random()
            _apply(move, way * far, weight, moves, tables)
            _apply(other, -way * far, weight, moves, tables)


@njit(cache=True)
def _round(
    seed: int,
    cells: Indices,
    required_width: Floats,
    share_upwards: float,
    moves: Moves,
    partners: Partners,
    of_cell: OfCell,
    tables: Tables,
) -> None:
    """Move each of the cells up and down until its values lie as far apart as required, if that succeeds."""
    np.random.seed(seed)
    _, lowest, highest, _ = tables
    for cell in cells:
        up = np.random.random() < share_upwards
        for _ in range(2):
            if highest[cell] - lowest[cell] >= required_width[cell] - TOLERANCE:
                break
            goal = lowest[cell] + required_width[cell] if up else highest[cell] - required_width[cell]
            if goal >= -TOLERANCE:
                _move_towards(cell, goal, up, moves, partners, of_cell, tables)
            up = not up
