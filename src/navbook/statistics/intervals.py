"""The share x/n with Wilson's score interval."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import Estimate, Floats, Numbers, broadcast, like_input, missing_unless


class Interval(NamedTuple):
    """An estimate with its lower and upper limit: floats for numbers in, arrays for arrays in."""

    value: Estimate
    lower: Estimate
    upper: Estimate


class Limits(NamedTuple):
    """A lower and an upper limit: floats for numbers in, arrays for arrays in."""

    lower: Estimate
    upper: Estimate


def quantile(level: float) -> float:
    """Return the normal quantile of (1 + level)/2: 1.959964 at 0.95; nan unless 0 < level < 1."""
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2)) if 0 < level < 1 else float("nan")


def wilson(x: Numbers, n: Numbers, level: float = 0.95) -> Interval:
    """Return `(value, lower, upper)` of the share x/n by Wilson's score method, not continuity-corrected.

    All three are shares 0-1; the lower limit is exactly 0 at x = 0 and the upper exactly 1 at x = n. All are
    nan at n = 0, x > n, a negative or a missing count.

    Source: Wilson, J Am Stat Assoc 1927;22:209; method 3 of Newcombe, Stat Med 1998;17:857-872.
    """
    x, n = broadcast(x, n)
    return Interval(*map(like_input, wilson_arrays(x, n, level)))


def wilson_arrays(x: Floats, n: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Return what `wilson` returns, for arrays of one shape and as arrays."""
    from statsmodels.stats.proportion import proportion_confint

    known = share_is_known(x, n)
    count, total = np.where(known, x, 0.0), np.where(known, n, 1.0)
    if not 0 < level < 1:
        nowhere = np.full(x.shape, np.nan)
        return missing_unless(known, count / total), nowhere, nowhere
    lower, upper = proportion_confint(np.atleast_1d(count), np.atleast_1d(total), 1 - level, method="wilson")
    # Rounding leaves the closed form a few 1e-18 off at the ends, and 0 must be 0.
    lower = np.where(count == 0, 0.0, np.reshape(lower, x.shape))
    upper = np.where(count == total, 1.0, np.reshape(upper, x.shape))
    return missing_unless(known, count / total), missing_unless(known, lower), missing_unless(known, upper)


def share_is_known(x: Floats, n: Floats) -> np.ndarray:
    """Return where x/n is a share: n > 0 and 0 <= x <= n, nothing missing."""
    return (n > 0) & (x >= 0) & (x <= n)
