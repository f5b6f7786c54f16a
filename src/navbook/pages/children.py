"""What stands under a unit: offices or counties, in number order and never ranked."""

from navbook.pages.fragments import Fragment, link, paragraph, text
from navbook.pages.portfolio import group_label
from navbook.pages.sentences import count_text
from navbook.pages.tables import Column, Row, Value, table
from navbook.pages.values import share_value, status_value
from navbook.pages.view import PORTFOLIO, Unit, UnitView

GROUPS = ("alle", "under30", "langtid", "AAP")


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
    """Group sizes of each unit below, then the share of each judged series for all, both in number order."""
    under = view.children
    if not under:
        return Fragment(paragraph("Utgaven har ingen enheter her."), "enheter")
    what = "Fylke" if view.niva == "landet" else "Kontor"
    sizes = [Column(what), *(Column(group_label(view, gruppe), True) for gruppe in GROUPS)]
    caption = f"Personer under oppfølging ({what.lower()} i nummerrekkefølge)"
    parts = [table(caption, sizes, [_sizes(view, unit) for unit in under])]
    indicators = list(
        dict.fromkeys(
            s.indikator
            for s in view.letter_series
            if s.judged and s.gruppe == "alle" and s.measure == "andel"
        )
    )
    indicators = [i for i in indicators if any(view.cell(i, "alle", unit.enhet).shown for unit in under)]
    if indicators:
        heads = [Column(what), *(Column(view.definitions.get(i).kortnavn, True) for i in indicators)]
        rows = [_shares(view, unit, indicators) for unit in under]
        parts.append(table("Andel i prosent (95 % intervall)", heads, rows))
    note = paragraph(
        "Rekkefølgen følger enhetsnummeret. "
        "Intervaller som overlapper, betyr at tallene ikke viser noen sikker forskjell."
    )
    return Fragment("".join(parts) + note, "enheter")
