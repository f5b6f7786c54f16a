"""Calibration plot of a case-mix model: expected against observed share, by tenth."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import pandas as pd

from navbook.pages.charts.figure import figure, figure_panel
from navbook.pages.charts.svg import Position, dots, label, polylines, svg_element
from navbook.pages.format import number, percent, period_text

SIZE = (360, 260)
LEFT, TOP, RIGHT, BOTTOM = 46, 8, 350, 214
NAMES = {"arbeidssokere": "Arbeidssøkere", "nedsatt": "Nedsatt arbeidsevne"}
WITHOUT = "uten_innsatsgruppe"


def calibration_figure(model: pd.DataFrame, populations: list[str]) -> str:
    """One figure with a panel for each population: a point for each tenth of the people, in the year of the
    fit and in the edition's period, with the line of equality.
    """
    parts = []
    for population in populations:
        rows = model[
            (model["del"] == "desil") & (model["modell"] == population) & (model["variant"] == WITHOUT)
        ]
        parts.append(figure_panel(NAMES[population], calibration_svg(rows, _alt_text(population, rows))))
    caption = (
        "Forventet (vannrett) og observert (loddrett) andel i arbeid, i prosent, for hver tidel av dem som "
        "sluttet. Sirkler: året modellen er laget på. Firkanter: perioden som vises i utgaven. På den "
        "stiplede linjen er de like."
    )
    return figure(parts, caption)


def calibration_svg(rows: pd.DataFrame, alt_text: str) -> str:
    """The plot of one population as SVG, one line for each period."""
    values = 100 * pd.concat([rows["observert"], rows["forventet"]])
    low, high = max(0.0, values.min() - 5), min(100.0, values.max() + 5)
    across, down = (RIGHT - LEFT) / (high - low), (BOTTOM - TOP) / (high - low)

    def at(expected: float, observed: float) -> Position:
        return LEFT + (expected - low) * across, BOTTOM - (observed - low) * down

    lines = [
        polylines("nb-l-akse", [(LEFT, TOP), (LEFT, BOTTOM)]),
        polylines("nb-l-akse", [(LEFT, BOTTOM), (RIGHT, BOTTOM)]),
        polylines("nb-l-like", [at(low, low), at(high, high)]),
    ]
    for (_, part), look in zip(rows.groupby("periode", sort=True), ("egen", "basis"), strict=False):
        pairs = zip(part["forventet"], part["observert"], strict=True)
        points = [at(100 * expected, 100 * observed) for expected, observed in pairs]
        lines += [polylines(f"nb-l-{look}", points), dots(f"nb-l-{look} nb-l-prikk", points)]
    ticks = [tick for tick in range(0, 101, 10) if low <= tick <= high]
    labels = [
        *_along(ticks, lambda tick: (LEFT - 6, at(low, tick)[1]), "end"),
        *_along(ticks, lambda tick: (at(tick, low)[0], BOTTOM + 14), "middle"),
        label((RIGHT, BOTTOM + 34), "Forventet", "end"),
        f'<g transform="rotate(-90)">{label((-TOP, 9), "Observert", "end")}</g>',
    ]
    return svg_element(SIZE, alt_text, "nb-lop", lines, labels)


def _along(ticks: Sequence[int], at: Callable[[int], Position], anchor: str) -> list[str]:
    return [label(at(tick), number(tick), anchor) for tick in ticks]


def _alt_text(population: str, rows: pd.DataFrame) -> str:
    periods = []
    for period, part in rows.groupby("periode", sort=True):
        records = cast(list[dict[str, Any]], part.to_dict("records"))
        first, last = records[0], records[-1]
        periods.append(
            f"{period_text(str(period))}: i den laveste gruppen ventet modellen "
            f"{percent(first['forventet'])} prosent og {percent(first['observert'])} kom i arbeid, i den "
            f"høyeste ventet den {percent(last['forventet'])} og {percent(last['observert'])} kom i arbeid"
        )
    return f"{NAMES[population]}. {'; '.join(periods)}."
