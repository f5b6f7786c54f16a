"""How the quantities of one place and period can change together so that their equations still hold.

One more in a numerator is one less in its complement, or one more in its denominator; one more in a group is
one less in another, or one more in the whole. Such changes of few quantities are the templates from which
tables are moved (`arms`).
"""

import heapq
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linear.components import labels
from navbook.disclosure.linked_tables.system import Coordinates

# terms of an equation between quantities: the quantity and its coefficient
Terms = tuple[tuple[int, int], ...]
# a template: by how much each quantity changes, 1 or -1
Template = tuple[tuple[int, int], ...]
# templates have at most so many quantities, and the search from one quantity ends after so many or steps
MOST, EACH, STEPS = 12, 24, 1500


class Templates:
    """The templates of the local equations of a grid, and where each may be used."""

    def __init__(self, matrix: csr_array, grid: Coordinates, local: Flags) -> None:
        self._grid = grid
        rows = np.flatnonzero(local)
        entries = np.diff(matrix.indptr)[rows]
        rows = rows[entries > 0]
        first = matrix.indices[matrix.indptr[rows]]
        self._location = grid.unit[first] * grid.periods + grid.period[first]
        self._kind, self._kinds = _kinds(csr_array(matrix[rows]), grid)
        self._patterns = self._patterns_of_families()

    def __iter__(self) -> Iterator[tuple[Template, Flags]]:
        """Each template and whether its quantities may change so, by place and period."""
        shape = (len(self._grid.parent), self._grid.periods)
        bound: set[int] = set()
        for patterns, which in self._patterns:
            equations = [tuple(self._kinds[kind] for kind in pattern) for pattern in patterns]
            bound.update(quantity for terms in equations for each in terms for quantity, _ in each)
            found = dict.fromkeys(template for each in equations for template in kernel(each))
            for template in found:
                fits = np.array(
                    [all(_zero(terms, template) for terms in each) for each in equations] + [True]
                )
                yield template, fits[which].reshape(shape)
        for quantity in np.setdiff1d(self._grid.quantity, list(bound)).tolist():
            yield ((quantity, 1),), np.ones(shape, dtype=bool)

    def _patterns_of_families(self) -> Iterator[tuple[list[tuple[int, ...]], Indices]]:
        """For each set of quantities that hang together the sets of equations found at some location, and by
        location which of them it is (NOWHERE: none).
        """
        quantities = {quantity: at for at, quantity in enumerate(np.unique(self._grid.quantity).tolist())}
        pairs = [(kind, quantities[q]) for kind, terms in enumerate(self._kinds) for q, _ in terms]
        if not pairs:
            return
        kinds, columns = np.array(pairs).T
        shape = (len(self._kinds), len(quantities))
        family, _ = labels(csr_array((np.ones(len(pairs)), (kinds, columns)), shape=shape))
        for each in np.unique(family).tolist():
            mine = family[self._kind] == each
            location, kind = self._location[mine], self._kind[mine]
            members = np.flatnonzero(family == each)
            flags = np.zeros((len(self._grid.parent) * self._grid.periods, len(members)), dtype=bool)
            flags[location, np.searchsorted(members, kind)] = True
            packed = np.packbits(flags, axis=1)
            distinct, which = np.unique(packed, axis=0, return_inverse=True)
            bits = np.unpackbits(distinct, axis=1, count=len(members)).astype(bool)
            patterns = [tuple(members[row].tolist()) for row in bits]
            yield patterns, which.ravel()


def _kinds(matrix: csr_array, grid: Coordinates) -> tuple[Indices, list[Terms]]:
    """For each equation the number of its kind, and the terms of each kind by quantity."""
    numbers: dict[Terms, int] = {}
    kind = np.empty(matrix.shape[0], dtype=np.intp)
    quantity, sign, ends = (
        grid.quantity[matrix.indices].tolist(),
        matrix.data.astype(int).tolist(),
        matrix.indptr,
    )
    for row in range(matrix.shape[0]):
        terms = tuple(
            sorted(zip(quantity[ends[row] : ends[row + 1]], sign[ends[row] : ends[row + 1]], strict=True))
        )
        kind[row] = numbers.setdefault(terms, len(numbers))
    return kind, list(numbers)


def _zero(terms: Terms, template: Template) -> bool:
    change = dict(template)
    return sum(coefficient * change.get(quantity, 0) for quantity, coefficient in terms) == 0


@lru_cache(maxsize=1000)
def kernel(equations: tuple[Terms, ...]) -> tuple[Template, ...]:
    """Small changes of 1 and -1 that leave every equation as it is, some for each quantity."""
    of_quantity: dict[int, list[Terms]] = {}
    for terms in equations:
        for quantity, _ in terms:
            of_quantity.setdefault(quantity, []).append(terms)
    found: dict[Template, None] = {}
    for quantity in sorted(of_quantity):
        for change in _from(quantity, of_quantity):
            # the same change backwards is no other template
            sign = change[0][1]
            found[tuple((each, sign * by) for each, by in change)] = None
    return tuple(found)


def _from(start: int, of_quantity: dict[int, list[Terms]]) -> Iterator[Template]:
    """Changes of `start` by one and of few others, fewest first."""
    queue: list[tuple[int, int, Template]] = [(1, 0, ((start, 1),))]
    seen: set[Template] = set()
    steps = found = 0
    while queue and found < EACH and steps < STEPS:
        steps += 1
        _, _, change = heapq.heappop(queue)
        so_far = dict(change)
        broken = next(
            (terms for quantity, _ in change for terms in of_quantity[quantity] if not _zero(terms, change)),
            None,
        )
        if broken is None:
            found += 1
            yield change
            continue
        off = sum(coefficient * so_far.get(quantity, 0) for quantity, coefficient in broken)
        for quantity, coefficient in broken:
            if quantity in so_far or abs(off) != 1 or len(change) == MOST:
                continue
            wider = tuple(sorted((*change, (quantity, -off * coefficient))))
            if wider not in seen:
                seen.add(wider)
                heapq.heappush(queue, (len(wider), len(seen), wider))
