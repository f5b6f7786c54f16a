"""The municipal side of an edition: the municipalities of each office, their figures and their goals.

A figure of a period is the mean of its months. It is shown only if every month has at least the minimum
number of persons. Then no number that is computed from shown figures, of this edition or of others, holds a
month with fewer.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from navbook.edition.offices import local_offices
from navbook.edition.schema import (
    IKKE_BEREGNBAR,
    KONTOR,
    MUNICIPAL_GOAL_COLUMNS,
    MUNICIPAL_NUMBER_COLUMNS,
    MUNICIPALITY_COLUMNS,
    SKJULT,
    VIST,
)
from navbook.estimate import Estimates
from navbook.extract import codes
from navbook.runtime.periods import Period, first_day

LINKS, NUMBERS, GOALS = "kontor_kommune", "kommunale_tall", "kommunale_mal"
MUNICIPAL_TABLES = (LINKS, NUMBERS, GOALS)
# the office's own count of the same persons
KVP, OWN_COUNT = "KVP", "g06_kvp"


def municipal_tables(
    given: Mapping[str, pd.DataFrame], estimates: Estimates, tall: pd.DataFrame, minimum: int
) -> dict[str, pd.DataFrame]:
    """The further tables `kommuner`, `kommunale_tall` and `kommunale_mal`; without rows if not `given`.

    `tall` is what the gate shows of the offices. Figures stand for the edition's period and the same period
    of the year before, once for each office of the municipality.
    """
    links = municipalities(given.get(LINKS), estimates)
    periods = (estimates.period, estimates.period.shifted(-12))
    figures = municipal_figures(given.get(NUMBERS), set(links["kommunenr"]), periods, minimum)
    figures = _like_the_offices(figures, links, tall)
    return {
        "kommuner": links.loc[:, list(MUNICIPALITY_COLUMNS)],
        "kommunale_tall": _named(links.merge(figures, on="kommunenr")),
        "kommunale_mal": _goals(given.get(GOALS), links, estimates.period.year),
    }


def municipalities(given: pd.DataFrame | None, estimates: Estimates) -> pd.DataFrame:
    """The municipalities that each local office serves on some day of the period (MUNICIPALITY_COLUMNS).

    An office that has closed leaves its municipalities to its successor. Of several names of a municipality
    the latest is used.
    """
    if given is None or given.empty:
        return pd.DataFrame(columns=list(MUNICIPALITY_COLUMNS))
    first, last = pd.Timestamp(first_day(estimates.period.first)), pd.Timestamp(estimates.period.last_day)
    begins, ends = (pd.to_datetime(given[name]) for name in ("gyldig_fom", "gyldig_tom"))
    links = given[(begins <= last) & (ends.isna() | (ends >= first))]
    links = links.assign(
        enhet=links["enhetsnr"].map(lambda office: estimates.units.leaf_of.get(office, office))
    )
    frame = estimates.units.frame
    offices = set(local_offices(frame[frame["niva"] == KONTOR])["enhet"])
    links = links[links["enhet"].isin(offices)].sort_values("gyldig_fom", kind="stable")
    names = links.groupby("kommunenr")["kommune_navn"].last()
    links = links.assign(kommune_navn=links["kommunenr"].map(names))
    links = links.drop_duplicates(["enhet", "kommunenr"])
    return links.assign(delt_med=_other_offices(links, frame)).loc[:, list(MUNICIPALITY_COLUMNS)]


def _other_offices(links: pd.DataFrame, units: pd.DataFrame) -> list[str]:
    """For each link the names of the other offices of its municipality, in number order."""
    names = dict(zip(units["enhet"], units["navn"], strict=True))
    offices = {number: sorted(rows["enhet"]) for number, rows in links.groupby("kommunenr")}
    return [
        ", ".join(names[other] for other in offices[number] if other != office)
        for office, number in zip(links["enhet"], links["kommunenr"], strict=True)
    ]


def municipal_figures(
    given: pd.DataFrame | None, known: set[str], periods: Iterable[Period], minimum: int
) -> pd.DataFrame:
    """The figures of `known` municipalities: kommunenr, tall, periode, status, verdi (mean of the months).

    A period with a month missing is `ikke_beregnbar`; one with a month below `minimum` is `skjult`.
    """
    columns = ["kommunenr", "tall", "periode", "status", "verdi"]
    if given is None or given.empty:
        return pd.DataFrame(columns=columns)
    rows: list[tuple[object, ...]] = []
    for (kommunenr, tall), series in given[given["kommunenr"].isin(known)].groupby(["kommunenr", "tall"]):
        by_month = series.set_index("maned")["verdi"].astype(float)
        for period in periods:
            months = by_month.reindex(list(period.months))
            if months.isna().any():
                rows.append((kommunenr, tall, period.name, IKKE_BEREGNBAR, None))
            elif months.min() < minimum:
                rows.append((kommunenr, tall, period.name, SKJULT, None))
            else:
                rows.append((kommunenr, tall, period.name, VIST, float(months.mean())))
    return pd.DataFrame(rows, columns=columns).astype({"verdi": "float64"})


def _like_the_offices(figures: pd.DataFrame, links: pd.DataFrame, tall: pd.DataFrame) -> pd.DataFrame:
    """`figures` with participants in KVP hidden where they could be computed from the offices' own counts.

    Offices and municipalities that are linked, directly or through others, count the same participants. If
    one of these numbers is hidden, a sum of the rest would disclose it, so all municipal ones are hidden.
    """
    if figures.empty:
        return figures
    groups = _linked(links)
    group_of = {number: place for place, (_, numbers) in enumerate(groups) for number in numbers}
    own = tall[(tall["indikator"] == OWN_COUNT) & (tall["niva"] == KONTOR) & (tall["status"] == SKJULT)]
    hidden_offices = set(zip(own["enhet"], own["periode"], strict=True))
    is_kvp = figures["tall"] == KVP
    small = figures[is_kvp & (figures["status"] == SKJULT)]
    closed = {(group_of[n], p) for n, p in zip(small["kommunenr"], small["periode"], strict=True)}
    for place, (offices, _) in enumerate(groups):
        closed |= {(place, period) for office, period in hidden_offices if office in offices}
    keys = zip(figures["kommunenr"].map(group_of), figures["periode"], strict=True)
    with_hidden = pd.Series([key in closed for key in keys], index=figures.index)
    hide = is_kvp & with_hidden & (figures["status"] == VIST)
    return figures.assign(status=figures["status"].where(~hide, SKJULT), verdi=figures["verdi"].where(~hide))


def _linked(links: pd.DataFrame) -> list[tuple[set[str], set[str]]]:
    """Groups of offices and municipalities that are linked, directly or through others."""
    groups: list[tuple[set[str], set[str]]] = []
    for office, number in zip(links["enhet"], links["kommunenr"], strict=True):
        met = [group for group in groups if office in group[0] or number in group[1]]
        joined = ({office}.union(*(group[0] for group in met)), {number}.union(*(group[1] for group in met)))
        groups = [group for group in groups if group not in met] + [joined]
    return groups


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    names = codes.municipal_figures()
    return rows.assign(tall_navn=rows["tall"].map(names)).loc[:, list(MUNICIPAL_NUMBER_COLUMNS)]


def _goals(given: pd.DataFrame | None, links: pd.DataFrame, year: int) -> pd.DataFrame:
    if given is None or given.empty:
        return pd.DataFrame(columns=list(MUNICIPAL_GOAL_COLUMNS))
    of_year = given[pd.to_numeric(given["ar"]) == year]
    days = pd.to_datetime(of_year["frist"]).dt.strftime("%Y-%m-%d").fillna("")
    texts = of_year.assign(ar=str(year), kommunens_mal=of_year["mal"].str.strip(), frist=days)
    return links.merge(texts, on="kommunenr").loc[:, list(MUNICIPAL_GOAL_COLUMNS)]
