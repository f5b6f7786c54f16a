"""A cell of the edition as cells of an HTML table."""

from collections.abc import Sequence

from navbook.pages.format import TableCell, TableColumn, escape
from navbook.pages.templates import sentences_under
from navbook.pages.text.sentences import (
    change_text,
    count_text,
    figures_sentence,
    interval_text,
    missing_word,
    share_text,
)
from navbook.pages.text.verdicts import full_verdict, verdict_word
from navbook.pages.view import HIDDEN, Cell, LetterSeries, View

PROVISIONAL = ' <span class="nb-merknad">foreløpig</span>'


def status_value(cell: Cell, span: int = 1, keys: dict[str, str] | None = None) -> TableCell:
    """The reason why a value is not shown, across `span` columns."""
    word = missing_word(cell)
    css = "nb-status nb-skjult" if cell.status == HIDDEN else "nb-status"
    return TableCell(escape(word), "status", span, css, keys or {})


def number_columns(root: str) -> list[TableColumn]:
    """The headers over counts, share, interval and change, linked to the chapters on their methods."""
    return [
        TableColumn("Teller", True, f"{root}metode/telling.html"),
        TableColumn("Nevner", True, f"{root}metode/telling.html"),
        TableColumn("Andel (prosent)", True, f"{root}metode/telling.html"),
        TableColumn("95 % intervall", True, f"{root}metode/intervaller.html"),
        TableColumn("Endring (intervall)", True, f"{root}metode/endring.html"),
    ]


def count_values(cell: Cell) -> list[TableCell]:
    """Numerator, denominator, share and interval: four columns, or one reason across all four."""
    if not cell.shown:
        return [status_value(cell, 4)]
    mark = PROVISIONAL if cell.forelopig else ""
    return [
        TableCell(escape(count_text(cell, cell.x)), "x"),
        TableCell(escape(count_text(cell, cell.n)), "n"),
        TableCell(escape(share_text(cell)) + mark, "verdi"),
        TableCell(escape(interval_text(cell)), "nedre ovre"),
    ]


def together(cells: Sequence[Cell], values: Sequence[TableCell]) -> list[TableCell]:
    """The values of a row; one word across it if nothing is shown, for one and the same reason."""
    reasons = {missing_word(cell) for cell in cells}
    if len(cells) < 2 or len(reasons) > 1 or any(cell.shown for cell in cells):
        return list(values)
    return [status_value(cells[0], len(cells), values[0].keys)]


def narrow_head(name: str) -> str:
    """A name for the head of a narrow column: long words may be divided where `kolonner.delt` says."""
    for divided in sentences_under("kolonner.delt").values():
        whole = divided.replace("\u00ad", "")
        name = name.replace(whole, divided).replace(whole.lower(), divided.lower())
    return name


def breakable(printed: str) -> str:
    """A number and its interval, escaped, with a permitted line break between them."""
    return escape(printed).replace(" (", " <wbr>(")


def share_value(cell: Cell, keys: dict[str, str] | None = None) -> TableCell:
    """The share with its interval in one column."""
    if not cell.shown:
        return status_value(cell, keys=keys)
    if cell.is_count:
        return TableCell(escape(count_text(cell, cell.x)), "x", keys=keys or {})
    return TableCell(
        breakable(f"{share_text(cell)} ({interval_text(cell)})"), "verdi nedre ovre", keys=keys or {}
    )


def change_value(cell: Cell) -> TableCell:
    """The change from the base period with its interval."""
    return TableCell(breakable(change_text(cell)), "endring endring_nedre endring_ovre")


def verdict_value(view: View, cell: Cell, series: LetterSeries, note: str = "") -> TableCell:
    """What the figures did, the verdict, and a plain-text `note` if there is one."""
    html = escape(figures_sentence(cell))
    if verdict := full_verdict(view, cell, series):
        html += f' <span class="nb-vurdering nb-{escape(cell.vurdering)}">{escape(verdict)}</span>'
    if note:
        html += f" {escape(note)}"
    return TableCell(html, "vurdering", css="nb-ord")


def verdict_word_value(view: View, cell: Cell, series: LetterSeries) -> TableCell:
    """The verdict as one word, for tables of many units; its sentences are on the unit's own page."""
    word = verdict_word(view, cell, series)
    css = f"nb-vurdering nb-{cell.vurdering}" if word else ""
    return TableCell(escape(word or "–"), "vurdering", css=css)
