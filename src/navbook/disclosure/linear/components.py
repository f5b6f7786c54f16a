"""Which hidden cells hang together: only those that share an equation, directly or through others."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import numpy as np
from scipy.sparse import block_array, csr_array

from navbook.disclosure.array_types import Indices

Part = TypeVar("Part")


def components(matrix: csr_array) -> Iterator[tuple[Indices, Indices]]:
    """For each set of columns that hang together: its rows and its columns, in order of the first column.

    Columns in no row come one by one, with no rows; empty rows are left out.
    """
    of_row, of_column = labels(matrix)
    row_order, column_order = np.argsort(of_row, kind="stable"), np.argsort(of_column, kind="stable")
    first = np.unique(of_column, return_index=True)
    for number in first[0][np.argsort(first[1])]:
        yield _members(of_row, row_order, number), _members(of_column, column_order, number)


def labels(matrix: csr_array) -> tuple[Indices, Indices]:
    """For each row and each column the number of the set that it hangs together with."""
    # here, for it takes a seventh of a second, and a build that decides nothing anew asks nothing of it
    from scipy.sparse.csgraph import connected_components

    rows, columns = matrix.shape
    graph = block_array([[None, matrix], [matrix.T, None]]) if rows else csr_array((columns, columns))
    _, label = connected_components(graph, directed=False)
    return label[: graph.shape[0] - columns], label[graph.shape[0] - columns :]


def batches(sets: Iterable[Part], size: Callable[[Part], int], most: int) -> Iterator[list[Part]]:
    """The sets in their order, small ones together until there are `most` cells by `size`."""
    batch: list[Part] = []
    for each in sets:
        if batch and sum(map(size, batch)) + size(each) > most:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def is_tree(matrix: csr_array) -> bool:
    """Whether the connected rows and columns of `matrix` hang together without cycles."""
    return int(matrix.nnz) == matrix.shape[0] + matrix.shape[1] - 1


def _members(label: Indices, order: Indices, number: int) -> Indices:
    start = np.searchsorted(label, number, side="left", sorter=order)
    end = np.searchsorted(label, number, side="right", sorter=order)
    return order[start:end]
