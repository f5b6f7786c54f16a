"""Funnel plots of shares: control limits around a target, flags, and over-dispersion between units."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import Estimate, Floats, Numbers, broadcast, like_input, missing_unless
from navbook.statistics.intervals import Limits, quantile, share_is_known

WARNING_LEVEL = 0.95
ALARM_LEVEL = 0.998


class Overdispersion(NamedTuple):
    """The spread between units beyond chance (phi, tau2), and the z-score of each unit."""

    phi: float
    tau2: float
    z: Estimate


def funnel_limits(n: Numbers, target: Numbers, level: float = 0.95) -> Limits:
    """Return `(lower, upper)` of the shares that units of size n show by chance when `target` is the truth.

    target -/+ z sqrt(target (1 - target)/n), cut to [0, 1]. Missing unless n > 0 and target is a share.

    Source: Spiegelhalter, Stat Med 2005;24:1185-1202, A.1.1.
    """
    n, target = broadcast(n, target)
    return Limits(*map(like_input, _limits(n, target, level)))


def funnel_flag(x: Numbers, n: Numbers, target: Numbers) -> Estimate:
    """Return the flag of x/n, as a float: -3 or -2 below the 99.8 % or 95 % limit, 0 inside, 2 or 3 above.

    A share on a limit is inside it. Missing where the share or the target is.

    Source: the two lines of Spiegelhalter, Stat Med 2005;24:1185-1202.
    """
    x, n, target = broadcast(x, n, target)
    known = share_is_known(x, n)
    share = missing_unless(known, x) / np.where(known, n, 1.0)
    warning, alarm = _limits(n, target, WARNING_LEVEL), _limits(n, target, ALARM_LEVEL)
    outside = [share < alarm[0], share > alarm[1], share < warning[0], share > warning[1]]
    flag = np.select(outside, [-3.0, 3.0, -2.0, 2.0], 0.0)
    return like_input(missing_unless(~np.isnan(share) & ~np.isnan(warning[0]), flag))


def overdispersion(x: Numbers, n: Numbers, target: Numbers, winsorise: float = 0.1) -> Overdispersion:
    """Return `(phi, tau2, z)` of units with x of n around `target`: arcsine scale, additive random effects.

    z is each unit's 2 sqrt(n) (asin sqrt(x/n) - asin sqrt(target)), in input order and before Winsorising;
    phi is the mean z^2 after z is clipped to its `winsorise` and 1 - `winsorise` quantiles; tau2 >= 0 is the
    variance between units by moments, in squared radians. A unit's adjusted score is z / sqrt(1 + 4 n tau2).
    Units without a share take no part (z nan); with fewer than two that do, phi and tau2 are nan.

    Source: Spiegelhalter et al, J R Stat Soc A 2012;175:1-47; tau2 of DerSimonian & Laird as in
    Spiegelhalter, Qual Saf Health Care 2005;14:347-351.
    """
    x, n, goal = broadcast(x, n, target)
    known = share_is_known(x, n) & (goal >= 0) & (goal <= 1)
    share = np.where(known, x, 0.0) / np.where(known, n, 1.0)
    centre = np.where(known, goal, 0.0)
    size = np.where(known, n, 1.0)
    z = missing_unless(known, 2 * np.sqrt(size) * (np.arcsin(np.sqrt(share)) - np.arcsin(np.sqrt(centre))))
    phi, tau2 = random_effects(z[known], 4 * n[known], winsorise)
    return Overdispersion(phi, tau2, like_input(z))


def _limits(n: Floats, target: Floats, level: float) -> tuple[Floats, Floats]:
    known = (n > 0) & (target >= 0) & (target <= 1)
    size, centre = np.where(known, n, 1.0), np.where(known, target, 0.0)
    width = quantile(level) * np.sqrt(centre * (1 - centre) / size)
    lower, upper = np.clip(centre - width, 0.0, 1.0), np.clip(centre + width, 0.0, 1.0)
    return missing_unless(known, lower), missing_unless(known, upper)


def random_effects(z: Floats, weights: Floats, winsorise: float = 0.1) -> tuple[float, float]:
    """Return `(phi, tau2)` of units with scores `z` and `weights`, the inverse of their sampling variance.

    As in `overdispersion`, on the scale of the weights. Missing with fewer than two units.
    """
    units = z.size
    if units < 2:
        return float("nan"), float("nan")
    low, high = np.quantile(z, [winsorise, 1 - winsorise])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    surplus = units * phi - (units - 1)
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    return phi, max(0.0, float(surplus / spread))
