"""Offices with a similar task, and pairs of them with different results, from shown rows.

An office for which one of the compared figures is hidden or missing has no neighbours and is nobody's.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from navbook.edition.offices import local_offices
from navbook.edition.schema import (
    DRIVERS,
    LEARNING_COLUMNS,
    SIMILAR_COLUMNS,
    VIST,
)
from navbook.estimate import Estimates
from navbook.statistics import benjamini_hochberg, newcombe
from navbook.statistics.verdict import MINIMUM

NEIGHBOURS = 5
MOST_ALIKE = 2
# the share of the portfolio in each group, and the expected share of those who left
PORTFOLIO, WHOLE = "portefolje", "alle"
OUTCOMES = ("ota_arbs", "ota_nedsatt")
OF_PORTFOLIO = tuple(name for name in DRIVERS if name not in OUTCOMES)
FALSE_DISCOVERY_RATE = 0.10


def similar_offices(tall: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """For each office a row for itself and its five nearest, with the figures compared (SIMILAR_COLUMNS).

    The distance is Euclidean over standardised figures, each weighted by its absolute correlation with the
    expected share of all who left; ties go by office number. `likest` names the two figures that are most
    alike. The table is empty where there are too few offices to choose among.
    """
    drivers, expected = _drivers(tall, _shown_periods(estimates))
    if len(drivers) <= NEIGHBOURS + 1:
        return pd.DataFrame(columns=list(SIMILAR_COLUMNS))
    values = drivers.to_numpy(dtype=np.float64)
    spread = values.std(axis=0)
    z = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    weight = _weights(z, expected.to_numpy(dtype=np.float64))
    offices = drivers.index.to_numpy()
    rows = []
    for own, office in enumerate(offices):
        apart = np.abs(z - z[own])
        # rounded, so that the order never depends on the last bit of a sum
        distance = np.round(np.sqrt((weight * apart**2).sum(axis=1)), 9)
        others = [place for place in np.lexsort((offices, distance)) if place != own][:NEIGHBOURS]
        for place in (own, *sorted(others)):
            alike = sorted(np.argsort(np.round(apart[place], 9), kind="stable")[:MOST_ALIKE])
            named = "" if place == own else " ".join(DRIVERS[k] for k in alike)
            rows.append((office, offices[place], named, *values[place]))
    return pd.DataFrame(rows, columns=list(SIMILAR_COLUMNS))


def learning_pairs(tall: pd.DataFrame, similar: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """Pairs of similar offices with different results (LEARNING_COLUMNS).

    Of all pairs of neighbours with at least 30 persons each, those with a difference whose interval
    (Newcombe, 95 %) excludes 0. `star` is 1 for those that are significant among all pairs
    (Benjamini-Hochberg, q = 0.10), else 0. `par` is the number of pairs compared.
    """
    pairs = similar.loc[similar["enhet"] != similar["lignende"], ["enhet", "lignende"]]
    both = {tuple(sorted(pair)) for pair in pairs.itertuples(index=False, name=None)}
    distinct = pd.DataFrame(sorted(both), columns=["enhet", "annen"])
    periods = _shown_periods(estimates)
    parts = [
        part for name in OUTCOMES if (part := _of_series(tall, distinct, name, periods.get(name))) is not None
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(LEARNING_COLUMNS))


def _of_series(
    tall: pd.DataFrame, pairs: pd.DataFrame, indikator: str, period: str | None
) -> pd.DataFrame | None:
    rows = _offices(tall, indikator, WHOLE, period)
    rows = rows[rows["n"] >= MINIMUM]
    pairs = pairs[pairs["enhet"].isin(rows.index) & pairs["annen"].isin(rows.index)]
    if pairs.empty:
        return None
    x1, n1, x0, n0 = (
        rows.loc[pairs[office], name].to_numpy(dtype=np.float64)
        for office, name in (("enhet", "x"), ("enhet", "n"), ("annen", "x"), ("annen", "n"))
    )
    difference, lower, upper = newcombe(x1, n1, x0, n0)
    flags = benjamini_hochberg(_p_values(x1, n1, x0, n0), FALSE_DISCOVERY_RATE).flags
    found = pairs.assign(
        indikator=indikator, gruppe=WHOLE, periode=period, forskjell=difference, nedre=lower, ovre=upper,
        star=np.asarray(flags, dtype=np.float64), par=float(len(pairs)),
    )  # fmt: skip
    return found.loc[(found["nedre"] > 0) | (found["ovre"] < 0), list(LEARNING_COLUMNS)]


def _p_values(x1: np.ndarray, n1: np.ndarray, x0: np.ndarray, n0: np.ndarray) -> np.ndarray:
    """Two-sided score test of equal shares, for each pair."""
    from scipy.stats import norm

    pooled = (x1 + x0) / (n1 + n0)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0))
    return np.asarray(2 * norm.sf(np.abs(x1 / n1 - x0 / n0) / error))


def _drivers(tall: pd.DataFrame, periods: Mapping[str, str]) -> tuple[pd.DataFrame, pd.Series]:
    """The figures compared (DRIVERS, shares 0-1) and the expected share of all who left, by office."""
    everyone = _offices(tall, PORTFOLIO, WHOLE, periods.get(PORTFOLIO))["x"]
    columns: dict[str, pd.Series] = {}
    for group in OF_PORTFOLIO:
        columns[group] = _offices(tall, PORTFOLIO, group, periods.get(PORTFOLIO))["x"] / everyone
    left = {name: _offices(tall, name, WHOLE, periods.get(name)) for name in OUTCOMES}
    columns |= {name: rows["forventet"] for name, rows in left.items()}
    drivers = pd.DataFrame(columns).loc[:, list(DRIVERS)].dropna().sort_index()
    persons = pd.DataFrame({name: rows["n"] for name, rows in left.items()}).reindex(drivers.index)
    expected = (drivers.loc[:, list(OUTCOMES)] * persons).sum(axis=1)
    return drivers, expected / persons.sum(axis=1)


def _offices(tall: pd.DataFrame, indikator: str, group: str, period: str | None) -> pd.DataFrame:
    """The shown rows of local offices of one series in one period, by number."""
    wanted = (tall["indikator"] == indikator) & (tall["gruppe"] == group) & (tall["periode"] == period)
    return local_offices(tall[wanted & (tall["status"] == VIST)]).set_index("enhet")


def _weights(z: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """The weight of each figure by its absolute correlation with the expected share; they sum to one.

    The weights are equal where no figure varies.
    """
    centred = expected - expected.mean()
    size = np.sqrt((centred**2).sum() * (z**2).sum(axis=0))
    correlation = np.abs((z * centred[:, None]).sum(axis=0)) / np.where(size > 0, size, 1.0)
    total = correlation.sum()
    return np.asarray(correlation / total if total > 0 else np.full(z.shape[1], 1 / z.shape[1]))


def _shown_periods(estimates: Estimates) -> dict[str, str]:
    return {
        line.indikator: times.shown.name
        for line, times in zip(estimates.series, estimates.timelines, strict=True)
        if line.gruppe == WHOLE
    }
