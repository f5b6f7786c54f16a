"""Time to first activity: the share with an activity by the end of each of the first eight weeks."""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil

from markupsafe import Markup

from navbook.edition import Edition
from navbook.pages.charts import CurvePoint, curve_svg, figure, figure_panel
from navbook.pages.format import Fragment, bullets, escape, link, paragraph, percent, period_text, range_text
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.view import UnitView, View

EIGHT_WEEKS = "u30_8uker"


def read_curves(edition: Edition) -> dict[tuple[str, str], list[CurvePoint]]:
    """The points of every curve by (gruppe, enhet), days ascending."""
    found: dict[tuple[str, str], list[CurvePoint]] = defaultdict(list)
    rows = edition.further("kurver").sort_values(["gruppe", "enhet", "dag"])
    columns = ["gruppe", "enhet", "dag", "verdi", "nedre", "ovre"]
    for gruppe, enhet, day, share, lower, upper in rows[columns].itertuples(index=False, name=None):
        limits = [None if limit != limit else float(limit) for limit in (lower, upper)]
        found[str(gruppe), str(enhet)].append(CurvePoint(int(day), float(share), *limits))
    return dict(found)


def _asked(view: View) -> str:
    """What the letter asks within eight weeks, in its own words, and what the curve shows of it."""
    entries = view.edition.krav.get("katalog") or []
    asked = next(
        (
            entry
            for entry in entries
            if EIGHT_WEEKS in [series["indikator"] for series in entry.get("serier") or []]
        ),
        None,
    )
    shown = sentence("utvikling.kurve.aktivitet")
    if not asked or not asked["ordlyd"]:
        return shown
    return f"{sentence('utvikling.kurve.brevet', ordlyd=asked['ordlyd'])} {shown}"


def curve_section(view: IndicatorView) -> Fragment:
    """The curves of the country; empty for other indicators."""
    if view.indikator != EIGHT_WEEKS:
        return Fragment("", "kurver")
    return eight_weeks(view, [series.gruppe for series in view.own_series])


def eight_weeks(view: View, groups: Sequence[str]) -> Fragment:
    """The curves of some groups in the country, which the counties follow closely; a sentence if none."""
    found = read_curves(view.edition)
    if not any((gruppe, "0000") in found for gruppe in groups):
        why = sentence("utvikling.kurve.ingen")
        return Fragment(paragraph(why) + paragraph(escape(_asked(view))), "kurver")
    period = period_text(view.shown_period(EIGHT_WEEKS))
    country = [
        (f"{view.area.heading}: {view.definitions.get(EIGHT_WEEKS).group_name(gruppe) or 'alle'}", points)
        for gruppe in dict.fromkeys(groups)
        if (points := found.get((gruppe, "0000")))
    ]
    panels = [figure_panel(title, curve_svg(title, points)) for title, points in country]
    caption = sentence("utvikling.kurve.under", periode=period)
    shown = figure(panels, caption)
    halves = bullets([escape(_half(title, points)) for title, points in country])
    html = paragraph(_guide(view)) + shown + halves + paragraph(escape(_asked(view)))
    return Fragment(html, "kurver", figures=1)


def _half(name: str, points: Sequence[CurvePoint]) -> str:
    """The median time to an activity: the first week by whose end half have had one, if any published has."""
    reached = next((point for point in points if point.share >= 0.5), None)
    week = ceil((reached or points[-1]).day / 7)
    return sentence(f"figurer.kurve.{'halvparten' if reached else 'under'}", navn=name, uker=week)


def _guide(view: View) -> str:
    way = Markup(link(f"{view.root}metode/kurve.html", sentence("utvikling.kurve.slik_lenke")))
    return html_sentence("utvikling.kurve.slik", lenke=way)


def curve_sentences(view: UnitView) -> list[str]:
    """The eighth week of a unit by the Aalen–Johansen estimator, if it is published; HTML."""
    found = read_curves(view.edition).get(("alle", view.unit.enhet))
    if not found:
        return []
    last = found[-1]
    decimals = 1 if round(last.share * 1000) % 10 else 0
    name = view.indicator_link(EIGHT_WEEKS, view.definitions.get(EIGHT_WEEKS).kortnavn)
    limits = ""
    if last.lower is not None and last.upper is not None:
        limits = range_text(percent(last.lower, decimals), percent(last.upper, decimals))
    way = Markup(link(f"{view.root}metode/kurve.html", sentence("utvikling.kurve.metode")))
    share = percent(last.share, decimals)
    values = {"navn": Markup(name), "prosent": share, "grenser": limits, "lenke": way}
    return [html_sentence("utvikling.kurve.uke_atte", **values)]
