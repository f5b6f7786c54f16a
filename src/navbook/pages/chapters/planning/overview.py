"""The page that lists the planning sheets by county."""

from navbook.edition import Edition
from navbook.pages.format import bullets, escape, heading, link, paragraph, raw_html
from navbook.pages.templates import sentence
from navbook.pages.view import Unit, units


def sheet_list(edition: Edition, top: str, listed: list[Unit]) -> str:
    """The page as Markdown: the sheets of the offices in `listed` under their counties; `top` names the
    edition.
    """
    plans = {enhet for enhet, text in edition.tekster["planer"].items() if text.strip()}
    parts = [
        heading(1, sentence("plan.liste.tittel")),
        raw_html(top),
        raw_html(paragraph(escape(sentence("plan.liste.ingress")))),
    ]
    for county in units(edition):
        own = [unit for unit in listed if unit.fylke == county.enhet]
        if county.niva == "fylke" and own:
            lines = [_line(unit, unit.enhet in plans) for unit in own]
            parts += [heading(2, county.navn), raw_html(bullets(lines))]
    return "\n".join(parts)


def _line(unit: Unit, has_plan: bool) -> str:
    name = f"{unit.enhet} {link(f'{unit.enhet}.html', unit.navn)}"
    return f"{name} {escape(sentence('plan.liste.lagt_ved'))}" if has_plan else name
