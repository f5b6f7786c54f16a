"""Counts and rates: Byar's approximation, exact Poisson limits below 10, and the change of a count."""

import numpy as np

from navbook.statistics.arrays import Floats, Numbers, broadcast, floats, like_input, missing_unless
from navbook.statistics.differences import mover_difference
from navbook.statistics.intervals import Interval, Limits, quantile

# Below this count the approximation is not used for a rate (APHO Technical Briefing 3).
EXACT_BELOW = 10


def byar(x: Numbers, level: float = 0.95) -> Limits:
    """Return `(lower, upper)` of a Poisson count x by Byar's approximation, for every x >= 0.

    A negative lower limit, and the lower limit at x = 0, is nan.

    Source: Breslow & Day, Statistical Methods in Cancer Research II (1987), p. 69; APHO Technical Briefing 3
    (2008).
    """
    return Limits(*map(like_input, _byar(floats(x), level)))


def rate(x: Numbers, n: Numbers, multiplier: Numbers = 1, level: float = 0.95) -> Interval:
    """Return `(value, lower, upper)` of multiplier * x/n for a Poisson count x.

    Limits are exact (chi-square) for x < 10, with lower limit 0 at x = 0, and Byar's from 10. Nothing is
    capped: x may exceed n. Missing at n = 0, a negative or missing count, or a multiplier that is not
    positive.

    Source: APHO Technical Briefing 3 (2008); exact limits of Garwood, Biometrika 1936;28:437-442.
    """
    x, n, multiplier = broadcast(x, n, multiplier)
    known = (x >= 0) & (n > 0) & (multiplier > 0)
    unit = np.where(known, multiplier, np.nan) / np.where(known, n, 1.0)
    lower, upper = _count_limits(x, level)
    return Interval(*(like_input(unit * count) for count in (x, lower, upper)))


def count_change(x1: Numbers, x0: Numbers, level: float = 0.95) -> Interval:
    """Return `(value, lower, upper)` of the difference x1 - x0 of two independent Poisson counts, in counts.

    The limits combine the limits that `rate` gives each count. Missing where either count is.

    Source: MOVER, Zou & Donner, Stat Med 2008;27:1693-1702.
    """
    x1, x0 = broadcast(x1, x0)
    now, base = ((missing_unless(x >= 0, x), *_count_limits(x, level)) for x in (x1, x0))
    return Interval(*map(like_input, mover_difference(now, base)))


def _count_limits(x: Floats, level: float) -> tuple[Floats, Floats]:
    exact_lower, exact_upper = _exact(x, level)
    byar_lower, byar_upper = _byar(x, level)
    few = x < EXACT_BELOW
    return np.where(few, exact_lower, byar_lower), np.where(few, exact_upper, byar_upper)


def _exact(x: Floats, level: float) -> tuple[Floats, Floats]:
    from statsmodels.stats.rates import confint_poisson

    nowhere = np.full(x.shape, np.nan)
    if not 0 < level < 1:
        return nowhere, nowhere
    known = x >= 0
    # 0 is replaced by 1, since the chi-square has no degrees of freedom at 0; the limit there is 0.
    some = np.atleast_1d(np.where(known & (x > 0), x, 1.0))
    lower = np.reshape(confint_poisson(some, 1.0, method="exact-c", alpha=1 - level)[0], x.shape)
    count = np.atleast_1d(np.where(known, x, 0.0))
    upper = np.reshape(confint_poisson(count, 1.0, method="exact-c", alpha=1 - level)[1], x.shape)
    return missing_unless(known, np.where(x == 0, 0.0, lower)), missing_unless(known, upper)


def _byar(x: Floats, level: float) -> tuple[Floats, Floats]:
    z = quantile(level)
    some = np.where(x > 0, x, 1.0)
    lower = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    above = np.where(x >= 0, x, 0.0) + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return missing_unless((x > 0) & (lower >= 0), lower), missing_unless(x >= 0, upper)
