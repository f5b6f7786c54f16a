"""The drawing of a model's calibration: what was expected against what was observed, in tenths."""

from typing import Any, cast

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from navbook.pages.figures import BASE, LINE, OWN
from navbook.pages.fragments import text
from navbook.pages.numbers import number, percent, period_text
from navbook.pages.svg import INK, STYLE, inline_svg, plain_frame

_PANEL = (3.6, 2.6)  # inches
NAMES = {"arbeidssokere": "Arbeidssøkere", "nedsatt": "Nedsatt arbeidsevne"}
WITHOUT = "uten_innsatsgruppe"


def calibration_figure(model: pd.DataFrame, populations: list[str]) -> str:
    """One figure with a panel for each population: tenths of the people, in the year of the fit and the
    edition's period, with the line on which expected and observed are equal.
    """
    parts = []
    for place, population in enumerate(populations, start=1):
        rows = model[
            (model["del"] == "desil") & (model["modell"] == population) & (model["variant"] == WITHOUT)
        ]
        with matplotlib.rc_context(STYLE):
            figure = Figure(figsize=_PANEL)
            figure.subplots_adjust(left=0.12, right=0.97, top=0.97, bottom=0.16)
            _draw(figure.add_subplot(), rows)
            drawing = inline_svg(figure, f"navbook-kalibrering-{place}", text(_words(population, rows)))
        parts.append(
            f'<div class="nb-rute"><p class="nb-rutetittel">{text(NAMES[population])}</p>\n{drawing}</div>\n'
        )
    caption = (
        "Forventet (vannrett) og observert (loddrett) andel i arbeid, i prosent, for hver tidel av dem som "
        "sluttet. Sirkler: året modellen er laget på. Firkanter: perioden som vises i utgaven. På den "
        "stiplede linjen er de like."
    )
    return (
        f'<figure class="nb-figur"><div class="nb-ruter">{"".join(parts)}</div>\n'
        f"<figcaption>{text(caption)}</figcaption></figure>\n"
    )


def _draw(axes: Axes, rows: pd.DataFrame) -> None:
    values = 100 * pd.concat([rows["observert"], rows["forventet"]])
    low, high = max(0.0, values.min() - 5), min(100.0, values.max() + 5)
    axes.plot([low, high], [low, high], color=LINE, linewidth=1, linestyle=(0, (3, 3)))
    looks = ((OWN, "o"), (BASE, "s"))
    for (_, part), (colour, marker) in zip(rows.groupby("periode", sort=True), looks, strict=False):
        axes.plot(
            100 * part["forventet"],
            100 * part["observert"],
            color=colour,
            marker=marker,
            markersize=4,
            linewidth=0.8,
        )
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    ticks = [tick for tick in range(0, 101, 10) if low <= tick <= high]
    axes.set_xticks(ticks, [number(tick) for tick in ticks])
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.set_xlabel("Forventet", color=INK)
    axes.set_ylabel("Observert", color=INK)
    plain_frame(axes)


def _words(population: str, rows: pd.DataFrame) -> str:
    told = []
    for period, part in rows.groupby("periode", sort=True):
        records = cast(list[dict[str, Any]], part.to_dict("records"))
        first, last = records[0], records[-1]
        told.append(
            f"{period_text(str(period))}: i den laveste gruppen ventet modellen "
            f"{percent(first['forventet'])} prosent og {percent(first['observert'])} kom i arbeid, i den "
            f"høyeste ventet den {percent(last['forventet'])} og {percent(last['observert'])} kom i arbeid"
        )
    return f"{NAMES[population]}. {'; '.join(told)}."
