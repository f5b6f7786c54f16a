"""The change of some units against the change of others, with the variation between units in the interval."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import Floats, Numbers, broadcast, floats, missing_unless
from navbook.statistics.funnel import random_effects
from navbook.statistics.intervals import Interval, quantile, share_is_known


class Change(NamedTuple):
    """The change of each unit, and its sampling variance; nan where a share is missing."""

    value: Floats
    variance: Floats


class Effect(NamedTuple):
    """The difference between two mean changes with its limits, the two means, and the variance between."""

    value: float
    lower: float
    upper: float
    treated: Interval
    comparison: Interval
    tau2: float


def change_of_share(x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers) -> Change:
    """Return x1/n1 - x0/n0 of each unit with its variance, as shares.

    The variance is that of two shares to each of which one success and one failure were added, so that it is
    never 0. n may be a mean of months (stocks). Missing unless both n are above 0.

    Source: Agresti & Caffo, The American Statistician 2000;54:280-288.
    """
    x1, n1, x0, n0 = broadcast(x1, n1, x0, n0)
    known = share_is_known(x1, n1) & share_is_known(x0, n0)
    after, before = np.where(known, n1, 1.0), np.where(known, n0, 1.0)
    value = missing_unless(known, x1) / after - missing_unless(known, x0) / before
    variance = _variance(np.where(known, x1, 0.0), after) + _variance(np.where(known, x0, 0.0), before)
    return Change(value, missing_unless(known, variance))


def variance_between(change: Change) -> float:
    """Return the variance of the units' true changes, by moments; 0 with fewer than two units.

    Source: DerSimonian & Laird, Controlled Clinical Trials 1986;7:177-188.
    """
    known = ~np.isnan(change.value)
    value, weight = change.value[known], 1 / change.variance[known]
    if value.size < 2:
        return 0.0
    mean = (weight * value).sum() / weight.sum()
    return random_effects((value - mean) * np.sqrt(weight), weight, winsorise=0.0)[1]


def difference_in_differences(
    treated: Change, comparison: Change, tau2: float, level: float = 0.95
) -> Effect:
    """Return the mean change of the treated units less that of the comparison units, as a share.

    Each mean weighs its units by 1/(variance + tau2), where `tau2` is the variance of true changes between
    units that nothing was done to (`variance_between`). Units with a missing change take no part. All is nan
    where one side has no unit.

    Source: inverse-variance weighting with additive random effects, DerSimonian & Laird 1986.
    """
    first, second = _mean(treated, tau2), _mean(comparison, tau2)
    z = quantile(level)
    value, error = first[0] - second[0], z * float(np.hypot(first[1], second[1]))
    return Effect(value, value - error, value + error, _interval(*first, z), _interval(*second, z), tau2)


def _interval(mean: float, deviation: float, z: float) -> Interval:
    return Interval(mean, mean - z * deviation, mean + z * deviation)


def _mean(change: Change, tau2: float) -> tuple[float, float]:
    """The weighted mean and its standard error."""
    known = ~np.isnan(floats(change.value))
    if not known.any():
        return float("nan"), float("nan")
    weight = 1 / (change.variance[known] + tau2)
    mean = (weight * change.value[known]).sum() / weight.sum()
    return float(mean), float(1 / np.sqrt(weight.sum()))


def _variance(x: Floats, n: Floats) -> Floats:
    share = (x + 1) / (n + 2)
    return np.asarray(share * (1 - share) / (n + 2))
