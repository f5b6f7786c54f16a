"""How the quantities of one unit and period can change together so that their equations still hold.

One more in a numerator is one less in its complement, or one more in its denominator. One more in a group is
one less in another, or one more in their total. Such changes of few quantities are the basic moves from which
tables are changed (`markov_moves`).
"""

import heapq
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linear.components import component_labels
from navbook.disclosure.linked_tables.coordinates import Coordinates

# the terms of an equation between quantities: (quantity, coefficient)
Terms = tuple[tuple[int, int], ...]
# a basic move: (quantity, change), each change 1 or -1
BasicMove = tuple[tuple[int, int], ...]
# a move has at most so many quantities; the search from a quantity ends after so many moves or steps
MAX_QUANTITIES, MAX_MOVES, MAX_STEPS = 12, 24, 1500


class BasicMoves:
    """The basic moves of the local equations of a system, and where each is possible."""

    def __init__(self, matrix: csr_array, coordinates: Coordinates, local: Flags) -> None:
        """`matrix` (equations x cells), of which the equations in `local` bind one unit and period."""
        self._coordinates = coordinates
        rows = np.flatnonzero(local)
        rows = rows[np.diff(matrix.indptr)[rows] > 0]
        first = matrix.indices[matrix.indptr[rows]]
        self._location = coordinates.unit[first] * coordinates.n_periods + coordinates.period[first]
        self._type, self._types = _equation_types(csr_array(matrix[rows]), coordinates)

    def __iter__(self) -> Iterator[tuple[BasicMove, Flags]]:
        """Each move, and whether its quantities may change so, by (unit, period)."""
        shape = (len(self._coordinates.parent), self._coordinates.n_periods)
        bound: set[int] = set()
        for patterns, pattern_of in self._patterns():
            equations = [tuple(self._types[number] for number in pattern) for pattern in patterns]
            bound.update(quantity for pattern in equations for terms in pattern for quantity, _ in terms)
            for move in dict.fromkeys(move for pattern in equations for move in basic_moves(pattern)):
                kept = [all(_balances(terms, move) for terms in pattern) for pattern in equations]
                yield move, np.array([*kept, True])[pattern_of].reshape(shape)
        for quantity in np.setdiff1d(self._coordinates.quantity, list(bound)).tolist():
            yield ((quantity, 1),), np.ones(shape, dtype=bool)

    def _patterns(self) -> Iterator[tuple[list[tuple[int, ...]], Indices]]:
        """For each set of connected quantities, the sets of equation types found at some location, and by
        location which of these sets holds there.
        """
        quantities = {
            quantity: k for k, quantity in enumerate(np.unique(self._coordinates.quantity).tolist())
        }
        pairs = [(number, quantities[q]) for number, terms in enumerate(self._types) for q, _ in terms]
        if not pairs:
            return
        types, columns = np.array(pairs).T
        shape = (len(self._types), len(quantities))
        family, _ = component_labels(csr_array((np.ones(len(pairs)), (types, columns)), shape=shape))
        for number in np.unique(family).tolist():
            yield self._patterns_of_family(family, number)

    def _patterns_of_family(self, family: Indices, number: int) -> tuple[list[tuple[int, ...]], Indices]:
        kept = family[self._type] == number
        members = np.flatnonzero(family == number)
        n_locations = len(self._coordinates.parent) * self._coordinates.n_periods
        present = np.zeros((n_locations, len(members)), dtype=bool)
        present[self._location[kept], np.searchsorted(members, self._type[kept])] = True
        distinct, pattern_of = np.unique(np.packbits(present, axis=1), axis=0, return_inverse=True)
        bits = np.unpackbits(distinct, axis=1, count=len(members)).astype(bool)
        return [tuple(members[row].tolist()) for row in bits], pattern_of.ravel()


def _equation_types(matrix: csr_array, coordinates: Coordinates) -> tuple[Indices, list[Terms]]:
    """The number of each equation's type, and the terms of each type by quantity."""
    numbers: dict[Terms, int] = {}
    type_of = np.empty(matrix.shape[0], dtype=np.intp)
    quantity = coordinates.quantity[matrix.indices].tolist()
    coefficient, ends = matrix.data.astype(int).tolist(), matrix.indptr
    for row in range(matrix.shape[0]):
        entries = slice(ends[row], ends[row + 1])
        terms = tuple(sorted(zip(quantity[entries], coefficient[entries], strict=True)))
        type_of[row] = numbers.setdefault(terms, len(numbers))
    return type_of, list(numbers)


def _imbalance(terms: Terms, move: BasicMove) -> int:
    """By how much the move breaks the equation."""
    change = dict(move)
    return sum(coefficient * change.get(quantity, 0) for quantity, coefficient in terms)


def _balances(terms: Terms, move: BasicMove) -> bool:
    return _imbalance(terms, move) == 0


@lru_cache(maxsize=1000)
def basic_moves(equations: tuple[Terms, ...]) -> tuple[BasicMove, ...]:
    """Small changes of 1 and -1 that keep every equation, several for each quantity."""
    of_quantity: dict[int, list[Terms]] = {}
    for terms in equations:
        for quantity, _ in terms:
            of_quantity.setdefault(quantity, []).append(terms)
    found: dict[BasicMove, None] = {}
    for start in sorted(of_quantity):
        for move in _moves_from(start, of_quantity):
            # a move and its reverse are the same
            sign = move[0][1]
            found[tuple((quantity, sign * change) for quantity, change in move)] = None
    return tuple(found)


def _moves_from(start: int, of_quantity: dict[int, list[Terms]]) -> Iterator[BasicMove]:
    """Moves that change `start` by 1 and few other quantities, those with the fewest first."""
    queue: list[tuple[int, int, BasicMove]] = [(1, 0, ((start, 1),))]
    seen: set[BasicMove] = set()
    steps = found = 0
    while queue and found < MAX_MOVES and steps < MAX_STEPS:
        steps += 1
        _, _, move = heapq.heappop(queue)
        broken = next(
            (terms for quantity, _ in move for terms in of_quantity[quantity] if not _balances(terms, move)),
            None,
        )
        if broken is None:
            found += 1
            yield move
            continue
        for wider in _repairs(move, broken):
            if wider not in seen:
                seen.add(wider)
                heapq.heappush(queue, (len(wider), len(seen), wider))


def _repairs(move: BasicMove, broken: Terms) -> Iterator[BasicMove]:
    """The move with one more quantity, so that the broken equation holds again."""
    change, off = dict(move), _imbalance(broken, move)
    if abs(off) != 1 or len(move) == MAX_QUANTITIES:
        return
    for quantity, coefficient in broken:
        if quantity not in change:
            yield tuple(sorted((*move, (quantity, -off * coefficient))))
