"""Halves of the small moves from one feasible table to another.

A half-move changes the quantities of a basic move in one unit, and in the units above it as far as they are
unpublished, in the periods of a pattern. Two half-moves with the same basic move and pattern in parts of one
total, one forwards and one backwards, keep every sum. So does one half-move whose unit has no unit above it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.basic_moves import BasicMoves
from navbook.disclosure.linked_tables.coordinates import (
    ABSENT,
    Coordinates,
    EquationKinds,
    equation_kinds,
)

# a half-move reaches at most so many levels of units
MAX_LEVELS = 3


@dataclass(frozen=True)
class HalfMoves:
    """The half-moves of a system: `cells` and `signs` of half-move k are at `ends[k]:ends[k + 1]`.

    Two half-moves of one `group` cancel unless their `top` unit is the same. One of no group (ABSENT) is a
    complete move by itself.
    """

    ends: Indices
    cells: np.ndarray
    signs: np.ndarray
    group: Indices
    top: Indices

    @cached_property
    def by_group(self) -> tuple[Indices, Indices, Indices]:
        """The half-moves in order of group, where each group starts, and how many it has."""
        order = np.argsort(self.group, kind="stable")
        order = order[np.count_nonzero(self.group == ABSENT) :]
        size = np.bincount(self.group[order], minlength=int(self.group.max(initial=ABSENT)) + 1)
        return order, np.cumsum(size) - size, size

    def by_cell(self, n_cells: int) -> tuple[np.ndarray, np.ndarray, Indices]:
        """The half-move and the sign of each entry in order of cell, and where those of each cell start."""
        order = np.argsort(self.cells, kind="stable")
        half_move = np.repeat(np.arange(len(self.group), dtype=np.int32), np.diff(self.ends))
        starts = np.searchsorted(self.cells[order], np.arange(n_cells + 1))
        return half_move[order], self.signs[order], starts


@dataclass(frozen=True)
class _PeriodPatterns:
    """Rows of `periods` that change by `signs`; `broken_splits` (rows x splits) are the sums of periods that
    each pattern breaks, so that they must not bind the cells.
    """

    periods: Indices
    signs: Indices
    broken_splits: Indices


@dataclass(frozen=True)
class _UnitPaths:
    """Rows of units, each below the next; `from_totals` if the first unit is the total of others."""

    units: Indices
    from_totals: bool


@dataclass(frozen=True)
class _BindingSums:
    """Where sums bind: `over_units` by the total (quantity, unit, period), `over_periods` by the parts
    (split, quantity, unit).
    """

    over_units: Flags
    over_periods: Flags


@dataclass(frozen=True)
class _Block:
    """Half-moves of one basic move, pattern and length of path: an array row for each."""

    cells: Indices
    signs: Indices
    group: Indices
    top: Indices


def half_moves(matrix: csr_array, coordinates: Coordinates, free: Flags) -> HalfMoves:
    """The half-moves of the `free` cells, bound by the equations of `matrix` (equations x cells)."""
    kinds = equation_kinds(matrix, coordinates)
    free = free.copy()
    free[np.unique(csr_array(matrix[np.flatnonzero(kinds.irregular)]).indices)] = False
    n_quantities = int(coordinates.quantity.max(initial=0)) + 1
    cell_at = np.full((n_quantities, len(coordinates.parent), coordinates.n_periods), ABSENT)
    at = coordinates.quantity[free], coordinates.unit[free], coordinates.period[free]
    cell_at[at] = np.flatnonzero(free)
    binding = _binding_sums(matrix, coordinates, kinds, cell_at.shape)
    shapes = list(_period_patterns(coordinates)), list(_unit_paths(coordinates))
    blocks: list[_Block] = []
    groups = 0
    for move, possible in BasicMoves(matrix, coordinates, kinds.local):
        quantities, signs = np.array(move).T
        for patterns, paths, path, pattern in _possible(quantities, possible, cell_at, binding, shapes):
            above = coordinates.parent[paths.units[path, -1]]
            group, kept = _groups(above, pattern, len(patterns.periods))
            path, pattern = path[kept], pattern[kept]
            if not len(path):
                continue
            units, periods = paths.units[path], patterns.periods[pattern]
            spots = units[:, None, :, None], periods[:, None, None, :]
            cells = cell_at[quantities[None, :, None, None], *spots].reshape(len(path), -1)
            shape = (len(signs), units.shape[1], len(patterns.signs))
            sign = np.broadcast_to(signs[:, None, None] * patterns.signs, shape).ravel()
            group = np.where(group == ABSENT, ABSENT, group + groups)
            groups = max(groups, int(group.max()) + 1)
            blocks.append(_Block(cells, np.tile(sign, len(path)), group, units[:, -1]))
    return _joined(blocks)


def _joined(blocks: list[_Block]) -> HalfMoves:
    none = np.zeros(0, dtype=np.intp)
    sizes = np.concatenate([none, *(np.full(*block.cells.shape) for block in blocks)])
    cells, signs, group, top = (
        np.concatenate([none, *(getattr(block, name).ravel() for block in blocks)])
        for name in ("cells", "signs", "group", "top")
    )
    ends = np.append(0, np.cumsum(sizes))
    return HalfMoves(ends, cells.astype(np.int32), signs.astype(np.int8), group, top)


def _possible(
    quantities: Indices,
    possible: Flags,
    cell_at: Indices,
    binding: _BindingSums,
    shapes: tuple[list[_PeriodPatterns], list[_UnitPaths]],
) -> Iterator[tuple[_PeriodPatterns, _UnitPaths, Indices, Indices]]:
    """Where the quantities may change together: the patterns and paths, and which rows of them combine."""
    here = possible & (cell_at[quantities] >= 0).all(axis=0)
    if not here.any():
        return
    total_bound: Flags = binding.over_units[quantities].max(axis=0)
    period_bound: Flags = binding.over_periods[:, quantities].max(axis=1)
    for patterns in shapes[0]:
        allowed: Flags = here[:, patterns.periods].min(axis=2)
        allowed = allowed & ~period_bound[patterns.broken_splits].max(axis=1).T
        if not allowed.any():
            continue
        for paths in shapes[1]:
            yield patterns, paths, *_combinations(paths, patterns, allowed, total_bound)


def _combinations(
    paths: _UnitPaths, patterns: _PeriodPatterns, allowed: Flags, total_bound: Flags
) -> tuple[Indices, Indices]:
    """The rows of `paths` and of `patterns` that combine; `allowed` is by (unit, pattern)."""
    here = allowed[paths.units].all(axis=1)
    if paths.from_totals:
        here &= ~total_bound[paths.units[:, 0]][:, patterns.periods].any(axis=2)
    path, pattern = np.nonzero(here)
    return path, pattern


def _groups(above: Indices, pattern: Indices, n_patterns: int) -> tuple[Indices, Flags]:
    """The group of each half-move by the unit above its top and its pattern, and which can be completed."""
    alone = above == ABSENT
    _, group, size = np.unique(above * n_patterns + pattern, return_inverse=True, return_counts=True)
    kept = alone | (size[group] > 1)
    _, number = np.unique(group[kept], return_inverse=True)
    return np.where(alone[kept], ABSENT, number), kept


def _binding_sums(
    matrix: csr_array, coordinates: Coordinates, kinds: EquationKinds, shape: tuple[int, ...]
) -> _BindingSums:
    equation = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    over_units = np.zeros(shape, dtype=bool)
    total = matrix.indices[kinds.over_units[equation] & (matrix.data > 0)]
    over_units[coordinates.quantity[total], coordinates.unit[total], coordinates.period[total]] = True
    # one more than there are splits, for patterns that break fewer of them than others
    over_periods = np.zeros((len(coordinates.splits) + 1, *shape[:2]), dtype=bool)
    split_of = np.full((coordinates.n_periods, coordinates.n_periods), ABSENT)
    for split, (period, parts) in enumerate(coordinates.splits):
        split_of[period, list(parts)] = split
    total_period = np.zeros(matrix.shape[0], dtype=np.intp)
    entries = kinds.over_periods[equation] & (matrix.data > 0)
    total_period[equation[entries]] = coordinates.period[matrix.indices[entries]]
    entries = kinds.over_periods[equation] & (matrix.data < 0)
    part = matrix.indices[entries]
    split = split_of[total_period[equation[entries]], coordinates.period[part]]
    over_periods[split, coordinates.quantity[part], coordinates.unit[part]] = True
    return _BindingSums(over_units, over_periods)


def _unit_paths(coordinates: Coordinates) -> Iterator[_UnitPaths]:
    """Paths of one unit up to MAX_LEVELS, from units that are no totals and then from totals."""
    units = np.arange(len(coordinates.parent))
    totals = np.zeros(len(units), dtype=bool)
    totals[coordinates.parent[coordinates.parent >= 0]] = True
    for from_totals in (False, True):
        path = np.flatnonzero(totals == from_totals)[:, None]
        for _ in range(MAX_LEVELS):
            if not len(path):
                break
            yield _UnitPaths(path, from_totals)
            above = coordinates.parent[path[:, -1]]
            path = np.column_stack([path, above])[above >= 0]


def _period_patterns(coordinates: Coordinates) -> Iterator[_PeriodPatterns]:
    """Periods that change together, by how many there are.

    One period; two parts of a third; a part and its total; a part, its total and the total of that; two parts
    of each of two parts.
    """
    splits = coordinates.splits
    shortest: dict[int, tuple[int, ...]] = {}
    for total, parts in splits:
        # the fewest, and so the longest, parts
        if total not in shortest or len(parts) < len(shortest[total]):
            shortest[total] = parts
    steps = [(part, total) for total, parts in splits for part in parts]
    two_steps = [(part, middle, total) for part, middle in steps for low, total in steps if low == middle]
    across = [
        (one, first, second, other)
        for total in shortest
        for first, second in combinations(shortest[total], 2)
        for one in shortest.get(first, ())
        for other in shortest.get(second, ())
    ]
    kinds: list[tuple[Sequence[tuple[int, ...]], tuple[int, ...]]] = [
        ([(period,) for period in range(coordinates.n_periods)], (1,)),
        ([pair for _, parts in splits for pair in combinations(parts, 2)], (1, -1)),
        (steps, (1, 1)),
        (two_steps, (1, 1, 1)),
        (across, (1, 1, -1, -1)),
    ]
    for periods, signs in kinds:
        if periods:
            yield _patterns(coordinates, np.array(periods), np.array(signs))


def _patterns(coordinates: Coordinates, periods: Indices, signs: Indices) -> _PeriodPatterns:
    """The patterns with the splits that each of them breaks, padded with the number of splits."""
    splits = coordinates.splits
    change = np.zeros((len(periods), coordinates.n_periods), dtype=np.intp)
    change[np.arange(len(periods))[:, None], periods] = signs
    broken = np.zeros((len(splits), len(periods)), dtype=bool)
    for split, (total, parts) in enumerate(splits):
        broken[split] = change[:, list(parts)].sum(axis=1) != change[:, total]
    most = int(broken.sum(axis=0).max(initial=0))
    padded = np.full((len(periods), max(most, 1)), len(splits))
    for row in range(len(periods)):
        numbers = np.flatnonzero(broken[:, row])
        padded[row, : len(numbers)] = numbers
    return _PeriodPatterns(periods, signs, padded)
