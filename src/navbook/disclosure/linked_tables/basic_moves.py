"""How the quantities of one unit and period can change together so that their equations still hold.

One more in a numerator is one less in its complement, or one more in its denominator. One more in a group is
one less in another, or one more in their total. Such changes of few quantities are the basic moves from which
tables are changed (`markov_moves`).
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linear.components import component_labels
from navbook.disclosure.linked_tables.coordinates import Coordinates

# the terms of an equation between quantities: (quantity, coefficient)
Terms = tuple[tuple[int, int], ...]
# (quantity, 1 or -1), and a basic move
Change = tuple[int, int]
BasicMove = tuple[Change, ...]
# in the search: size and number of a move, the move, what it broke before its last change, and that change
_Waiting = tuple[int, int, BasicMove, dict[int, int], Change]
# the equations of each quantity that a search looked at
_Consulted = tuple[tuple[int, tuple[Terms, ...]], ...]
# a move has at most so many quantities; the search from a quantity ends after so many moves or steps
MAX_QUANTITIES, MAX_MOVES, MAX_STEPS = 12, 24, 300
# so many searches from a quantity are remembered
MAX_REMEMBERED = 16
_remembered: dict[int, list[tuple[_Consulted, tuple[BasicMove, ...]]]] = {}


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
        for members, present, pattern_of in self._patterns():
            types = [self._types[number] for number in members.tolist()]
            bound.update(quantity for terms in types for quantity, _ in terms)
            family = _Equations.of(types)
            patterns = [tuple(types[at] for at in np.flatnonzero(row)) for row in present]
            for move in dict.fromkeys(move for pattern in patterns for move in basic_moves(pattern)):
                kept = ~present[:, list(family.broken(move))].any(axis=1)
                yield move, np.append(kept, True)[pattern_of].reshape(shape)
        for quantity in np.setdiff1d(self._coordinates.quantity, list(bound)).tolist():
            yield ((quantity, 1),), np.ones(shape, dtype=bool)

    def _patterns(self) -> Iterator[tuple[Indices, Flags, Indices]]:
        """For each set of connected quantities the numbers of its equation types, the sets of these that are
        found at some location (sets x types), and by location which of these sets holds there.
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

    def _patterns_of_family(self, family: Indices, number: int) -> tuple[Indices, Flags, Indices]:
        kept = family[self._type] == number
        members = np.flatnonzero(family == number)
        n_locations = len(self._coordinates.parent) * self._coordinates.n_periods
        present = np.zeros((n_locations, len(members)), dtype=bool)
        present[self._location[kept], np.searchsorted(members, self._type[kept])] = True
        distinct, pattern_of = np.unique(np.packbits(present, axis=1), axis=0, return_inverse=True)
        bits = np.unpackbits(distinct, axis=1, count=len(members)).astype(bool)
        return members, bits, pattern_of.ravel()


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


@dataclass(frozen=True)
class _Equations:
    """Equations, and for each quantity those that it is in: (number, coefficient), and their terms."""

    terms: tuple[Terms, ...]
    of_quantity: dict[int, list[tuple[int, int]]]
    terms_of: dict[int, tuple[Terms, ...]]

    @classmethod
    def of(cls, equations: Sequence[Terms]) -> "_Equations":
        of_quantity: dict[int, list[tuple[int, int]]] = {}
        for number, terms in enumerate(equations):
            for quantity, coefficient in terms:
                of_quantity.setdefault(quantity, []).append((number, coefficient))
        terms_of = {
            quantity: tuple(equations[number] for number, _ in found)
            for quantity, found in of_quantity.items()
        }
        return cls(tuple(equations), of_quantity, terms_of)

    def broken(self, move: BasicMove) -> dict[int, int]:
        """The equations that the move breaks, and by how much."""
        found: dict[int, int] = {}
        for change in move:
            found = self._with(found, change)
        return found

    def moves_from(self, start: int) -> tuple[BasicMove, ...]:
        """Moves that change `start` by 1 and few other quantities, those with the fewest first.

        Most equations are the same in many sets of equations, so that a search is not repeated where all that
        it looked at is as it was.
        """
        known = _remembered.setdefault(start, [])
        for consulted, moves in known:
            if all(self.terms_of.get(quantity) == terms for quantity, terms in consulted):
                return moves
        if len(known) == MAX_REMEMBERED:
            known.clear()
        looked_at: set[int] = set()
        moves = tuple(self._search(start, looked_at))
        known.append((tuple((quantity, self.terms_of[quantity]) for quantity in sorted(looked_at)), moves))
        return moves

    def _search(self, start: int, looked_at: set[int]) -> Iterator[BasicMove]:
        """The moves, shortest first; `looked_at` gathers the quantities whose equations decided them."""
        queue: list[_Waiting] = [(1, 0, ((start, 1),), {}, (start, 1))]
        seen: set[BasicMove] = set()
        steps = found = 0
        while queue and found < MAX_MOVES and steps < MAX_STEPS:
            steps += 1
            _, _, move, broken, last = heapq.heappop(queue)
            looked_at.add(last[0])
            broken = self._with(broken, last)
            if not broken:
                found += 1
                yield move
                continue
            for added in self._repairs(move, broken):
                wider = tuple(sorted((*move, added)))
                if wider not in seen:
                    seen.add(wider)
                    heapq.heappush(queue, (len(wider), len(seen), wider, broken, added))

    def _with(self, broken: dict[int, int], added: Change) -> dict[int, int]:
        """What is broken once a quantity changes in addition to what broke `broken`."""
        quantity, change = added
        found = dict(broken)
        for number, coefficient in self.of_quantity[quantity]:
            off = found.pop(number, 0) + coefficient * change
            if off:
                found[number] = off
        return found

    def _repairs(self, move: BasicMove, broken: dict[int, int]) -> list[Change]:
        """The changes of one more quantity after which the first broken equation holds again."""
        first = next(
            number for quantity, _ in move for number, _ in self.of_quantity[quantity] if number in broken
        )
        off, changed = broken[first], dict(move)
        if abs(off) != 1 or len(move) == MAX_QUANTITIES:
            return []
        return [
            (quantity, -off * coefficient)
            for quantity, coefficient in self.terms[first]
            if quantity not in changed
        ]


@lru_cache(maxsize=1000)
def basic_moves(equations: tuple[Terms, ...]) -> tuple[BasicMove, ...]:
    """Small changes of 1 and -1 that keep every equation, several for each quantity."""
    found: dict[BasicMove, None] = {}
    bound = _Equations.of(equations)
    for start in sorted(bound.of_quantity):
        for move in bound.moves_from(start):
            # a move and its reverse are the same
            sign = move[0][1]
            found[tuple((quantity, sign * change) for quantity, change in move)] = None
    return tuple(found)
