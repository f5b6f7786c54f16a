"""Funnels of observed minus expected: offices around the country's own deviation, from shown rows.

The standard error of an office is derived from its interval, so that only the edition's own rows are used.
"""

import numpy as np
import pandas as pd

from navbook.edition.offices import local_offices
from navbook.edition.schema import COUNTRY, EXPECTED_FUNNEL_COLUMNS, KEY, LANDET, VIST
from navbook.gate.derived.funnels import LEAST_OFFICES
from navbook.gate.derived.published import SeriesRows, months_averaged
from navbook.statistics import benjamini_hochberg
from navbook.statistics.funnel import random_effects
from navbook.statistics.intervals import quantile
from navbook.statistics.verdict import MINIMUM

LEVELS = {"": 0.95, "_998": 0.998}


def expected_funnels(published: SeriesRows) -> pd.DataFrame:
    """A row (EXPECTED_FUNNEL_COLUMNS) for each office in a funnel, and one for the country with phi and tau2.

    Deviations and limits are shares; `n` is persons (monthly means for stocks).
    """
    parts = []
    for line, comparison in published.compared():
        rows = published.of(line, comparison.period.name)
        if rows is None or line.count_only or line.averaged:
            continue
        offices = local_offices(rows)
        country = rows[(rows["enhet"] == COUNTRY) & (rows["status"] == VIST) & rows["avvik"].notna()]
        drawn = _with_error(offices, months_averaged(line, comparison))
        if not country.empty and len(drawn) >= LEAST_OFFICES:
            parts += _funnel(drawn, country, len(offices))
    if not parts:
        return pd.DataFrame(columns=list(EXPECTED_FUNNEL_COLUMNS))
    return pd.concat(parts, ignore_index=True).reindex(columns=list(EXPECTED_FUNNEL_COLUMNS))


def _with_error(offices: pd.DataFrame, months: int) -> pd.DataFrame:
    """The shown offices that are large enough, with the standard error of their deviation (`_error`)."""
    width = (offices["avvik_ovre"] - offices["avvik_nedre"]).astype(float)
    rows = offices.assign(n=offices["n"] / months, _error=width / (2 * quantile(0.95)))
    enough = (rows["status"] == VIST) & rows["avvik"].notna() & (rows["n"] >= MINIMUM) & (rows["_error"] > 0)
    return rows[enough].sort_values("enhet")


def _funnel(drawn: pd.DataFrame, country: pd.DataFrame, offices: int) -> list[pd.DataFrame]:
    """The points of one funnel, and the country's row; `offices` is how many there are, drawn or not."""
    centre, error = float(country["avvik"].iloc[0]), drawn["_error"].to_numpy(float)
    z = (drawn["avvik"].to_numpy(float) - centre) / error
    phi, tau2 = random_effects(z, 1 / error**2)
    spread = np.sqrt(error**2 + tau2)
    score = z * error / spread
    side = np.where(benjamini_hochberg(_two_sided(score)).flags, np.sign(score), 0.0)
    points = drawn.loc[:, [*KEY, "n", "avvik"]].assign(score=score, utslag=side)
    for end, level in LEVELS.items():
        reach = quantile(level) * spread
        points = points.assign(**{f"nedre{end}": centre - reach, f"ovre{end}": centre + reach})
    pooled = {"phi": phi, "tau2": tau2, "vist": len(drawn), "utenfor": offices - len(drawn)}
    whole = country.loc[:, [*KEY, "avvik"]].assign(niva=LANDET, **pooled)
    return [points, whole]


def _two_sided(score: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(score)))
