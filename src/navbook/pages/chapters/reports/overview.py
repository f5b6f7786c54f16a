"""What the counties' reports lack: headings without text, and headings that the letter does not have."""

from typing import Any

from navbook.edition import Edition
from navbook.pages.chapters.reports.county_report import county_text, deadline_words, headings_to_write
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    escape,
    heading,
    link,
    paragraph,
    raw_html,
    table,
)
from navbook.pages.templates import sentence, sentences_under
from navbook.pages.view import Unit, units


def report_overview(edition: Edition, top: str) -> str:
    """The page as Markdown: a row for each county. `top` is the line that names the edition."""
    counties = [unit for unit in units(edition) if unit.niva == "fylke"]
    wanted = headings_to_write(edition)
    columns = [TableColumn(head) for head in sentences_under("rapport.oversikt.kolonne").values()]
    rows = [_row(edition, county, wanted) for county in counties]
    complete = sum(not _missing(edition, county, wanted) for county in counties)
    counts = {"ferdige": complete, "antall": len(counties), "overskrifter": len(wanted)}
    summary = sentence("rapport.oversikt.slik", **counts)
    return "\n".join(
        [
            heading(1, sentence("rapport.oversikt.tittel")),
            raw_html(top),
            raw_html(deadline_words(edition.krav, str(edition.utgave["periode"]))),
            raw_html(paragraph(escape(summary))),
            raw_html(table(sentence("rapport.oversikt.tabell"), columns, rows)),
        ]
    )


def _row(edition: Edition, county: Unit, wanted: list[str]) -> TableRow:
    missing = _missing(edition, county, wanted)
    return TableRow(
        link(f"{county.enhet}.html", county.navn),
        [
            TableCell(f"{len(wanted) - len(missing)} av {len(wanted)}"),
            TableCell(sentence("rapport.oversikt.alle") if len(missing) == len(wanted) else _listed(missing)),
            TableCell(_listed(list(county_text(edition, county).elsewhere))),
        ],
        {"enhet": county.enhet},
    )


def _missing(edition: Edition, county: Unit, wanted: list[str]) -> list[str]:
    placed = county_text(edition, county).placed
    return [words for words in wanted if not placed.get(words, "").strip()]


def _listed(words: list[Any]) -> str:
    return "<br>".join(escape(word.strip() or sentence("rapport.uten_overskrift")) for word in words) or "–"
