"""What the municipalities of an office count and want, under each municipality's name."""

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
from navbook.pages.text import status_word
from navbook.pages.view import UnitView
from navbook.pages.view.municipal import MunicipalGoal, Municipality
from navbook.runtime.periods import parse_period

NONE = "Uttrekket sier ikke hvilke kommuner kontoret dekker."
WITHOUT_FIGURES = "Uttrekket har ingen tall fra kommunen."


def municipal_section(view: UnitView) -> Fragment:
    """The municipalities of the office with figures and goals; a sentence if the extract has none."""
    found = view.municipalities
    if not found:
        return Fragment(paragraph(NONE), "kommunen")
    way = link(f"{view.root}metode/kommune.html", "Hva kommunens tall er")
    lead = paragraph(
        "Kommunen har ansvar for de sosiale tjenestene i NAV-kontoret. Tallene og målene er kommunens "
        f"egne, og gjelder hele kommunen. {way}."
    )
    return Fragment(lead + "".join(_municipality(view, each) for each in found), "kommunen")


def _municipality(view: UnitView, each: Municipality) -> str:
    parts = [f"<h3>{escape(each.name)}</h3>\n"]
    if each.shared_with:
        parts.append(paragraph(escape(f"Kommunen dekkes også av {each.shared_with}.")))
    parts.append(_figures(view, each) if each.figures else paragraph(WITHOUT_FIGURES))
    if each.goals:
        parts.append(paragraph("Kommunens egne mål:") + bullets([_goal(goal) for goal in each.goals]))
    return "".join(parts)


def _figures(view: UnitView, each: Municipality) -> str:
    period, way = parse_period(view.periode), f"{view.root}metode/kommune.html"
    columns = [
        TableColumn("Personer i snitt per måned" if len(period.months) > 1 else "Personer i måneden"),
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
    return table(f"Kommunens tall: {each.name}", columns, rows)


def _cell(value: float | None, status: str) -> TableCell:
    return TableCell(escape(number(value) if value is not None else status_word(status)))


def _goal(goal: MunicipalGoal) -> str:
    deadline = f" Frist: {date_text(goal.deadline)}." if goal.deadline else ""
    return escape(f"«{goal.text}».{deadline}")
