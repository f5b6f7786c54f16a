"""Offices with a similar task: which they are, and what they have in common."""

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd
from markupsafe import Markup

from navbook.edition.schema import DRIVERS
from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    escape,
    link,
    paragraph,
    percent,
    table,
)
from navbook.pages.templates import html_sentence, sentence, sentences_under
from navbook.pages.text import join_names
from navbook.pages.view import UnitView

CHAPTER = "metode/laering.html"
HEADS = sentences_under("lignende.hode")
NAMES = sentences_under("lignende.navn")


def similar_offices(view: UnitView) -> Fragment:
    """A table of the office and the five most similar, in number order, with what they are matched on."""
    rows = view.edition.further("lignende")
    rows = rows[rows["enhet"] == view.unit.enhet]
    way = Markup(link(view.root + CHAPTER, sentence("laering.tittel")))
    if rows.empty:
        return Fragment(paragraph(html_sentence("lignende.ingen", lenke=way)), "lignende")
    lead = paragraph(html_sentence("lignende.ingress", lenke=way))
    names = {unit.enhet: unit.navn for unit in view.units}
    columns = [TableColumn("Kontor"), *(TableColumn(HEADS[name], True, _way(view, name)) for name in DRIVERS)]
    shown = table(
        sentence("lignende.tabell", navn=view.unit.navn),
        columns,
        [_row(view, names, record) for record in cast(list[dict[str, Any]], rows.to_dict("records"))],
        stacks=True,
    )
    note = paragraph(escape(sentence("lignende.merknad")))
    return Fragment(lead + shown + note, "lignende")


def _row(view: UnitView, names: dict[str, str], record: dict[str, Any]) -> TableRow:
    other = str(record["lignende"])
    own = other == view.unit.enhet
    name = f"{other} {names.get(other, '')}".strip()
    head = f"<strong>{escape(name)}</strong>" if own else link(f"{view.root}kontor/{other}.html", name)
    shares = [TableCell(escape(percent(record[driver]))) for driver in DRIVERS]
    alike = similarity_text(str(record["likest"]))
    note = sentence("lignende.eget") if own else sentence("lignende.likest", likest=alike)
    return TableRow(head, shares, note=TableCell(escape(note), css="nb-ord"))


def _way(view: UnitView, name: str) -> str:
    return f"{view.root}metode/{'forventet' if name.startswith('ota_') else 'telling'}.html"


def similarity_text(names: str) -> str:
    """The figures in which two offices are most alike, as a list in running text."""
    words: Sequence[str] = [NAMES[name].lower() for name in names.split()]
    return join_names(list(words)) if words else "–"


def office_labels(frame: pd.DataFrame) -> dict[str, str]:
    """Number → number and name, from the rows of `enheter`."""
    return {str(r["enhet"]): f"{r['enhet']} {r['navn']}" for r in frame.to_dict("records")}
