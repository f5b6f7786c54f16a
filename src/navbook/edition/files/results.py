"""The results that readers look up: the rows of the period that pages show, with names next to the codes."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from navbook.edition.read import Edition
from navbook.edition.schema import COLUMNS, COUNTRY, FYLKE, KONTOR, LANDET

NAMES = ("enhetsnavn", "fylke", "fylkesnavn", "indikatornavn", "gruppenavn")
NAMED_COLUMNS = (*COLUMNS, *NAMES)
_LEVELS = (LANDET, FYLKE, KONTOR)


def named_results(edition: Edition) -> pd.DataFrame:
    """The rows of `tall` for the period that pages show of each series, with the columns `NAMED_COLUMNS`.

    Ordered by the letter's order of the series, then country, counties, offices by number.
    """
    tall = edition.tall
    shown = _shown_periods(edition)
    series = list(zip(tall["indikator"], tall["gruppe"], strict=True))
    wanted = np.array([shown.get(one, "") for one in series], dtype=object)
    rows = tall[(tall["periode"].to_numpy(dtype=object) == wanted)].copy()
    named = _with_names(rows, edition)
    order = {one: place for place, one in enumerate(shown)}
    rank = [order[one] for one in zip(named["indikator"], named["gruppe"], strict=True)]
    level = named["niva"].map({name: place for place, name in enumerate(_LEVELS)})
    named = named.assign(_rang=rank, _niva=level)
    named = named.sort_values(["_rang", "_niva", "enhet"], kind="stable", ignore_index=True)
    return named.loc[:, list(NAMED_COLUMNS)]


def _shown_periods(edition: Edition) -> dict[tuple[str, str], str]:
    """(indicator, group) → the period that pages show, in the order of the definitions."""
    periods = edition.utgave["perioder"]
    found = {}
    for definition in edition.definisjoner:
        of_all = periods.get(definition["id"], {})
        for group in _groups(definition):
            own = of_all.get("grupper", {}).get(group, of_all)
            found[definition["id"], group] = str(own.get("vist", edition.utgave["periode"]))
    known = set(zip(edition.tall["indikator"], edition.tall["gruppe"], strict=True))
    for indikator, gruppe in sorted(known - set(found)):
        vist = periods.get(indikator, {}).get("vist", edition.utgave["periode"])
        found[indikator, gruppe] = str(vist)
    return found


def _groups(definition: dict[str, Any]) -> Iterator[str]:
    yield from (str(group["id"]) for group in definition["grupper"])


def _with_names(rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    units = edition.enheter.drop_duplicates("enhet", keep="last").set_index("enhet")
    county = rows["enhet"].map(units["fylke"]).fillna("")
    definitions = {d["id"]: d.get("kortnavn") or d["navn"] for d in edition.definisjoner}
    groups = {(d["id"], g["id"]): g["navn"] for d in edition.definisjoner for g in d["grupper"]}
    of_series = zip(rows["indikator"], rows["gruppe"], strict=True)
    return rows.assign(
        enhetsnavn=rows["enhet"].map(units["navn"]).fillna(""),
        fylke=county,
        fylkesnavn=county.map(units["navn"]).fillna(""),
        indikatornavn=rows["indikator"].map(definitions).fillna(rows["indikator"]),
        gruppenavn=[groups.get(one, one[1]) for one in of_series],
    )


def of_unit(results: pd.DataFrame, enhet: str, niva: str) -> pd.DataFrame:
    """The rows of a page: an office with its county and the country; a county with its offices and the
    country; the country with its counties.
    """
    if niva == LANDET:
        return results[results["niva"].isin([LANDET, FYLKE])]
    own = results["enhet"] == enhet
    if niva == FYLKE:
        return results[own | (results["fylke"] == enhet) | (results["enhet"] == COUNTRY)]
    return results[own]
