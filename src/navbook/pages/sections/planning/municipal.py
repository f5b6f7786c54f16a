"""What the municipalities of an office count and want, under each municipality's name."""

from markupsafe import Markup

from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    date_text,
    escape,
    link,
    number,
    paragraph,
    period_text,
    table,
)
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.text import status_word
from navbook.pages.view import UnitView
from navbook.pages.view.municipal import MunicipalGoal, Municipality
from navbook.runtime.periods import parse_period


def municipal_section(view: UnitView) -> Fragment:
    """The municipalities of the office with figures and goals; a sentence if the extract has none."""
    found = view.municipalities
    if not found:
        return Fragment(paragraph(escape(sentence("kommunen.ingen"))), "kommunen")
    way = Markup(link(f"{view.root}metode/kommune.html", sentence("kommunen.lenke")))
    lead = paragraph(html_sentence("kommunen.ingress", lenke=way))
    return Fragment(lead + "".join(_municipality(view, each) for each in found), "kommunen")


def _municipality(view: UnitView, each: Municipality) -> str:
    parts = [f"<h3>{escape(each.name)}</h3>\n"]
    if each.shared_with:
        parts.append(paragraph(escape(sentence("kommunen.delt", kontorer=each.shared_with))))
    parts.append(_figures(view, each) if each.figures else paragraph(escape(sentence("kommunen.uten_tall"))))
    if each.goals:
        parts.append(
            paragraph(escape(sentence("kommunen.mal"))) + bullets([_goal(goal) for goal in each.goals])
        )
    return "".join(parts)


def _figures(view: UnitView, each: Municipality) -> str:
    period, way = parse_period(view.periode), f"{view.root}metode/kommune.html"
    columns = [
        TableColumn(sentence("kommunen.hode", snitt=len(period.months) > 1)),
        TableColumn(period_text(period.name), True, way),
        TableColumn(period_text(period.shifted(-12).name), True, way),
    ]
    rows = [
        TableRow(
            escape(figure.name),
            [_cell(figure.value, figure.status), _cell(figure.before, figure.status_before)],
            {"kommune": each.number, "tall": figure.code},
        )
        for figure in each.figures
    ]
    return table(sentence("kommunen.tabell", navn=each.name), columns, rows)


def _cell(value: float | None, status: str) -> TableCell:
    return TableCell(escape(number(value) if value is not None else status_word(status)))


def _goal(goal: MunicipalGoal) -> str:
    deadline = date_text(goal.deadline) if goal.deadline else ""
    return escape(sentence("kommunen.frist", mal=goal.text, frist=deadline))
