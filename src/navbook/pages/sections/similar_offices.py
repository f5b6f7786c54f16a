"""Offices with a similar task: which they are, and what they have in common."""

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd

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
from navbook.pages.text import join_names
from navbook.pages.view import UnitView

CHAPTER = "metode/laering.html"
HEADS = {
    "under30": "Under 30 år",
    "landgruppe3": "Født utenfor EØS",
    "langtid": "Langtid",
    "nedsatt": "Nedsatt",
    "ota_arbs": "Forventet i arbeid, arbeids\u00adsøkere (prosent)",
    "ota_nedsatt": "Forventet i arbeid, nedsatt arbeids\u00adevne (prosent)",
}
NAMES = {
    "under30": "Under 30 år",
    "landgruppe3": "Født utenfor EØS (landgruppe 3)",
    "langtid": "Langtidsarbeidssøkere",
    "nedsatt": "Nedsatt arbeidsevne",
    "ota_arbs": "Forventet i arbeid, arbeidssøkere",
    "ota_nedsatt": "Forventet i arbeid, nedsatt arbeidsevne",
}


def similar_offices(view: UnitView) -> Fragment:
    """A table of the office and the five most similar, in number order, with what they are matched on."""
    rows = view.edition.further("lignende")
    rows = rows[rows["enhet"] == view.unit.enhet]
    way = link(view.root + CHAPTER, "Lære av hverandre")
    if rows.empty:
        return Fragment(
            paragraph(
                "Vi finner ikke kontorer som ligner. Det krever at alle tallene vi sammenligner med, kan "
                f"vises, både for dette kontoret og for nok andre. {way} forteller hvordan det gjøres."
            ),
            "lignende",
        )
    lead = paragraph(
        "Dette er de fem kontorene som ligner mest på dette i hvem de er til for. De står i "
        f"nummerrekkefølge, ikke etter hvor like de er. Snakk med dem: hva gjør de, og hva gjør dere? {way}."
    )
    names = {unit.enhet: unit.navn for unit in view.units}
    columns = [TableColumn("Kontor"), *(TableColumn(HEADS[name], True, _way(view, name)) for name in DRIVERS)]
    shown = table(
        f"Kontorer som ligner på {view.unit.navn}, andeler i prosent",
        columns,
        [_row(view, names, record) for record in cast(list[dict[str, Any]], rows.to_dict("records"))],
        stacks=True,
    )
    note = paragraph(
        "De fire første er andeler av alle under oppfølging: under 30 år, født utenfor EØS, "
        "langtidsarbeidssøkere og med nedsatt arbeidsevne. De to siste er andelen modellen venter i arbeid "
        "av dem som sluttet. Tallene beskriver alle i en gruppe og har derfor ikke intervall."
    )
    return Fragment(lead + shown + note, "lignende")


def _row(view: UnitView, names: dict[str, str], record: dict[str, Any]) -> TableRow:
    other = str(record["lignende"])
    own = other == view.unit.enhet
    name = f"{other} {names.get(other, '')}".strip()
    head = f"<strong>{escape(name)}</strong>" if own else link(f"{view.root}kontor/{other}.html", name)
    shares = [TableCell(escape(percent(record[driver]))) for driver in DRIVERS]
    note = "Dette kontoret." if own else f"Likest i: {similarity_text(str(record['likest']))}."
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
