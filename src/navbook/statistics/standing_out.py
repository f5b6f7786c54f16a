"""Which of many units lie outside what chance and the ordinary spread between units give."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import Estimate, Numbers, broadcast, floats, like_input, missing_unless
from navbook.statistics.intervals import Limits, quantile
from navbook.statistics.multiplicity import benjamini_hochberg


class StandingOut(NamedTuple):
    """Units beside each other: which stand out, and the level of the line that parts them from the rest.

    `score` is each unit's z with the spread between units counted in, `adjusted` its p-value adjusted for
    how many are looked at, `side` 1 above, -1 below and 0 not standing out (nan where the score is).
    `level` is that of the limits beyond which the units stand out, nan where none does.
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


def standing_out(z: Numbers, n: Numbers, tau2: float, q: float = 0.10) -> StandingOut:
    """Return which units stand out among all of them, at a false discovery rate of `q`.

    `z` and `tau2` are those of `overdispersion`; the score of a unit is z / sqrt(1 + 4 n tau2), and its
    two-sided p-value goes through `benjamini_hochberg`.

    Source: Jones, Ohlssen & Spiegelhalter, J Clin Epidemiol 2008;61:232-240.
    """
    from scipy.special import ndtr

    z, n = broadcast(z, n)
    known = ~np.isnan(z) & (n > 0) & (tau2 >= 0)
    score = missing_unless(known, np.where(known, z, 0.0) / np.sqrt(1 + 4 * np.where(known, n, 0.0) * tau2))
    p = 2 * ndtr(-np.abs(score))
    adjusted, flags = (np.asarray(each) for each in benjamini_hochberg(p, q))
    side = missing_unless(known, np.where(flags, np.sign(np.nan_to_num(score)), 0.0))
    largest = float(np.max(floats(p)[flags])) if flags.any() else float("nan")
    return StandingOut(like_input(score), like_input(adjusted), like_input(side), 1 - largest)
