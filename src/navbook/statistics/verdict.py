"""Verdicts: from an interval to whether a requirement is met, not met or undecided.

Pure functions on counts; for counts of persons who are largely the same from month to month the caller passes
monthly means. `polarity` is 1 where high is good and -1 where low is. Every comparison needs `minimum` in
each denominator and is `too_few` below it, also where a count is missing. Contrasts and limits are as
measured, not turned by polarity.

Two periods are treated as independent although many persons are in both: intervals are then too wide rather
than too narrow.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from navbook.statistics.arrays import Estimate, Floats, Numbers, broadcast, like_input
from navbook.statistics.differences import newcombe_arrays
from navbook.statistics.intervals import share_is_known, wilson_arrays
from navbook.statistics.rates import count_change

MINIMUM = 30
MINIMUM_AT_RISK = 10
# A change that is tested at 5 % is found with 80 % power when it is 1.96 + 0.84 standard errors.
STANDARD_ERRORS_TO_FIND = 2.8


class Result(StrEnum):
    """The result of judging a requirement."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"
    TOO_FEW = "too_few"
    NO_GAP = "no_gap"


class Position(StrEnum):
    """Where an observed number lies against the expected."""

    ABOVE = "above"
    AS_EXPECTED = "as_expected"
    BELOW = "below"


class Verdict(NamedTuple):
    """A result (text, or an array of text) and the contrast it rests on, with its limits."""

    result: Estimate
    value: Estimate
    lower: Estimate
    upper: Estimate


class LevelVerdict(NamedTuple):
    """A verdict on the way towards a level: the contrast counts as positive when it goes the right way.

    `direction` is 1 where the level lies above the base, -1 below, 0 where there is no gap to close;
    `reached` is whether the present share is at the level, or at most a margin short of it.
    """

    result: Estimate
    value: Estimate
    lower: Estimate
    upper: Estimate
    direction: Estimate
    reached: Estimate


def fixed_target(
    x: Numbers,
    n: Numbers,
    target: Numbers,
    polarity: Numbers = 1,
    level: float = 0.95,
    minimum: float = MINIMUM,
) -> Verdict:
    """Return the verdict on the share x/n against a fixed share `target`, strictly beyond it.

    value, lower, upper are the share with Wilson's limits.
    """
    x, n, target, polarity = broadcast(x, n, target, polarity)
    value, lower, upper = wilson_arrays(x, n, level)
    result = _judge(lower - target, upper - target, polarity, _enough(x, n, minimum) & ~np.isnan(target))
    return Verdict(*map(like_input, (result, value, lower, upper)))


def limits_against_target(
    value: Numbers,
    lower: Numbers,
    upper: Numbers,
    at_risk: Numbers,
    target: Numbers,
    polarity: Numbers = 1,
    minimum: float = MINIMUM_AT_RISK,
) -> Verdict:
    """Return the verdict on an estimate with limits of its own (a cumulative incidence) against `target`.

    `undecided` also where fewer than `minimum` are at risk at the time in question; `too_few` where the
    estimate is missing.
    """
    value, lower, upper, at_risk, target, polarity = broadcast(value, lower, upper, at_risk, target, polarity)
    followed = at_risk >= minimum
    low, high = (np.where(followed, limit - target, np.nan) for limit in (lower, upper))
    result = _judge(low, high, polarity, ~np.isnan(value) & ~np.isnan(target))
    return Verdict(*map(like_input, (result, value, lower, upper)))


def better_than_base(
    x1: Numbers,
    n1: Numbers,
    x0: Numbers,
    n0: Numbers,
    polarity: Numbers = 1,
    margin: float = 0.0,
    level: float = 0.95,
    minimum: float = MINIMUM,
) -> Verdict:
    """Return the verdict on x1/n1 having become better than the base x0/n0.

    With a `margin` > 0, set in advance, the question is whether it has become worse by no more than that.
    value, lower, upper are x1/n1 - x0/n0 with Newcombe's limits.
    """
    x1, n1, x0, n0, polarity = broadcast(x1, n1, x0, n0, polarity)
    value, lower, upper = newcombe_arrays(x1, n1, x0, n0, level)
    enough = _enough(x1, n1, minimum) & _enough(x0, n0, minimum)
    result = _judge(lower + polarity * margin, upper + polarity * margin, polarity, enough)
    return Verdict(*map(like_input, (result, value, lower, upper)))


def count_higher_than_base(
    x1: Numbers,
    x0: Numbers,
    polarity: Numbers = 1,
    level: float = 0.95,
    minimum: float = MINIMUM,
) -> Verdict:
    """Return the verdict on the count x1 being better than the base count x0, where there is no denominator.

    The conditional binomial test: Wilson's limits of x1/(x1 + x0) against one half; too few where x1 + x0 <
    minimum. value, lower, upper are x1 - x0 with the limits of `count_change`.

    Source: Przyborowski & Wilenski, Biometrika 1940;31:313-323.
    """
    x1, x0, polarity = broadcast(x1, x0, polarity)
    _, lower, upper = wilson_arrays(x1, x1 + x0, level)
    enough = (x1 >= 0) & (x0 >= 0) & (x1 + x0 >= minimum)
    result = _judge(lower - 0.5, upper - 0.5, polarity, enough)
    return Verdict(like_input(result), *count_change(x1, x0, level))


def towards_level(
    x1: Numbers,
    n1: Numbers,
    x0: Numbers,
    n0: Numbers,
    level_x: Numbers,
    level_n: Numbers,
    margin: float = 0.02,
    level: float = 0.95,
    minimum: float = MINIMUM,
) -> LevelVerdict:
    """Return the verdict on x1/n1 having moved from the base x0/n0 towards the level level_x/level_n.

    `no_gap` where the interval of level - base holds 0: the direction is then not known. Otherwise the
    contrast is the change since the base in the direction of the level; it is reached where the change from
    the level, in that same direction, is surely more than -margin.
    """
    x1, n1, x0, n0, rx, rn = broadcast(x1, n1, x0, n0, level_x, level_n)
    gap, gap_lower, gap_upper = newcombe_arrays(rx, rn, x0, n0, level)
    direction = np.where((gap_lower > 0) | (gap_upper < 0), np.sign(gap), 0.0)
    value, lower, upper = _turned(newcombe_arrays(x1, n1, x0, n0, level), direction)
    beyond = _turned(newcombe_arrays(x1, n1, rx, rn, level), direction)
    enough = _enough(x1, n1, minimum) & _enough(x0, n0, minimum) & _enough(rx, rn, minimum)
    result = _judge(lower, upper, np.ones(x1.shape), enough)
    result = np.where(enough & (direction == 0), Result.NO_GAP.value, result).astype(object)
    reached = enough & (direction != 0) & (beyond[1] > -margin)
    return LevelVerdict(*map(like_input, (result, value, lower, upper, direction, reached)))


def as_expected(lower: Numbers, upper: Numbers) -> Estimate:
    """Return `above`, `below` or `as_expected` from the limits of O - E; `undecided` where missing."""
    lower, upper = broadcast(lower, upper)
    where = [np.isnan(lower) | np.isnan(upper), lower > 0, upper < 0]
    words = [Result.UNDECIDED.value, Position.ABOVE.value, Position.BELOW.value]
    return like_input(_chosen(where, words, Position.AS_EXPECTED.value))


def smallest_detectable_change(x1: Numbers, n1: Numbers, x0: Numbers, n0: Numbers) -> Estimate:
    """Return the smallest change of a share that could have been found with 80 % power: 2.8 standard errors.

    A share 0-1, from both periods pooled as if nothing had changed. Missing where nobody or everybody has
    the outcome in both, since the standard error is then not known.
    """
    x1, n1, x0, n0 = broadcast(x1, n1, x0, n0)
    known = share_is_known(x1, n1) & share_is_known(x0, n0)
    size1, size0 = np.where(known, n1, 1.0), np.where(known, n0, 1.0)
    pooled = np.where(known, x1 + x0, 0.0) / (size1 + size0)
    variance = pooled * (1 - pooled) * (1 / size1 + 1 / size0)
    return like_input(np.where(variance > 0, STANDARD_ERRORS_TO_FIND * np.sqrt(variance), np.nan))


def _enough(x: Floats, n: Floats, minimum: float) -> npt.NDArray[np.bool_]:
    return share_is_known(x, n) & (n >= minimum)


def _turned(
    contrast: tuple[Floats, Floats, Floats], direction: Floats
) -> tuple[npt.NDArray, npt.NDArray, npt.NDArray]:
    value, lower, upper = contrast
    down = direction < 0
    return np.where(down, -value, value), np.where(down, -upper, lower), np.where(down, -lower, upper)


def _judge(
    lower: Floats, upper: Floats, polarity: Floats, enough: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    good, bad = np.where(polarity > 0, lower > 0, upper < 0), np.where(polarity > 0, upper < 0, lower > 0)
    words = [Result.TOO_FEW.value, Result.MET.value, Result.NOT_MET.value]
    return _chosen([~enough, good, bad], words, Result.UNDECIDED.value)


def _chosen(where: list[npt.NDArray[np.bool_]], words: list[str], otherwise: str) -> npt.NDArray[np.object_]:
    return np.asarray(np.select(where, [np.asarray(word) for word in words], otherwise), dtype=object)
