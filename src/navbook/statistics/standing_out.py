"""Which of many units lie outside what chance and the ordinary spread between units give."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import Estimate, Numbers, broadcast, floats, like_input, missing_unless
from navbook.statistics.funnel import overdispersion
from navbook.statistics.intervals import Limits, quantile
from navbook.statistics.multiplicity import benjamini_hochberg
from navbook.statistics.outlying import outlying_p


class StandingOut(NamedTuple):
    """Units beside each other: which stand out, and the level of the line that parts them from the rest.

    `score` is each unit's z with the spread between units counted in, `adjusted` its p-value adjusted for
    how many are looked at, `side` 1 above, -1 below and 0 not standing out (nan where the score is).
    `level` is that of the `outlying_limits` on and beyond which units stand out, nan where none does.
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


def standing_out(x: Numbers, n: Numbers, target: float, tau2: float, q: float = 0.10) -> StandingOut:
    """Return which units stand out among all of them, at a false discovery rate of `q`.

    The score of a unit is its z of `overdispersion` / sqrt(1 + 4 n tau2). Its p-value is `outlying_p`, and
    goes through `benjamini_hochberg`: the tails of the score are too long for units with rare outcomes.

    Source: Jones, Ohlssen & Spiegelhalter, J Clin Epidemiol 2008;61:232-240.
    """
    x, n = broadcast(x, n)
    z = overdispersion(x, n, target).z
    p = floats(outlying_p(x, n, target, tau2))
    known = ~np.isnan(p)
    score = missing_unless(known, np.asarray(z) / np.sqrt(1 + 4 * np.where(known, n, 0.0) * tau2))
    adjusted, flags = (np.asarray(each) for each in benjamini_hochberg(p, q))
    side = missing_unless(known, np.where(flags, np.sign(np.nan_to_num(score)), 0.0))
    largest = float(np.max(p[flags])) if flags.any() else float("nan")
    return StandingOut(like_input(score), like_input(adjusted), like_input(side), 1 - largest)
