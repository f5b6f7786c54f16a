"""How the offices spread in a share: one dot for each office that is shown with enough people."""

from collections.abc import Sequence

from navbook.pages.charts import Spread, distribution_svg, figure, figure_panel, spread_limits
from navbook.pages.format import Fragment, escape, paragraph, percent, period_text
from navbook.pages.sections.compared.verdict_cells import judged_series
from navbook.pages.sections.funnels import Funnel, read_funnels
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.templates import sentence
from navbook.pages.view import LetterSeries, UnitView, View

MOST_PANELS = 4  # on the page of an indicator
Drawn = tuple[LetterSeries, Funnel]


def distributions(view: UnitView) -> Fragment:
    """A panel for each share with a requirement; a sentence if too few offices are shown."""
    every = read_funnels(view.edition)
    found = [
        (series, every[series.indikator, series.gruppe])
        for series in judged_series(view)
        if series.measure == "andel" and (series.indikator, series.gruppe) in every
    ]
    return _section(view, found, view.area.name)


def distribution_of_indicator(view: IndicatorView) -> Fragment:
    """A panel for each of the indicator's series, the judged first."""
    every = read_funnels(view.edition)
    found = [(s, every[s.indikator, s.gruppe]) for s in view.own_series if (s.indikator, s.gruppe) in every]
    return _section(view, found[:MOST_PANELS], view.area.name)


def middle_range(shares: Sequence[float]) -> tuple[float, float]:
    """The limits (0–1) between which eight of ten shares lie: the tenth part is left out at either end."""
    ordered = sorted(shares)
    left_out = len(ordered) // 10
    return ordered[left_out], ordered[-1 - left_out]


def _section(view: View, found: list[Drawn], top: str) -> Fragment:
    found = [(series, funnel) for series, funnel in found if funnel.points]
    if not found:
        return Fragment(paragraph(escape(sentence("figurer.fordeling.ingen"))), "fordeling")
    spreads = [_spread(view, series, funnel, top) for series, funnel in found]
    limits = spread_limits(spreads)
    panels = [
        _panel(view, series, funnel, spread, limits)
        for (series, funnel), spread in zip(found, spreads, strict=True)
    ]
    period = period_text(view.shown_period(found[0][0].indikator))
    caption = sentence("figurer.fordeling.under", periode=period, toppen=top, flere=len(found) > 1)
    if len(found) == 1:
        caption += " " + sentence("figurer.fordeling.utenfor", antall=found[0][1].left_out)
    return Fragment(figure(panels, caption, _title(view, found, top)), "fordeling", figures=1)


def _spread(view: View, series: LetterSeries, funnel: Funnel, top: str) -> Spread:
    keys = {
        "indikator": series.indikator,
        "gruppe": series.gruppe,
        "periode": view.shown_period(series.indikator),
    }
    return Spread("", [(p.enhet, p.share) for p in funnel.points], funnel.target, keys, top)


def _panel(
    view: View, series: LetterSeries, funnel: Funnel, spread: Spread, limits: tuple[float, float]
) -> str:
    name = view.series_name(series)
    low, high = middle_range([point.share for point in funnel.points])
    alt = sentence(
        "figurer.fordeling.alt",
        navn=name,
        antall=len(funnel.points),
        lav=percent(low),
        hoy=percent(high),
        toppen=spread.centre_name,
        midt=percent(funnel.target),
    )
    return figure_panel(name, distribution_svg([spread], alt, limits=limits))


def _title(view: View, found: list[Drawn], top: str) -> str:
    """The series in which the offices are most unlike, and between which shares most of them are."""
    ranges = [middle_range([point.share for point in funnel.points]) for _, funnel in found]
    widest = max(range(len(found)), key=lambda k: ranges[k][1] - ranges[k][0])
    low, high = ranges[widest]
    return sentence(
        "figurer.fordeling.tittel",
        flere=len(found) > 1,
        navn=view.series_name(found[widest][0]),
        lav=percent(low, 0),
        hoy=percent(high, 0),
        toppen=top,
        midt=percent(found[widest][1].target),
    )
