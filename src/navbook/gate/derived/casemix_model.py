"""The tables of the case-mix model: how it does, and what it says with innsatsgruppe taken in.

What tells of people is of the whole country and large groups; what tells of offices is made of the rows of
`tall` that are shown.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from navbook.edition.offices import local_offices
from navbook.edition.schema import (
    COUNTRY,
    EFFORT_COLUMNS,
    EXPECTED,
    KEY,
    LANDET,
    MODEL_COLUMNS,
    VIST,
)
from navbook.estimate import Estimates
from navbook.estimate.casemix import ARBEIDSSOKERE, NEDSATT, WITH, WITHOUT, load_settings
from navbook.estimate.expected import MARK_OF_WITH
from navbook.estimate.model_table import DECILE, GROUP
from navbook.periods import parse_period
from navbook.statistics import overdispersion
from navbook.statistics.verdict import MINIMUM

SERIES_OF = {ARBEIDSSOKERE: "ota_arbs", NEDSATT: "ota_nedsatt"}
BETWEEN, RAW = "mellom_kontor", "ujustert"
LEAST_OFFICES = 5
# the series that groups of a trait add up to, beside all who left
ADDS_UP_TO = {
    "permittert": ("ota_arbs uten_permitterte",),
    "landgruppe": ("ota_lg3 alle", "ota_lg3 fotnote5"),
    "alder_og_kjonn": ("ota_u30 alle",),
}


def model_rows(tall: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """The model table with how much the shown offices differ, before and after what was expected of them.

    A row of people stands only where there are enough of them with and without the outcome, and where the
    country's own rows that it adds up to are all shown.
    """
    model = _without_untold(estimates.model, tall)
    few = np.fmin(model["x"], model["n"] - model["x"]) < load_settings().minste_gruppe
    between = _between_offices(tall, with_effort(tall, estimates))
    parts = [part for part in (model[~few], between) if not part.empty]
    if not parts:
        return pd.DataFrame(columns=list(MODEL_COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    return table.assign(nr=np.arange(len(table), dtype=np.float64)).reindex(columns=list(MODEL_COLUMNS))


def _without_untold(model: pd.DataFrame, tall: pd.DataFrame) -> pd.DataFrame:
    """The model table without counts that, added up, would tell of a row of the country that is not shown.

    What the model says of a trait stays: it is no count.
    """
    country = tall[(tall["niva"] == LANDET) & (tall["status"] != VIST)]
    hidden: dict[str, set[str]] = {}
    for indikator, gruppe, period in country[["indikator", "gruppe", "periode"]].itertuples(index=False):
        hidden.setdefault(f"{indikator} {gruppe}", set()).update(parse_period(str(period)).months)
    keys = model[["modell", "faktor", "periode"]].astype(object).where(model["periode"].notna(), None)
    untold = np.array([_is_untold(hidden, *key) for key in keys.itertuples(index=False)], dtype=bool)
    kept = model[~untold | ~model["del"].isin([DECILE, GROUP])].copy()
    kept.loc[untold[kept.index], ["n", "x", "observert", "nedre", "ovre"]] = np.nan
    return kept


def _is_untold(hidden: Mapping[str, set[str]], population: str, trait: object, period: str | None) -> bool:
    """Whether a series that groups of this trait add up to is hidden in some part of the period."""
    if period is None:
        return False
    months = parse_period(period).months
    series = [f"{SERIES_OF[population]} alle", *ADDS_UP_TO.get(str(trait), ())]
    return any(not hidden.get(each, set()).isdisjoint(months) for each in series)


def with_effort(tall: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """Expected and deviation by the model that knows the innsatsgruppe, where `tall` shows the other's.

    Rows for the periods that the book shows, by EFFORT_COLUMNS; `landet` is the country's deviation in
    `tall`.
    """
    shown = pd.DataFrame(
        [
            (line.indikator, line.gruppe, times.shown.name)
            for line, times in zip(estimates.series, estimates.timelines, strict=True)
        ],
        columns=["indikator", "gruppe", "periode"],
    )
    told = tall.loc[(tall["status"] == VIST) & tall["forventet"].notna(), list(KEY)]
    told = told.merge(shown, on=list(shown.columns))
    names = {MARK_OF_WITH + name: name for name in EXPECTED}
    values = estimates.rows.loc[:, [*KEY, *names]].rename(columns=names)
    found = told.merge(values, on=list(KEY), how="left").dropna(subset="forventet")
    series = ["indikator", "gruppe", "periode"]
    country = tall.loc[tall["enhet"] == COUNTRY, [*series, "avvik"]].rename(columns={"avvik": "landet"})
    found = found.merge(country, on=series, how="left")
    return found.loc[:, list(EFFORT_COLUMNS)]


def _between_offices(tall: pd.DataFrame, effort: pd.DataFrame) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for population, indikator in SERIES_OF.items():
        wanted = (tall["indikator"] == indikator) & (tall["gruppe"] == "alle")
        offices = local_offices(tall[wanted & (tall["status"] == VIST)])
        offices = offices[offices["n"] >= MINIMUM].sort_values("enhet")
        known = effort.set_index(list(KEY))["forventet"]
        offices = offices.join(known.rename("med"), on=list(KEY)).dropna(subset="med")
        if len(offices) < LEAST_OFFICES:
            continue
        x, n = (offices[name].to_numpy(dtype=np.float64) for name in ("x", "n"))
        share = np.full(len(offices), x.sum() / n.sum())
        expected = {
            RAW: share,
            WITHOUT: _to_level(offices["forventet"].to_numpy(dtype=np.float64), x, n),
            WITH: _to_level(offices["med"].to_numpy(dtype=np.float64), x, n),
        }
        head = {"modell": population, "del": BETWEEN, "periode": offices["periode"].iloc[0]}
        for variant, target in expected.items():
            # no score is drawn in, as for a funnel: the spread told would be far too small
            phi, tau2, _ = overdispersion(x, n, target, winsorise=0.0)
            # from the arcsine scale to a spread of shares, near the country's share
            spread = 2 * np.sqrt(tau2 * share[0] * (1 - share[0]))
            for name, value in (("spredning", spread), ("phi", phi), ("kontor", float(len(offices)))):
                rows.append({**head, "variant": variant, "niva": name, "verdi": value})
    return pd.DataFrame(rows, columns=list(MODEL_COLUMNS))


def _to_level(expected: np.ndarray, x: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The expected shares, all logits shifted alike so that they add up to what was observed: what is left
    is how the offices differ from one another, not how the country has moved since the model was fitted.
    """
    from scipy.optimize import brentq
    from scipy.special import expit, logit

    odds = logit(np.clip(expected, 1e-9, 1 - 1e-9))
    shift = brentq(lambda d: float(np.sum(n * expit(odds + d)) - x.sum()), -20.0, 20.0)
    return np.asarray(expit(odds + shift))
