"""Halves of small moves from one table to another that fits the same equations.

An arm changes the quantities of a template in one place, and in those above it as far as they are unknown,
along the periods of a chain. Two arms with the same template and chain in parts of one whole, one forwards
and one backwards, leave every sum as it is; so does one arm whose place has nothing above it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.basic_moves import Templates
from navbook.disclosure.linked_tables.system import ABSENT, Coordinates, Directions, directions

# how many steps up an arm may reach from its place
HEIGHT = 3


@dataclass(frozen=True)
class HalfMoves:
    """The arms of a grid: `cells` and `signs` of arm k at `ends[k]:ends[k + 1]`.

    Arms of one `group` cancel each other unless their `top` place is the same; an arm of no group (NOWHERE)
    needs no other.
    """

    ends: Indices
    cells: np.ndarray
    signs: np.ndarray
    group: Indices
    top: Indices

    @cached_property
    def by_group(self) -> tuple[Indices, Indices, Indices]:
        """The arms by group, and where each group starts and how many it has."""
        order = np.argsort(self.group, kind="stable")
        order = order[np.count_nonzero(self.group == ABSENT) :]
        size = np.bincount(self.group[order], minlength=int(self.group.max(initial=ABSENT)) + 1)
        return order, np.cumsum(size) - size, size

    def by_cell(self, count: int) -> tuple[np.ndarray, np.ndarray, Indices]:
        """The arm and the sign of each time a cell is in one, by cell, and where those of each cell start."""
        order = np.argsort(self.cells, kind="stable")
        arm = np.repeat(np.arange(len(self.group), dtype=np.int32), np.diff(self.ends))
        starts = np.searchsorted(self.cells[order], np.arange(count + 1))
        return arm[order], self.signs[order], starts


@dataclass(frozen=True)
class _Chains:
    """Periods that change by `signs`; no sum over the periods of a filling in `without` may bind them."""

    periods: Indices
    signs: Indices
    without: Indices


@dataclass(frozen=True)
class _Paths:
    """A place and those above it, one path a row; the first is a whole of others if `whole`."""

    places: Indices
    whole: bool


@dataclass(frozen=True)
class _Bound:
    """Whether a sum over places binds a quantity (quantity, place, period), or one over the periods of a
    filling (filling, quantity, place).
    """

    by_places: Flags
    by_periods: Flags


def half_moves(matrix: csr_array, grid: Coordinates, free: Flags) -> HalfMoves:
    """The arms of the cells of `grid` that are `free`, bound by the equations of `matrix`."""
    along = directions(matrix, grid)
    free = free.copy()
    free[np.unique(csr_array(matrix[np.flatnonzero(along.odd)]).indices)] = False
    number = np.full((int(grid.quantity.max(initial=0)) + 1, len(grid.parent), grid.periods), ABSENT)
    number[grid.quantity[free], grid.unit[free], grid.period[free]] = np.flatnonzero(free)
    bound = _bound(matrix, grid, along, number.shape)
    ways = list(_chains(grid)), list(_paths(grid))
    found: list[tuple[np.ndarray, ...]] = []
    groups = 0
    for template, fits in Templates(matrix, grid, along.local):
        quantities, signs = np.array(template).T
        for chain, path, at, which in _where(quantities, fits, number, bound, ways):
            group, kept = _groups(grid.parent[path.places[at, -1]], which, len(chain.periods))
            at, which = at[kept], which[kept]
            if not len(at):
                continue
            spots = path.places[at][:, None, :, None], chain.periods[which][:, None, None, :]
            cells = number[quantities[None, :, None, None], *spots].reshape(len(at), -1)
            shape = (len(signs), path.places.shape[1], len(chain.signs))
            sign = np.broadcast_to(signs[:, None, None] * chain.signs, shape)
            group = np.where(group == ABSENT, ABSENT, group + groups)
            groups = max(groups, int(group.max()) + 1)
            found.append((cells, np.tile(sign.ravel(), len(at)), group, path.places[at, -1]))
    return _arms(found)


def _where(
    quantities: Indices,
    fits: Flags,
    number: Indices,
    bound: _Bound,
    ways: tuple[list[_Chains], list[_Paths]],
) -> Iterator[tuple[_Chains, _Paths, Indices, Indices]]:
    """Where quantities may change together: by chains and paths, which paths and which chains go together."""
    here = fits & (number[quantities] >= 0).all(axis=0)
    if not here.any():
        return
    by_places: Flags = bound.by_places[quantities].max(axis=0)
    by_periods: Flags = bound.by_periods[:, quantities].max(axis=1)
    for chain in ways[0]:
        moves: Flags = here[:, chain.periods].min(axis=2) & ~by_periods[chain.without].max(axis=1).T
        for path in ways[1] if moves.any() else ():
            yield chain, path, *_places(path, chain, moves, by_places)


def _arms(found: list[tuple[np.ndarray, ...]]) -> HalfMoves:
    none = np.zeros(0, dtype=np.intp)
    sizes = np.concatenate([none, *(np.full(len(cells), cells.shape[1]) for cells, *_ in found)])
    cells, signs, group, top = (
        np.concatenate([none, *(each[k].ravel() for each in found)]) for k in range(4)
    )
    return HalfMoves(
        np.append(0, np.cumsum(sizes)), cells.astype(np.int32), signs.astype(np.int8), group, top
    )


def _places(path: _Paths, chain: _Chains, moves: Flags, by_places: Flags) -> tuple[Indices, Indices]:
    """Which of the paths and chains go together."""
    here = moves[path.places].all(axis=1)
    if path.whole:
        here &= ~by_places[path.places[:, 0]][:, chain.periods].any(axis=2)
    at, which = np.nonzero(here)
    return at, which


def _groups(above: Indices, which: Indices, chains: int) -> tuple[Indices, Flags]:
    """The group of each arm by what is above its top and its chain, and which arms have what they need."""
    alone = above == ABSENT
    _, group, size = np.unique(above * chains + which, return_inverse=True, return_counts=True)
    kept = alone | (size[group] > 1)
    _, number = np.unique(group[kept], return_inverse=True)
    return np.where(alone[kept], ABSENT, number), kept


def _bound(matrix: csr_array, grid: Coordinates, along: Directions, shape: tuple[int, ...]) -> _Bound:
    by_places = np.zeros(shape, dtype=bool)
    entry = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    whole = matrix.indices[along.over_places[entry] & (matrix.data > 0)]
    by_places[grid.quantity[whole], grid.unit[whole], grid.period[whole]] = True
    # one more than there are, for chains that no filling hinders
    by_periods = np.zeros((len(grid.splits) + 1, *shape[:2]), dtype=bool)
    number = np.full((grid.periods, grid.periods), ABSENT)
    for filling, (total, parts) in enumerate(grid.splits):
        number[total, list(parts)] = filling
    total_of = np.zeros(matrix.shape[0], dtype=np.intp)
    here = along.over_periods[entry] & (matrix.data > 0)
    total_of[entry[here]] = grid.period[matrix.indices[here]]
    here = along.over_periods[entry] & (matrix.data < 0)
    part = matrix.indices[here]
    by_periods[number[total_of[entry[here]], grid.period[part]], grid.quantity[part], grid.unit[part]] = True
    return _Bound(by_places, by_periods)


def _paths(grid: Coordinates) -> Iterator[_Paths]:
    places = np.arange(len(grid.parent))
    wholes = np.zeros(len(places), dtype=bool)
    wholes[grid.parent[grid.parent >= 0]] = True
    for whole in (False, True):
        path = np.flatnonzero(wholes == whole)[:, None]
        for _ in range(HEIGHT):
            if len(path):
                yield _Paths(path, whole)
            above = grid.parent[path[:, -1]] if len(path) else np.zeros(0, dtype=np.intp)
            path = np.column_stack([path, above])[above >= 0]


def _chains(grid: Coordinates) -> Iterator[_Chains]:
    """One period; two that fill a third; a period and those that it is part of; two of these."""
    shorter = dict[int, tuple[int, ...]]()
    for total, parts in grid.splits:
        # the longest parts that fill it
        if total not in shorter or len(parts) < len(shorter[total]):
            shorter[total] = parts
    steps: list[tuple[int, ...]] = [(part, total) for total, parts in grid.splits for part in parts]
    kinds: list[tuple[list[tuple[int, ...]], tuple[int, ...]]] = [
        ([(period,) for period in range(grid.periods)], (1,)),
        ([pair for _, parts in grid.splits for pair in combinations(parts, 2)], (1, -1)),
        (steps, (1, 1)),
        (
            [(part, middle, total) for part, middle in steps for low, total in steps if low == middle],
            (1, 1, 1),
        ),
        (
            [
                (one, first, second, other)
                for total in shorter
                for first, second in combinations(shorter[total], 2)
                for one in shorter.get(first, ())
                for other in shorter.get(second, ())
            ],
            (1, 1, -1, -1),
        ),
    ]
    for periods, signs in kinds:
        if periods:
            yield _chain(grid, np.array(periods), np.array(signs))


def _chain(grid: Coordinates, periods: Indices, signs: Indices) -> _Chains:
    change = np.zeros((len(periods), grid.periods), dtype=np.intp)
    change[np.arange(len(periods))[:, None], periods] = signs
    off = np.array([change[:, list(parts)].sum(axis=1) != change[:, total] for total, parts in grid.splits])
    count = len(grid.splits)
    widest = int(off.sum(axis=0).max(initial=0)) if count else 0
    without = np.full((len(periods), max(widest, 1)), count)
    for row in range(len(periods)):
        which = np.flatnonzero(off[:, row]) if count else np.zeros(0, dtype=np.intp)
        without[row, : len(which)] = which
    return _Chains(periods, signs, without)
