"""Bounds that each equation by itself gives its cells, propagated from equation to equation.

Propagation is cheap, and exact where the equations are connected without cycles. Elsewhere it gives a first
bound for linear programs.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Floats, Indices
from navbook.disclosure.linear.table import TOLERANCE

# equations in a cycle may approach a bound without ever reaching it: linear programs do the rest
ROUNDS = 60


class Contradiction(ValueError):
    """No values of the cells fulfil the equations."""


@dataclass(frozen=True)
class Intervals:
    """The lowest and highest value of each cell; `converged` when no equation narrows them further."""

    low: Floats
    high: Floats
    converged: bool = False


@dataclass(frozen=True)
class _Entries:
    """The entries of a matrix of so many `equations`, one after the other."""

    equation: Indices
    cell: Indices
    coefficient: Floats
    equations: int


def propagate(
    matrix: csr_array,
    rhs: Floats,
    start: Intervals,
    integer: bool,
    margin: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> Intervals:
    """The intervals that each equation (matrix @ x = rhs) leaves, from `start` on, after at most `rounds`.

    With `integer`, bounds are rounded inwards. Bounds that cross by no more than `margin` are taken for
    rounding; Contradiction if they cross by more.
    """
    coo = matrix.tocoo()
    equation, cell = coo.coords
    entries = _Entries(equation.astype(np.intp), cell.astype(np.intp), coo.data, matrix.shape[0])
    low, high = start.low, start.high
    for _ in range(rounds):
        new_low, new_high = _one_round(entries, rhs, low, high)
        if integer:
            new_low, new_high = np.ceil(new_low - TOLERANCE), np.floor(new_high + TOLERANCE)
        new_low, new_high = _uncross(new_low, new_high, margin)
        converged = bool(np.all(new_low <= low + TOLERANCE) and np.all(new_high >= high - TOLERANCE))
        low, high = new_low, new_high
        if converged:
            break
    return Intervals(low, high, converged)


def _one_round(entries: _Entries, rhs: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    positive = entries.coefficient > 0
    at_low, at_high = low[entries.cell], high[entries.cell]
    smallest = entries.coefficient * np.where(positive, at_low, at_high)
    largest = entries.coefficient * np.where(positive, at_high, at_low)
    # what the other terms of the equation leave for this one
    most = rhs[entries.equation] - _sum_of_others(entries, smallest, -np.inf)
    least = rhs[entries.equation] - _sum_of_others(entries, largest, np.inf)
    upper = np.where(positive, most, least) / entries.coefficient
    lower = np.where(positive, least, most) / entries.coefficient
    new_low, new_high = low.copy(), high.copy()
    np.maximum.at(new_low, entries.cell, lower)
    np.minimum.at(new_high, entries.cell, upper)
    return new_low, new_high


def _sum_of_others(entries: _Entries, terms: Floats, infinity: float) -> Floats:
    """For each entry the sum of the other terms of its equation; `infinity` if any of those is infinite."""
    infinite = np.isinf(terms)
    finite = np.where(infinite, 0.0, terms)
    equation, count = entries.equation, entries.equations
    total = np.bincount(equation, weights=finite, minlength=count)[equation] - finite
    infinite_others = np.bincount(equation, weights=infinite, minlength=count)[equation] - infinite
    return np.where(infinite_others > 0, infinity, total)


def _uncross(low: Floats, high: Floats, margin: float) -> tuple[Floats, Floats]:
    """Bounds that crossed by rounding, put in their middle."""
    crossed = low > high
    if not crossed.any():
        return low, high
    if np.any(low[crossed] > high[crossed] + margin):
        raise Contradiction
    middle = (low + high) / 2
    return np.where(crossed, middle, low), np.where(crossed, middle, high)
