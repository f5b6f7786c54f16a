"""The offices of a county or the counties of the country, in number order and never ranked."""

from dataclasses import replace

from markupsafe import Markup

from navbook.pages.format import Fragment, TableCell, TableColumn, TableRow, escape, link, paragraph, table
from navbook.pages.sections.portfolio import group_label, size_class_text
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.text import count_text, narrow_head, share_value, status_value, together
from navbook.pages.view import PORTFOLIO, LetterSeries, Unit, UnitView

GROUPS = ("alle", "under30", "langtid", "AAP")
SHARES_A_TABLE = 4


def _sizes(view: UnitView, unit: Unit) -> TableRow:
    cells = [view.cell(PORTFOLIO, gruppe, unit.enhet) for gruppe in GROUPS]
    values = []
    for cell in cells:
        keys = {"indikator": cell.indikator, "gruppe": cell.gruppe, "periode": cell.periode}
        shown = TableCell(escape(count_text(cell, cell.x)), "x", keys=keys)
        values.append(shown if cell.shown else status_value(cell, keys=keys))
    return TableRow(view.unit_link(unit), together(cells, values), {"enhet": unit.enhet})


def _shares(view: UnitView, unit: Unit, lines: list[LetterSeries]) -> TableRow:
    cells = [view.cell(line.indikator, line.gruppe, unit.enhet) for line in lines]
    values = [
        share_value(cell, {"indikator": cell.indikator, "gruppe": cell.gruppe, "periode": cell.periode})
        for cell in cells
    ]
    return TableRow(view.unit_link(unit), together(cells, values), {"enhet": unit.enhet})


def subunits(view: UnitView) -> Fragment:
    """Group sizes of each subunit, then every share with a requirement, in number order."""
    under = view.subunits
    if not under:
        return Fragment(paragraph(sentence("enheter.under.ingen")), "enheter")
    what = "Fylke" if view.niva == "landet" else "Kontor"
    parts = [_size_table(view, under, what), *_share_tables(view, under, what)]
    way = Markup(link(f"{view.root}metode/intervaller.html", sentence("enheter.under.intervaller")))
    note = paragraph(html_sentence("enheter.under.slik", lenke=way))
    return Fragment(note + "".join(parts), "enheter")


def _size_table(view: UnitView, under: list[Unit], what: str) -> str:
    method = f"{view.root}metode/telling.html"
    heads = [
        TableColumn(what),
        *(TableColumn(narrow_head(group_label(view, gruppe)), True, method) for gruppe in GROUPS),
    ]
    rows = [_sizes(view, unit) for unit in under]
    if with_class := any(size_class_text(unit.size_class) for unit in under):
        heads.append(TableColumn("Ansatte", True))
    rows = [_with_class(row, unit) if with_class else row for row, unit in zip(rows, under, strict=True)]
    return table(sentence("enheter.under.storrelse"), heads, rows, stacks=True)


def _with_class(row: TableRow, unit: Unit) -> TableRow:
    return replace(row, values=[*row.values, TableCell(escape(size_class_text(unit.size_class) or "–"))])


def _share_tables(view: UnitView, under: list[Unit], what: str) -> list[str]:
    """Tables of the judged shares that some subunit shows, as many in a table as a screen has room for."""
    lines = [
        line
        for line in view.letter_series
        if line.judged
        and line.measure == "andel"
        and any(view.cell(line.indikator, line.gruppe, unit.enhet).shown for unit in under)
    ]
    made = []
    for start in range(0, len(lines), SHARES_A_TABLE):
        part = lines[start : start + SHARES_A_TABLE]
        named = list(dict.fromkeys(line.parameter for line in part))
        caption = sentence("enheter.under.andeler", flere=start > 0, navn=named)
        made.append(share_table(view, caption, under, what, part))
    return made


def share_table(view: UnitView, caption: str, under: list[Unit], what: str, lines: list[LetterSeries]) -> str:
    """A table of some series in each unit: shares with intervals, or counts; HTML."""
    heads = [TableColumn(what), *(_share_head(view, line) for line in lines)]
    return table(caption, heads, [_shares(view, unit, lines) for unit in under], stacks=True)


def _share_head(view: UnitView, line: LetterSeries) -> TableColumn:
    definition = view.definitions.get(line.indikator)
    group = definition.group_name(line.gruppe) if line.gruppe != "alle" else ""
    name = f"{definition.kortnavn}: {group}" if group else definition.kortnavn
    return TableColumn(narrow_head(name), True, f"{view.root}indikator/{line.indikator}.html")
