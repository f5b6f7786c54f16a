"""How well the model fits: the effect of each trait, and expected and observed outcomes by group."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from navbook.edition.schema import MODEL_COLUMNS
from navbook.estimate.casemix import POPULATIONS, VARIANTS, CaseMix
from navbook.estimate.cube import Floats
from navbook.indicators.casemix import TRAITS
from navbook.runtime.periods import Period
from navbook.statistics import wilson
from navbook.statistics.logistic import Logistic

DECILES = 10
SUMMARY, TRAIT, DECILE, GROUP, MISSING = "oppsummering", "kjennetegn", "desil", "gruppe", "mangler"


def model_table(casemix: CaseMix, shown: Period) -> pd.DataFrame:
    """The pooled figures of every model, for the country only (MODEL_COLUMNS).

    `del` says what a row is: `oppsummering` (n, x and the AUC as `verdi`), `kjennetegn` (a group of a trait;
    `verdi` is how many points more or less likely an outcome is than in the reference group, other traits
    equal), `desil` (tenths of the people by what was expected of them) and `gruppe` (groups of each trait),
    these two in the year of the fit and in the period `shown`; `mangler` where there is no model, and why.
    Every row of people has at least the settings' number with and without the outcome: what has fewer is
    joined to its neighbour.
    """
    rows: list[dict[str, object]] = []
    for population in POPULATIONS:
        people = casemix.of(population)
        for variant in VARIANTS:
            head = {"modell": population, "variant": variant}
            if reason := casemix.mangler.get((population, variant)):
                rows.append({**head, "del": MISSING, "niva": reason})
                continue
            model = casemix.models[population, variant]
            year = Period(f"{casemix.ar}-01", f"{casemix.ar}-12")
            fitted = _in_period(people, year)
            rows += [{**head, "periode": year.name, **row} for row in _summary(fitted, variant)]
            rows += [{**head, "periode": year.name, **row} for row in _traits(model, fitted)]
            for period in dict.fromkeys((year, shown)):
                found = _calibration(_in_period(people, period), variant, casemix.settings.minste_gruppe)
                rows += [{**head, "periode": period.name, **row} for row in found]
    return pd.DataFrame(rows, columns=list(MODEL_COLUMNS))


def _observed(n: float, x: float) -> dict[str, object]:
    share, lower, upper = wilson(x, n)
    return {"n": n, "x": x, "observert": share, "nedre": lower, "ovre": upper}


def _in_period(people: pd.DataFrame, period: Period) -> pd.DataFrame:
    return people[people["maned"].isin(period.months)]


def _summary(people: pd.DataFrame, variant: str) -> Iterator[dict[str, object]]:
    x, n = people["x"].sum(), people["n"].sum()
    yield {"del": SUMMARY, "niva": "auc", **_observed(n, x), "verdi": _auc(people, variant)}


def _auc(people: pd.DataFrame, variant: str) -> float:
    """The chance that one with the outcome was expected to have it more than one without (ties: half).

    Source: Hanley & McNeil, Radiology 1982;143:29-36.
    """
    sums = people.groupby(variant, sort=True)[["x", "n"]].sum()
    yes, no = sums["x"].to_numpy(), (sums["n"] - sums["x"]).to_numpy()
    below = np.cumsum(no) - no
    return float(np.sum(yes * (below + no / 2)) / (yes.sum() * no.sum()))


def _traits(model: Logistic, people: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Each group of each trait: how much its people differ from the reference group, all else equal.

    The average over the people of the fit of the probability with the trait set to the group, less that with
    the trait set to the reference group (predictive margins; Lane & Nelder, Biometrics 1982;38:613-621).
    """
    for factor in model.factors:
        if len(factor.names) < 2:
            continue
        group = factor.group[people[factor.name].to_numpy(dtype=np.intp)]
        sums = [np.bincount(group, people[name], len(factor.names)) for name in ("n", "x")]
        levels = [int(np.flatnonzero(factor.group == place)[0]) for place in range(len(factor.names))]
        margins = [_margin(model, people, factor.name, level) for level in levels]
        for place, name in enumerate(factor.names):
            n, x = (float(each[place]) for each in sums)
            difference = margins[place] - margins[factor.reference]
            yield {
                "del": TRAIT, "faktor": factor.name, "niva": name, **_observed(n, x), "verdi": difference,
            }  # fmt: skip


def _margin(model: Logistic, people: pd.DataFrame, name: str, level: int) -> float:
    weights = people["n"].to_numpy()
    return float(np.average(model.probabilities(people.assign(**{name: level})), weights=weights))


def _calibration(people: pd.DataFrame, variant: str, least: int) -> Iterator[dict[str, object]]:
    tenths = _tenths(people, variant)
    names = [f"{place}. tidel" for place in range(1, DECILES + 1)]
    for name, sums in _joined(people.assign(_gruppe=tenths), variant, names, least):
        yield {"del": DECILE, "faktor": "forventet", "niva": name, **sums}
    for trait, levels in TRAITS.items():
        grouped = people.assign(_gruppe=people[trait].to_numpy(dtype=np.intp))
        for name, sums in _joined(grouped, variant, levels, least):
            yield {"del": GROUP, "faktor": trait, "niva": name, **sums}


def _tenths(people: pd.DataFrame, variant: str) -> np.ndarray:
    """The tenth (0-9) of each pattern by expected outcome, from the lowest; equal values share a tenth."""
    by_value = people.groupby(variant, sort=True)["n"].sum()
    n = by_value.to_numpy(dtype=np.float64)
    middle = (np.cumsum(n) - n / 2) / n.sum()
    place = np.minimum((middle * DECILES).astype(np.intp), DECILES - 1)
    return np.asarray(place[by_value.index.get_indexer(pd.Index(people[variant]))])


def _joined(
    people: pd.DataFrame, variant: str, names: Sequence[str], least: int
) -> Iterator[tuple[str, dict[str, object]]]:
    """Groups of people in order, merged with the previous one until all have `least` with and without x."""
    group = people["_gruppe"].to_numpy()

    def per_group(values: pd.Series) -> Floats:
        return np.asarray(np.bincount(group, values, len(names)), dtype=np.float64)

    n, x, expected = (per_group(each) for each in (people["n"], people["x"], people["n"] * people[variant]))
    groups = [[place] for place in range(len(names)) if n[place] > 0]

    def weak(places: list[int]) -> bool:
        return bool(min(x[places].sum(), (n - x)[places].sum()) < least)

    while len(groups) > 1 and any(map(weak, groups)):
        at = next(place for place, places in enumerate(groups) if weak(places))
        low = max(at - 1, 0)
        groups[low : low + 2] = [groups[low] + groups[low + 1]]
    for places in groups:
        if weak(places):
            continue
        people_of, outcome = float(n[places].sum()), float(x[places].sum())
        figures = _observed(people_of, outcome) | {"forventet": float(expected[places].sum()) / people_of}
        yield " eller ".join(names[place] for place in places), figures
