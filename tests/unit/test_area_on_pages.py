"""An edition of a part of the country never says «landet» of it, on any page."""

import html
import re

import pytest

from editions import MANIFEST, write_small_edition
from navbook import pages
from navbook.book.execution.page_list import page_list
from navbook.edition import Edition

COUNTRY_WORD = re.compile(r"\b(?:hele )?land(?:et|ets|ssiden|sgjennomsnitt\w*|sdekkende)\b", re.IGNORECASE)
# quotations of the letter may speak of the country
QUOTATION = re.compile(r"«[^»]*»")
TAGS = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The small edition as an extract of «Troms», a name with a genitive of its own."""
    place = tmp_path_factory.mktemp("utgaver")
    return Edition(
        write_small_edition(place, manifest=MANIFEST.model_copy(update={"omrade": "Troms"})).folder
    )


def sections(page):
    """The HTML of every section of a page."""
    names = [name for name in vars(type(page)) if not name.startswith("_")]
    return {name: getattr(page, name)().html for name in names}


def plain(text):
    return QUOTATION.sub("", html.unescape(TAGS.sub(" ", text)))


def spoken(text):
    """What is read or heard of a page: text, and the names of figures and regions."""
    labels = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', text)
    return plain(text) + "\n" + plain("\n".join(labels))


def found(texts):
    return [
        f"{name}: …{said[max(m.start() - 60, 0) : m.end() + 30]}…"
        for name, text in texts.items()
        for said in [spoken(text)]
        for m in COUNTRY_WORD.finditer(said)
    ]


def test_pages_name_the_part(edition, monkeypatch):
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(edition.folder.parent))
    texts = {}
    for task in page_list(edition):
        kind, subject = task.notebook.stem, {k: v for k, v in task.parameters.items() if k != "utgave"}
        page = getattr(pages, kind)("2022", **subject)
        texts |= {f"{task.name} {name}": html_text for name, html_text in sections(page).items()}
    assert len(texts) > 100
    assert found(texts) == []
    assert any("Troms" in text for name, text in texts.items() if name.startswith("landet "))


def test_written_chapters_name_the_part(edition):
    texts = pages.edition_chapters(edition)
    assert len(texts) > 5
    assert found(texts) == []


def test_the_title_of_the_first_page_is_the_name(edition):
    assert next(task.title for task in page_list(edition) if task.notebook.stem == "landet") == "Troms"
