"""Funnels of observed minus expected: how far offices lie from what their own users would lead one to
expect."""

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
    """A funnel drawn, and what it rests on in a sentence of safe HTML."""

    html: str
    said: str


def expected_panels(view: IndicatorView) -> list[ExpectedPanel]:
    """One panel for each series of the indicator that the model tells of, in the order of the page."""
    rows = view.edition.further("avvikstrakt")
    rows = rows[rows["indikator"] == view.indikator]
    made = []
    for series in view.own_series:
        mine = rows[rows["gruppe"] == series.gruppe]
        if not mine.empty:
            made.append(_panel(view, view.series_name(series), mine))
    return made


def _panel(view: View, name: str, rows: pd.DataFrame) -> ExpectedPanel:
    whole = rows[rows["enhet"] == COUNTRY].iloc[0]
    offices = rows[rows["enhet"] != COUNTRY].sort_values(["n", "enhet"])
    values = offices[["enhet", "n", "avvik", "nedre", "ovre", "utslag"]].itertuples(index=False, name=None)
    points = [FunnelPoint(str(e), n, share, low, high, int(side)) for e, n, share, low, high, side in values]
    sizes = offices["n"].tolist()
    lines = [
        LimitLine(list(zip(sizes, offices[column].tolist(), strict=True)), css) for column, css in LIMITS
    ]
    centre = float(whole["avvik"])
    title = f"{name}: observert minus forventet, prosentpoeng"
    beyond = sum(not point.lower <= point.share <= point.upper for point in points)
    words = (
        f"{title}. {number(len(points))} kontor rundt {signed_points(centre)}; {number(beyond)} "
        f"utenfor grensene."
    )
    drawing = funnel_svg(points, [], centre, lines, words, least=-1.0)
    return ExpectedPanel(figure_panel(title, drawing), _said(view, name, points, whole))


def _said(view: View, name: str, points: list[FunnelPoint], whole: pd.Series) -> str:
    names = {unit.enhet: unit.navn for unit in view.units}
    outside = sorted(point.enhet for point in points if point.side and point.enhet in names)
    shown = ", ".join(link(f"{view.root}kontor/{e}.html", f"{e} {names[e]}") for e in outside)
    told = (
        f"Disse skiller seg ut, i nummerrekkefølge: {shown}."
        if shown
        else "Ingen av kontorene skiller seg ut."
    )
    numbers = (
        f"{number(len(points))} kontor vises, {number(whole['utenfor'])} er skjult eller har under 30 "
        f"og er ikke "
        f"med; φ = {number(whole['phi'], 2)}, τ = {number(whole['tau2'] ** 0.5, 3)}."
    )
    return f"{escape(name)}, mot det som var forventet: {numbers} {told}"


def expected_guide(view: View) -> str:
    """How the panels are read; safe HTML."""
    way = link(f"{view.root}metode/forventet.html", "Hva modellen forventer")
    return paragraph(
        "Under «observert minus forventet» er 0 det modellen venter av nettopp dem kontoret hjelper. "
        "Den rette "
        f"linjen er landets eget avvik, og grensene følger hvert kontors usikkerhet. {way}."
    )
