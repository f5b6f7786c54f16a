"""What to expect of a unit next time, knowing that what was unusual tends to be less so."""

import numpy as np

from navbook.statistics.arrays import Numbers, broadcast, like_input, missing_unless
from navbook.statistics.intervals import Interval, quantile, share_is_known


def expected_next(
    x0: Numbers,
    n0: Numbers,
    n1: Numbers,
    target0: Numbers,
    target1: Numbers,
    tau2: Numbers,
    level: float = 0.95,
) -> Interval:
    """Return `(value, lower, upper)` of the share to expect in n1, after x0 of n0 before.

    On the arcsine scale, where a share of n has the variance 1/(4 n) and units differ by `tau2` around the
    middle (`target0` before, `target1` now): mean mu1 + B (y0 - mu0) with B = tau2/(tau2 + 1/(4 n0)),
    variance 1/(4 n1) + tau2 (1 - B). A share outside the limits has changed more than chance and regression
    to the mean give. Missing where a share, n1 or tau2 is.

    Source: Jones & Spiegelhalter, Stat Med 2009;28:1645-1667, with the true values of both periods the same
    but for the move of the middle.
    """
    x0, n0, n1, target0, target1, tau2 = broadcast(x0, n0, n1, target0, target1, tau2)
    known = share_is_known(x0, n0) & (n1 > 0) & (tau2 >= 0)
    known &= (target0 >= 0) & (target0 <= 1) & (target1 >= 0) & (target1 <= 1)
    before, now = (np.where(known, each, 1.0) for each in (n0, n1))
    tau2 = np.where(known, tau2, 0.0)
    share, mu0, mu1 = (
        np.arcsin(np.sqrt(np.where(known, each, 0.0)))
        for each in (x0 / np.where(n0 > 0, n0, 1.0), target0, target1)
    )
    kept = tau2 / (tau2 + 1 / (4 * before))
    middle = mu1 + kept * (share - mu0)
    reach = quantile(level) * np.sqrt(1 / (4 * now) + tau2 * (1 - kept))
    value, lower, upper = (
        like_input(missing_unless(known, np.sin(np.clip(middle + side * reach, 0.0, np.pi / 2)) ** 2))
        for side in (0, -1, 1)
    )
    return Interval(value, lower, upper)
