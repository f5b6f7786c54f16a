"""The chapter that quotes the letter in full."""

from typing import Any

from navbook.edition import Edition
from navbook.pages.format import bullets, date_text, heading, link, period_text, raw_html
from navbook.pages.templates import sentence
from navbook.pages.text import catalogue, changes_table, parameter_box, readings, terms
from navbook.pages.view import letter_rows


def _crosswalk_links(krav: dict[str, Any]) -> list[str]:
    """Links to what changed from each letter to the next."""
    return [
        link(
            f"fra-{each['fra']}-til-{each['til']}.html",
            sentence("brevene.overgang.tittel", fra=each["fra"], til=each["til"]),
        )
        for each in krav.get("overganger") or []
    ]


def letter_chapter(edition: Edition, top: str) -> str:
    """The letter in force as Markdown; `top` is the HTML under the title."""
    krav = edition.krav
    rows = letter_rows(krav)
    parts = [heading(1, "Brevet"), raw_html(top)]
    if not rows:
        parts.append(sentence("brevene.ingen_brev") + "\n")
        return "\n".join(parts)
    period = period_text(str(edition.utgave["periode"]))
    dated = date_text(krav["datert"]) if krav["datert"] else ""
    answered = sentence("brevene.svarer_pa", periode=period, brev=krav["brev"], datert=dated)
    parts.append(f"{answered} {sentence('brevene.anforselstegn')}\n")
    if unconfirmed := krav.get("uavklart"):
        parts.append(sentence("brevene.uavklart", arver=krav["arver"], navn=unconfirmed) + "\n")
    parts.append(heading(2, "Styringsparameterne"))
    for row in rows:
        parts += [
            heading(3, f"{row.id}: {row.wording}"),
            raw_html(f'<div class="nb-definisjon">{parameter_box(row)}</div>'),
        ]
    sections = {
        "slik_leses": readings(krav),
        "endret": changes_table(sentence("brevene.fra_forrige"), krav.get("endringer") or [], "Før", "Nå"),
        "begreper": terms(krav.get("definisjoner") or []),
        "utenfor": catalogue(krav.get("katalog") or []),
        "overganger": bullets(_crosswalk_links(krav)),
    }
    for name, body in sections.items():
        if body:
            parts += [heading(2, sentence(f"brevene.overskrift.{name}")), raw_html(body)]
    return "\n".join(parts)
