"""The chapters that are written as Markdown from the edition, without a page notebook."""

from collections.abc import Collection

from navbook.edition import Edition
from navbook.pages.chapters.casemix import casemix_chapter
from navbook.pages.chapters.crosswalk import crosswalks
from navbook.pages.chapters.learning import learning_chapter
from navbook.pages.chapters.letter import letter_chapter
from navbook.pages.chapters.planning import FOLDER as SHEETS
from navbook.pages.chapters.planning import sheet_list, sheets, with_sheet
from navbook.pages.chapters.reports import FOLDER, OVERVIEW, report_overview, reports
from navbook.pages.chapters.suppression import PLACE as HIDING
from navbook.pages.chapters.suppression import suppression_chapter
from navbook.pages.chapters.unmet_requirements import unmet_requirements_chapter
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    escape,
    heading,
    number,
    paragraph,
    raw_html,
    table,
)
from navbook.pages.sections import edition_line
from navbook.pages.templates import sentence
from navbook.pages.text import definition_box
from navbook.pages.view import View, units


def definitions_chapter(edition: Edition) -> str:
    """The chapter of definitions as Markdown, with an anchor for the id of each."""
    parts = [
        heading(1, sentence("kapittel.definisjoner.tittel")),
        raw_html(_top(edition)),
        sentence("kapittel.definisjoner.ingress") + "\n",
    ]
    view = View(edition, edition.tall.iloc[:0])
    for definition in view.definitions:
        parts += [
            raw_html(f'<span id="{escape(definition.id)}"></span>'),
            heading(2, definition.navn),
            raw_html(f'<div class="nb-definisjon">{definition_box(view, definition)}</div>'),
        ]
    return "\n".join(parts)


def _top(edition: Edition) -> str:
    return edition_line(View(edition, edition.tall.iloc[:0]))


def quality_chapter(edition: Edition) -> str:
    """The chapter on data quality as Markdown: what the check of the extract counted, for counties and
    country.
    """
    names = {unit.enhet: unit.navn for unit in units(edition)}
    frame = edition.kvalitet
    rows = []
    for record in frame.to_dict("records"):
        count = record["antall"]
        shown = "skjult" if record["status"] == "skjult" or count != count else number(float(count))
        enhet = str(record["enhet"])
        rows.append(
            TableRow(
                escape(record["tekst"]),
                [TableCell(escape(names.get(enhet, enhet))), TableCell(escape(shown), "antall")],
                {"enhet": enhet},
            )
        )
    columns = [TableColumn("Merknad"), TableColumn("Enhet"), TableColumn("Antall", True, "datakvalitet.html")]
    body = (
        table(sentence("kapittel.datakvalitet.tabell"), columns, rows)
        if rows
        else paragraph(sentence("kapittel.datakvalitet.ingen"))
    )
    return "\n".join(
        [
            heading(1, sentence("kapittel.datakvalitet.tittel")),
            raw_html(_top(edition)),
            sentence("kapittel.datakvalitet.ingress") + "\n",
            raw_html(body),
        ]
    )


def edition_chapters(edition: Edition, offices: Collection[str] | None = None) -> dict[str, str]:
    """Every chapter written from the edition: address without suffix → Markdown.

    `offices` limits the planning sheets to those of some offices.
    """
    top, of_counties = _top(edition), reports(edition)
    listed = with_sheet(edition, offices)
    return {
        "metode/definisjoner": definitions_chapter(edition),
        "metode/brevet": letter_chapter(edition, top),
        **crosswalks(edition, top),
        "metode/forventet": casemix_chapter(edition, top),
        "metode/laering": learning_chapter(edition, top),
        "metode/datakvalitet": quality_chapter(edition),
        HIDING: suppression_chapter(edition),
        f"{FOLDER}/avvik": unmet_requirements_chapter(
            edition, [name.partition("/")[2] for name in of_counties]
        ),
        **({f"{FOLDER}/{OVERVIEW}": report_overview(edition, top)} if of_counties else {}),
        **of_counties,
        **({f"{SHEETS}/{OVERVIEW}": sheet_list(edition, top, listed)} if listed else {}),
        **sheets(edition, offices),
    }
