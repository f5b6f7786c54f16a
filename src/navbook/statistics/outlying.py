"""How surprising a unit's share is, when units differ more than chance alone would have it."""

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
from navbook.statistics.intervals import Limits, share_is_known

# Below this correlation the beta-binomial is the binomial, to the precision of its own parameters.
NO_CORRELATION = 1e-9


def outlying_p(x: Numbers, n: Numbers, target: Numbers, tau2: Numbers = 0.0) -> Estimate:
    """Return the two-sided mid-p of x/n when the units' true shares vary around `target` with `tau2`.

    `tau2` is the variance between units on the arcsine scale, as `overdispersion` gives it. x is
    beta-binomial with mean n target and intra-class correlation 4 tau2, which is the same variance on the
    scale of shares; at tau2 = 0 it is binomial. Numbers that are not whole (monthly means) are rounded. A
    z-score in its place points at far too many small units with rare or common outcomes: at a share of 5 %
    in units of 30 to 400 two funnels of three held somebody when nobody differed (`bench/truth`).
    Missing where the share is, and unless 0 < target < 1 and 0 <= 4 tau2 < 1.

    Source: mid-p of Lancaster, J Am Stat Assoc 1961;56:223-234; the beta-binomial of Skellam, J R Stat Soc B
    1948;10:257-261.
    """
    from scipy.stats import betabinom, binom

    x, n, target, tau2 = broadcast(x, n, target, tau2)
    rho = 4 * tau2
    known = share_is_known(x, n) & (target > 0) & (target < 1) & (rho >= 0) & (rho < 1)
    count, size = (np.where(known, np.rint(each), 1.0) for each in (x, n))
    size = np.maximum(size, 1.0)
    mean = np.where(known, target, 0.5)
    varied = known & (rho > NO_CORRELATION)
    a, b = _beta(mean, np.where(varied, rho, 0.5))
    at = np.where(varied, betabinom.pmf(count, size, a, b), binom.pmf(count, size, mean))
    below = np.where(varied, betabinom.cdf(count, size, a, b), binom.cdf(count, size, mean)) - at / 2
    return like_input(missing_unless(known, np.clip(2 * np.minimum(below, 1 - below), 0.0, 1.0)))


def outlying_limits(n: Numbers, target: float, tau2: float, level: float) -> Limits:
    """Return `(lower, upper)`: the shares of units of size n whose `outlying_p` is 1 - `level`.

    Between whole numbers the chance is interpolated, so a unit lies on or beyond a limit just when its
    p is at most 1 - level. Missing unless n >= 1, 0 < target < 1, 0 <= 4 tau2 < 1 and 0 < level < 1; a side
    on which no number of persons is so surprising is missing too.
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
    # the chance rises with the count, so each limit is read off where it passes the tail
    lower, upper = np.interp([tail, 1 - tail], below, count / size, left=np.nan, right=np.nan)
    return float(lower), float(upper)


def _beta(mean: Numbers, rho: Numbers) -> tuple[Floats, Floats]:
    mean, rho = broadcast(mean, rho)
    weight = 1 / rho - 1
    return mean * weight, (1 - mean) * weight
