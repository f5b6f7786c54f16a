"""Test which of many units differ by more than chance and the usual variation between units."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import (
    Estimate,
    Floats,
    Numbers,
    broadcast,
    floats,
    like_input,
    missing_unless,
)
from navbook.statistics.funnel import overdispersion
from navbook.statistics.intervals import Limits, quantile, share_is_known
from navbook.statistics.multiplicity import benjamini_hochberg

# Below this correlation the beta-binomial is the binomial, to the precision of its own parameters.
NO_CORRELATION = 1e-9


def outlier_p(x: Numbers, n: Numbers, target: Numbers, tau2: Numbers = 0.0) -> Estimate:
    """Return the two-sided mid-p of x/n when the units' true shares vary around `target` with `tau2`.

    `tau2` is the variance between units on the arcsine scale, as `overdispersion` gives it. x is
    beta-binomial with mean n target and intra-class correlation 4 tau2, which is the same variance on the
    scale of shares; at tau2 = 0 it is binomial. Numbers that are not whole (monthly means) are rounded. A
    z-score is not used, because it flags far too many small units with rare or common outcomes
    (`bench/truth`).
    Missing where the share is, and unless 0 < target < 1 and 0 <= 4 tau2 < 1.

    Source: mid-p of Lancaster, J Am Stat Assoc 1961;56:223-234; the beta-binomial of Skellam, J R Stat Soc B
    1948;10:257-261.
    """
    from scipy.stats import betabinom, binom

    x, n, target, tau2 = broadcast(x, n, target, tau2)
    rho = 4 * tau2
    known = share_is_known(x, n) & (target > 0) & (target < 1) & (rho >= 0) & (rho < 1)
    count, size = (np.where(known, np.rint(number), 1.0) for number in (x, n))
    size = np.maximum(size, 1.0)
    mean = np.where(known, target, 0.5)
    varied = known & (rho > NO_CORRELATION)
    a, b = _beta(mean, np.where(varied, rho, 0.5))
    at = np.where(varied, betabinom.pmf(count, size, a, b), binom.pmf(count, size, mean))
    below = np.where(varied, betabinom.cdf(count, size, a, b), binom.cdf(count, size, mean)) - at / 2
    return like_input(missing_unless(known, np.clip(2 * np.minimum(below, 1 - below), 0.0, 1.0)))


def outlier_limits(n: Numbers, target: float, tau2: float, level: float) -> Limits:
    """Return `(lower, upper)`: the shares of units of size n whose `outlier_p` is 1 - `level`.

    Between whole numbers the chance is interpolated, so a unit is on or beyond a limit if and only if its p
    is at most 1 - level. Missing unless n >= 1, 0 < target < 1, 0 <= 4 tau2 < 1 and 0 < level < 1; a side is
    also missing where no number of persons has so small a p.
    """
    n = floats(n)
    limits = np.full((2, *n.shape), np.nan)
    if 0 < target < 1 and 0 <= 4 * tau2 < 1 and 0 < level < 1:
        for place in np.ndindex(n.shape):
            if n[place] >= 1:
                limits[(slice(None), *place)] = _limits_of(round(float(n[place])), target, 4 * tau2, level)
    return Limits(*map(like_input, limits))


def _limits_of(size: int, target: float, rho: float, level: float) -> tuple[float, float]:
    from scipy.stats import betabinom, binom

    count = np.arange(size + 1)
    varied = rho > NO_CORRELATION
    at = betabinom.pmf(count, size, *_beta(target, rho)) if varied else binom.pmf(count, size, target)
    below = np.cumsum(at) - at / 2
    tail = (1 - level) / 2
    # the distribution function increases with the count, so each limit is where it passes the tail
    lower, upper = np.interp([tail, 1 - tail], below, count / size, left=np.nan, right=np.nan)
    return float(lower), float(upper)


def _beta(mean: Numbers, rho: Numbers) -> tuple[Floats, Floats]:
    mean, rho = broadcast(mean, rho)
    weight = 1 / rho - 1
    return mean * weight, (1 - mean) * weight


class Outliers(NamedTuple):
    """Test results of units, and the level of the limits that separate outliers from the rest.

    `score` is the z-score with the variation between units included, `adjusted` the p-value adjusted for the
    number of units, and `side` 1 above, -1 below and 0 for a unit that is no outlier (nan where the score is
    missing). Outliers are on or beyond the `outlier_limits` of `level`, which is nan if there are none.
    """

    score: Estimate
    adjusted: Estimate
    side: Estimate
    level: float


def adjusted_limits(n: Numbers, target: Numbers, tau2: Numbers, level: float = 0.95) -> Limits:
    """Return `(lower, upper)` of the shares of units of size n when `target` is the truth for the middle one.

    sin^2 of asin sqrt(target) -/+ z sqrt(1/(4 n) + tau2), the angle kept within [0, pi/2]: chance, and the
    variance `tau2` >= 0 between units, in squared radians, as `overdispersion` finds it. Missing unless
    n > 0 and target is a share.

    Source: Spiegelhalter et al, J R Stat Soc A 2012;175:1-47, the additive random effects model.
    """
    n, target, tau2 = broadcast(n, target, tau2)
    known = (n > 0) & (target >= 0) & (target <= 1) & (tau2 >= 0)
    centre = np.arcsin(np.sqrt(np.where(known, target, 0.0)))
    spread = np.sqrt(1 / (4 * np.where(known, n, 1.0)) + np.where(known, tau2, 0.0))
    reach = quantile(level) * spread
    lower, upper = (np.sin(np.clip(centre + side * reach, 0.0, np.pi / 2)) ** 2 for side in (-1, 1))
    return Limits(like_input(missing_unless(known, lower)), like_input(missing_unless(known, upper)))


def find_outliers(x: Numbers, n: Numbers, target: float, tau2: float, q: float = 0.10) -> Outliers:
    """Return which units are outliers, at a false discovery rate of `q`.

    The score of a unit is its z of `overdispersion` / sqrt(1 + 4 n tau2). The p-values are `outlier_p`,
    adjusted by `benjamini_hochberg`: the score itself has too long tails for units with rare outcomes.

    Source: Jones, Ohlssen & Spiegelhalter, J Clin Epidemiol 2008;61:232-240.
    """
    x, n = broadcast(x, n)
    z = overdispersion(x, n, target).z
    p = floats(outlier_p(x, n, target, tau2))
    known = ~np.isnan(p)
    score = missing_unless(known, np.asarray(z) / np.sqrt(1 + 4 * np.where(known, n, 0.0) * tau2))
    adjusted, flags = (np.asarray(values) for values in benjamini_hochberg(p, q))
    side = missing_unless(known, np.where(flags, np.sign(np.nan_to_num(score)), 0.0))
    largest = float(np.max(p[flags])) if flags.any() else float("nan")
    return Outliers(like_input(score), like_input(adjusted), like_input(side), 1 - largest)
