"""The groups that the unit follows up, by size, before any result."""

from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    escape,
    paragraph,
    percent,
    percent_decimals,
    period_text,
    signed,
    table,
)
from navbook.pages.templates import sentence, sentences_under
from navbook.pages.text import count_text, status_value, status_word
from navbook.pages.view import PORTFOLIO, Cell, Unit, UnitView

FOLLOWS_UP = sentences_under("enheter.grupper.hvem")


def groups(view: UnitView) -> list[Cell]:
    """The unit's portfolio cells for the period shown, all persons first, without groups its level lacks."""
    definition = view.definitions.get(PORTFOLIO)
    keys = [
        gruppe
        for indikator, gruppe in view.cells.series_keys()
        if indikator == PORTFOLIO and definition.has_level(gruppe, view.niva)
    ]
    ordered = sorted(keys, key=lambda gruppe: (definition.group_place(gruppe), gruppe))
    return [view.cell(PORTFOLIO, gruppe, view.unit.enhet) for gruppe in ordered]


def group_label(view: UnitView, gruppe: str) -> str:
    """The name of a group of the portfolio, including the group of all."""
    name = view.definitions.get(PORTFOLIO).group_name(gruppe)
    return name or sentence("enheter.grupper.alle")


def _row(view: UnitView, cell: Cell, everybody: Cell) -> TableRow:
    head = escape(group_label(view, cell.gruppe))
    if not cell.shown:
        return TableRow(head, [status_value(cell, 3)], cell.keys)
    part = "–"
    if everybody.shown and everybody.x and cell.x is not None:
        part = percent(cell.x / everybody.x, percent_decimals(everybody.x / everybody.divisor))
    change = "–" if cell.endring is None else signed(cell.endring / cell.divisor)
    return TableRow(
        head,
        [
            TableCell(escape(count_text(cell, cell.x)), "x"),
            TableCell(escape(part)),
            TableCell(escape(change), "endring"),
        ],
        cell.keys,
    )


def portfolio(view: UnitView) -> Fragment:
    """Group sizes as a table: persons, share of all under oppfølging, change from the year before."""
    cells = groups(view)
    if not cells:
        return Fragment(paragraph(sentence("enheter.grupper.ingen")), "portefølje")
    size = size_class_sentence(view.unit)
    note = paragraph(sentence("enheter.grupper.overlapper"))
    return Fragment(size + portfolio_table(view, cells) + note, "portefølje")


def portfolio_table(view: UnitView, cells: list[Cell]) -> str:
    """A table of some groups of the portfolio in one period, and why it has no intervals; HTML."""
    everybody = view.cell(PORTFOLIO, "alle", view.unit.enhet)
    period = period_text(cells[0].periode)
    columns = [
        TableColumn("Gruppe"),
        TableColumn("Personer", True, f"{view.root}metode/telling.html"),
        TableColumn(sentence("enheter.grupper.andel"), True, f"{view.root}metode/telling.html"),
        TableColumn(sentence("enheter.grupper.endring"), True, f"{view.root}metode/endring.html"),
    ]
    caption = sentence("enheter.grupper.tabell", periode=period, snitt=cells[0].divisor > 1)
    shown = table(caption, columns, [_row(view, cell, everybody) for cell in cells])
    return shown + paragraph(sentence("enheter.grupper.uten_intervall"))


def size_class_sentence(unit: Unit) -> str:
    """The size class of an office and why it matters; empty for other units and if it is unknown."""
    words = size_class_text(unit.size_class)
    if unit.niva != "kontor" or not words:
        return ""
    return paragraph(escape(sentence("enheter.grupper.ansatte", storrelse=words)))


def size_class_text(size_class: str) -> str:
    """A size class of enheter.csv in words: `under 30`, `30–49`, `minst 50`; empty if there is none."""
    return {"<30": "under 30", "30-49": "30–49", "50+": "minst 50"}.get(size_class, "")


def size_sentence(view: UnitView) -> str:
    """A sentence on how many the unit follows up, with the young and the long-term unemployed."""
    everybody = view.cell(PORTFOLIO, "alle", view.unit.enhet)
    if not everybody.shown:
        return sentence("enheter.grupper.uten_tall", grunn=status_word(everybody.status))
    parts = []
    for gruppe in ("under30", "langtid", "landgruppe3"):
        cell = view.cell(PORTFOLIO, gruppe, view.unit.enhet)
        if cell.shown:
            parts.append(sentence(f"enheter.grupper.blant_dem.{gruppe}", antall=count_text(cell, cell.x)))
    who = FOLLOWS_UP.get(view.niva) or sentence("enheter.grupper.hvem_ellers", hele=view.area.whole)
    return sentence(
        "enheter.grupper.fulgt_opp",
        hvem=who,
        antall=count_text(everybody, everybody.x),
        snitt=everybody.divisor != 1,
        grupper=parts,
    )
