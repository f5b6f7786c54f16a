"""Observed and expected results of a unit, adjusted for the case mix."""

from math import isnan, nan

from markupsafe import Markup

from navbook.edition import Edition
from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    escape,
    link,
    paragraph,
    percent,
    period_text,
    range_text,
    signed_points,
    table,
)
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.text import breakable, capitalised, share_value
from navbook.pages.view import Cell, LetterSeries, UnitView

CHAPTER = "metode/forventet.html"
LEAST = 30  # fewer persons get no conclusion
Key = tuple[str, str, str]


def expected(view: UnitView) -> Fragment:
    """Observed and expected share of each series with a model, and the deviation with its interval.

    The deviation is per 100 who left. It is shown with the deviation of the country, which no single unit
    causes, and with the deviation by the model that also knows the innsatsgruppe.
    """
    way = Markup(link(view.root + CHAPTER, sentence("modell.tittel")))
    every = view.letter_series + view.other_series
    series = [line for line in every if view.own(line).forventet is not None]
    if not series:
        return Fragment(
            paragraph(html_sentence("forventet.ingen", lenke=way)),
            "forventet",
        )
    period = view.own(series[0]).periode
    lead = paragraph(html_sentence("forventet.ingress", hele=view.area.whole, lenke=way))
    with_effort = _with_effort(view.edition, view.unit.enhet)
    rows = [_row(view, line, with_effort) for line in series]
    caption = sentence("forventet.tabell", periode=period_text(period))
    shown = table(caption, _columns(view), rows, stacks=True)
    whose = {"hele": view.area.whole, "toppens": view.area.genitive}
    note = paragraph(html_sentence("forventet.merknad", **whose))
    return Fragment(lead + shown + note, "forventet")


def _columns(view: UnitView) -> list[TableColumn]:
    root = view.root
    return [
        TableColumn("Tall"),
        TableColumn(sentence("kolonner.observert"), True, f"{root}metode/intervaller.html"),
        TableColumn(sentence("kolonner.forventet"), True, root + CHAPTER),
        TableColumn(sentence("kolonner.avvik"), True, root + CHAPTER),
    ]


def _row(view: UnitView, series: LetterSeries, with_effort: dict[Key, tuple[float, ...]]) -> TableRow:
    cell = view.own(series)
    values = [
        share_value(cell),
        TableCell(escape(percent(cell.forventet or 0.0, cell.decimals)), "forventet"),
        TableCell(breakable(cell_deviation(cell)), "avvik avvik_nedre avvik_ovre"),
    ]
    effort = with_effort.get((series.indikator, series.gruppe, cell.periode))
    country = effort[-1] if effort and view.unit.niva != "landet" else nan
    sentences = [f"{capitalised(deviation_word(cell, country, escape(view.area.whole)))}."]
    if effort:
        deviation, lower, upper, _ = effort
        # either may be withheld
        if not isnan(country):
            points = signed_points(country, cell.decimals)
            named = _named("landets_avvik", points)
            sentences.append(
                html_sentence("forventet.landets", toppens=view.area.whole_genitive, avvik=named)
            )
        if not isnan(deviation):
            adjusted = deviation_text(deviation, lower, upper, cell.decimals)
            named = _named(WITH_EFFORT, adjusted)
            sentences.append(html_sentence("forventet.med_innsatsgruppe", avvik=named))
    return TableRow(
        escape(view.series_name(series)), values, cell.keys, TableCell(" ".join(sentences), css="nb-ord")
    )


# fields of the table `innsats`, which are no columns of `tall`
WITH_EFFORT = "med_avvik med_avvik_nedre med_avvik_ovre"


def _named(fields: str, shown: str) -> Markup:
    """Numbers in a sentence, marked with their fields so that the audit does not take them for the row's
    share.
    """
    return Markup(f'<span data-felt="{fields}">{escape(shown)}</span>')


def _with_effort(edition: Edition, enhet: str) -> dict[Key, tuple[float, ...]]:
    """(Deviation with innsatsgruppe, lower, upper, the country's deviation) by series and period."""
    rows = edition.further("innsats")
    columns = ["indikator", "gruppe", "periode", "avvik", "avvik_nedre", "avvik_ovre", "landet"]
    own = rows.loc[rows["enhet"] == enhet, columns]
    return {
        (indikator, gruppe, periode): tuple(values)
        for indikator, gruppe, periode, *values in own.itertuples(index=False, name=None)
    }


def country_deviations(view: UnitView) -> dict[Key, float]:
    """The country's deviation by series and period, where it is published (else nan)."""
    return {key: values[-1] for key, values in _with_effort(view.edition, view.unit.enhet).items()}


def deviation_text(deviation: float, lower: float, upper: float, decimals: int) -> str:
    """A deviation per 100 with its limits: `+4,1 (+0,2 til +8,0)`."""
    limits = range_text(signed_points(lower, decimals), signed_points(upper, decimals))
    return f"{signed_points(deviation, decimals)} ({limits})"


def cell_deviation(cell: Cell) -> str:
    """The deviation of a cell per 100 with its limits; a dash where there is none."""
    if cell.avvik is None or cell.avvik_nedre is None or cell.avvik_ovre is None:
        return "–"
    return deviation_text(cell.avvik, cell.avvik_nedre, cell.avvik_ovre, cell.decimals)


def deviation_word(cell: Cell, country: float = nan, whole: str = "hele landet") -> str:
    """The conclusion on a deviation: over, under or as expected, or too few persons.

    `country` is the deviation of the top level (nan: not published), and `whole` its name; if it is within
    the interval, that is added.
    """
    if cell.avvik_nedre is None or cell.avvik_ovre is None or cell.n is None:
        return "–"
    if cell.n < LEAST:
        return sentence("forventet.ord.for_fa")
    if cell.avvik_nedre <= 0 <= cell.avvik_ovre:
        return sentence("forventet.ord.som_forventet")
    alike = cell.avvik_nedre <= country <= cell.avvik_ovre
    return sentence("forventet.ord.utenfor", over=cell.avvik_nedre > 0, likt=alike, hele=whole)
