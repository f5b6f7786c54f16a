"""Observed against expected: O - E with an interval, when each person has a probability of their own."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import Floats, Numbers, floats
from navbook.statistics.intervals import quantile

# Where p is exactly 0 or 1 its logit is infinite; the nearest float is used.
NEAREST_0 = np.finfo(np.float64).tiny
NEAREST_1 = 1 - np.finfo(np.float64).epsneg
# How finely the stretch that must hold a limit is searched for its first crossing.
SEARCH_POINTS = 33


class Deviation(NamedTuple):
    """Observed minus expected, in persons, with limits."""

    deviation: float
    lower: float
    upper: float


MISSING = Deviation(float("nan"), float("nan"), float("nan"))


def expected_interval(observed: float, probabilities: Numbers, level: float = 0.95) -> Deviation:
    """Return `(deviation, lower, upper)` of O - sum(p), in persons, by shifting every logit alike.

    With S(d) the sum of q = expit(logit p + d) and V(d) the sum of q(1 - q), lower = S(d) - sum(p) where S +
    z sqrt(V) = O, and upper where S - z sqrt(V) = O; equal p give n * `wilson` - sum(p). Where probabilities
    lie so far apart that more than one d fits, the outermost is taken (the wider interval). O = 0 gives
    lower = -sum(p), and O = all gives upper = N - sum(p). Missing with no persons, a missing value, a p
    outside [0, 1], or O outside [0, N].

    Source: score inversion for a sum of Bernoulli trials; with equal p it is Wilson, J Am Stat Assoc
    1927;22:209.
    """
    count, p = floats(observed).item(), floats(probabilities).ravel()
    z = quantile(level)
    if not p.size or not np.all((p >= 0) & (p <= 1)) or not 0 <= count <= p.size:
        return MISSING
    expected = float(p.sum())
    if np.isnan(z):
        return Deviation(count - expected, z, z)
    patterns, persons = np.unique(np.clip(p, NEAREST_0, NEAREST_1), return_counts=True)
    logits = np.log(patterns) - np.log1p(-patterns)
    lower = _lowest_total(count, logits, persons, z)
    # The upper limit of those with the outcome is the lower limit of those without, from the other side.
    upper = p.size - _lowest_total(p.size - count, -logits, persons, z)
    return Deviation(count - expected, lower - expected, upper - expected)


def _lowest_total(count: float, logits: Floats, persons: np.ndarray, z: float) -> float:
    """Return the smallest S(d) with S + z sqrt(V) = count, in persons; 0 at count = 0."""
    from scipy.optimize import brentq

    if count == 0:
        return 0.0

    def excess(shift: float) -> float:
        total, variance = _moments(shift, logits, persons)
        return total + z * np.sqrt(variance) - count

    low, high = _stretch(count, logits, persons, z)
    shifts = np.linspace(low, high, SEARCH_POINTS)
    first = next(i for i, shift in enumerate(shifts) if i == SEARCH_POINTS - 1 or excess(shift) >= 0)
    if first == 0:
        return _moments(low, logits, persons)[0]
    root = brentq(excess, shifts[first - 1], shifts[first], xtol=1e-15, rtol=8.9e-16)
    return _moments(root, logits, persons)[0]


def _stretch(count: float, logits: Floats, persons: np.ndarray, z: float) -> tuple[float, float]:
    """Return two shifts: no solution of the lower limit's equation before the first, one before the second.

    V < S, so nothing fits while S + z sqrt(S) < count; and S + z sqrt(V) has passed count once S has reached
    it, or, where count is everybody, once so few are left that z sqrt(V) exceeds them.
    """
    everybody = float(persons.sum())
    surely_less = ((np.sqrt(z**2 + 4 * count) - z) / 2) ** 2
    surely_more = min(count, everybody - min(0.5, z**2 / 4))
    low, high = (_logit(total / everybody) for total in (surely_less, surely_more))
    return low - float(logits.max()), high - float(logits.min())


def _logit(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))


def _moments(shift: float, logits: Floats, persons: np.ndarray) -> tuple[float, float]:
    from scipy.special import expit

    q, rest = expit(logits + shift), expit(-logits - shift)
    return float(np.sum(persons * q)), float(np.sum(persons * q * rest))
