"""Tables as an attacker sees them: cells with values, and the equations that bind them.

Cells are sorted by name and equations by their cells before anything is decided, so that no result depends
on the order of the input.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices

# sums of rounded means may be off in their last printed digits
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Table:
    """The cells in the order of their names, and the equations between them.

    `values` is nan where missing. `matrix` (equations x cells) holds the coefficients: matrix @ values is
    zero. `position[i]` is the index of the cell in the i-th row of the caller's frame.
    """

    values: Floats
    matrix: csr_array
    position: Indices

    def __len__(self) -> int:
        return len(self.values)

    def equations_of(self, hidden: Flags) -> tuple[csr_array, Floats]:
        """The equations of the hidden cells (equations x hidden cells), and their right-hand sides."""
        shown = np.where(hidden, 0.0, self.values)
        matrix = self.matrix[:, np.flatnonzero(hidden)]
        bound = np.diff(matrix.indptr) > 0
        return matrix[bound], -np.asarray(self.matrix @ shown)[bound]

    def require_sums(self, hidden: Flags) -> None:
        """ValueError if the values of an equation that has no hidden cell do not add up."""
        bare = np.asarray(abs(self.matrix) @ hidden.astype(np.float64)) == 0
        missed = np.abs(np.asarray(self.matrix @ np.where(hidden, 0.0, self.values)))
        wrong = np.flatnonzero(bare & (missed > TOLERANCE * self.scale()))
        if len(wrong):
            raise ValueError(
                f"{len(wrong)} of the equations do not hold: the first is off by {missed[wrong[0]]:g}; "
                "correct the values or the coefficients"
            )

    def scale(self) -> Floats:
        """The size of the numbers in each equation (at least 1): rounding errors are relative to it."""
        sizes = np.asarray(abs(self.matrix) @ np.abs(np.nan_to_num(self.values)))
        return np.maximum(1.0, sizes)


def read_table(cells: pd.DataFrame, equations: pd.DataFrame) -> Table:
    """The table in two frames (contract section 6); ValueError names the cell or column that is wrong."""
    _require(cells, ("cell", "value"), "cells")
    _require(equations, ("equation", "cell", "coef"), "equations")
    names = cells["cell"].tolist()
    _refuse_twice(names)
    order = order_by_name(names)
    position = np.empty(len(names), dtype=np.intp)
    position[order] = np.arange(len(names))
    values = _numbers(cells["value"], "cells.value")[order]
    return Table(values, _matrix(equations, names, position), position)


def order_by_name(names: Sequence[Hashable]) -> Indices:
    """The order that sorts the cells by name, those of different types by type first."""
    keys = [(type(name).__name__, name) for name in names]
    try:
        order = sorted(range(len(names)), key=keys.__getitem__)
    except TypeError:
        texts = [(kind, repr(name)) for kind, name in keys]
        order = sorted(range(len(names)), key=texts.__getitem__)
    return np.array(order, dtype=np.intp)


def is_integer(values: Floats) -> bool:
    """Whether every value is an integer."""
    return bool(np.all(np.abs(values - np.round(values)) <= TOLERANCE))


def _matrix(equations: pd.DataFrame, names: list[Hashable], position: Indices) -> csr_array:
    index = {name: i for i, name in enumerate(names)}
    mentioned = equations["cell"].tolist()
    unknown = [name for name in mentioned if name not in index]
    if unknown:
        raise ValueError(
            f"equations name the cell {unknown[0]!r}, which is not in cells: add it or leave it out"
        )
    coefficients = _numbers(equations["coef"], "equations.coef")
    if not np.all(np.isfinite(coefficients)):
        raise ValueError("equations.coef holds a missing or infinite number: give every coefficient")
    rows = pd.factorize(equations["equation"], use_na_sentinel=False)[0]
    terms: dict[int, dict[int, float]] = {}
    for row, name, coefficient in zip(rows.tolist(), mentioned, coefficients.tolist(), strict=True):
        line = terms.setdefault(row, {})
        cell = int(position[index[name]])
        line[cell] = line.get(cell, 0.0) + coefficient
    # an equation that is given twice is kept once
    lines = sorted({tuple(sorted((c, a) for c, a in line.items() if a)) for line in terms.values()})
    lines = [line for line in lines if line]
    indices = [cell for line in lines for cell, _ in line]
    data = [coefficient for line in lines for _, coefficient in line]
    starts = np.concatenate([[0], np.cumsum([len(line) for line in lines])]).astype(np.int32)
    shape = (len(lines), len(names))
    return csr_array((np.array(data), np.array(indices, dtype=np.int32), starts), shape=shape)


def _numbers(column: pd.Series, name: str) -> Floats:
    try:
        return pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} holds something that is not a number: {error}") from error


def _require(frame: pd.DataFrame, columns: tuple[str, ...], name: str) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(f"{name} has no column '{missing[0]}': it needs {', '.join(columns)}")


def _refuse_twice(names: list[Hashable]) -> None:
    seen: set[Hashable] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the cell {name!r} is in cells more than once: give each cell one row")
        seen.add(name)
