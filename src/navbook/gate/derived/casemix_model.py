"""The tables of the case-mix model: how well it fits, and what it expects when it includes innsatsgruppe.

Counts of people are of the whole country and of large groups. What describes offices is computed from the
rows of `tall` that are shown.
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
from navbook.runtime.periods import parse_period
from navbook.statistics import overdispersion
from navbook.statistics.verdict import MINIMUM

SERIES_OF = {ARBEIDSSOKERE: "ota_arbs", NEDSATT: "ota_nedsatt"}
BETWEEN, RAW = "mellom_kontor", "ujustert"
LEAST_OFFICES = 5
# the series that the groups of a trait add up to, in addition to all who left
ADDS_UP_TO = {
    "permittert": ("ota_arbs uten_permitterte",),
    "landgruppe": ("ota_lg3 alle", "ota_lg3 fotnote5"),
    "alder_og_kjonn": ("ota_u30 alle",),
}


def model_rows(tall: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """The model table (MODEL_COLUMNS), and how much the shown offices differ before and after adjustment.

    A row that counts people is included only where enough of them are with and without the outcome, and where
    the country's own rows that it adds up to are all shown.
    """
    model = _without_hidden(estimates.model, tall)
    few = np.fmin(model["x"], model["n"] - model["x"]) < load_settings().minste_gruppe
    between = _between_offices(tall, with_effort(tall, estimates))
    parts = [part for part in (model[~few], between) if not part.empty]
    if not parts:
        return pd.DataFrame(columns=list(MODEL_COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    return table.assign(nr=np.arange(len(table), dtype=np.float64)).reindex(columns=list(MODEL_COLUMNS))


def _without_hidden(model: pd.DataFrame, tall: pd.DataFrame) -> pd.DataFrame:
    """The model table without counts whose sum would disclose a row of the country that is not shown.

    The effect of a trait in the model stays: it is not a count.
    """
    country = tall[(tall["niva"] == LANDET) & (tall["status"] != VIST)]
    hidden: dict[str, set[str]] = {}
    for indikator, gruppe, period in country[["indikator", "gruppe", "periode"]].itertuples(index=False):
        hidden.setdefault(f"{indikator} {gruppe}", set()).update(parse_period(str(period)).months)
    keys = model[["modell", "faktor", "periode"]].astype(object).where(model["periode"].notna(), None)
    is_hidden = np.array(
        [_adds_up_to_hidden(hidden, *key) for key in keys.itertuples(index=False)], dtype=bool
    )
    kept = model[~is_hidden | ~model["del"].isin([DECILE, GROUP])].copy()
    kept.loc[is_hidden[kept.index], ["n", "x", "observert", "nedre", "ovre"]] = np.nan
    return kept


def _adds_up_to_hidden(
    hidden: Mapping[str, set[str]], population: str, trait: object, period: str | None
) -> bool:
    """Whether a series that the groups of this trait add up to is hidden in some part of the period."""
    if period is None:
        return False
    months = parse_period(period).months
    series = [f"{SERIES_OF[population]} alle", *ADDS_UP_TO.get(str(trait), ())]
    return any(not hidden.get(name, set()).isdisjoint(months) for name in series)


def with_effort(tall: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """Expected share and deviation (EFFORT_COLUMNS) by the model that includes innsatsgruppe.

    A row where `tall` shows those of the model without it, for the periods that the book shows; `landet` is
    the country's deviation in `tall`. All are shares 0-1.
    """
    shown = pd.DataFrame(
        [
            (line.indikator, line.gruppe, times.shown.name)
            for line, times in zip(estimates.series, estimates.timelines, strict=True)
        ],
        columns=["indikator", "gruppe", "periode"],
    )
    keys = tall.loc[(tall["status"] == VIST) & tall["forventet"].notna(), list(KEY)]
    keys = keys.merge(shown, on=list(shown.columns))
    names = {MARK_OF_WITH + name: name for name in EXPECTED}
    values = estimates.rows.loc[:, [*KEY, *names]].rename(columns=names)
    found = keys.merge(values, on=list(KEY), how="left").dropna(subset="forventet")
    series = ["indikator", "gruppe", "periode"]
    country = tall.loc[tall["enhet"] == COUNTRY, [*series, "avvik"]].rename(columns={"avvik": "landet"})
    found = found.merge(country, on=series, how="left")
    return found.loc[:, list(EFFORT_COLUMNS)]


def _between_offices(tall: pd.DataFrame, effort: pd.DataFrame) -> pd.DataFrame:
    """The spread of the offices' shares: unadjusted, and around what each model expects."""
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
            # scores are not winsorised, unlike in a funnel: the spread would come out far too small
            phi, tau2, _ = overdispersion(x, n, target, winsorise=0.0)
            # from the arcsine scale to a spread of shares, near the country's share
            spread = 2 * np.sqrt(tau2 * share[0] * (1 - share[0]))
            for name, value in (("spredning", spread), ("phi", phi), ("kontor", float(len(offices)))):
                rows.append({**head, "variant": variant, "niva": name, "verdi": value})
    return pd.DataFrame(rows, columns=list(MODEL_COLUMNS))


def _to_level(expected: np.ndarray, x: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The expected shares with all logits shifted equally, so that they add up to what was observed.

    What is left is how the offices differ from one another, not how the country has changed since the model
    was fitted.
    """
    from scipy.optimize import brentq
    from scipy.special import expit, logit

    odds = logit(np.clip(expected, 1e-9, 1 - 1e-9))
    shift = brentq(lambda d: float(np.sum(n * expit(odds + d)) - x.sum()), -20.0, 20.0)
    return np.asarray(expit(odds + shift))
