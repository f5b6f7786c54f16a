"""Funnels of the offices' shares: points, limits and outliers, from shown rows.

Only rows of `tall` that are shown are used, so that no limit or list says anything of a hidden office.
Offices with fewer than 30 persons are too small to be judged singly and are left out with the hidden ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.offices import local_offices
from navbook.edition.schema import (
    COUNTRY,
    FUNNEL_COLUMNS,
    FUNNEL_LINE_COLUMNS,
    LANDET,
    VIST,
)
from navbook.estimate.series import Series
from navbook.gate.derived.published import SeriesRows, months_averaged
from navbook.statistics import adjusted_limits, find_outliers, funnel_limits, outlier_limits, overdispersion
from navbook.statistics.verdict import MINIMUM

LEAST_OFFICES = 5  # fewer do not make a spread
LINE_POINTS = 10
LEVELS = {"95": 0.95, "998": 0.998}


@dataclass(frozen=True)
class Funnels:
    """The points (FUNNEL_COLUMNS) and limits (FUNNEL_LINE_COLUMNS) of all funnels.

    `points` has a row for each office drawn, and one for the country with the figures of the funnel itself.
    `lines` has the limits at some sizes n.
    """

    points: pd.DataFrame
    lines: pd.DataFrame


def funnels(published: SeriesRows) -> Funnels:
    """The funnel of every share in the edition, for the period that the book shows of it."""
    found = [funnel for series, rows in _shares(published) if (funnel := _funnel(series, rows))]
    return Funnels(
        points=_joined([funnel.points for funnel in found], FUNNEL_COLUMNS),
        lines=_joined([funnel.lines for funnel in found], FUNNEL_LINE_COLUMNS),
    )


def _joined(parts: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(parts, ignore_index=True).reindex(columns=list(columns))


@dataclass(frozen=True)
class ShareRows:
    """One series in the period that the book shows: its country's row and its offices' rows."""

    country: pd.DataFrame
    offices: pd.DataFrame
    months: int


def _shares(published: SeriesRows) -> Iterator[tuple[Series, ShareRows]]:
    for line, comparison in published.compared():
        rows = published.of(line, comparison.period.name)
        if rows is not None and not line.count_only and not line.averaged:
            yield (
                line,
                ShareRows(
                    country=rows[rows["enhet"] == COUNTRY],
                    offices=local_offices(rows),
                    months=months_averaged(line, comparison),
                ),
            )


def _funnel(line: Series, shown: ShareRows) -> Funnels | None:
    country = shown.country[shown.country["status"] == VIST]
    offices = shown.offices[shown.offices["status"] == VIST].sort_values("enhet")
    offices = offices[(offices["n"] / shown.months) >= MINIMUM]
    if country.empty or len(offices) < LEAST_OFFICES:
        return None
    x, n = (offices[name].to_numpy(dtype=float) / shown.months for name in ("x", "n"))
    target = float(country["x"].iloc[0] / country["n"].iloc[0])
    phi, tau2, _ = overdispersion(x, n, target)
    out = find_outliers(x, n, target, tau2)
    key = offices.loc[:, ["indikator", "gruppe", "niva", "enhet", "periode"]]
    within = adjusted_limits(n, target, tau2)
    points = key.assign(
        n=n, verdi=x / n, nedre=within.lower, ovre=within.upper, score=out.score, utslag=out.side
    )
    figures = {"mal": target, "phi": phi, "tau2": tau2, "vist": len(offices)}
    figures |= {"utenfor": len(shown.offices) - len(offices), "skiller_seg_ut": int(np.abs(out.side).sum())}
    whole = country.loc[:, list(key.columns)].assign(niva=LANDET, **figures)
    return Funnels(pd.concat([points, whole]), _lines(line, points, target, tau2, out.level))


def _lines(line: Series, points: pd.DataFrame, target: float, tau2: float, level: float) -> pd.DataFrame:
    # dense where the limits bend most: at small sizes
    low, high = float(points["n"].min()), float(points["n"].max())
    sizes = np.unique(np.linspace(np.sqrt(low), np.sqrt(high), LINE_POINTS) ** 2)
    values: dict[str, object] = {}
    for name, wanted in LEVELS.items():
        wide, narrow = adjusted_limits(sizes, target, tau2, wanted), funnel_limits(sizes, target, wanted)
        values |= {f"nedre_{name}": wide.lower, f"ovre_{name}": wide.upper}
        values |= {f"smal_nedre_{name}": narrow.lower, f"smal_ovre_{name}": narrow.upper}
    found = outlier_limits(sizes, target, tau2, level)
    values |= {"nedre_fdr": found.lower, "ovre_fdr": found.upper}
    period = points["periode"].iloc[0]
    return pd.DataFrame(
        {"indikator": line.indikator, "gruppe": line.gruppe, "periode": period, "n": sizes, **values}
    )
