"""An indicator month by month: its series in the country with the events named, then the counties."""

from markupsafe import Markup

from navbook.edition.schema import COUNTRY
from navbook.pages.format import Fragment, escape, link, paragraph
from navbook.pages.sections.compared.months import month_multiples, month_series
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.templates import html_sentence, sentence

COUNTRY_PANELS, COUNTY_PANELS = 4, 15


def indicator_months(view: IndicatorView) -> Fragment:
    """The indicator's series in the country, then its first series in each county with the country's line."""
    names = [
        (view.definitions.get(view.indikator).group_name(series.gruppe) or "Alle", series)
        for series in view.own_series[:COUNTRY_PANELS]
    ]
    country = [month_series(view, name, view.indikator, s.gruppe, COUNTRY) for name, s in names]
    parts = [month_multiples(view, country)]
    if view.own_series:
        first = view.own_series[0]
        counties = [
            month_series(view, unit.navn, view.indikator, first.gruppe, unit.enhet)
            for unit in view.units
            if unit.niva == "fylke"
        ][:COUNTY_PANELS]
        compared = month_series(view, "", view.indikator, first.gruppe, COUNTRY)
        title = sentence("figurer.maneder.fylkene", toppen=view.area.name, navn=view.series_name(first))
        parts.append(
            month_multiples(view, counties, compared, view.area.name, name_events=False, title=title)
        )
    figures = sum(bool(part) for part in parts)
    if not figures:
        return Fragment(paragraph(escape(sentence("figurer.maneder.ingen"))), "utvikling")
    way = Markup(link(f"{view.root}metode/utvikling.html", sentence("utvikling.slik_lenke")))
    note = paragraph(html_sentence("utvikling.slik_kort", lenke=way))
    return Fragment(note + "".join(parts), "utvikling", figures=figures)
