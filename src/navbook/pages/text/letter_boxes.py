"""Rows, entries, terms and changes of a letter as boxes and tables of HTML."""

from typing import Any

from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    definition_list,
    escape,
    paragraph,
    table,
)
from navbook.pages.templates import sentence
from navbook.pages.view import LetterRow


def parameter_box(parameter: LetterRow) -> str:
    """A row of the letter: wording, requirement, how it is read, footnotes, and what the text leaves open."""
    rule = next((s.rule.get("text") for s in parameter.series if s.rule.get("text")), "")
    notes = [f"Fotnote {escape(number)}: «{escape(words)}»" for number, words in parameter.footnotes]
    return definition_list(
        [
            ("Styringsparameter", f"{escape(parameter.id)} «{escape(parameter.wording)}»"),
            ("Krav", f"«{escape(parameter.requirement)}»" if parameter.requirement else ""),
            (sentence("kolonner.slik_leses"), escape(rule or "")),
            ("Fotnoter i brevet", bullets(notes)),
            (sentence("kolonner.brevet_sier_ikke"), escape(parameter.silent)),
        ]
    )


def entry_box(entry: dict[str, Any]) -> str:
    """What the letter says of a goal outside its table, and what the book does with it."""
    return definition_list(
        [
            ("Utenfor styringsparameterne", f"{escape(entry['id'])} {_of_letter(entry)}"),
            (sentence("kolonner.en_ville_male"), escape(entry["hva"])),
            ("Hva boken gjør", escape(entry["grunn"])),
        ]
    )


def readings(krav: dict[str, Any], of: list[LetterRow] | None = None) -> str:
    """How the requirements of some rows, or of all, are read; empty without a letter."""
    points = krav.get("lesemater") or []
    if of is not None:
        named = {point for row in of for series in row.series for point in series.rule.get("semantics") or []}
        points = [point for point in points if point["id"] in named]
    return bullets([escape(point["tekst"]) for point in points])


def _of_letter(entry: dict[str, Any]) -> str:
    """The letter's own words in quotation marks, or what the book says in its place without them."""
    return _words(entry["ordlyd"]) or escape(entry["omtale"])


def _words(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(f"«{escape(part)}»" for part in value)
    return f"«{escape(value)}»" if value else ""


def changes_table(caption: str, changes: list[dict[str, Any]], before: str, now: str) -> str:
    """What differs between a letter and the one before it; empty without changes."""
    if not changes:
        return ""
    rows = [
        TableRow(
            escape(change["topic"]), [TableCell(escape(change["before"])), TableCell(escape(change["now"]))]
        )
        for change in changes
    ]
    return table(caption, [TableColumn("Tema"), TableColumn(before), TableColumn(now)], rows, labelled=True)


def terms(definitions: list[dict[str, Any]]) -> str:
    """Terms of the letter: its wording, and what that settles or leaves open; empty for none."""
    if not definitions:
        return ""
    return definition_list(
        [(d["id"], f"{_words(d['ordlyd'])}{paragraph(escape(d['fastsetter']))}") for d in definitions]
    )


def catalogue(entries: list[dict[str, Any]]) -> str:
    """Entries outside the letter's table: wording, and what the book does with them; empty for none."""
    if not entries:
        return ""
    heads = ("Id", "Brevet", sentence("kolonner.en_ville_male"), sentence("kolonner.boken_gjor"))
    rows = [
        TableRow(
            escape(entry["id"]),
            [
                TableCell(_of_letter(entry)),
                TableCell(escape(entry["hva"])),
                TableCell(
                    escape(sentence("kolonner.hva_boken_gjor", status=entry["status"], grunn=entry["grunn"]))
                ),
            ],
        )
        for entry in entries
    ]
    return table(sentence("brevene.ellers"), [TableColumn(head) for head in heads], rows, labelled=True)
