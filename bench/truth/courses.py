"""The 8-week curve, drawn: how often its limits at day 56 hold the chance that is known to be true.

Every day one who is still waiting finds an activity, leaves, or is lost from sight, each with a fixed
chance; the true share with an activity within 56 days, leaving counted as leaving, then has a closed form.
"""

from typing import Any

import numpy as np
import pandas as pd

from navbook.statistics import aalen_johansen

DAYS = 56


def coverage_of_curves(course: dict[str, Any], seed: int) -> pd.DataFrame:
    """For each number of people (`klasse`) and true share (`sann`): how often the limits held the truth."""
    found = []
    for place, (people, activity) in enumerate(
        (people, activity) for people in course["people"] for activity in course["activity"]
    ):
        rng = np.random.default_rng([seed, place])
        truth = true_share(activity, course["leaving"])
        held, drawn = 0, 0
        for _ in range(course["draws"]):
            lower, upper = _limits(*_draw(rng, people, activity, course["leaving"], course["lost"]))
            drawn += not np.isnan(lower)
            held += lower <= truth <= upper
        found.append({"klasse": people, "sann": truth, "andel": held / drawn, "antall": drawn})
    return pd.DataFrame(found)


def true_share(activity: float, leaving: float) -> float:
    """The chance of an activity by day 56 when nobody is lost from sight."""
    either = activity + leaving
    return activity / either * (1 - (1 - either) ** DAYS)


def _draw(
    rng: np.random.Generator, people: int, activity: float, leaving: float, lost: float
) -> tuple[np.ndarray, np.ndarray]:
    first = rng.geometric(activity + leaving, people)
    which = np.where(rng.random(people) < activity / (activity + leaving), 1, 2)
    until = np.minimum(rng.geometric(lost, people), DAYS)
    # one lost on the day of an event is lost after it
    return np.minimum(first, until), np.where(first <= until, which, 0)


def _limits(time: np.ndarray, event: np.ndarray) -> tuple[float, float]:
    curve = aalen_johansen(time, event)
    if curve.empty:
        return np.nan, np.nan
    last = curve.iloc[-1]
    return float(last["lower"]), float(last["upper"])
