"""Observed against expected: O - E with an interval, when each person has a probability of their own."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from navbook.statistics.arrays import Estimate, Floats, Numbers, floats
from navbook.statistics.intervals import quantile

# Where p is exactly 0 or 1 its logit is infinite; the nearest float is used.
NEAREST_0 = np.finfo(np.float64).tiny
NEAREST_1 = 1 - np.finfo(np.float64).epsneg
# How finely the stretch that must hold a limit is searched for its first crossing, and how often over.
SEARCH_POINTS = 33
SEARCHES = 3
_MOST_ROUNDS = 200
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
    """`expected_interval` of many units at once, from patterns of people: arrays, one value for each unit.

    `observed` holds the count of each unit. Each pattern has the place of its `unit` in it, one probability,
    and how many `persons` share it (whole numbers or weights); a pattern of nobody plays no part. A unit is
    missing where `expected_interval` of its persons would be.
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
    # The upper limit of those with the outcome is the lower limit of those without, from the other side.
    missed = _lowest_totals((everybody - count)[known], patterns.mirrored(), z)
    lower, upper = (np.full(count.size, np.nan) for _ in range(2))
    lower[known] = reached - expected[known]
    upper[known] = everybody[known] - missed - expected[known]
    return Deviation(deviation, lower, upper)


class _Patterns(NamedTuple):
    """Patterns of people with the place of their unit; `everybody` is the number of people of each unit."""

    unit: npt.NDArray[np.intp]
    logits: Floats
    persons: Floats
    everybody: Floats

    def mirrored(self) -> "_Patterns":
        return self._replace(logits=-self.logits)

    def of(self, wanted: npt.NDArray[np.bool_]) -> "_Patterns":
        """The patterns of some units, which are numbered anew."""
        mine = wanted[self.unit]
        number = np.cumsum(wanted) - 1
        return _Patterns(
            number[self.unit[mine]], self.logits[mine], self.persons[mine], self.everybody[wanted]
        )

    def moments(self, shift: Floats) -> tuple[Floats, Floats, Floats]:
        """S, V and the derivative of V by the shift, for each unit."""
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
    """The smallest S(d) with S + z sqrt(V) = count of each unit, in persons; 0 at count = 0."""
    totals = np.zeros(count.size)
    some = count > 0
    if not some.any():
        return totals
    count, patterns = count[some], patterns.of(some)
    low, high = _stretch(count, patterns, z)
    found = _crossing(count, patterns, z, low, high)
    unsure = ~_is_first(found, count, patterns, z)
    if unsure.any():
        narrow, few, stretch = patterns.of(unsure), count[unsure], (low[unsure], high[unsure])
        for _ in range(SEARCHES):
            stretch = _first_stretch(few, narrow, z, *stretch)
        found[unsure] = _crossing(few, narrow, z, *stretch)
    totals[some] = patterns.moments(found)[0]
    return totals


def _is_first(shift: Floats, count: Floats, patterns: _Patterns, z: float) -> npt.NDArray[np.bool_]:
    """Whether no smaller shift can fit: then the crossing need not be searched for.

    S + z sqrt(V) falls only where V < z^2/4. Below `shift` every q is at most its q there, so that V >= c S
    with c = 1 - max q; where V < z^2/4, then, S + z sqrt(V) < z^2/(4c) + z^2/2, short of a larger count.
    """
    from scipy.special import expit

    least_rest = expit(-(patterns.extreme(np.maximum, -np.inf) + shift))
    return np.asarray(count * least_rest > z**2 * (0.25 + 0.5 * least_rest))


def _first_stretch(
    count: Floats, patterns: _Patterns, z: float, low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """The first of SEARCH_POINTS - 1 parts of each stretch at whose end the crossing is passed."""
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
    """A shift of each unit between `low` and `high` with S + z sqrt(V) = count: Newton, kept in a bracket."""
    low, high = low.copy(), high.copy()
    shift = (low + high) / 2
    for _ in range(_MOST_ROUNDS):
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
    """S + z sqrt(V) - count of each unit, and its derivative by the shift."""
    total, variance, slope = patterns.moments(shift)
    deviation = np.sqrt(variance)
    with np.errstate(all="ignore"):
        derivative = variance + z * slope / (2 * deviation)
    return total + z * deviation - count, derivative


def _stretch(count: Floats, patterns: _Patterns, z: float) -> tuple[Floats, Floats]:
    """Two shifts: no solution of the lower limit's equation before the first, one before the second.

    V < S, so nothing fits while S + z sqrt(S) < count; and S + z sqrt(V) has passed count once S has reached
    it, or, where count is everybody, once so few are left that z sqrt(V) exceeds them.
    """
    everybody = patterns.everybody
    surely_less = ((np.sqrt(z**2 + 4 * count) - z) / 2) ** 2
    surely_more = np.minimum(count, everybody - min(0.5, z**2 / 4))
    low = _logit(surely_less / everybody) - patterns.extreme(np.maximum, -np.inf)
    high = _logit(surely_more / everybody) - patterns.extreme(np.minimum, np.inf)
    return low, high


def _logit(share: Floats) -> Floats:
    return np.asarray(np.log(share) - np.log1p(-share))
