"""Development over time: months as run charts with events, tertials as a table."""

from markupsafe import Markup

from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    escape,
    link,
    month_text,
    paragraph,
    period_text,
    table,
)
from navbook.pages.sections.development.run_charts import RunChartPanel, run_charts
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.text import share_value
from navbook.pages.view import NOT_IN_EXTRACT, Cell, LetterSeries, UnitView, View
from navbook.runtime.periods import Period, parse_period

FIGURES = 3  # the budget of a page is four
_LEAST_MONTHS = 6


def run_chart_panel(view: View, title: str, indikator: str, months: list[Cell]) -> RunChartPanel | None:
    """A panel of the months of one series; None if too few are shown."""
    events = [event for event in view.events if event.bends(indikator)]
    key = (months[0].indikator, months[0].gruppe, months[0].enhet) if months else ("", "", "")
    made = RunChartPanel(title, months, events, view.run_limits.get(key))
    if made.redefined:  # limits over two definitions would fit neither
        made = RunChartPanel(title, months, events)
    return made if len(made.shown) >= _LEAST_MONTHS else None


def _event_list(panels: list[RunChartPanel]) -> str:
    """The events in the drawn months as a list; HTML."""
    drawn = [cell.periode for made in panels for cell in made.shown]
    seen = {event for made in panels for event in made.events if min(drawn) <= event.month <= max(drawn)}
    items = [escape(event.text) for event in sorted(seen, key=lambda event: event.number)]
    html = paragraph(sentence("utvikling.hendelser")) + bullets(items, "nb-fotnoter") if items else ""
    broken = {month for made in panels for month in made.redefined}
    for month in sorted(broken):
        html += paragraph(sentence("utvikling.ny_definisjon", maned=month_text(month)), "nb-merknad")
    return html


def _unit_panels(view: UnitView) -> list[tuple[LetterSeries, RunChartPanel]]:
    found = []
    for series in view.letter_series:
        if not series.judged or series.supplement or series.measure != "andel":
            continue
        months = view.cells.months(series.indikator, series.gruppe, view.unit.enhet)
        if made := run_chart_panel(view, view.series_name(series), series.indikator, months):
            found.append((series, made))
    return found


def run_charts_of_unit(view: UnitView) -> Fragment:
    """The months of each judged share of the unit: one figure for each pair of periods compared."""
    found = _unit_panels(view)
    if not found:
        return Fragment(paragraph(sentence("utvikling.for_sma")), "utvikling")
    by_period: dict[tuple[Period, Period | None], list[RunChartPanel]] = {}
    for series, made in found:
        by_period.setdefault(view.compared_periods(series.indikator), []).append(made)
    parts = []
    for (period, base), panels in list(by_period.items())[:FIGURES]:
        parts.append(month_figure(view.unit.navn, panels, period, base))
    note = paragraph(html_sentence("utvikling.slik", grensene=Markup(limits_guide(view))))
    return Fragment(note + "".join(parts), "utvikling", figures=min(len(by_period), FIGURES))


def month_figure(title: str, panels: list[RunChartPanel], period: Period, base: Period | None) -> str:
    """A figure of run charts with a title, and the list of its events; HTML."""
    basis = period_text(base.name) if base else ""
    caption = sentence("utvikling.figur", tittel=title, periode=period_text(period.name), basis=basis)
    return run_charts(caption, panels, period, base).html + _event_list(panels)


def limits_guide(view: View) -> str:
    """What the dashed lines are, with a link to the method; HTML."""
    way = Markup(link(f"{view.root}metode/utvikling.html", sentence("utvikling.grensene_lenke")))
    return html_sentence("utvikling.grensene", lenke=way)


def tertials(view: UnitView) -> Fragment:
    """The tertials of the year as a table of the judged series; a line if the period is no year."""
    inside = [period.name for period in parse_period(view.periode).tertials()]
    if not inside:
        return Fragment(paragraph(sentence("utvikling.tertialer.ikke_ar")), "tertialer")
    rows = [
        TableRow(
            escape(view.series_name(series)),
            [_tertial(view, series, name) for name in inside],
            {"indikator": series.indikator, "gruppe": series.gruppe, "enhet": view.unit.enhet},
        )
        for series in view.letter_series
        if series.judged and view.own(series).status != NOT_IN_EXTRACT
    ]
    method = f"{view.root}metode/intervaller.html"
    columns = [TableColumn("Tall"), *(TableColumn(period_text(name), True, method) for name in inside)]
    if not rows:
        return Fragment(paragraph(sentence("utvikling.tertialer.ingen")), "tertialer")
    caption = sentence("utvikling.tertialer.tabell")
    return Fragment(table(caption, columns, rows, stacks=True), "tertialer")


def _tertial(view: UnitView, series: LetterSeries, period: str) -> TableCell:
    cell = view.cells.get(series.indikator, series.gruppe, view.unit.enhet, period)
    return share_value(cell, keys={"periode": period})
