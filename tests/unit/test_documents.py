"""Documents made from chapters: headings, tables and words as on the page, and the same bytes each time."""

import io
import zipfile
from datetime import datetime

import pytest
from docx import Document

from navbook.book.documents.content import chapter_tree
from navbook.book.documents.docx_writer import docx_bytes
from navbook.pages.format import TableCell, TableColumn, TableRow, heading, raw_html, table

MADE = datetime(2023, 1, 31)
COLUMNS = [TableColumn("Tall"), TableColumn("Fylket", True), TableColumn("Risiko og tiltak")]
ROWS = [
    TableRow("Til arbeid", [TableCell("41,2 (38,1–44,9)", "verdi"), TableCell("")], {"enhet": "9701"}),
    TableRow("Ledige", [TableCell("1 234", "x"), TableCell("a &amp; b")], note=TableCell("En merknad")),
]
CHAPTER = "\n".join(
    [
        heading(1, "Rapport for Nordfylket, 2022"),
        raw_html("<p>Innledning med <strong>frist</strong>.</p>"),
        heading(2, "2.1. Inkluderingsdugnaden:"),
        raw_html(table("Tabell 1", COLUMNS, ROWS) + '<p class="nb-skriv">Fylkets vurdering:</p>'),
        raw_html("<blockquote><p>Egne ord</p></blockquote><ul><li>ett</li><li>to</li></ul>"),
        heading(2, "Les videre"),
        raw_html('<ul><li><a href="x.html">Siden</a></li></ul>'),
    ]
)


def document(markdown: str = CHAPTER):
    return Document(io.BytesIO(docx_bytes(chapter_tree(markdown), "Rapport", MADE)))


def test_headings_are_headings_and_words_are_in_order():
    found = [(p.style.name, p.text) for p in document().paragraphs if p.text]
    assert found == [
        ("Heading 1", "Rapport for Nordfylket, 2022"),
        ("Normal", "Innledning med frist."),
        ("Heading 2", "2.1. Inkluderingsdugnaden:"),
        ("Caption", "Tabell 1"),
        ("Normal", "Fylkets vurdering:"),
        ("Quote", "Egne ord"),
        ("List Bullet", "ett"),
        ("List Bullet", "to"),
    ]


def test_a_heading_that_somebody_wrote_cuts_nothing_off():
    own = heading(2, "Les videre") + "\n" + raw_html("<blockquote><p>Fylkets egne ord</p></blockquote>")
    chapter = CHAPTER.replace(heading(2, "Les videre"), own + "\n" + heading(2, "Les videre"))
    found = [p.text for p in document(chapter).paragraphs if p.text]
    assert found[-2:] == ["Les videre", "Fylkets egne ord"]


def test_a_table_has_a_head_that_repeats_a_caption_and_every_cell():
    (made,) = document().tables
    cells = [[cell.text for cell in row.cells] for row in made.rows]
    assert cells[:3] == [
        ["Tall", "Fylket", "Risiko og tiltak"],
        ["Til arbeid", "41,2 (38,1–44,9)", ""],
        ["Ledige", "1 234", "a & b"],
    ]
    # the note stands under the row, across the columns of numbers
    assert cells[3] == ["", "En merknad", "En merknad"]
    xml = made._tbl.xml
    assert xml.count("<w:tblHeader") == 1
    assert '<w:tblCaption w:val="Tabell 1"/>' in xml


def test_there_is_room_to_write_after_the_prompt():
    paragraphs = document().paragraphs
    place = next(k for k, p in enumerate(paragraphs) if p.text == "Fylkets vurdering:")
    assert paragraphs[place + 1].text == ""


def test_what_explains_a_picture_is_left_out_and_the_rest_of_the_caption_stays():
    legend = '<span class="nb-tegn nb-tegn-bilde">Strek: landet.</span>'
    shown = raw_html(
        table("Kravene", COLUMNS, ROWS).replace("Kravene</caption>", f"Kravene {legend}</caption>")
    )
    found = [p.text for p in document(shown).paragraphs if p.text]
    assert found == ["Kravene"]


def test_a_row_to_write_in_has_room():
    empty = TableRow("Unge under 30", [TableCell(""), TableCell("")], {"enhet": "9701"})
    (made,) = document(raw_html(table("Tiltak", COLUMNS, [*ROWS, empty]))).tables
    assert [row.height is not None for row in made.rows] == [False, False, False, False, True]


def test_bold_words_are_bold_and_the_language_is_norwegian():
    made = document()
    runs = next(p for p in made.paragraphs if p.text.startswith("Innledning")).runs
    assert [(run.text, bool(run.bold)) for run in runs] == [
        ("Innledning med ", False),
        ("frist", True),
        (".", False),
    ]
    assert 'w:lang w:val="nb-NO"' in made.styles["Normal"].element.xml
    assert made.core_properties.language == "nb-NO"


def test_the_same_chapter_gives_the_same_bytes_and_no_time_of_day():
    first, second = (docx_bytes(chapter_tree(CHAPTER), "Rapport", MADE) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "2023-01-31T00:00:00" in core


@pytest.mark.parametrize("markdown", ["", "# Bare en overskrift", raw_html("<table></table>")])
def test_a_chapter_with_little_in_it_is_a_document(markdown):
    assert document(markdown) is not None
