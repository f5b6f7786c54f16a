"""Chapters written from the edition: kept while what they read is the same. A comment is no part of that."""

import json
from pathlib import Path

import pytest

from editions import make_small_edition
from navbook import pages
from navbook.book.execution.page_cache import PageCache
from navbook.book.site.chapter_cache import cached_chapters
from navbook.edition import Edition, EditionWithoutComments
from navbook.edition.schema import FILES


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a small edition."""
    folder = make_small_edition(tmp_path_factory.mktemp("utgaver"))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def edition(made: dict[str, bytes], tmp_path: Path) -> Edition:
    """An edition of the test's own."""
    folder = tmp_path / "2022"
    folder.mkdir()
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return Edition(folder)


def test_what_is_kept_is_what_the_pages_write(edition: Edition, tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "sider")
    first, again = cached_chapters(edition, cache), cached_chapters(edition, cache)
    assert first == again == pages.edition_chapters(edition)


def test_a_changed_comment_writes_no_chapter_again_and_a_changed_definition_does(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    monkeypatch.setattr(
        "navbook.book.site.chapter_cache.edition_chapters",
        lambda read, _offices: written.append(read) or {"a": "b"},
    )
    cache = PageCache(tmp_path / "sider")
    cached_chapters(edition, cache)
    (edition.folder / "kommentarer.json").write_text('{"9001": "Noe helt annet."}', encoding="utf-8")
    cached_chapters(Edition(edition.folder), cache)
    assert len(written) == 1
    (edition.folder / "definisjoner.json").write_text("[]", encoding="utf-8")
    cached_chapters(Edition(edition.folder), cache)
    assert len(written) == 2


def test_nothing_is_kept_of_a_site_that_was_refused(edition: Edition, tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "sider")
    cached_chapters(edition, cache)
    cache.clear()
    assert list((tmp_path / "sider").iterdir()) == []


@pytest.mark.parametrize("name", sorted({*FILES} - {"kommentarer.json"}))
def test_every_file_but_the_comments_counts(edition: Edition, name: str) -> None:
    before = EditionWithoutComments(edition.folder).digest()
    with (edition.folder / name).open("ab") as file:
        file.write(b"\n")
    assert EditionWithoutComments(edition.folder).digest() != before


def test_what_the_manifest_tells_counts_and_its_bookkeeping_does_not(edition: Edition) -> None:
    before = EditionWithoutComments(edition.folder).digest()
    manifest = dict(edition.utgave)
    for change, same in (({"filer": {}}, True), ({"kilde": "En annen kilde"}, False)):
        (edition.folder / "utgave.json").write_text(json.dumps(manifest | change), encoding="utf-8")
        assert (EditionWithoutComments(edition.folder).digest() == before) is same


def test_a_chapter_that_asked_for_a_comment_would_be_told_so(edition: Edition) -> None:
    with pytest.raises(AttributeError, match="comments"):
        _ = EditionWithoutComments(edition.folder).kommentarer
