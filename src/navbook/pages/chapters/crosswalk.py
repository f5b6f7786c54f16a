"""From one letter to the next: what changed, and what that means for the figures."""

from typing import Any

from navbook.edition import Edition
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    escape,
    heading,
    paragraph,
    raw_html,
    table,
)
from navbook.pages.text import changes_table
from navbook.pages.view import Definitions, View

SAME = "Likt i begge brev"
REDEFINED = "Brevet mener noe annet med raden enn brevet før, så tallene sammenlignes ikke med året før."
CONSEQUENCES = [
    "Boken regner alle årene om igjen med definisjonen som gjelder nå, så årene kan sammenlignes.",
    "Versjonen av definisjonen står på hver rad i datafilen. Skifter den mellom to måneder, brytes linjen i "
    "figuren: ingen linje trekkes over en endret definisjon.",
    "Kravet følger brevet for året. Det samme tallet kan derfor vurderes ulikt i to utgaver, uten at det har "
    "endret seg.",
    "Der brevene spør etter to ulike hendelser, er det to ulike tall.",
]


def crosswalks(edition: Edition, top: str) -> dict[str, str]:
    """The chapter on each pair of consecutive letters: address without suffix → Markdown."""
    return {
        f"metode/fra-{transition['fra']}-til-{transition['til']}": _chapter(edition, transition, top)
        for transition in edition.krav.get("overganger") or []
    }


def _chapter(edition: Edition, transition: dict[str, Any], top: str) -> str:
    before, after = transition["fra"], transition["til"]
    view = View(edition, edition.tall.iloc[:0])
    return "\n".join(
        [
            heading(1, f"Fra brevet for {before} til brevet for {after}"),
            raw_html(top),
            f"Hva som ble endret fra mål- og disponeringsbrevet for {before} til brevet for {after}, "
            "og hva det betyr for tallene i boken.\n",
            heading(2, "Hva som er endret"),
            raw_html(
                changes_table(f"Fra {before} til {after}", transition["endringer"], str(before), str(after))
            ),
            heading(2, "Styringsparameterne ved siden av hverandre"),
            raw_html(_rows(view, transition)),
            *_goals(transition),
            heading(2, "Hva det betyr for tallene"),
            raw_html(_consequences(view.definitions, transition)),
        ]
    )


def _goals(transition: dict[str, Any]) -> list[str]:
    """The goals outside the table that are new, and those that the later letter does not mention."""
    lists = {
        f"Nye mål og frister i {transition['til']}": transition["nye_mal"],
        f"Mål og frister som ikke er med i {transition['til']}": transition["utgatte_mal"],
    }
    parts = []
    for title, goals in lists.items():
        if goals:
            lines = [f"{escape(goal['id'])}: {escape(goal['hva'])}" for goal in goals]
            parts += [heading(2, title), raw_html(bullets(lines))]
    return parts


def _rows(view: View, transition: dict[str, Any]) -> str:
    before, after = str(transition["fra"]), str(transition["til"])
    columns = [
        TableColumn("Styringsparameter"),
        TableColumn(f"Krav i {before}"),
        TableColumn(f"Krav i {after}"),
        TableColumn("Ordlyd"),
    ]
    rows = [
        TableRow(
            _head(view, row),
            [TableCell(_demand(row["fra"], before)), TableCell(_demand(row["til"], after)), _wording(row)],
        )
        for row in transition["rader"]
    ]
    return table(f"Krav og ordlyd i brevene for {before} og {after}", columns, rows, stacks=True)


def _head(view: View, row: dict[str, Any]) -> str:
    latest = row["til"] or row["fra"]
    before = row["fra"]["id"] if row["fra"] and row["fra"]["id"] != row["id"] else ""
    renumbered = f" (før {escape(before)})" if before else ""
    return (
        f"{escape(row['id'])}{renumbered} {view.indicator_link(latest['indikatorer'][0], latest['ordlyd'])}"
    )


def _demand(side: dict[str, Any] | None, year: str) -> str:
    if side is None:
        return f'<span class="nb-status">{escape(f"ikke i brevet for {year}")}</span>'
    notes = [f"Fotnote {escape(note['nr'])}: «{escape(note['tekst'])}»" for note in side["fotnoter"]]
    return f"«{escape(side['krav'])}»" + bullets(notes, "nb-fotnoter")


def _wording(row: dict[str, Any]) -> TableCell:
    if row["fra"] is None or row["til"] is None:
        return TableCell(escape("Ny" if row["fra"] is None else "Tatt ut"))
    same = row["fra"]["ordlyd"] == row["til"]["ordlyd"]
    words = SAME if same else f"Før: «{row['fra']['ordlyd']}»"
    return TableCell(escape(f"{words}. {REDEFINED}" if row["til"].get("ny_definisjon") else words))


def _consequences(definitions: Definitions, transition: dict[str, Any]) -> str:
    """How the book keeps its series comparable, and which definitions report a change between the years."""
    shown = {
        name
        for row in transition["rader"]
        for side in ("fra", "til")
        if row[side]
        for name in row[side]["indikatorer"]
    }
    changes = [
        f"{escape(definition.kortnavn)} (versjon {escape(definition.record.get('versjon', ''))}): "
        f"{escape(' '.join(definition.record.get('endringer') or []))}"
        for definition in definitions
        if definition.record.get("endringer") and definition.id in shown
    ]
    own = paragraph("Endringer som definisjonene selv forteller om:") + bullets(changes) if changes else ""
    return bullets([escape(line) for line in CONSEQUENCES]) + own
