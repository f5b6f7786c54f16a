"""Direct standardisation of a share to given weights of groups."""

import numpy as np

from navbook.statistics.arrays import Numbers, floats, like_input, missing_unless
from navbook.statistics.intervals import Interval, share_is_known, wilson_arrays


def directly_standardised(x: Numbers, n: Numbers, weights: Numbers, level: float = 0.95) -> Interval:
    """Return `(value, lower, upper)` of the share standardised to `weights`.

    The groups lie along the last axis; weights >= 0 are scaled to the sum 1. value = sum w p; the limits are
    recovered from the Wilson limits of the groups (MOVER): value - sqrt(sum w^2 (p - l)^2) and value +
    sqrt(sum w^2 (u - p)^2), so that one group alone has its Wilson limits. Missing where a group with weight
    has no share, or without any weight.

    Source: Zou, Huang & Zhang, Comput Stat Data Anal 2009;53:1080-1085. Dobson's limits, which assume
    Poisson counts, are far too wide for shares near a half. They need ten cases, and a share published only
    where it happened to be high is biased upwards; these limits hold with fewer.
    """
    x, n, weights = np.broadcast_arrays(*(np.atleast_1d(floats(values)) for values in (x, n, weights)))
    counted = weights > 0
    known = (share_is_known(x, n) | (weights == 0)).all(axis=-1) & counted.any(axis=-1)
    known &= (weights >= 0).all(axis=-1)
    total = np.where(known, weights.sum(axis=-1), 1.0)
    w = np.where(counted, weights, 0.0) / total[..., None]
    share, lower, upper = (np.nan_to_num(values) for values in wilson_arrays(x, n, level))
    value = (w * share).sum(axis=-1)
    below = np.sqrt((w**2 * (share - lower) ** 2).sum(axis=-1))
    above = np.sqrt((w**2 * (upper - share) ** 2).sum(axis=-1))
    limits = value, np.maximum(value - below, 0.0), np.minimum(value + above, 1.0)
    return Interval(*(like_input(missing_unless(known, values)) for values in limits))
