"""The shares of a county or the country month by month, as small multiples on the same axes."""

from navbook.pages.format import Fragment, escape, paragraph
from navbook.pages.sections.compared.months import month_multiples, month_series
from navbook.pages.sections.compared.verdict_cells import judged_series
from navbook.pages.templates import sentence
from navbook.pages.view import UnitView

MOST_PANELS = 6


def unit_months(view: UnitView) -> Fragment:
    """The first shares with a requirement that show enough months; those of the same periods only."""
    shares = [series for series in judged_series(view) if series.measure == "andel"]
    first = view.compared_periods(shares[0].indikator) if shares else None
    lines = [
        month_series(view, view.series_name(s), s.indikator, s.gruppe, view.unit.enhet)
        for s in shares
        if view.compared_periods(s.indikator) == first
    ]
    drawn = [line for line in lines if line.enough][:MOST_PANELS]
    html = month_multiples(view, drawn)
    if not html:
        return Fragment(paragraph(escape(sentence("figurer.maneder.ingen_av"))), "utvikling")
    return Fragment(html, "utvikling", figures=1)
