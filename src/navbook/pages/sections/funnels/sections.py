"""The sections with funnel plots, on the pages of units and of indicators."""

from collections.abc import Sequence

from navbook.pages.charts import figure, figure_panel, funnel_svg, statistical_funnel
from navbook.pages.format import Fragment, bullets, escape, paragraph
from navbook.pages.sections.funnels import words
from navbook.pages.sections.funnels.expected import expected_guide, expected_panels
from navbook.pages.sections.funnels.read import Funnel, read_funnels
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.view import LetterSeries, UnitView, View

UNIT_PANELS, INDICATOR_PANELS = 4, 4


def funnel_section_of_unit(view: UnitView) -> Fragment:
    """Small funnel plots of the judged shares, with the unit's own offices marked among all offices."""
    drawn = _chosen(view)
    if not drawn:
        return Fragment(paragraph(escape(words.why_none(view))), "trakt")
    own = [view.unit.enhet] if view.niva == "kontor" else [unit.enhet for unit in view.subunits]
    panels = [_panel(view, series, funnel, own) for series, funnel in drawn]
    sentences = [
        f"{view.indicator_link(s.indikator, view.series_name(s))}: {words.said(view, f)}" for s, f in drawn
    ]
    message = "" if view.niva == "kontor" else words.message(view, drawn)
    shown = figure(panels, words.caption(view), message)
    return Fragment(words.guide(view) + shown + bullets(sentences, "nb-fotnoter"), "trakt", figures=1)


def funnel_section_of_indicator(view: IndicatorView) -> Fragment:
    """The funnel plots of the indicator's series, what they are based on, and the outliers."""
    every = read_funnels(view.edition)
    drawn = [(s, every[s.indikator, s.gruppe]) for s in view.own_series if (s.indikator, s.gruppe) in every]
    if not drawn:
        return Fragment(paragraph(escape(words.why_none(view))), "trakt")
    drawn = drawn[:INDICATOR_PANELS]
    panels = [_panel(view, s, f, []) for s, f in drawn]
    sentences = [f"{escape(view.series_name(s))}: {words.said(view, f)}" for s, f in drawn]
    expected = expected_panels(view)
    panels += [made.html for made in expected]
    sentences += [made.note for made in expected]
    shown = figure(panels, words.caption(view), words.message(view, drawn))
    guide = words.guide(view) + (expected_guide(view) if expected else "")
    return Fragment(guide + shown + bullets(sentences, "nb-fotnoter"), "trakt", figures=1)


def _chosen(view: UnitView) -> list[tuple[LetterSeries, Funnel]]:
    every = read_funnels(view.edition)
    found = []
    for series in view.letter_series:
        funnel = every.get((series.indikator, series.gruppe))
        if funnel is None or not series.judged or series.supplement or series.measure != "andel":
            continue
        if view.niva == "kontor" and view.unit.enhet not in funnel.by_office:
            continue
        if view.niva == "fylke" and not any(unit.enhet in funnel.by_office for unit in view.subunits):
            continue
        found.append((series, funnel))
    return _spread(found)


def _spread(found: list[tuple[LetterSeries, Funnel]]) -> list[tuple[LetterSeries, Funnel]]:
    """At most as many as a page has room for, spread evenly over the letter's order."""
    if len(found) <= UNIT_PANELS:
        return found
    return [found[round(place * (len(found) - 1) / (UNIT_PANELS - 1))] for place in range(UNIT_PANELS)]


def _panel(view: View, series: LetterSeries, funnel: Funnel, own: Sequence[str]) -> str:
    """A panel of one series: for an office in the page's own SVG, for other pages by seaborn."""
    name, alt_text = view.series_name(series), words.alt_text(view, series, funnel)
    if isinstance(view, UnitView) and view.niva == "kontor":
        return figure_panel(name, funnel_svg(funnel.points, own, funnel.target, funnel.lines, alt_text))
    keys = {
        "indikator": series.indikator,
        "gruppe": series.gruppe,
        "periode": view.shown_period(series.indikator),
    }
    named = {unit.enhet: unit.navn for unit in view.units if not own or unit.enhet in own}
    svg = statistical_funnel(
        funnel.points, funnel.target, funnel.lines, alt_text, keys, own, named, view.area.name
    )
    return figure_panel(name, svg)
