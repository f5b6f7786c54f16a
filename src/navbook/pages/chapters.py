"""Chapters written from the edition: the definitions, the letter, and the quality of the data."""

from navbook.edition import Edition
from navbook.pages.definitions import Definitions, definition_box
from navbook.pages.fragments import bullets, facts, paragraph, text
from navbook.pages.numbers import number, period_text
from navbook.pages.requirements import parameters
from navbook.pages.tables import Column, Row, Value, table
from navbook.pages.topline import edition_line
from navbook.pages.view import View, units


def _raw(html: str) -> str:
    """HTML as a block of Markdown that is taken as it stands."""
    return "```{raw} html\n" + html.replace("\n", " ").replace("`", "&#96;") + "\n```\n"


def _heading(level: int, words: str) -> str:
    """A Markdown heading whose words cannot be read as markup."""
    escaped = "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+-.!|$&~" else sign for sign in words)
    return f"{'#' * level} {' '.join(escaped.split())}\n"


def definitions_chapter(edition: Edition) -> str:
    """Every definition of the edition, each under the anchor of its id."""
    parts = [
        _heading(1, "Definisjoner"),
        _raw(_top(edition)),
        "Her står hver definisjon som tallene i utgaven er regnet ut etter. "
        "Teksten er hentet fra definisjonene selv, så den kan ikke si noe annet enn det som er regnet.\n",
    ]
    for definition in Definitions(edition.definisjoner):
        parts += [
            _raw(f'<span id="{text(definition.id)}"></span>'),
            _heading(2, definition.navn),
            _raw(f'<div class="nb-definisjon">{definition_box(definition)}</div>'),
        ]
    return "\n".join(parts)


def _top(edition: Edition) -> str:
    return edition_line(View(edition, edition.tall.iloc[:0]))


def _joined(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(f"«{text(part)}»" for part in value)
    return f"«{text(value)}»" if value else ""


def letter_chapter(edition: Edition) -> str:
    """The letter in force: its rows, and what else stands in it with what the book does about it."""
    krav = edition.krav
    parts = [_heading(1, "Brevet"), _raw(_top(edition))]
    rows = parameters(krav)
    if not rows:
        parts.append(
            "Det finnes ikke noe mål- og disponeringsbrev for dette året, så boken vurderer ingen krav.\n"
        )
        return "\n".join(parts)
    parts.append(
        f"Utgaven for {period_text(str(edition.utgave['periode']))} svarer på brevet for {krav['brev']}. "
        "Ordlyden er gjengitt uendret.\n"
    )
    parts.append(_heading(2, "Styringsparameterne"))
    for row in rows:
        notes = bullets([f"Fotnote {text(nr)}: «{text(words)}»" for nr, words in row.footnotes])
        rule = next((s.rule.get("text") for s in row.series if s.rule.get("text")), "")
        box = facts(
            [
                ("Ordlyd", f"«{text(row.wording)}»"),
                ("Krav", f"«{text(row.requirement)}»" if row.requirement else ""),
                ("Slik leser boken kravet", text(rule or "")),
                ("Fotnoter i brevet", notes),
                ("Det brevet ikke sier", text(row.silent)),
            ]
        )
        parts += [_heading(3, row.id), _raw(f'<div class="nb-definisjon">{box}</div>')]
    parts += [_heading(2, "Begreper i brevet"), _raw(_terms(krav.get("definisjoner") or []))]
    parts += [
        _heading(2, "Frister, mål og rapportering utenfor tabellen"),
        _raw(_catalogue(krav.get("katalog") or [])),
    ]
    return "\n".join(parts)


def _terms(definitions: list[dict[str, object]]) -> str:
    pairs = [
        (str(d.get("id")), f"{_joined(d.get('ordlyd'))} {text(d.get('fastsetter') or d.get('fixes') or '')}")
        for d in definitions
    ]
    return facts(pairs) if pairs else paragraph("Ingen.")


def _catalogue(entries: list[dict[str, object]]) -> str:
    columns = [Column("Id"), Column("Ordlyd"), Column("Hva en ville måle"), Column("Status"), Column("Grunn")]
    rows = [
        Row(
            text(e["id"]),
            [
                Value(_joined(e.get("ordlyd"))),
                *(Value(text(e.get(k) or "")) for k in ("hva", "status", "grunn")),
            ],
        )
        for e in entries
    ]
    return (
        table("Hva brevet ellers nevner, og hva boken gjør med det", columns, rows)
        if rows
        else paragraph("Ingen.")
    )


def quality_chapter(edition: Edition) -> str:
    """What the check of the extract reported, as counts for counties and the country."""
    names = {unit.enhet: unit.navn for unit in units(edition)}
    frame = edition.kvalitet
    rows = []
    for record in frame.to_dict("records"):
        count = record["antall"]
        shown = "skjult" if record["status"] == "skjult" or count != count else number(float(count))
        enhet = str(record["enhet"])
        rows.append(
            Row(
                text(record["tekst"]),
                [Value(text(names.get(enhet, enhet))), Value(text(shown), "antall")],
                {"enhet": enhet},
            )
        )
    columns = [Column("Merknad"), Column("Enhet"), Column("Antall", True)]
    body = (
        table("Merknader fra kontrollen av uttrekket", columns, rows)
        if rows
        else paragraph("Kontrollen hadde ingen merknader.")
    )
    return "\n".join(
        [
            _heading(1, "Datakvalitet"),
            _raw(_top(edition)),
            "Før noe telles, kontrolleres uttrekket. Det som ikke kan være riktig, stopper kjøringen. "
            "Det som bare er påfallende, telles opp her. "
            "Tallene går gjennom samme personvernkontroll som resten av boken.\n",
            _raw(body),
        ]
    )


def chapters(edition: Edition) -> dict[str, str]:
    """Address without suffix → Markdown of each chapter that is written from the edition."""
    return {
        "metode/definisjoner": definitions_chapter(edition),
        "metode/brevet": letter_chapter(edition),
        "metode/datakvalitet": quality_chapter(edition),
    }
