"""The text sections of a chapter: the letter's words, the book's choices, and what is left out."""

from typing import Any

from navbook.pages.chapters.view import ChapterView
from navbook.pages.format import Fragment, bullets, definition_list, escape, paragraph
from navbook.pages.sections import GENERAL
from navbook.pages.templates import sentence
from navbook.pages.text import catalogue, terms
from navbook.pages.view import LetterRow


def chapter_letter(view: ChapterView) -> Fragment:
    """The letter's own words: its rows, its entries outside the table, and its terms."""
    rows = [parameter for parameter in view.letter_rows if _concerns(view, parameter)]
    wordings = [
        f"{escape(row.id)} «{escape(row.wording)}». Krav: «{escape(row.requirement)}»" for row in rows
    ]
    entries = [view.catalogue_entries[name] for name in view.chapter.brevet if name in view.catalogue_entries]
    known: list[dict[str, Any]] = view.edition.krav.get("definisjoner") or []
    wanted = [term for term in known if term["id"] in view.chapter.begreper]
    html = bullets(wordings) + catalogue(entries) + terms(wanted)
    return Fragment(html or paragraph(escape(_no_words(view))), "brevet")


def _no_words(view: ChapterView) -> str:
    if not view.has_letter:
        return sentence("kapittel.brevet.ingen")
    return sentence("kapittel.brevet.nevner_ikke", brev=view.edition.krav["brev"])


def _concerns(view: ChapterView, parameter: LetterRow) -> bool:
    named = {series.indikator for name in view.chapter.names for series in view.all_series(name)}
    return any(series.indikator in named for series in parameter.series)


def chapter_choices(view: ChapterView) -> Fragment:
    """What the letter leaves open and what the book has chosen, for each indicator."""
    silent = {s.indikator: row.silent for row in view.letter_rows for s in row.series if row.silent}
    parts = []
    for name in view.indicators:
        definition = view.definitions.get(name)
        chosen = [escape(line) for line in definition.record.get("valg") or []]
        pairs = [
            (sentence("kapittel.brevet.sier_ikke"), escape(silent.get(name, ""))),
            (sentence("kapittel.valg.hode"), bullets(chosen)),
        ]
        if any(content for _, content in pairs):
            title = paragraph(f"<strong>{view.indicator_link(name, definition.kortnavn)}</strong>")
            parts.append(title + definition_list(pairs))
    return Fragment(
        "".join(parts) or paragraph(sentence("kapittel.valg.ingen")),
        "valg",
    )


def chapter_caveats(view: ChapterView) -> Fragment:
    """What none of the chapter's figures measures, and what each of them leaves out."""
    own = [
        f"{view.indicator_link(name, view.definitions.get(name).kortnavn)}: "
        f"{escape(' '.join(view.definitions.get(name).maler_ikke))}"
        for name in view.indicators
        if view.definitions.get(name).maler_ikke
    ]
    lines = [*view.chapter.sier_ikke, *GENERAL[:2]]
    return Fragment(bullets([escape(line) for line in lines]) + bullets(own), "forbehold")
