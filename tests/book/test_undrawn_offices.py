"""`build --office` draws some offices; the other pages then name the rest without a dead link."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from navbook.book.site.unlink_missing import unlink_missing_offices

COUNTY = (
    '<th scope="row"><a href="../kontor/9001.html">9001 NAV Storvik &amp; Øy</a></th>\n'
    '<th scope="row"><a href="../kontor/9002.html">9002 NAV Lilleby</a></th>\n'
    '<p><a href="../indikator/ota_arbs.html">Arbeidssøkere</a></p>\n'
)


def page(path, html):
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = new_output("display_data", data={"text/html": html, "text/plain": "<enheter>"})
    nbformat.write(new_notebook(cells=[new_code_cell("side.enheter()", outputs=[shown], id="enheter")]), path)


def html_of(path):
    return nbformat.read(path, as_version=4).cells[0].outputs[0].data["text/html"]


@pytest.fixture
def pages(tmp_path):
    page(tmp_path / "fylke" / "9700.ipynb", COUNTY)
    page(tmp_path / "kontor" / "9001.ipynb", "<p>NAV Storvik</p>")
    return tmp_path


def test_an_office_without_a_page_is_named_without_a_link(pages):
    unlink_missing_offices(pages)
    assert '<th scope="row">9002 NAV Lilleby</th>' in html_of(pages / "fylke" / "9700.ipynb")


def test_every_other_link_stays(pages):
    unlink_missing_offices(pages)
    html = html_of(pages / "fylke" / "9700.ipynb")
    assert '<a href="../kontor/9001.html">9001 NAV Storvik &amp; Øy</a>' in html
    assert '<a href="../indikator/ota_arbs.html">' in html


def test_the_country_page_lies_at_the_root(pages):
    page(pages / "landet.ipynb", '<a href="kontor/9002.html">9002 NAV Lilleby</a>')
    unlink_missing_offices(pages)
    assert html_of(pages / "landet.ipynb") == "9002 NAV Lilleby"


def test_a_written_chapter_links_to_no_missing_office(pages):
    chapter = pages / "rapport" / "avvik.md"
    chapter.parent.mkdir()
    chapter.write_text(COUNTY, encoding="utf-8")
    unlink_missing_offices(pages)
    assert chapter.read_text(encoding="utf-8") == COUNTY.replace(
        '<a href="../kontor/9002.html">9002 NAV Lilleby</a>', "9002 NAV Lilleby"
    )


def test_a_whole_book_is_left_as_it_is(pages):
    page(pages / "kontor" / "9002.ipynb", "<p>NAV Lilleby</p>")
    before = {path: path.read_bytes() for path in pages.rglob("*.ipynb")}
    unlink_missing_offices(pages)
    assert {path: path.read_bytes() for path in pages.rglob("*.ipynb")} == before
