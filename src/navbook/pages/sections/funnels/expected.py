"""Observed against expected share of each office, on the page of an indicator."""

from dataclasses import dataclass

import pandas as pd

from navbook.edition.schema import COUNTRY
from navbook.pages.charts import ExpectedOffice, figure_panel, observed_expected_svg
from navbook.pages.format import escape, link, paragraph, signed_points
from navbook.pages.sections.funnels.words import outlier_link
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.view import LetterSeries, View


@dataclass(frozen=True)
class ExpectedPanel:
    """A panel with observed against expected shares, and a sentence of safe HTML on what it is based on."""

    html: str
    note: str


def expected_panels(view: IndicatorView) -> list[ExpectedPanel]:
    """One panel for each series of the indicator with a model, in the order of the page."""
    rows = view.edition.further("avvikstrakt")
    rows = rows[rows["indikator"] == view.indikator]
    made = []
    for series in view.own_series:
        own = rows[rows["gruppe"] == series.gruppe]
        if not own.empty and (panel := _panel(view, series, own)):
            made.append(panel)
    return made


def _panel(view: IndicatorView, series: LetterSeries, rows: pd.DataFrame) -> ExpectedPanel | None:
    name = view.series_name(series)
    country = rows[rows["enhet"] == COUNTRY].iloc[0]
    offices = rows[rows["enhet"] != COUNTRY].sort_values("enhet")
    drawn = []
    for enhet, deviation, side in offices[["enhet", "avvik", "utslag"]].itertuples(index=False, name=None):
        expected = view.cell(series.indikator, series.gruppe, str(enhet)).forventet
        if expected is not None:
            drawn.append(ExpectedOffice(str(enhet), expected, expected + deviation, bool(side)))
    whole = view.cell(series.indikator, series.gruppe, COUNTRY).forventet
    if not drawn or whole is None:
        return None
    outside = [office.enhet for office in drawn if office.stands_out]
    centre = float(country["avvik"])
    alt_text = sentence(
        "figurer.forventet.alt",
        navn=name,
        antall=len(drawn),
        avvik=signed_points(centre),
        utenfor=len(outside),
    )
    keys = {
        "indikator": series.indikator,
        "gruppe": series.gruppe,
        "periode": view.shown_period(series.indikator),
    }
    svg = observed_expected_svg(drawn, (whole, whole + centre), alt_text, keys, top=view.area.name)
    title = sentence("figurer.forventet.tittel", navn=name)
    return ExpectedPanel(figure_panel(title, svg), _note(view, name, len(drawn), outside, country))


def _note(view: View, name: str, shown: int, outside: list[str], country: pd.Series) -> str:
    named = sentence("trakt.forventet.navn", navn=name)
    numbers = sentence("trakt.vist", antall=shown, utenfor=int(country["utenfor"]))
    outliers = html_sentence("trakt.forventet.utslag", ut=[outlier_link(view, enhet) for enhet in outside])
    return f"{escape(named)} {escape(numbers)} {outliers}"


def expected_guide(view: View) -> str:
    """How to read the panels; HTML."""
    way = link(f"{view.root}metode/forventet.html", sentence("trakt.forventet.slik"))
    text = sentence("trakt.forventet.veiledning", toppens=view.area.genitive)
    return paragraph(f"{escape(text)} {way}.")
