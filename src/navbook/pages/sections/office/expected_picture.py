"""«Forventet og observert»: one picture of all series with a model, and one sentence."""

from math import isnan, nan

from markupsafe import Markup

from navbook.pages.charts import axis_svg, strip_svg
from navbook.pages.format import Fragment, percent, period_text
from navbook.pages.sections.expected import (
    cell_deviation,
    country_deviations,
    deviation_word,
    expected,
)
from navbook.pages.sections.office.lines import in_brackets, line_of, short_name, strip_of
from navbook.pages.templates import part, sentence, sentence_or
from navbook.pages.text import interval_text, share_text
from navbook.pages.view import Cell, LetterSeries, UnitView

SIDES = ("over", "under", "som_forventet", "som_landet", "faa")
# the first word of the conclusion on a deviation
_BY_WORD = {"over": "over", "under": "under", "som": "som_forventet", "for": "faa"}


def expected_picture(view: UnitView) -> Fragment:
    """A strip for each series with a model, a sentence on those beyond the expected, the rest folded."""
    series = expected_series(view)
    if not series:
        return Fragment("", "forventet")
    html = part(
        "kontor_forventet",
        root=view.root,
        topp=view.area,
        setning=_sentence(view, series),
        tittel=sentence("kontor.forventet.tittel", periode=period_text(view.own(series[0]).periode)),
        akse=Markup(axis_svg()),
        rader=[_row(view, one) for one in series],
        mer=Markup(expected(view).html),
    )
    return Fragment(html, "forventet")


def expected_series(view: UnitView) -> list[LetterSeries]:
    """The series of the letter with a model, those that the book adds without a requirement left out."""
    return [s for s in view.letter_series if view.own(s).forventet is not None and s.judged]


def sides(view: UnitView, series: list[LetterSeries]) -> dict[str, list[str]]:
    """Who is over, under or as expected, too few, and not clearly beyond the whole country."""
    found: dict[str, list[str]] = {name: [] for name in SIDES}
    for one in series:
        cell, name = view.own(one), people(view, one)
        if side := _side(cell):
            found[side].append(name)
        if side in ("over", "under"):
            country = country_deviations(view).get((one.indikator, one.gruppe, cell.periode), nan)
            if not isnan(country) and (cell.avvik_nedre or 0) <= country <= (cell.avvik_ovre or 0):
                found["som_landet"].append(name)
    return found


def _sentence(view: UnitView, series: list[LetterSeries]) -> str:
    return sentence("kontor.forventet.setning", hele=view.area.whole, **sides(view, series))


def _side(cell: Cell) -> str:
    """One of `SIDES`; empty where the edition holds no deviation, which is not the same as too few."""
    return _BY_WORD.get(deviation_word(cell).split()[0], "")


def people(view: UnitView, series: LetterSeries) -> str:
    """Who a series is about: `arbeidssøkere`."""
    return sentence_or(f"kontor.hvem_gjelder.{series.indikator}.{series.gruppe}", view.series_name(series))


def _row(view: UnitView, series: LetterSeries) -> dict[str, object]:
    line = line_of(view, series)
    cell, strip = line.own, strip_of(line, expected=True)
    return {
        "keys": cell.keys,
        "navn": Markup(view.indicator_link(series.indikator, short_name(view, series))),
        "observert": share_text(cell),
        "intervall": in_brackets(interval_text(cell)),
        "stripe": Markup(strip_svg(strip) if strip else ""),
        "forventet": percent(cell.forventet or 0.0, cell.decimals),
        "avvik": cell_deviation(cell),
        "ord": deviation_word(cell),
    }
