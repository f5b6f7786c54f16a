"""The mean over a period of a share measured once a month, with limits from the variation between months.

For amounts (days lost out of days agreed). They are not counts of independent cases, so a binomial interval
does not apply, and the months are the observations.
"""

import numpy as np

from navbook.statistics.arrays import Numbers, floats, like_input, missing_unless
from navbook.statistics.intervals import Interval


def mean_of_months(x: Numbers, n: Numbers, level: float = 0.95) -> Interval:
    """Return `(value, lower, upper)` of the sum of x over the sum of n, the months along the last axis.

    value is a share 0-1; the limits are value -+ t s/sqrt(k), where s is the standard deviation of the k
    monthly shares and t has k - 1 degrees of freedom, cut to [0, 1]. A month with n = 0 is no observation.
    Limits are missing with fewer than two months, all is missing where a month is.

    Source: Student's t interval of a mean.
    """
    from scipy.special import stdtrit

    x, n = np.broadcast_arrays(floats(x), floats(n))
    observed = n > 0
    months = observed.sum(axis=-1)
    share = np.divide(x, n, out=np.zeros(n.shape), where=observed)
    total = n.sum(axis=-1)
    known = (total > 0) & (x >= 0).all(axis=-1)
    value = np.divide(x.sum(axis=-1), total, out=np.full(total.shape, np.nan), where=known)
    mean = share.sum(axis=-1) / np.maximum(months, 1)
    squares = np.where(observed, (share - mean[..., None]) ** 2, 0.0).sum(axis=-1)
    freedom = np.maximum(months - 1, 1)
    error = np.sqrt(squares / freedom / np.maximum(months, 1))
    half = missing_unless(months > 1, stdtrit(freedom, (1 + level) / 2) * error)
    return Interval(*map(like_input, (value, np.maximum(value - half, 0.0), np.minimum(value + half, 1.0))))
