"""Connected components: cells that share an equation, directly or through other cells."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import numpy as np
from scipy.sparse import block_array, csr_array

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
    graph = block_array([[None, matrix], [matrix.T, None]]) if rows else csr_array((columns, columns))
    _, label = connected_components(graph, directed=False)
    return label[: graph.shape[0] - columns], label[graph.shape[0] - columns :]


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
