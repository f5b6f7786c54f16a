"""From the true table to many others that fit the same equations, by small moves.

One walk over tables shows of very many cells how far apart their values may lie: each open cell in turn is
moved up or down as far as it needs by pairs of arms that have room for it. The idea is that of Diaconis and
Sturmfels, Algebraic algorithms for sampling from conditional distributions, Annals of Statistics 26 (1998):
tables with given margins are connected by simple moves. Compiled by numba.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.markov_moves import HalfMoves

# what compiled functions take: the arms' ends, cells and signs; their groups, tops and the arms by group; the
# arms by cell; and the table, the least and the greatest found, and a check on the moves
Inside = tuple[Indices, np.ndarray, np.ndarray]
Mates = tuple[Indices, Indices, Indices, Indices, Indices]
OfCell = tuple[np.ndarray, np.ndarray, Indices]
Found = tuple[Floats, Floats, Floats, Floats]

# walks from the truth, and how many times each goes over the open cells
WALKS, ROUNDS = 6, 16
# arms that are tried for a cell in a round, and others to go with each
ARMS, OTHERS = 40, 8
# how often a cell is moved up first, from walk to walk: small numbers cannot fall far
UPWARDS = (0.75, 0.5, 0.9)


@dataclass(frozen=True)
class ReachedRange:
    """The least and the greatest value of each cell in any of the tables that were found."""

    lowest: Floats
    highest: Floats


def markov_walk(
    matrix: csr_array, arms: HalfMoves, value: Floats, need: Floats, asked: Flags
) -> ReachedRange:
    """The tables reached from the true one for the cells `asked`, whose values `need` to lie so far apart.

    Every table fulfils matrix @ table = matrix @ value with no cell below zero. The same input gives the same
    tables.
    """
    reached = ReachedRange(value.copy(), value.copy())
    if not len(arms.group):
        return reached
    inside = (arms.ends, arms.cells, arms.signs)
    mates = (arms.group, arms.top, *arms.by_group)
    of_cell = arms.by_cell(len(value))
    dice = np.random.default_rng(0)
    table, moved = value.copy(), np.zeros(len(value))
    for turn in range(WALKS * ROUNDS):
        if turn % ROUNDS == 0:
            table[:] = value
        left = np.flatnonzero(asked & (reached.highest - reached.lowest < need - TOLERANCE))
        if not len(left):
            break
        _round(
            turn,
            dice.permutation(left),
            need,
            UPWARDS[turn % len(UPWARDS)],
            inside,
            mates,
            of_cell,
            (table, reached.lowest, reached.highest, moved),
        )
    # moves are weighed by chance, so that errors of two cannot cancel each other
    if np.abs(matrix @ moved).max(initial=0.0) > TOLERANCE * max(1.0, float(np.abs(moved).max())):
        return ReachedRange(value.copy(), value.copy())
    return reached


@njit(cache=True)
def _room(arm: int, way: float, inside: Inside, table: Floats) -> float:
    """How far the arm can go one way before a cell is below zero."""
    ends, cells, signs = inside
    room = np.inf
    for at in range(ends[arm], ends[arm + 1]):
        if signs[at] * way < 0:
            room = min(room, table[cells[at]])
            if room <= 0:
                return 0.0
    return room


@njit(cache=True)
def _move(arm: int, by: float, weight: float, inside: Inside, found: Found) -> None:
    ends, cells, signs = inside
    table, least, most, moved = found
    for at in range(ends[arm], ends[arm + 1]):
        cell = cells[at]
        table[cell] += by * signs[at]
        moved[cell] += weight * by * signs[at]
        least[cell] = min(least[cell], table[cell])
        most[cell] = max(most[cell], table[cell])


@njit(cache=True)
def _other(
    arm: int, way: float, far: float, inside: Inside, mates: Mates, table: Floats
) -> tuple[int, float]:
    """An arm that goes the other way as far as the first can, or the farthest of those tried; and how far."""
    group, top, order, starts, sizes = mates
    number = group[arm]
    best, farthest = -1, 0.0
    for _ in range(OTHERS):
        other = order[starts[number] + np.random.randint(sizes[number])]
        if top[other] == top[arm]:
            continue
        room = min(far, _room(other, -way, inside, table))
        if room > farthest:
            best, farthest = other, room
            if room >= far:
                break
    return best, farthest


@njit(cache=True)
def _towards(
    cell: int, goal: float, up: bool, inside: Inside, mates: Mates, of_cell: OfCell, found: Found
) -> None:
    """Move a cell towards its goal, up or down, with such arms as chance offers."""
    arm_of, sign_of, starts = of_cell
    table = found[0]
    count = starts[cell + 1] - starts[cell]
    for _ in range(min(ARMS, 3 * count)):
        left = goal - table[cell] if up else table[cell] - goal
        if left <= TOLERANCE:
            break
        at = starts[cell] + np.random.randint(count)
        arm = arm_of[at]
        way = 1.0 * sign_of[at] if up else -1.0 * sign_of[at]
        far = min(left, _room(arm, way, inside, table))
        if far <= 0:
            continue
        if mates[0][arm] < 0:
            _move(arm, way * far, np.random.random(), inside, found)
            continue
        other, far = _other(arm, way, far, inside, mates, table)
        if other >= 0:
            weight = np.random.random()
            _move(arm, way * far, weight, inside, found)
            _move(other, -way * far, weight, inside, found)


@njit(cache=True)
def _round(
    seed: int,
    cells: Indices,
    need: Floats,
    upwards: float,
    inside: Inside,
    mates: Mates,
    of_cell: OfCell,
    found: Found,
) -> None:
    np.random.seed(seed)
    _, least, most, _ = found
    for cell in cells:
        up = np.random.random() < upwards
        for _ in range(2):
            if most[cell] - least[cell] >= need[cell] - TOLERANCE:
                break
            goal = least[cell] + need[cell] if up else most[cell] - need[cell]
            if goal >= -TOLERANCE:
                _towards(cell, goal, up, inside, mates, of_cell, found)
            up = not up
