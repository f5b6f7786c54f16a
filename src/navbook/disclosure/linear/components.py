"""Connected components: cells that share an equation, directly or through other cells."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Indices

Part = TypeVar("Part")


def components(matrix: csr_array) -> Iterator[tuple[Indices, Indices]]:
    """The rows and the columns of each connected component, in order of its first column.

    A column in no row is a component of its own, without rows; empty rows are left out.
    """
    of_row, of_column = component_labels(matrix)
    row_order, column_order = np.argsort(of_row, kind="stable"), np.argsort(of_column, kind="stable")
    numbers, first = np.unique(of_column, return_index=True)
    for number in numbers[np.argsort(first)]:
        yield _members(of_row, row_order, number), _members(of_column, column_order, number)


def component_labels(matrix: csr_array) -> tuple[Indices, Indices]:
    """For each row and each column of `matrix` the number of its component."""
    # imported here: it loads slowly, and a build that decides nothing anew does not need it
    from scipy.sparse.csgraph import connected_components

    rows, columns = matrix.shape
    # the edges from rows to columns; undirected, so that those back need not be written
    ends = np.concatenate([matrix.indptr, np.full(columns, matrix.indptr[-1])])
    edges = (np.ones(len(matrix.indices)), matrix.indices + rows, ends)
    _, label = connected_components(csr_array(edges, shape=(rows + columns,) * 2), directed=False)
    return label[:rows], label[rows:]


def neighbours(matrix: csr_array, by_column: csr_array, columns: Indices) -> Indices:
    """The columns that share a row with any of `columns`, in order; `by_column` is the transposed matrix."""
    rows, near = np.zeros(matrix.shape[0], dtype=bool), np.zeros(matrix.shape[1], dtype=bool)
    rows[by_column[columns].indices] = True
    near[matrix[np.flatnonzero(rows)].indices] = True
    return np.flatnonzero(near)


def batches(parts: Iterable[Part], size: Callable[[Part], int], max_size: int) -> Iterator[list[Part]]:
    """The parts in their order, in lists whose sizes add up to at most `max_size`, or of one part."""
    batch: list[Part] = []
    for part in parts:
        if batch and sum(map(size, batch)) + size(part) > max_size:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


def is_tree(matrix: csr_array) -> bool:
    """Whether a connected `matrix` has no cycle of rows and columns."""
    return int(matrix.nnz) == matrix.shape[0] + matrix.shape[1] - 1


def _members(label: Indices, order: Indices, number: int) -> Indices:
    start = np.searchsorted(label, number, side="left", sorter=order)
    end = np.searchsorted(label, number, side="right", sorter=order)
    return order[start:end]
