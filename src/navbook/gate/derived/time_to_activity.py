"""Curves of the time to the first activity in the first eight weeks, as far as they may be published.

A curve has points at the ends of weeks, for counties and the country; an office has the eighth week only.
Small numbers are protected in these ways: only units whose share is shown and that have a hundred starts or
more have points; shares are rounded to whole per cent (one decimal for the eighth week with a thousand starts
or more), so that one person who moved or left makes no visible difference; there are no points unless ten or
more still wait in the eighth week, and an earlier week only has one if four or more had their first activity
since the previous point. How many wait, left or moved is never published.
"""

import numpy as np
import pandas as pd

from navbook.edition.rounding import half_up
from navbook.edition.schema import CURVE_COLUMNS, KEY, KONTOR, VIST
from navbook.estimate import Estimates
from navbook.estimate.courses import EVENTS, INDICATOR
from navbook.gate.derived.published import SeriesRows
from navbook.statistics import aalen_johansen
from navbook.statistics.verdict import MINIMUM_AT_RISK

LAST_DAY, WEEK = 56, 7
LEAST_STARTS = 100
STARTS_FOR_TENTHS = 1000
LEAST_EVENTS = 4
CODES = {"aktivitet": 1, "sluttet": 2, "sensurert": 0}
WHOLE, TENTH = 0.01, 0.001


def time_to_activity(published: SeriesRows, estimates: Estimates) -> pd.DataFrame:
    """The published points (CURVE_COLUMNS): the share (0-1) with an activity by the end of day `dag`."""
    parts = [part for part in _points_of_units(published, estimates) if not part.empty]
    if not parts:
        return pd.DataFrame(columns=list(CURVE_COLUMNS))
    return pd.concat(parts, ignore_index=True).loc[:, list(CURVE_COLUMNS)]


def _points_of_units(published: SeriesRows, estimates: Estimates) -> list[pd.DataFrame]:
    courses = dict(iter(estimates.courses.groupby(["gruppe", "enhet"])))
    parts = []
    for line, comparison in published.compared():
        rows = published.of(line, comparison.period.name)
        if line.indikator != INDICATOR or rows is None:
            continue
        large = rows[(rows["status"] == VIST) & (rows["n"] >= LEAST_STARTS)]
        for key in large.loc[:, list(KEY)].to_dict("records"):
            course = courses.get((key["gruppe"], key["enhet"]))
            if course is not None:
                points = _points(course, offices=key["niva"] == KONTOR)
                parts.append(points.assign(**{str(name): value for name, value in key.items()}))
    return parts


def _points(course: pd.DataFrame, *, offices: bool) -> pd.DataFrame:
    """The points of one unit (dag, verdi, nedre, ovre), days ascending; no rows if none may be published."""
    days, number = course["dag"].to_numpy(), course[list(EVENTS)].to_numpy(dtype=int)
    active, everybody = number[:, EVENTS.index("aktivitet")], number.sum()
    waiting = {day: int(number[days >= day].sum()) for day in range(0, LAST_DAY + 1, WEEK)}
    enough = active.sum() >= LEAST_EVENTS and everybody - active.sum() >= LEAST_EVENTS
    if waiting[LAST_DAY] < MINIMUM_AT_RISK or not enough:
        return pd.DataFrame(columns=["dag", "verdi", "nedre", "ovre"])
    found = incidence(course)
    kept, last = [], -1
    for day in [LAST_DAY] if offices else range(WEEK, LAST_DAY + 1, WEEK):
        since = int(active[(days > last) & (days <= day)].sum())
        if waiting[day] >= MINIMUM_AT_RISK and (since >= LEAST_EVENTS or day == LAST_DAY):
            kept.append(day)
            last = day
    last_to = TENTH if everybody >= STARTS_FOR_TENTHS else WHOLE
    return pd.DataFrame([_point(found, day, last_to if day == LAST_DAY else WHOLE) for day in kept])


def _point(found: pd.DataFrame, day: int, to: float) -> dict[str, float]:
    at = found[found["time"] <= day]
    values = at[["estimate", "lower", "upper"]].iloc[-1].to_numpy(float) if len(at) else np.full(3, np.nan)
    verdi, nedre, ovre = half_up(np.floor(values / to + 0.5 + 1e-9) * to)
    return {"dag": day, "verdi": verdi, "nedre": nedre, "ovre": ovre}


def incidence(course: pd.DataFrame) -> pd.DataFrame:
    """The Aalen-Johansen estimate of the share with an activity by each day, from counts by day.

    To leave before an activity is the competing event. Columns as `navbook.statistics.aalen_johansen`.
    """
    events = [name for name in EVENTS if name in course]
    repeats = course[events].to_numpy(dtype=int)
    time = np.repeat(np.repeat(course["dag"].to_numpy(), len(events)), repeats.ravel())
    event = np.repeat(np.tile([CODES[name] for name in events], len(course)), repeats.ravel())
    return aalen_johansen(time, event)
