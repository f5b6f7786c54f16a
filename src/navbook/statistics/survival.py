"""Time to the first event: Kaplan-Meier, and Aalen-Johansen where another event can come first."""

import numpy as np
import pandas as pd

from navbook.statistics.arrays import Floats, Numbers, floats, missing_unless
from navbook.statistics.intervals import quantile

# An estimate this near 0 or 1 is 0 or 1: the rest is rounding in the product.
ROUNDING = 1e-12


def kaplan_meier(time: Numbers, event: Numbers, level: float = 0.95) -> pd.DataFrame:
    """Return a frame `time, at_risk, estimate, lower, upper` of the share still without the event.

    One row per distinct time with an event, ascending. `event` is 0 (censored) or 1; who is censored at t is
    at risk at t. Limits are Greenwood's on the log(-log) scale, missing where the estimate is 0 or 1. A
    missing time or event makes every estimate missing.

    Raises ValueError at another event code, or unequal lengths.

    Source: Kaplan & Meier, J Am Stat Assoc 1958;53:457-481; Kalbfleisch & Prentice (1980) for the limits.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    times, events = _checked(time, event, {0, 1})
    rows = _times_with_event(times, events)
    if not rows.size or _incomplete(times, events):
        return _frame_without_estimates(rows)
    fit = SurvfuncRight(times, events.astype(int))
    return _frame_with_limits(rows, times, fit.surv_prob, fit.surv_prob_se, level)


def aalen_johansen(time: Numbers, event: Numbers, level: float = 0.95) -> pd.DataFrame:
    """Return a frame `time, at_risk, estimate, lower, upper`: the share who have had event 1 by each time.

    One row per distinct time with an event of either kind, ascending. `event` is 0 (censored), 1, or 2 (the
    competing event); for the incidence of 2 exchange the codes. Limits use the delta-method standard error
    on the log(-log) scale, missing where the estimate is 0 or 1. A missing time or event makes every
    estimate missing.

    Raises ValueError at another event code, or unequal lengths.

    Source: Aalen & Johansen, Scand J Stat 1978;5:141-150; variance of Marubini & Valsecchi (1995), as in
    statsmodels.
    """
    from statsmodels.duration.survfunc import CumIncidenceRight

    times, events = _checked(time, event, {0, 1, 2})
    rows = _times_with_event(times, events)
    if not rows.size or _incomplete(times, events):
        return _frame_without_estimates(rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        fit = CumIncidenceRight(times, events.astype(int))
    incidence, se = fit.cinc[0], fit.cinc_se[0]
    if np.all(events[times == fit.times[-1]] > 0):
        se[-1] = _last_standard_error(times, events, incidence)
    reported = np.searchsorted(fit.times, rows)
    return _frame_with_limits(rows, times, incidence[reported], se[reported], level)


def _last_standard_error(times: Floats, events: Floats, incidence: Floats) -> float:
    """Return the delta-method standard error at a last time where everybody still at risk has an event.

    statsmodels multiplies 0 by infinity in that one row: the term of the last time vanishes in the limit.
    """
    moments, place = np.unique(times, return_inverse=True)
    at_risk = _at_risk(moments, times)
    of_any = np.bincount(place, weights=events > 0)
    of_one = np.bincount(place, weights=events == 1)
    survival = np.cumprod(1 - of_any / at_risk)
    before = np.r_[1.0, survival[:-1]] / at_risk
    left = incidence[-1] - incidence
    remain = at_risk - of_any
    hazard = np.divide(of_any, at_risk * remain, out=np.zeros(moments.size), where=remain > 0)
    variance = np.sum(left**2 * hazard)
    variance += np.sum(before**2 * (at_risk - of_one) * of_one / at_risk)
    variance -= 2 * np.sum(left * before * of_one / at_risk)
    return float(np.sqrt(max(variance, 0.0)))


def _checked(time: Numbers, event: Numbers, codes: set[int]) -> tuple[Floats, Floats]:
    times, events = np.atleast_1d(floats(time)), np.atleast_1d(floats(event))
    if times.shape != events.shape:
        raise ValueError(
            f"time has {times.size} values and event {events.size}: give one event code per time"
        )
    strange = sorted(set(events[~np.isnan(events)]) - codes)
    if strange:
        raise ValueError(f"event holds {strange[0]:g}: use only the codes {sorted(codes)}")
    return times, events


def _times_with_event(times: Floats, events: Floats) -> Floats:
    return np.unique(times[(events > 0) & ~np.isnan(times)])


def _incomplete(times: Floats, events: Floats) -> bool:
    return bool(np.isnan(times).any() or np.isnan(events).any())


def _at_risk(rows: Floats, times: Floats) -> Floats:
    return times.size - np.searchsorted(np.sort(times), rows, side="left").astype(np.float64)


def _frame(rows: Floats, at_risk: Numbers, estimate: Numbers, lower: Numbers, upper: Numbers) -> pd.DataFrame:
    columns = {"time": rows, "at_risk": at_risk, "estimate": estimate, "lower": lower, "upper": upper}
    return pd.DataFrame(columns, index=pd.RangeIndex(rows.size), dtype=np.float64)


def _frame_without_estimates(rows: Floats) -> pd.DataFrame:
    return _frame(rows, np.nan, np.nan, np.nan, np.nan)


def _frame_with_limits(
    rows: Floats, times: Floats, estimate: Floats, se: Floats, level: float
) -> pd.DataFrame:
    estimate = np.where(estimate < ROUNDING, 0.0, np.where(estimate > 1 - ROUNDING, 1.0, estimate))
    inside = (estimate > 0) & (estimate < 1)
    within = np.where(inside, estimate, 0.5)
    # log S is negative, so the plus of the formula gives the lower power and the upper limit.
    spread = quantile(level) * np.where(inside, se, 0.0) / (within * np.abs(np.log(within)))
    lower = missing_unless(inside, within ** np.exp(spread))
    upper = missing_unless(inside, within ** np.exp(-spread))
    return _frame(rows, _at_risk(rows, times), estimate, lower, upper)
