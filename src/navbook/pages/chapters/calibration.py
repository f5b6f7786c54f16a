"""The calibration figure of the chapter on the case-mix model: expected against observed, by tenth."""

from typing import Any, cast

import pandas as pd

from navbook.pages.charts import Calibration, calibration_svg, figure, figure_panel
from navbook.pages.format import number, percent, period_text
from navbook.pages.templates import sentence

NAMES = {"arbeidssokere": "Arbeidssøkere", "nedsatt": "Nedsatt arbeidsevne"}
WITHOUT = "uten_innsatsgruppe"
_ORDINALS = (
    "første",
    "andre",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "sjuende",
    "åttende",
    "niende",
    "tiende",
)


def calibration_figure(model: pd.DataFrame, populations: list[str]) -> str:
    """One figure with a panel for each population: a point for each tenth of the people, in the year of the
    fit and in the edition's period, with the line of equality.
    """
    rows = {
        population: model[
            (model["del"] == "desil") & (model["modell"] == population) & (model["variant"] == WITHOUT)
        ]
        for population in populations
    }
    panels = [
        figure_panel(NAMES[population], calibration_svg(_periods(part), _alt_text(population, part)))
        for population, part in rows.items()
    ]
    return figure(panels, sentence("figurer.kalibrering.under"), _title(rows))


def _periods(rows: pd.DataFrame) -> list[Calibration]:
    return [
        Calibration(period_text(str(period)), list(zip(part["forventet"], part["observert"], strict=True)))
        for period, part in rows.groupby("periode", sort=True)
    ]


def _title(rows: dict[str, pd.DataFrame]) -> str:
    """How far the model is from what happened in the latest period, where it is farthest."""
    farthest, where = 0.0, ""
    for population, part in rows.items():
        latest = part[part["periode"] == part["periode"].max()].reset_index(drop=True)
        apart = 100 * (latest["observert"] - latest["forventet"]).abs()
        if apart.max() >= farthest:
            farthest = float(apart.max())
            where = f"{_ORDINALS[int(apart.idxmax()) % 10]} tidel av {NAMES[population].lower()}"
    return sentence(
        "figurer.kalibrering.tittel", storst=farthest, storst_tekst=number(farthest, 1), hvor=where
    )


def _alt_text(population: str, rows: pd.DataFrame) -> str:
    periods = []
    for period, part in rows.groupby("periode", sort=True):
        records = cast(list[dict[str, Any]], part.to_dict("records"))
        first, last = records[0], records[-1]
        periods.append(
            sentence(
                "figurer.kalibrering.alt_periode",
                periode=period_text(str(period)),
                lav_ventet=percent(first["forventet"]),
                lav=percent(first["observert"]),
                hoy_ventet=percent(last["forventet"]),
                hoy=percent(last["observert"]),
            )
        )
    return f"{NAMES[population]}. {'; '.join(periods)}."
