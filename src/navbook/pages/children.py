"""What stands under a unit: offices or counties, in number order and never ranked."""

from dataclasses import replace

from navbook.pages.fragments import Fragment, link, paragraph, text
from navbook.pages.portfolio import group_label, size_class_text
from navbook.pages.sentences import count_text, listed
from navbook.pages.tables import Column, Row, Value, table
from navbook.pages.values import share_value, status_value
from navbook.pages.view import PORTFOLIO, Unit, UnitView

GROUPS = ("alle", "under30", "langtid", "AAP")
SHARES_A_TABLE = 5


def unit_head(view: UnitView, unit: Unit) -> str:
    """A unit's name with its number, linked to its page if it has one."""
    if unit.special:
        return "Enheter utenom NAV-kontor"
    return link(f"{view.root}{unit.niva}/{unit.enhet}.html", f"{unit.enhet} {unit.navn}")


def _sizes(view: UnitView, unit: Unit) -> Row:
    values = []
    for gruppe in GROUPS:
        cell = view.cell(PORTFOLIO, gruppe, unit.enhet)
        keys = {"indikator": cell.indikator, "gruppe": gruppe, "periode": cell.periode}
        shown = Value(text(count_text(cell, cell.x)), "x", keys=keys)
        values.append(shown if cell.shown else status_value(cell, keys=keys))
    return Row(unit_head(view, unit), values, {"enhet": unit.enhet})


def _shares(view: UnitView, unit: Unit, indicators: list[str]) -> Row:
    values = []
    for indikator in indicators:
        cell = view.cell(indikator, "alle", unit.enhet)
        values.append(share_value(cell, {"indikator": indikator, "gruppe": "alle", "periode": cell.periode}))
    return Row(unit_head(view, unit), values, {"enhet": unit.enhet})


def children(view: UnitView) -> Fragment:
    """Group sizes of each unit below, then the shares with a requirement for all, in number order."""
    under = view.children
    if not under:
        return Fragment(paragraph("Utgaven har ingen enheter her."), "enheter")
    what = "Fylke" if view.niva == "landet" else "Kontor"
    parts = [_size_table(view, under, what), *_share_tables(view, under, what)]
    note = paragraph(
        "Tabellene er ikke en rangering. "
        "Intervaller som overlapper, betyr at tallene ikke viser noen sikker forskjell."
    )
    return Fragment(note + "".join(parts), "enheter")


def _size_table(view: UnitView, under: list[Unit], what: str) -> str:
    heads = [Column(what), *(Column(group_label(view, gruppe), True) for gruppe in GROUPS)]
    rows = [_sizes(view, unit) for unit in under]
    if with_class := any(size_class_text(unit.size_class) for unit in under):
        heads.append(Column("Ansatte", True))
    rows = [_with_class(row, unit) if with_class else row for row, unit in zip(rows, under, strict=True)]
    return table("Personer under oppfølging", heads, rows)


def _with_class(row: Row, unit: Unit) -> Row:
    return replace(row, values=[*row.values, Value(text(size_class_text(unit.size_class) or "–"))])


def _share_tables(view: UnitView, under: list[Unit], what: str) -> list[str]:
    """The judged shares of everybody, as many to a table as a screen has room for."""
    wanted = {
        series.indikator: series.parameter
        for series in view.letter_series
        if series.judged and series.gruppe == "alle" and series.measure == "andel"
    }
    ids = [i for i in wanted if any(view.cell(i, "alle", unit.enhet).shown for unit in under)]
    made = []
    for start in range(0, len(ids), SHARES_A_TABLE):
        part = ids[start : start + SHARES_A_TABLE]
        names = [view.definitions.get(i).kortnavn for i in part]
        ways = [f"{view.root}indikator/{i}.html" for i in part]
        heads = [Column(what), *(Column(name, True, way) for name, way in zip(names, ways, strict=True))]
        caption = f"Andel i prosent (95 % intervall): {listed([wanted[i] for i in part])}"
        made.append(table(caption, heads, [_shares(view, unit, part) for unit in under]))
    return made
