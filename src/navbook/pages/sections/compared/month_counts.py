"""Cases month by month: how many in each month of the period, next to the same month of the base."""

from typing import Literal

from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    escape,
    folded,
    month_text,
    number,
    paragraph,
    period_text,
    table,
)
from navbook.pages.templates import sentence
from navbook.pages.text import status_value
from navbook.pages.view import Cell, UnitView
from navbook.runtime.periods import Period

LEAST_MONTHS = 4
AAP_ENDS, AAP = "f06_aap_utlop", "aap_26u"
COMPLAINTS = "f10_serviceklager"


def aap_near_the_end(view: UnitView) -> Fragment:
    """The AAP decisions that end within two months, month by month, with the events that move them.

    Empty for a period of fewer than four months, or if no month is shown.
    """
    return _month_counts(view, AAP_ENDS, "n", "aap_utlop", AAP)


def complaints(view: UnitView) -> Fragment:
    """The service complaints received, month by month; empty as `aap_near_the_end`."""
    return _month_counts(view, COMPLAINTS, "x", "klager", COMPLAINTS)


def _month_counts(
    view: UnitView, indikator: str, field: Literal["x", "n"], words: str, concerns: str
) -> Fragment:
    period, base = view.compared_periods(indikator)
    months = {each: _months(view, indikator, each) for each in (base, period) if each}
    if len(period.months) < LEAST_MONTHS or not any(cell.shown for cell in months[period]):
        return Fragment("", "saker")
    rows = [
        TableRow(
            escape(month_text(cells[-1].periode).rpartition(" ")[0]), [_cases(cell, field) for cell in cells]
        )
        for cells in zip(*months.values(), strict=True)
    ]
    method = f"{view.root}metode/telling.html"
    heads = [
        TableColumn("Måned"),
        *(TableColumn(period_text(each.name), True, method) for each in months),
    ]
    caption = sentence(f"figurer.{words}.tittel", toppen=view.area.whole)
    events = [
        escape(f"{event.name} ({month_text(event.month)})")
        for event in view.events
        if concerns in event.concerns and any(event.month in each.months for each in months)
    ]
    note = paragraph(escape(sentence(f"figurer.{words}.under")))
    inside = Fragment(table(caption, heads, rows) + note + bullets(events))
    return Fragment(folded([(sentence(f"figurer.{words}.kort"), inside)]).html, "saker")


def _months(view: UnitView, indikator: str, period: Period) -> list[Cell]:
    return [view.cells.get(indikator, "alle", view.unit.enhet, month) for month in period.months]


def _cases(cell: Cell, field: Literal["x", "n"]) -> TableCell:
    counted = cell.x if field == "x" else cell.n
    if not cell.shown or counted is None:
        return status_value(cell, keys=cell.keys)
    return TableCell(escape(number(counted)), field, keys=cell.keys)
