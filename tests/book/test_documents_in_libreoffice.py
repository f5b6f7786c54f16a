"""The report of a county and the sheet of an office open in LibreOffice Writer as they were written."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from editions import write_small_edition
from navbook.book.documents.write import write_documents
from navbook.edition import Edition
from navbook.gate.metadata.letter import reporting
from navbook.pages import edition_chapters
from without_protection import only_small_ones_hidden

NAMESPACES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The document of a county of each letter and of an office, by its name."""
    place, made = tmp_path_factory.mktemp("dokumenter"), {}
    for period in ("2021", "2022"):
        edition = Edition(
            write_small_edition(place / "utgaver", period, decided=only_small_ones_hidden).folder
        )
        chapters = edition_chapters(edition)
        chosen = {name: chapters[name] for name in ("rapport/9700", "plan/9001") if name in chapters}
        for file in write_documents(edition, chosen, place / period):
            made[f"{file.parent.name} {period}"] = file
    return made


@pytest.fixture(scope="module")
def opened(documents: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree._Element]:
    """Each document as LibreOffice reads it: its flat XML."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: run tests/book/install_libreoffice.sh"
    place, found = tmp_path_factory.mktemp("lest"), {}
    for name, file in documents.items():
        folder = place / name.replace(" ", "-")
        profile = f"-env:UserInstallation={(place / 'profil').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "fodt", "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        found[name] = etree.parse(folder / f"{file.stem}.fodt").getroot()
    return found


def _words(element: etree._Element) -> str:
    for space in ("line-break", "tab", "s"):
        for part in element.iterfind(f".//text:{space}", NAMESPACES):
            part.text = " "
    return " ".join("".join(element.itertext()).split())


@pytest.mark.slow
@pytest.mark.parametrize("year", [2021, 2022])
def test_a_report_has_every_heading_of_the_reporting_part_in_order(opened, year):
    found = [_words(heading) for heading in opened[f"rapport {year}"].iterfind(".//text:h", NAMESPACES)]
    wanted = [part["overskrift"] for part in reporting(2021)["deler"]]
    assert [heading for heading in found if heading in wanted] == wanted


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rapport 2021", "rapport 2022", "plan 2022"])
def test_every_word_and_table_is_read(documents, opened, name):
    written, read = Document(io.BytesIO(documents[name].read_bytes())), opened[name]
    tables = read.findall(".//table:table", NAMESPACES)
    assert len(tables) == len(written.tables) > 0
    for made, table in zip(written.tables, tables, strict=True):
        assert table.find("table:table-header-rows", NAMESPACES) is not None, made.rows[0].cells[0].text
        assert len(table.findall(".//table:table-row", NAMESPACES)) == len(made.rows)
        cells = {_words(cell) for cell in table.iterfind(".//table:table-cell", NAMESPACES)}
        assert {" ".join(cell.text.split()) for row in made.rows for cell in row.cells} <= cells
    paragraphs = {_words(element) for element in read.iter() if element.tag.endswith(("}p", "}h"))}
    assert {" ".join(part.text.split()) for part in written.paragraphs} <= paragraphs
