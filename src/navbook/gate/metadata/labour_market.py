"""The labour market of an edition: the region of each office, the regions of a county, and all together.

These are public statistics of where people live, not counts of the persons whom an office follows up: no
figure of `tall` is a part of them or their sum, so they need no secondary suppression. A region with a month
of few fully unemployed, or few others in the labour force, is still hidden, and so is the sum with it.
"""

from collections.abc import Mapping

import pandas as pd

from navbook.edition.offices import local_offices
from navbook.edition.schema import (
    COUNTRY,
    FYLKE,
    IKKE_BEREGNBAR,
    IKKE_I_UTTREKKET,
    KONTOR,
    LABOUR_MARKET_COLUMNS,
    LANDET,
    SKJULT,
    VIST,
)
from navbook.estimate import Estimates
from navbook.runtime.periods import Period

LABOUR_MARKET = "arbeidsmarked"
FORCE, UNEMPLOYED, VACANCIES = "arbeidsstyrke", "helt_ledige", "ledige_stillinger"
SHARE = "andel_helt_ledige"
ALL_REGIONS = ""
_FIGURES = ["status", FORCE, UNEMPLOYED, SHARE, VACANCIES]
_REGION = "arbeidsmarkedsregion"


def labour_market(
    given: pd.DataFrame | None, regions: Mapping[str, str], estimates: Estimates, minimum: int
) -> pd.DataFrame:
    """The further table `arbeidsmarked` (LABOUR_MARKET_COLUMNS); without rows if `given` has none.

    `regions` is the arbeidsmarkedsregion of each office. Figures stand for the edition's period and the same
    period of the year before, each the mean of its months in whole persons. An office whose region has no
    figures is `ikke_i_uttrekket`.
    """
    if given is None or given.empty:
        return pd.DataFrame(columns=list(LABOUR_MARKET_COLUMNS))
    frame = estimates.units.frame
    offices = local_offices(frame[frame["niva"] == KONTOR])
    region_of = offices["enhet"].map(regions).fillna("")
    of_offices = pd.DataFrame({"niva": KONTOR, "enhet": offices["enhet"], _REGION: region_of})
    of_counties = pd.DataFrame({"niva": FYLKE, "enhet": offices["fylke"], _REGION: region_of})
    named = sorted(set(region_of) - {""})
    of_country = pd.DataFrame({"niva": LANDET, "enhet": COUNTRY, _REGION: [*named, ALL_REGIONS]})
    places = pd.concat([of_offices, of_counties[of_counties[_REGION] != ""], of_country])
    figures = _figures(given, named, (estimates.period, estimates.period.shifted(-12)), minimum)
    # an office without a region must not get the sum of all
    without = (places["niva"] == KONTOR) & (places[_REGION] == "")
    rows = places[~without].drop_duplicates().merge(figures, on=_REGION)
    unknown = places[without].merge(figures[["periode"]].drop_duplicates(), how="cross")
    unknown = unknown.assign(**dict.fromkeys(_FIGURES[1:]), status=IKKE_I_UTTREKKET)
    found = pd.concat([rows, unknown.astype(rows.dtypes.to_dict())]) if len(unknown) else rows
    return found.loc[:, list(LABOUR_MARKET_COLUMNS)]


def _figures(
    given: pd.DataFrame, regions: list[str], periods: tuple[Period, ...], minimum: int
) -> pd.DataFrame:
    """The figures of each region and of all together, by period."""
    months_of = {region: rows.set_index("maned") for region, rows in given.groupby(_REGION)}
    rows = []
    for period in periods:
        known = {region: _of_months(months_of.get(region), period, minimum) for region in regions}
        together = _sum(list(known.values()))
        for region, values in (*known.items(), (ALL_REGIONS, together)):
            rows.append({_REGION: region, "periode": period.name, **_shown(values)})
    return pd.DataFrame(rows).astype(dict.fromkeys(_FIGURES[1:], "float64"))


def _of_months(rows: pd.DataFrame | None, period: Period, minimum: int) -> dict[str, object]:
    """Sums of the months of a period; a status alone where a month is missing, or has few persons."""
    if rows is None:
        return {"status": IKKE_I_UTTREKKET}
    months = rows.reindex(list(period.months))
    force, unemployed = months[FORCE].astype(float), months[UNEMPLOYED].astype(float)
    if force.isna().any() or unemployed.isna().any():
        return {"status": IKKE_BEREGNBAR}
    if min(unemployed.min(), (force - unemployed).min()) < minimum:
        return {"status": SKJULT}
    vacancies = months[VACANCIES].astype(float) if VACANCIES in months else pd.Series([float("nan")])
    sums = {
        FORCE: force.sum(),
        UNEMPLOYED: unemployed.sum(),
        VACANCIES: vacancies.sum(skipna=False),
    }
    return {"status": VIST, "months": len(months), **sums}


def _sum(regions: list[dict[str, object]]) -> dict[str, object]:
    """The sum of all regions if each is shown; else why not, a hidden one first: the rest would tell it."""
    found = {str(values["status"]) for values in regions}
    for status in (SKJULT, IKKE_I_UTTREKKET, IKKE_BEREGNBAR):
        if status in found or not found:
            return {"status": status if found else IKKE_I_UTTREKKET}
    sums = pd.DataFrame(regions)[[FORCE, UNEMPLOYED, VACANCIES]].astype(float).sum(skipna=False)
    return {"status": VIST, "months": regions[0]["months"], **{str(k): v for k, v in sums.items()}}


def _shown(values: dict[str, object]) -> dict[str, object]:
    """Means of the months in whole numbers, half up, and the share of the sums."""
    if values["status"] != VIST:
        return {"status": values["status"], **dict.fromkeys(_FIGURES[1:])}
    sums = {name: float(str(values[name])) for name in (FORCE, UNEMPLOYED, VACANCIES)}
    months = int(str(values["months"]))
    means = {name: (value / months + 0.5) // 1 for name, value in sums.items()}
    return {"status": VIST, **means, SHARE: sums[UNEMPLOYED] / sums[FORCE]}
