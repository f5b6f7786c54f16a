"""Makers of small tables for disclosure control: cells with values, and the sums that bind them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, eye_array

from navbook.disclosure import LAST_RESORT, System


def cells(
    values: Mapping[str, float | None], hidden: Iterable[str] = (), primary: Iterable[str] = ()
) -> pd.DataFrame:
    """The frame cell, value, status: `primary` cells have 1, other `hidden` ones 2."""
    first, second = set(primary), set(hidden)
    status = [1 if name in first else 2 if name in second else 0 for name in values]
    return pd.DataFrame({"cell": list(values), "value": list(values.values()), "status": status})


def sums(*totals: tuple[str, Sequence[str]]) -> pd.DataFrame:
    """The frame equation, cell, coef that says of each (total, parts) that the parts add up to the total."""
    rows = []
    for number, (total, parts) in enumerate(totals):
        rows.append((f"e{number}", total, -1))
        rows.extend((f"e{number}", part, 1) for part in parts)
    return pd.DataFrame(rows, columns=["equation", "cell", "coef"])


def cross_table(inner: Sequence[Sequence[int]]) -> tuple[dict[str, float], pd.DataFrame]:
    """A table of two dimensions with its margins: cells r1c1 … , r1t, tc1 and tt."""
    return margins(np.array(inner))


def margins(inner: np.ndarray) -> tuple[dict[str, float], pd.DataFrame]:
    """A table of any dimensions with all its totals, each named by its letters (r, c, g) and numbers."""
    full = inner
    for axis in range(inner.ndim):
        full = np.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
    letters = "rcg"[: inner.ndim]

    def name(place: Sequence[int]) -> str:
        ends = zip(letters, place, full.shape, strict=True)
        return "".join(f"{letter}{at + 1}" if at < size - 1 else f"{letter}t" for letter, at, size in ends)

    values = {name(place): float(full[place]) for place in np.ndindex(full.shape)}
    totals = []
    for axis in range(inner.ndim):
        others = [range(size) for at, size in enumerate(full.shape) if at != axis]
        for rest in product(*others):
            line = [name([*rest[:axis], step, *rest[axis:]]) for step in range(full.shape[axis])]
            totals.append((line[-1], line[:-1]))
    return values, sums(*totals)


def bounds_of(result: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """What `attack` returned, as (low, high) by cell."""
    return {row.cell: (row.low, row.high) for row in result.itertuples()}


def status_of(result: pd.DataFrame) -> dict[str, int]:
    """What `suppress` returned, as status by cell."""
    return dict(zip(result["cell"], result["status"], strict=True))


def rows_of(values: Mapping[str, float], minimum: float = 4) -> System:
    """A system of one row for each number, of which the last is the sum of the others."""
    count = len(values)
    each = csr_array(eye_array(count))
    return System(
        values=np.array(list(values.values()), dtype=np.float64),
        matrix=csr_array(np.append(np.ones(count - 1), -1.0)[None, :]),
        shown_by=each,
        own_cells=each,
        threshold=np.full(count, minimum),
        required_width=np.full(count, minimum - 1),
        forced=np.zeros(count, dtype=bool),
        cost=np.arange(1.0, count + 1),
        row_class=np.full(count, LAST_RESORT),
    )
