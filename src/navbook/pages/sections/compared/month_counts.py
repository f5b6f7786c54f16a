"""Cases month by month: how many in each month of the period, next to the same month of the base."""

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


def aap_near_the_end(view: UnitView) -> Fragment:
    """The AAP decisions that end within two months, month by month, with the events that move them.

    Empty for a period of fewer than four months, or if no month is shown.
    """
    period, base = view.compared_periods(AAP_ENDS)
    months = {each: _months(view, each) for each in (base, period) if each}
    if len(period.months) < LEAST_MONTHS or not any(cell.shown for cell in months[period]):
        return Fragment("", "saker")
    rows = [
        TableRow(escape(month_text(cells[-1].periode).rpartition(" ")[0]), [_cases(cell) for cell in cells])
        for cells in zip(*months.values(), strict=True)
    ]
    method = f"{view.root}metode/telling.html"
    heads = [
        TableColumn("Måned"),
        *(TableColumn(period_text(each.name), True, method) for each in months),
    ]
    caption = sentence("figurer.aap_utlop.tittel", toppen=view.area.whole)
    events = [
        escape(f"{event.name} ({month_text(event.month)})")
        for event in view.events
        if AAP in event.concerns and any(event.month in each.months for each in months)
    ]
    note = paragraph(escape(sentence("figurer.aap_utlop.under")))
    inside = Fragment(table(caption, heads, rows) + note + bullets(events))
    return Fragment(folded([(sentence("figurer.aap_utlop.kort"), inside)]).html, "saker")


def _months(view: UnitView, period: Period) -> list[Cell]:
    return [view.cells.get(AAP_ENDS, "alle", view.unit.enhet, month) for month in period.months]


def _cases(cell: Cell) -> TableCell:
    if not cell.shown or cell.n is None:
        return status_value(cell, keys=cell.keys)
    return TableCell(escape(number(cell.n)), "n", keys=cell.keys)
