"""Differences of shares: Newcombe's hybrid score interval, and the difference of two such differences."""

import numpy as np

from navbook.statistics.arrays import Floats, Numbers, broadcast, like_input
from navbook.statistics.intervals import Interval, wilson_arrays

Triple = tuple[Floats, Floats, Floats]


def newcombe(x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers, level: float = 0.95) -> Interval:
    """Return `(value, lower, upper)` of x1/n1 - x0/n0, as shares within [-1, 1].

    The limits combine the Wilson limits of the two shares. Missing where either share is.

    Source: method 10 of Newcombe, Stat Med 1998;17:873-890.
    """
    x1, n1, x0, n0 = broadcast(x1, n1, x0, n0)
    return Interval(*map(like_input, newcombe_arrays(x1, n1, x0, n0, level)))


def newcombe_change_of_change(
    a1: Numbers,
    m1: Numbers,
    b1: Numbers,
    n1: Numbers,
    a2: Numbers,
    m2: Numbers,
    b2: Numbers,
    n2: Numbers,
    level: float = 0.95,
) -> Interval:
    """Return `(value, lower, upper)` of (a1/m1 - b1/n1) - (a2/m2 - b2/n2), within [-2, 2].

    The limits combine the Newcombe limits of the two differences. Missing where any share is.

    Source: Newcombe, Stat Med 2001;20:2885-2893 (interaction of proportions).
    """
    a1, m1, b1, n1, a2, m2, b2, n2 = broadcast(a1, m1, b1, n1, a2, m2, b2, n2)
    first, second = newcombe_arrays(a1, m1, b1, n1, level), newcombe_arrays(a2, m2, b2, n2, level)
    return Interval(*map(like_input, mover_difference(first, second)))


def newcombe_arrays(x1: Floats, n1: Floats, x0: Floats, n0: Floats, level: float) -> Triple:
    """Return what `newcombe` returns, for arrays of one shape and as arrays."""
    value, lower, upper = mover_difference(wilson_arrays(x1, n1, level), wilson_arrays(x0, n0, level))
    return value, np.maximum(lower, -1.0), np.minimum(upper, 1.0)


def mover_difference(first: Triple, second: Triple) -> Triple:
    """Return `first - second` with limits recovered from the limits of both (MOVER).

    Each of the two is (value, lower, upper). statsmodels has this for two shares only; here it serves counts
    and differences of differences too.

    Source: Zou & Donner, Stat Med 2008;27:1693-1702.
    """
    (d1, l1, u1), (d2, l2, u2) = first, second
    value = d1 - d2
    return value, value - np.hypot(d1 - l1, u2 - d2), value + np.hypot(u1 - d1, d2 - l2)
