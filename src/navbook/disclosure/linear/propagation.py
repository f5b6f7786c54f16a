"""Bounds that each equation by itself gives its cells, passed on from equation to equation.

Cheap, and exact where equations hang together without cycles; elsewhere a first bound for linear programs.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Floats, Indices
from navbook.disclosure.linear.table import TOLERANCE

# equations in a cycle may close in on a bound without ever reaching it; linear programs do the rest
ROUNDS = 60


class Contradiction(ValueError):
    """No values of the cells fulfil the equations."""


@dataclass(frozen=True)
class Intervals:
    """The lowest and highest value of each cell (a number for each column of the matrix); `settled` when
    no equation narrows it further.
    """

    low: Floats
    high: Floats
    settled: bool = False


@dataclass(frozen=True)
class _Entries:
    row: Indices
    cell: Indices
    coefficient: Floats
    rows: int


def propagate(
    matrix: csr_array,
    right: Floats,
    box: Intervals,
    whole: bool,
    margin: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> Intervals:
    """The box narrowed by each equation (matrix @ x = right) until nothing changes, in so many `rounds`.

    With `whole`, bounds are rounded inwards to whole numbers. `margin` is how far bounds may cross before
    it is no longer rounding; Contradiction if they do.
    """
    coo = matrix.tocoo()
    row, cell = coo.coords
    entries = _Entries(row.astype(np.intp), cell.astype(np.intp), coo.data, matrix.shape[0])
    low, high = box.low, box.high
    for _ in range(rounds):
        new_low, new_high = _once(entries, right, low, high)
        if whole:
            new_low, new_high = np.ceil(new_low - TOLERANCE), np.floor(new_high + TOLERANCE)
        new_low, new_high = _uncross(new_low, new_high, margin)
        settled = bool(np.all(new_low <= low + TOLERANCE) and np.all(new_high >= high - TOLERANCE))
        low, high = new_low, new_high
        if settled:
            break
    return Intervals(low, high, settled)


def _once(entries: _Entries, right: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    positive = entries.coefficient > 0
    at_low, at_high = low[entries.cell], high[entries.cell]
    least = entries.coefficient * np.where(positive, at_low, at_high)
    most = entries.coefficient * np.where(positive, at_high, at_low)
    # what the other terms of the equation leave over for this one
    room_high = right[entries.row] - _others(entries, least, -np.inf)
    room_low = right[entries.row] - _others(entries, most, np.inf)
    upper = np.where(positive, room_high, room_low) / entries.coefficient
    lower = np.where(positive, room_low, room_high) / entries.coefficient
    new_low, new_high = low.copy(), high.copy()
    np.maximum.at(new_low, entries.cell, lower)
    np.minimum.at(new_high, entries.cell, upper)
    return new_low, new_high


def _others(entries: _Entries, terms: Floats, infinity: float) -> Floats:
    """For each entry the sum of the other terms of its equation; `infinity` if any of those is infinite."""
    infinite = np.isinf(terms)
    finite = np.where(infinite, 0.0, terms)
    total = np.bincount(entries.row, weights=finite, minlength=entries.rows)[entries.row] - finite
    count = np.bincount(entries.row, weights=infinite, minlength=entries.rows)[entries.row] - infinite
    return np.where(count > 0, infinity, total)


def _uncross(low: Floats, high: Floats, margin: float) -> tuple[Floats, Floats]:
    crossed = low > high
    if not crossed.any():
        return low, high
    if np.any(low[crossed] > high[crossed] + margin):
        raise Contradiction
    middle = (low + high) / 2
    return np.where(crossed, middle, low), np.where(crossed, middle, high)
