"""A collection of linear equations between cells."""

import numpy as np

from navbook.disclosure.array_types import Indices


class Terms:
    """A collection of equations that grows. Each term is a cell with its coefficient."""

    def __init__(self) -> None:
        self._count = 0
        self._rows: list[Indices] = []
        self._cells: list[Indices] = []
        self._signs: list[np.ndarray] = []

    def add(self, totals: Indices, equation: Indices, parts: Indices) -> None:
        """Add sums: the cell `totals[e]` is the sum of the cells `parts[i]` where `equation[i]` is e."""
        self.add_terms(
            len(totals),
            np.concatenate([np.arange(len(totals)), equation]),
            np.concatenate([totals, parts]),
            np.concatenate([np.ones(len(totals)), -np.ones(len(parts))]),
        )

    def add_terms(self, count: int, equation: Indices, cells: Indices, signs: np.ndarray) -> None:
        """Add `count` equations, numbered from zero in `equation`; the arrays are parallel."""
        self._rows.append(equation + self._count)
        self._cells.append(cells)
        self._signs.append(signs)
        self._count += count

    def arrays(self) -> tuple[int, Indices, Indices, np.ndarray]:
        """The number of equations, and the equation, cell and coefficient of each term."""
        empty = np.zeros(0, dtype=np.intp)
        return (
            self._count,
            np.concatenate([empty, *self._rows]),
            np.concatenate([empty, *self._cells]),
            np.concatenate([np.zeros(0), *self._signs]),
        )
