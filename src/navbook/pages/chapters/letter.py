"""The chapter that quotes the letter in full."""

from typing import Any

from navbook.edition import Edition
from navbook.pages.format import bullets, date_text, heading, link, period_text, raw_html
from navbook.pages.text import catalogue, changes_table, parameter_box, readings, terms
from navbook.pages.view import letter_rows

QUOTED = "Det som står i «anførselstegn», er ordrett fra brevet. Resten er bokens egne ord."


def _crosswalk_links(krav: dict[str, Any]) -> list[str]:
    """Links to what changed from each letter to the next."""
    return [
        link(
            f"fra-{each['fra']}-til-{each['til']}.html",
            f"Fra brevet for {each['fra']} til brevet for {each['til']}",
        )
        for each in krav.get("overganger") or []
    ]


def letter_chapter(edition: Edition, top: str) -> str:
    """The letter in force as Markdown; `top` is the HTML under the title."""
    krav = edition.krav
    rows = letter_rows(krav)
    parts = [heading(1, "Brevet"), raw_html(top)]
    if not rows:
        parts.append("Det finnes ikke noe brev for dette året, så boken vurderer ingen krav.\n")
        return "\n".join(parts)
    period = period_text(str(edition.utgave["periode"]))
    dated = f", datert {date_text(krav['datert'])}" if krav["datert"] else ""
    parts += [f"Utgaven for {period} svarer på brevet for {krav['brev']}{dated}. {QUOTED}\n"]
    if unconfirmed := krav.get("uavklart"):
        parts.append(
            f"Dette er ikke avklart og står som i brevet for {krav['arver']}: {', '.join(unconfirmed)}.\n"
        )
    parts.append(heading(2, "Styringsparameterne"))
    for row in rows:
        parts += [
            heading(3, f"{row.id}: {row.wording}"),
            raw_html(f'<div class="nb-definisjon">{parameter_box(row)}</div>'),
        ]
    sections = {
        "Slik leser boken kravene": readings(krav),
        "Endret siden forrige brev": changes_table(
            "Fra forrige brev til dette", krav.get("endringer") or [], "Før", "Nå"
        ),
        "Begreper i brevet": terms(krav.get("definisjoner") or []),
        "Frister, mål og rapportering utenfor tabellen": catalogue(krav.get("katalog") or []),
    }
    if links := _crosswalk_links(krav):
        sections["Fra brev til brev"] = bullets(links)
    for title, body in sections.items():
        if body:
            parts += [heading(2, title), raw_html(body)]
    return "\n".join(parts)
