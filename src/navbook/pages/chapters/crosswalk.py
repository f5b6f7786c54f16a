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
from navbook.pages.templates import sentence, sentences_under
from navbook.pages.text import changes_table
from navbook.pages.view import Definitions, View


def _said(key: str, **values: object) -> str:
    return sentence(f"brevene.overgang.{key}", **values)


def crosswalks(edition: Edition, top: str) -> dict[str, str]:
    """The chapter on each pair of consecutive letters: address without suffix → Markdown."""
    return {
        f"metode/fra-{transition['fra']}-til-{transition['til']}": _chapter(edition, transition, top)
        for transition in edition.krav.get("overganger") or []
    }


def _chapter(edition: Edition, transition: dict[str, Any], top: str) -> str:
    before, after = transition["fra"], transition["til"]
    view = View(edition, edition.tall.iloc[:0])
    years = {"fra": before, "til": after}
    changes = changes_table(_said("endret_tabell", **years), transition["endringer"], str(before), str(after))
    return "\n".join(
        [
            heading(1, _said("tittel", **years)),
            raw_html(top),
            _said("ingress", **years) + "\n",
            heading(2, _said("endret")),
            raw_html(changes),
            heading(2, _said("rader")),
            raw_html(_rows(view, transition)),
            *_goals(transition),
            heading(2, _said("betyr")),
            raw_html(_consequences(view.definitions, transition)),
        ]
    )


def _goals(transition: dict[str, Any]) -> list[str]:
    """The goals outside the table that are new, and those that the later letter does not mention."""
    lists = {_said(name, til=transition["til"]): transition[name] for name in ("nye_mal", "utgatte_mal")}
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
    return table(_said("rader_tabell", fra=before, til=after), columns, rows, labelled=True)


def _head(view: View, row: dict[str, Any]) -> str:
    latest = row["til"] or row["fra"]
    before = row["fra"]["id"] if row["fra"] and row["fra"]["id"] != row["id"] else ""
    renumbered = f" (før {escape(before)})" if before else ""
    return (
        f"{escape(row['id'])}{renumbered} {view.indicator_link(latest['indikatorer'][0], latest['ordlyd'])}"
    )


def _demand(side: dict[str, Any] | None, year: str) -> str:
    if side is None:
        missing = _said("ikke_i_brevet", ar=year)
        return f'<span class="nb-status">{escape(missing)}</span>'
    notes = [f"Fotnote {escape(note['nr'])}: «{escape(note['tekst'])}»" for note in side["fotnoter"]]
    return f"«{escape(side['krav'])}»" + bullets(notes, "nb-fotnoter")


def _wording(row: dict[str, Any]) -> TableCell:
    if row["fra"] is None or row["til"] is None:
        return TableCell(escape("Ny" if row["fra"] is None else "Tatt ut"))
    same = row["fra"]["ordlyd"] == row["til"]["ordlyd"]
    words = _said("likt") if same else f"Før: «{row['fra']['ordlyd']}»"
    redefined = row["til"].get("ny_definisjon")
    return TableCell(escape(_said("ny_definisjon", ordlyd=words) if redefined else words))


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
    own = paragraph(_said("selv")) + bullets(changes) if changes else ""
    lines = sentences_under("brevene.overgang.folger").values()
    return bullets([escape(line) for line in lines]) + own
