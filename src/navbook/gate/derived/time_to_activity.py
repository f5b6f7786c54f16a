"""Curves of the eight weeks, as much of them as may be told.

A curve is drawn through ends of weeks only, for counties and the country; an office has the eighth week
alone. What protects the few: only units whose share is shown and that have a hundred starts or more; shares
to whole per cent (one decimal for the eighth week where a thousand or more started), so that one person more
or less who moved or left is lost in the rounding; nothing is told unless ten or more still wait in the eighth
week, and an earlier week only if four or more had their first activity since the last one told. How many
wait, left or moved is never told.
"""

import numpy as np
import pandas as pd

from navbook.edition.rounding import half_up
from navbook.edition.schema import CURVE_COLUMNS, KEY, KONTOR, VIST
from navbook.estimate import Estimates
from navbook.estimate.courses import EVENTS, INDICATOR
from navbook.gate.derived.published import Told
from navbook.statistics import aalen_johansen
from navbook.statistics.verdict import MINIMUM_AT_RISK

LAST_DAY, WEEK = 56, 7
LEAST_STARTS = 100
STARTS_FOR_TENTHS = 1000
LEAST_EVENTS = 4
CODES = {"aktivitet": 1, "sluttet": 2, "sensurert": 0}
WHOLE, TENTH = 0.01, 0.001


def curves(told: Told, estimates: Estimates) -> pd.DataFrame:
    """The points of the curves that may be told (CURVE_COLUMNS): the share active by the end of day `dag`."""
    parts = [part for part in _told_units(told, estimates) if not part.empty]
    if not parts:
        return pd.DataFrame(columns=list(CURVE_COLUMNS))
    return pd.concat(parts, ignore_index=True).loc[:, list(CURVE_COLUMNS)]


def _told_units(told: Told, estimates: Estimates) -> list[pd.DataFrame]:
    courses = dict(iter(estimates.courses.groupby(["gruppe", "enhet"])))
    made = []
    for line, each in told.compared():
        rows = told.of(line, each.period.name)
        if line.indikator != INDICATOR or rows is None:
            continue
        large = rows[(rows["status"] == VIST) & (rows["n"] >= LEAST_STARTS)]
        for key in large.loc[:, list(KEY)].to_dict("records"):
            course = courses.get((key["gruppe"], key["enhet"]))
            if course is not None:
                points = _points(course, offices=key["niva"] == KONTOR)
                made.append(points.assign(**{str(name): value for name, value in key.items()}))
    return made


def _points(course: pd.DataFrame, *, offices: bool) -> pd.DataFrame:
    """The points of one unit, days ascending."""
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
    """Aalen and Johansen's share with activity by each day, leaving first competing; from counts by day."""
    events = [name for name in EVENTS if name in course]
    repeats = course[events].to_numpy(dtype=int)
    time = np.repeat(np.repeat(course["dag"].to_numpy(), len(events)), repeats.ravel())
    event = np.repeat(np.tile([CODES[name] for name in events], len(course)), repeats.ravel())
    return aalen_johansen(time, event)
