"""The first thing on the page of an indicator: five lines on what it is and what it shows this year."""

from navbook.edition.schema import COUNTRY
from navbook.pages.format import (
    Fragment,
    definition_list,
    escape,
    paragraph,
    percent,
    period_text,
)
from navbook.pages.sections.compared.distributions import middle_range
from navbook.pages.sections.compared.verdict_cells import short_change
from navbook.pages.sections.funnels import read_funnels
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.templates import sentence
from navbook.pages.text import count_text, full_verdict, interval_text, share_text, status_word
from navbook.pages.view import LetterSeries


def indicator_summary(view: IndicatorView) -> Fragment:
    """What the number is, for whom, this year, the spread between offices, and what it does not measure."""
    if view.indikator not in view.definitions:
        return Fragment(paragraph(sentence("kapittel.indikator.uten_definisjon")), "kort sagt")
    definition = view.definitions.get(view.indikator)
    series = view.own_series[0] if view.own_series else None
    period = period_text(view.shown_period(view.indikator))
    lines = [
        ("hva", next((row.gloss for row in view.own_letter_rows if row.gloss), f"{definition.navn}.")),
        ("hvem", _first_sentence(str(definition.record.get("populasjon") or ""))),
        ("i_aar", _this_year(view, series) if series else ""),
        ("spredning", _spread(view, series) if series else ""),
        ("ikke", definition.maler_ikke[0] if definition.maler_ikke else ""),
    ]
    pairs = [
        (sentence(f"figurer.indikator.{key}", toppen=view.area.name, periode=period), escape(text))
        for key, text in lines
    ]
    return Fragment(f'<div class="nb-kort">{definition_list(pairs)}</div>', "kort sagt")


def _first_sentence(text: str) -> str:
    return f"{text.partition('. ')[0].rstrip('.')}." if text else ""


def _this_year(view: IndicatorView, series: LetterSeries) -> str:
    cell = view.cell(series.indikator, series.gruppe, COUNTRY)
    lead = f"{view.series_name(series)}: "
    if not cell.shown:
        grunn = status_word(cell.status)
        return lead + sentence("figurer.indikator.uten_tall", toppen=view.area.name, grunn=grunn)
    kind = "antall" if cell.is_count else "andel"
    values = {
        "andel": share_text(cell),
        "antall": count_text(cell, cell.x),
        "intervall": "" if cell.nedre is None else interval_text(cell),
        "endring": short_change(cell),
        "basis": period_text(cell.basis_periode) if cell.basis_periode else "",
        "svar": full_verdict(view, cell, series) if series.judged else "",
    }
    return lead + sentence(f"figurer.indikator.{kind}", **values)


def _spread(view: IndicatorView, series: LetterSeries) -> str:
    funnel = read_funnels(view.edition).get((series.indikator, series.gruppe))
    if funnel is None or not funnel.points:
        return sentence("figurer.indikator.ikke_spredt")
    low, high = middle_range([point.share for point in funnel.points])
    return sentence(
        "figurer.indikator.spredt",
        antall=len(funnel.points),
        lav=percent(low, 0),
        hoy=percent(high, 0),
        utenfor=len(funnel.outside),
    )
