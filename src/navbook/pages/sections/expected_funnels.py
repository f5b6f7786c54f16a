"""Funnel plots of observed minus expected share."""

from dataclasses import dataclass

import pandas as pd

from navbook.edition.schema import COUNTRY
from navbook.pages.charts import FunnelPoint, LimitLine, figure_panel, funnel_svg
from navbook.pages.format import escape, link, number, paragraph, signed_points
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.view import View

LIMITS = (("nedre", "95"), ("ovre", "95"), ("nedre_998", "998"), ("ovre_998", "998"))


@dataclass(frozen=True)
class ExpectedPanel:
    """A panel with a funnel plot, and a sentence of safe HTML on what it is based on."""

    html: str
    note: str


def expected_panels(view: IndicatorView) -> list[ExpectedPanel]:
    """One panel for each series of the indicator with a model, in the order of the page."""
    rows = view.edition.further("avvikstrakt")
    rows = rows[rows["indikator"] == view.indikator]
    made = []
    for series in view.own_series:
        own = rows[rows["gruppe"] == series.gruppe]
        if not own.empty:
            made.append(_panel(view, view.series_name(series), own))
    return made


def _panel(view: View, name: str, rows: pd.DataFrame) -> ExpectedPanel:
    country = rows[rows["enhet"] == COUNTRY].iloc[0]
    offices = rows[rows["enhet"] != COUNTRY].sort_values(["n", "enhet"])
    values = offices[["enhet", "n", "avvik", "nedre", "ovre", "utslag"]].itertuples(index=False, name=None)
    points = [FunnelPoint(str(e), n, share, low, high, int(side)) for e, n, share, low, high, side in values]
    sizes = offices["n"].tolist()
    lines = [
        LimitLine(list(zip(sizes, offices[column].tolist(), strict=True)), css) for column, css in LIMITS
    ]
    centre = float(country["avvik"])
    title = f"{name}: observert minus forventet, prosentpoeng"
    beyond = sum(not point.lower <= point.share <= point.upper for point in points)
    alt_text = (
        f"{title}. {number(len(points))} kontor rundt {signed_points(centre)}; {number(beyond)} "
        f"utenfor grensene."
    )
    svg = funnel_svg(points, [], centre, lines, alt_text, least=-1.0)
    return ExpectedPanel(figure_panel(title, svg), _note(view, name, points, country))


def _note(view: View, name: str, points: list[FunnelPoint], country: pd.Series) -> str:
    outside = sorted((point for point in points if point.side), key=lambda point: point.enhet)
    shown = ", ".join(outlier_link(view, point) for point in outside)
    outliers = (
        f"Disse skiller seg ut, i nummerrekkefølge: {shown}."
        if shown
        else "Ingen av kontorene skiller seg ut."
    )
    numbers = (
        f"{number(len(points))} kontor vises, {number(country['utenfor'])} er skjult eller har under 30 "
        f"og er ikke "
        f"med."
    )
    return f"{escape(name)}, mot det som var forventet: {numbers} {outliers}"


def outlier_link(view: View, point: FunnelPoint) -> str:
    """An office that stands out, by number and name, as a link to its page; HTML."""
    name = next((unit.navn for unit in view.units if unit.enhet == point.enhet), "")
    return link(f"{view.root}kontor/{point.enhet}.html", f"{point.enhet} {name}".strip())


def expected_guide(view: View) -> str:
    """How to read the panels; HTML."""
    way = link(f"{view.root}metode/forventet.html", "Hva modellen forventer")
    return paragraph(
        "Under «observert minus forventet» er 0 det modellen venter av nettopp dem kontoret hjelper. "
        "Den rette "
        f"linjen er {escape(view.area.genitive)} eget avvik, og grensene følger hvert kontors usikkerhet. "
        f"{way}."
    )
