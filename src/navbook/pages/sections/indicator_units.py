"""An indicator's figures for the country and the counties, in number order.

Offices are listed on the pages of their counties, so that this page does not grow with the country.
"""

from navbook.pages.format import Fragment, TableColumn, TableRow, escape, paragraph, period_text, table
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.sections.standardised import standardised_table
from navbook.pages.templates import sentence
from navbook.pages.text import (
    chance_sentence,
    change_value,
    count_values,
    narrow_head,
    number_columns,
    share_value,
    status_value,
    together,
    verdict_word_value,
)
from navbook.pages.view import NOT_IN_EXTRACT, LetterSeries, Unit

GROUPS_A_TABLE = 4


def _columns(view: IndicatorView) -> list[TableColumn]:
    verdict = TableColumn("Vurdering", False, f"{view.root}metode/vurdering.html")
    return [TableColumn("Enhet"), *number_columns(view.root), verdict]


def _row(view: IndicatorView, series: LetterSeries, unit: Unit) -> TableRow:
    cell = view.cell(series.indikator, series.gruppe, unit.enhet)
    if not cell.shown:
        return TableRow(view.unit_link(unit), [status_value(cell, len(_columns(view)) - 1)], cell.keys)
    values = [*count_values(cell), change_value(cell), verdict_word_value(view, cell, series)]
    return TableRow(view.unit_link(unit), values, cell.keys)


def _matrix_row(view: IndicatorView, rest: list[LetterSeries], unit: Unit) -> TableRow:
    cells = [view.cell(series.indikator, series.gruppe, unit.enhet) for series in rest]
    keys = {"indikator": view.indikator, "enhet": unit.enhet, "periode": view.shown_period(view.indikator)}
    return TableRow(
        view.unit_link(unit),
        together(cells, [share_value(cell, {"gruppe": cell.gruppe}) for cell in cells]),
        keys,
    )


def country_and_counties(view: IndicatorView) -> Fragment:
    """A table for each judged series, and as few tables as fit a screen for the rest."""
    statuses = {cell.status for cell in view.cells.all()}
    if statuses == {NOT_IN_EXTRACT}:
        return Fragment(paragraph(sentence("kapittel.indikator.ikke_i_uttrekket")), "enheter")
    order, period = view.country_and_counties, period_text(view.shown_period(view.indikator))
    values = {"periode": period, "snitt": view.definitions.get(view.indikator).stock}
    parts = []
    for series in (s for s in view.own_series if s.judged):
        rows = [_row(view, series, unit) for unit in order]
        caption = sentence("kapittel.indikator.tabell", navn=view.series_name(series), **values)
        shown = table(caption, _columns(view), rows, stacks=True)
        parts.append(shown + _chance(view, series, order))
    parts += [html] if (html := standardised_table(view).html) else []
    parts += _matrices(view, [series for series in view.own_series if not series.judged], order)
    if not parts:
        return Fragment(paragraph(sentence("kapittel.indikator.ingen_rader")), "enheter")
    note = paragraph(sentence("kapittel.indikator.slik"))
    return Fragment(note + "".join(parts), "enheter")


def _chance(view: IndicatorView, series: LetterSeries, order: list[Unit]) -> str:
    """The expected number of false verdicts in the table and among all offices; HTML."""

    def chance(units: list[Unit], of: str) -> str:
        cells = [view.cell(series.indikator, series.gruppe, unit.enhet) for unit in units]
        return chance_sentence(cells, of)

    offices = [unit for unit in view.units if unit.niva == "kontor" and not unit.special]
    both = (
        chance(order, sentence("enheter.resultater.svarene")),
        chance(offices, sentence("kapittel.indikator.kontorene")),
    )
    words = " ".join(filter(None, both))
    return paragraph(escape(words)) if words else ""


def _matrices(view: IndicatorView, rest: list[LetterSeries], order: list[Unit]) -> list[str]:
    """Tables of the series without a requirement, as many series in a table as a screen has room for."""
    is_count = view.definitions.get(view.indikator).record.get("type") == "antall"
    made = []
    for start in range(0, len(rest), GROUPS_A_TABLE):
        part = rest[start : start + GROUPS_A_TABLE]
        names = [_group_name(view, series) for series in part]
        method = f"{view.root}metode/{'telling' if is_count else 'intervaller'}.html"
        heads = [TableColumn("Enhet"), *(TableColumn(narrow_head(name), True, method) for name in names)]
        rows = [_matrix_row(view, part, unit) for unit in order]
        period = period_text(view.shown_period(view.indikator))
        caption = sentence(
            "kapittel.indikator.tabell_uten_krav",
            navn=names,
            antall=is_count,
            periode=period,
            snitt=view.definitions.get(view.indikator).stock,
        )
        made.append(table(caption, heads, rows, stacks=True))
    return made


def _group_name(view: IndicatorView, series: LetterSeries) -> str:
    return view.definitions.get(view.indikator).group_name(series.gruppe) or "Alle"
