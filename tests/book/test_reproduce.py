"""`make reproduce` compares every byte of two books: it must see each way in which two can differ."""

from pathlib import Path

import pytest
from reproduce import COMPARED, compare, copy_project

SITE = Path("_build", "html")


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    """Two projects with the same files in each of the compared folders."""
    projects = (tmp_path / "en", tmp_path / "to")
    for project in projects:
        for folder in COMPARED:
            (project / folder / "kontor").mkdir(parents=True)
            (project / folder / "kontor" / "9001").write_bytes(b"NAV Storvik")
    return projects


def test_equal_books_differ_in_nothing_and_every_file_is_counted(books: tuple[Path, Path]) -> None:
    assert compare(*books) == (len(COMPARED), len(COMPARED) * len(b"NAV Storvik"), [])


@pytest.mark.parametrize("folder", COMPARED)
def test_one_other_byte_is_named_with_its_place(books: tuple[Path, Path], folder: Path) -> None:
    (books[1] / folder / "kontor" / "9001").write_bytes(b"NAV Storvim")
    files, _, different = compare(*books)
    assert files == len(COMPARED)
    assert different == [
        f"  {folder.as_posix()}/kontor/9001: from byte 10: b'NAV Storvik' and b'NAV Storvim'",
    ]


def test_a_longer_file_and_files_that_only_one_book_has_are_named(books: tuple[Path, Path]) -> None:
    one, other = books
    (other / SITE / "kontor" / "9001").write_bytes(b"NAV Storvik\n")
    (one / SITE / "kontor" / "9002").touch()
    (other / SITE / "kontor" / "9003").touch()
    *_, different = compare(one, other)
    assert different == [
        f"  _build/html/kontor/9002: only in {one}",
        f"  _build/html/kontor/9003: only in {other}",
        "  _build/html/kontor/9001: from byte 11: b'NAV Storvik' and b'NAV Storvik\\n'",
    ]


def test_a_book_without_files_is_not_taken_for_an_equal_one(books: tuple[Path, Path]) -> None:
    for project in books:
        (project / SITE / "kontor" / "9001").unlink()
    with pytest.raises(SystemExit, match="nothing to compare"):
        compare(*books)


def test_a_copy_of_the_project_holds_the_page_notebooks_and_no_pages_made_before(tmp_path: Path) -> None:
    copy = copy_project(tmp_path / "kopi")
    assert (copy / "notebooks" / "sider" / "kontor.ipynb").is_file()
    assert (copy / "src" / "navbook" / "cli" / "interface.py").is_file()
    assert not (copy / "book" / "sider").exists()
    assert not (copy / "privat").exists()
