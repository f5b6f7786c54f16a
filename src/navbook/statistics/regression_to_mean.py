"""Regression to the mean: prediction of the next share of a unit from its last."""

import numpy as np

from navbook.statistics.arrays import Floats, Numbers, broadcast, like_input, missing_unless
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

    On Anscombe's arcsine scale, where x of n lies at asin sqrt((x + 3/8)/(n + 3/4)) with the variance
    1/(4 n + 2), and units differ by `tau2` around the middle (`target0` before, `target1` now): mean
    mu1 + B (y0 - mu0) with B = tau2/(tau2 + 1/(4 n0 + 2)), variance 1/(4 n1 + 2) + tau2 (1 - B). The plain
    arcsine is biased and has too large a variance for counts as small as 2 in 30.
    A share outside the limits has changed more than chance and regression to the mean give. Missing where a
    share, n1 or tau2 is.

    Source: Jones & Spiegelhalter, Stat Med 2009;28:1645-1667, with the true values of both periods the same
    but for the move of the middle; the scale: Anscombe, Biometrika 1948;35:246-254.
    """
    x0, n0, n1, target0, target1, tau2 = broadcast(x0, n0, n1, target0, target1, tau2)
    known = share_is_known(x0, n0) & (n1 > 0) & (tau2 >= 0)
    known &= (target0 >= 0) & (target0 <= 1) & (target1 >= 0) & (target1 <= 1)
    before, now = (np.where(known, size, 1.0) for size in (n0, n1))
    tau2 = np.where(known, tau2, 0.0)
    share, middle0, middle1 = (np.where(known, given, 0.0) for given in (x0 / before, target0, target1))
    y0, mu0, mu1 = _angle(share, before), _angle(middle0, before), _angle(middle1, now)
    kept = tau2 / (tau2 + 1 / (4 * before + 2))
    middle = mu1 + kept * (y0 - mu0)
    reach = quantile(level) * np.sqrt(1 / (4 * now + 2) + tau2 * (1 - kept))
    value, lower, upper = (
        like_input(missing_unless(known, _share(middle + side * reach, now))) for side in (0, -1, 1)
    )
    return Interval(value, lower, upper)


def _angle(share: Floats, n: Floats) -> Floats:
    """Return a share of n on Anscombe's scale."""
    return np.arcsin(np.sqrt((n * share + 3 / 8) / (n + 3 / 4)))


def _share(angle: Floats, n: Floats) -> Floats:
    """Return the share of n at an angle, limited to 0-1."""
    x = (n + 3 / 4) * np.sin(np.clip(angle, 0.0, np.pi / 2)) ** 2 - 3 / 8
    return np.clip(x / n, 0.0, 1.0)
