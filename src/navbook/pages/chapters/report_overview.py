"""What the counties' reports lack: headings without text, and headings that the letter does not have."""

from typing import Any

from navbook.edition import Edition
from navbook.pages.chapters.county_report import county_text, deadline_words, headings_to_write
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    count_word,
    escape,
    heading,
    link,
    paragraph,
    raw_html,
    table,
)
from navbook.pages.view import Unit, units


def report_overview(edition: Edition, top: str) -> str:
    """The page as Markdown: a row for each county. `top` is the line that names the edition."""
    counties = [unit for unit in units(edition) if unit.niva == "fylke"]
    wanted = headings_to_write(edition)
    columns = [
        TableColumn("Fylke"),
        TableColumn("Overskrifter med tekst"),
        TableColumn("Mangler tekst"),
        TableColumn("Tekst uten plass i brevet"),
    ]
    rows = [_row(edition, county, wanted) for county in counties]
    complete = sum(not _missing(edition, county, wanted) for county in counties)
    return "\n".join(
        [
            heading(1, "Hva fylkenes rapporter mangler"),
            raw_html(top),
            raw_html(deadline_words(edition.krav, str(edition.utgave["periode"]))),
            raw_html(paragraph(escape(_summary(complete, len(counties), len(wanted))))),
            raw_html(table("Fylkenes rapporter", columns, rows)),
        ]
    )


def _summary(complete: int, counties: int, headings: int) -> str:
    some = f"{count_word(complete).capitalize()} av {counties}" if complete else "Ingen"
    return (
        f"Rapporten har {headings} overskrifter med plass til fylkets egen tekst. "
        f"{some} fylker har skrevet under alle. "
        "Tallene under overskriftene er fylt ut for alle fylker."
    )


def _row(edition: Edition, county: Unit, wanted: list[str]) -> TableRow:
    missing = _missing(edition, county, wanted)
    return TableRow(
        link(f"{county.enhet}.html", county.navn),
        [
            TableCell(f"{len(wanted) - len(missing)} av {len(wanted)}"),
            TableCell("alle" if len(missing) == len(wanted) else _listed(missing)),
            TableCell(_listed(list(county_text(edition, county).elsewhere))),
        ],
        {"enhet": county.enhet},
    )


def _missing(edition: Edition, county: Unit, wanted: list[str]) -> list[str]:
    placed = county_text(edition, county).placed
    return [words for words in wanted if not placed.get(words, "").strip()]


def _listed(words: list[Any]) -> str:
    return "<br>".join(escape(word.strip() or "Uten overskrift") for word in words) or "–"
