"""Observed minus expected, O - E, with an interval, where each person has an individual probability."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from navbook.statistics.arrays import Estimate, Floats, Numbers, floats
from navbook.statistics.intervals import quantile

# Where p is exactly 0 or 1 its logit is infinite; the nearest float is used.
NEAREST_0 = np.finfo(np.float64).tiny
NEAREST_1 = 1 - np.finfo(np.float64).epsneg
# The bracket of a limit is searched for the first crossing with this many points, this many times.
SEARCH_POINTS = 33
SEARCHES = 3
_MAX_ITERATIONS = 200
_CLOSE = 1e-15


class Deviation(NamedTuple):
    """Observed minus expected, in persons, with limits."""

    deviation: Estimate
    lower: Estimate
    upper: Estimate


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
    p = floats(probabilities).ravel()
    one = np.zeros(p.size, dtype=np.intp)
    found = expected_intervals(floats(observed).ravel(), one, p, np.ones(p.size), level)
    return Deviation(*(float(values.item()) for values in found))


def expected_intervals(
    observed: Numbers,
    unit: npt.NDArray[np.intp],
    probabilities: Floats,
    persons: Floats,
    level: float = 0.95,
) -> Deviation:
    """Return `expected_interval` of many units as arrays, vectorised over groups of persons.

    `observed` is the count of each unit. `unit` (index into `observed`), `probabilities` and `persons` have
    one value per group of persons with equal probability; `persons` is a number or a weight, and a group with
    0 has no effect. A unit is missing where `expected_interval` of its persons would be.
    """
    count = floats(observed).ravel()
    z = quantile(level)
    someone = persons > 0
    unit, p, persons = unit[someone], probabilities[someone], persons[someone]
    everybody = np.bincount(unit, persons, minlength=count.size)
    expected = np.bincount(unit, persons * p, minlength=count.size)
    readable = np.bincount(unit, ~((p >= 0) & (p <= 1)), minlength=count.size) == 0
    known = readable & (everybody > 0) & (count >= 0) & (count <= everybody)
    deviation = np.where(known, count - expected, np.nan)
    if np.isnan(z) or not known.any():
        nothing = np.full(count.size, np.nan)
        return Deviation(deviation, nothing, nothing.copy())
    inside = known[unit]
    unit, p, persons = (np.cumsum(known) - 1)[unit[inside]], p[inside], persons[inside]
    patterns = _Patterns(unit, _logits(p), persons, everybody[known])
    reached = _lowest_totals(count[known], patterns, z)
    # The upper limit for those with the outcome is the mirrored lower limit for those without.
    missed = _lowest_totals((everybody - count)[known], patterns.mirrored(), z)
    lower, upper = (np.full(count.size, np.nan) for _ in range(2))
    lower[known] = reached - expected[known]
    upper[known] = everybody[known] - missed - expected[known]
    return Deviation(deviation, lower, upper)


class _Patterns(NamedTuple):
    """Groups of persons with equal probability; `everybody` is the number of persons of each unit."""

    unit: npt.NDArray[np.intp]
    logits: Floats
    persons: Floats
    everybody: Floats

    def mirrored(self) -> "_Patterns":
        return self._replace(logits=-self.logits)

    def of(self, wanted: npt.NDArray[np.bool_]) -> "_Patterns":
        """Return the groups of some units, with the units renumbered."""
        selected = wanted[self.unit]
        number = np.cumsum(wanted) - 1
        return _Patterns(
            number[self.unit[selected]], self.logits[selected], self.persons[selected], self.everybody[wanted]
        )

    def moments(self, shift: Floats) -> tuple[Floats, Floats, Floats]:
        """Return S, V and the derivative of V with respect to the shift, for each unit."""
        from scipy.special import expit

        logits = self.logits + shift[self.unit]
        q, rest = expit(logits), expit(-logits)
        spread = self.persons * q * rest

        def sums(values: Floats) -> Floats:
            return np.asarray(np.bincount(self.unit, values, len(shift)), dtype=np.float64)

        return sums(self.persons * q), sums(spread), sums(spread * (rest - q))

    def extreme(self, function: np.ufunc, start: float) -> Floats:
        found = np.full(len(self.everybody), start)
        function.at(found, self.unit, self.logits)
        return found


def _logits(p: Floats) -> Floats:
    clipped = np.clip(p, NEAREST_0, NEAREST_1)
    return np.asarray(np.log(clipped) - np.log1p(-clipped))


def _lowest_totals(count: Floats, patterns: _Patterns, z: float) -> Floats:
    """Return the smallest S(d) with S + z sqrt(V) = count for each unit, in persons; 0 at count = 0."""
    totals = np.zeros(count.size)
    some = count > 0
    if not some.any():
        return totals
    count, patterns = count[some], patterns.of(some)
    low, high = _bracket(count, patterns, z)
    found = _crossing(count, patterns, z, low, high)
    unsure = ~_is_first(found, count, patterns, z)
    if unsure.any():
        narrow, few, bracket = patterns.of(unsure), count[unsure], (low[unsure], high[unsure])
        for _ in range(SEARCHES):
            bracket = _first_bracket(few, narrow, z, *bracket)
        found[unsure] = _crossing(few, narrow, z, *bracket)
    totals[some] = patterns.moments(found)[0]
    return totals


def _is_first(shift: Floats, count: Floats, patterns: _Patterns, z: float) -> npt.NDArray[np.bool_]:
    """Return whether no smaller shift is a solution, so that no search is needed.

    S + z sqrt(V) falls only where V < z^2/4. Below `shift` every q is at most its q there, so that V >= c S
    with c = 1 - max q; where V < z^2/4, then, S + z sqrt(V) < z^2/(4c) + z^2/2, short of a larger count.
    """
    from scipy.special import expit

    least_rest = expit(-(patterns.extreme(np.maximum, -np.inf) + shift))
    return np.asarray(count * least_rest > z**2 * (0.25 + 0.5 * least_rest))


def _first_bracket(
    count: Floats, patterns: _Patterns, z: float, low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Return the first of SEARCH_POINTS - 1 parts of each bracket that contains a crossing."""
    before, after = low.copy(), high.copy()
    waiting = np.ones(count.size, dtype=bool)
    last = low
    for part in np.linspace(0.0, 1.0, SEARCH_POINTS)[:-1]:
        shift = low + (high - low) * part
        passed = waiting & (_excess(shift, count, patterns, z)[0] >= 0)
        before[passed], after[passed] = last[passed], shift[passed]
        waiting &= ~passed
        last = shift
    before[waiting] = last[waiting]
    return before, after


def _crossing(count: Floats, patterns: _Patterns, z: float, low: Floats, high: Floats) -> Floats:
    """Return the shift between `low` and `high` with S + z sqrt(V) = count, by bracketed Newton iteration."""
    low, high = low.copy(), high.copy()
    shift = (low + high) / 2
    for _ in range(_MAX_ITERATIONS):
        excess, slope = _excess(shift, count, patterns, z)
        low, high = np.where(excess < 0, shift, low), np.where(excess < 0, high, shift)
        with np.errstate(all="ignore"):
            guess = shift - excess / slope
        better = np.where((guess > low) & (guess < high), guess, (low + high) / 2)
        moved = np.abs(better - shift)
        shift = np.where(excess == 0, shift, better)
        if np.all((moved <= _CLOSE * (1 + np.abs(shift))) | (excess == 0)):
            break
    return shift


def _excess(shift: Floats, count: Floats, patterns: _Patterns, z: float) -> tuple[Floats, Floats]:
    """Return S + z sqrt(V) - count for each unit, and its derivative with respect to the shift."""
    total, variance, slope = patterns.moments(shift)
    deviation = np.sqrt(variance)
    with np.errstate(all="ignore"):
        derivative = variance + z * slope / (2 * deviation)
    return total + z * deviation - count, derivative


def _bracket(count: Floats, patterns: _Patterns, z: float) -> tuple[Floats, Floats]:
    """Return a bracket: no solution for the lower limit is below the first shift, one is below the second.

    V < S, so there is no solution while S + z sqrt(S) < count; and S + z sqrt(V) has passed count once S has
    reached it, or, where count is everybody, once so few are left that z sqrt(V) exceeds them.
    """
    everybody = patterns.everybody
    surely_less = ((np.sqrt(z**2 + 4 * count) - z) / 2) ** 2
    surely_more = np.minimum(count, everybody - min(0.5, z**2 / 4))
    low = _logit(surely_less / everybody) - patterns.extreme(np.maximum, -np.inf)
    high = _logit(surely_more / everybody) - patterns.extreme(np.minimum, np.inf)
    return low, high


def _logit(share: Floats) -> Floats:
    return np.asarray(np.log(share) - np.log1p(-share))
