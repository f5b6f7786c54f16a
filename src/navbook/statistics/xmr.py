"""The XmR chart: mean, natural process limits, and points with a special cause."""

import math
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pandas as pd

from navbook.statistics.arrays import Floats, Numbers, floats

COMMON = "common_cause"
IMPROVEMENT = "special_cause_improvement"
CONCERN = "special_cause_concern"

# Wheeler's constants for two-point moving ranges: 3/d2 and D4 with d2 = 1.128.
LIMIT = 2.66
SCREEN = 3.267
RUN = 7

Signs = npt.NDArray[np.int64]


def xmr(values: Numbers, direction: int, screen: bool = False) -> pd.DataFrame:
    """Return a frame `mean, lower, upper, label` with one row per value, in order.

    `direction` is 1 where high is good and -1 where low is. mean is the mean of the values and the limits lie
    2.66 mean moving ranges from it; with `screen`, ranges above 3.267 mean ranges are dropped once. `label`
    is `common_cause`, `special_cause_improvement` or `special_cause_concern`. A missing value keeps its row
    with a missing label, drops the moving ranges next to it and breaks runs; a series without a range has
    missing limits.

    Raises ValueError unless direction is 1 or -1.

    Source: Wheeler, Understanding Variation (1993) for the limits; NHS England, Making Data Count, for the
    four rules.
    """
    if direction not in (1, -1):
        raise ValueError(
            f"direction is {direction!r}: give 1 where high values are good and -1 where low ones are"
        )
    series = np.atleast_1d(floats(values))
    mean, reach = _mean(series), LIMIT * _mean_range(series, screen)
    signs = _special(series, mean, reach)
    labels = np.select([signs == 0, signs * direction > 0], [COMMON, IMPROVEMENT], CONCERN)
    return pd.DataFrame(
        {
            "mean": np.full(series.size, mean),
            "lower": np.full(series.size, mean - reach),
            "upper": np.full(series.size, mean + reach),
            "label": pd.Series(labels, dtype="str").mask(np.isnan(series)),
        },
        index=pd.RangeIndex(series.size),
    )


def _mean(series: Floats) -> float:
    known = series[~np.isnan(series)]
    if not known.size:
        return math.nan
    # The mean of equal numbers is that number, also where a sum would round.
    return float(known[0]) if np.ptp(known) == 0 else math.fsum(known) / known.size


def _mean_range(series: Floats, screen: bool) -> float:
    ranges = np.abs(np.diff(series))
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size:
        return math.nan
    if screen:
        ranges = ranges[ranges <= SCREEN * ranges.mean()]
    return math.fsum(ranges) / ranges.size


def _special(series: Floats, mean: float, reach: float) -> Signs:
    """Return each point's sign by the first rule that holds: 1 up, -1 down, 0 nothing special or missing."""
    if not series.size or math.isnan(mean):
        return np.zeros(series.size, dtype=np.int64)
    distance = series - mean
    # A value that equals the mean or a limit in decimals may miss it by the last bits of the arithmetic.
    noise = 16 * np.finfo(np.float64).eps * float(np.nanmax(np.abs(series)))
    side = np.where(np.abs(distance) > noise, np.sign(distance), 0)
    side = np.nan_to_num(side).astype(np.int64)
    outside = np.where(np.abs(distance) > reach + noise, side, 0)
    near = np.where((np.abs(distance) > reach * 2 / 3 + noise) & (outside == 0), side, 0)
    rules = [outside, _trend(series), _two_of_three(near, ~np.isnan(series)), _long_runs(side, RUN)]
    return np.asarray(np.select([rule != 0 for rule in rules], rules, 0), dtype=np.int64)


def _trend(series: Floats) -> Signs:
    """Return the sign of points in a trend of 7 or more; a turning point keeps that of its first run."""
    steps = np.nan_to_num(np.sign(np.diff(series))).astype(np.int64)
    runs = _long_runs(steps, RUN - 1)
    arriving, leaving = np.r_[0, runs], np.r_[runs, 0]
    return np.asarray(np.where(arriving != 0, arriving, leaving), dtype=np.int64)


def _long_runs(signs: Signs, minimum: int) -> Signs:
    """Keep the signs in runs of at least `minimum` equal ones; 0 elsewhere."""
    runs = [list(run) for _, run in groupby(signs.tolist())]
    kept = [sign if len(run) >= minimum else 0 for run in runs for sign in run]
    return np.array(kept, dtype=np.int64)


def _two_of_three(near: Signs, known: npt.NDArray[np.bool_]) -> Signs:
    """Return the sign of points near one limit with another such point in 3 consecutive known ones."""
    marked = np.zeros(near.size, dtype=np.int64)
    for start in range(near.size - 2):
        window = slice(start, start + 3)
        for sign in (1, -1):
            same_side = near[window] == sign
            if known[window].all() and same_side.sum() >= 2:
                marked[window][same_side] = sign
    return marked
