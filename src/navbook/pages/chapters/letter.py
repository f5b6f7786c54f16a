"""The letter on paper: one row as a box of facts, and the chapter that gives the whole of it."""

from typing import Any

from navbook.edition import Edition
from navbook.pages.format.fragments import bullets, facts, paragraph, text
from navbook.pages.format.markdown import heading, raw
from navbook.pages.format.numbers import date_text, period_text
from navbook.pages.format.tables import Column, Row, Value, table
from navbook.pages.view.requirements import Parameter, parameters


def parameter_box(parameter: Parameter) -> str:
    """A row of the letter: wording, requirement, its reading, footnotes, and what the text leaves open."""
    rule = next((s.rule.get("text") for s in parameter.series if s.rule.get("text")), "")
    notes = [f"Fotnote {text(number)}: «{text(words)}»" for number, words in parameter.footnotes]
    return facts(
        [
            ("Styringsparameter", f"{text(parameter.id)} «{text(parameter.wording)}»"),
            ("Krav", f"«{text(parameter.requirement)}»" if parameter.requirement else ""),
            ("Slik leser boken kravet", text(rule or "")),
            ("Fotnoter i brevet", bullets(notes)),
            ("Det brevet ikke sier", text(parameter.silent)),
        ]
    )


def entry_box(entry: dict[str, Any]) -> str:
    """What the letter says of a goal outside its table, and what the book does with it."""
    return facts(
        [
            ("Utenfor styringsparameterne", f"{text(entry['id'])} {_words(entry['ordlyd'])}"),
            ("Hva en ville måle", text(entry["hva"])),
            ("Hva boken gjør", text(entry["grunn"])),
        ]
    )


def readings(krav: dict[str, Any], of: list[Parameter] | None = None) -> str:
    """How requirements are read, as a list: those of some rows, or all; nothing where there is no letter."""
    points = krav.get("lesemater") or []
    if of is not None:
        named = {point for row in of for series in row.series for point in series.rule.get("semantics") or []}
        points = [point for point in points if point["id"] in named]
    return bullets([text(point["tekst"]) for point in points])


def letter_chapter(edition: Edition, top: str) -> str:
    """The letter in force as Markdown; `top` is the HTML that stands under the title."""
    krav = edition.krav
    rows = parameters(krav)
    parts = [heading(1, "Brevet"), raw(top)]
    if not rows:
        parts.append("Det finnes ikke noe brev for dette året, så boken vurderer ingen krav.\n")
        return "\n".join(parts)
    period = period_text(str(edition.utgave["periode"]))
    parts += [
        f"Utgaven for {period} svarer på brevet for {krav['brev']}, datert {date_text(krav['datert'])}. "
        "Ordlyden er gjengitt uendret.\n",
        heading(2, "Styringsparameterne"),
    ]
    for row in rows:
        parts += [
            heading(3, f"{row.id}: {row.wording}"),
            raw(f'<div class="nb-definisjon">{parameter_box(row)}</div>'),
        ]
    sections = {
        "Slik leser boken kravene": readings(krav),
        "Endret siden forrige brev": changes_table(
            "Fra forrige brev til dette", krav.get("endringer") or [], "Før", "Nå"
        ),
        "Begreper i brevet": terms(krav.get("definisjoner") or []),
        "Frister, mål og rapportering utenfor tabellen": catalogue(krav.get("katalog") or []),
    }
    for title, body in sections.items():
        if body:
            parts += [heading(2, title), raw(body)]
    return "\n".join(parts)


def _words(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(f"«{text(part)}»" for part in value)
    return f"«{text(value)}»" if value else ""


def changes_table(caption: str, changes: list[dict[str, Any]], before: str, now: str) -> str:
    """What a letter has otherwise than the one before it, under two heads; nothing for no changes."""
    if not changes:
        return ""
    rows = [
        Row(text(change["topic"]), [Value(text(change["before"])), Value(text(change["now"]))])
        for change in changes
    ]
    return table(caption, [Column("Tema"), Column(before), Column(now)], rows)


def terms(definitions: list[dict[str, Any]]) -> str:
    """Terms of the letter as a list: its words, and what they fix or leave open; nothing for none."""
    if not definitions:
        return ""
    return facts([(d["id"], f"{_words(d['ordlyd'])}{paragraph(text(d['fastsetter']))}") for d in definitions])


def catalogue(entries: list[dict[str, Any]]) -> str:
    """Entries outside the letter's table with its words, and what the book does; nothing for none."""
    if not entries:
        return ""
    heads = ("Id", "Ordlyd", "Hva en ville måle", "Status", "Grunn")
    rows = [
        Row(
            text(entry["id"]),
            [
                Value(_words(entry["ordlyd"])),
                *(Value(text(entry[key])) for key in ("hva", "status", "grunn")),
            ],
        )
        for entry in entries
    ]
    return table(
        "Det brevet ellers nevner, og hva boken gjør med det", [Column(head) for head in heads], rows
    )
