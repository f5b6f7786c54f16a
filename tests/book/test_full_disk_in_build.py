"""A disk that is full at any step from executed pages to a book in place.

Sphinx and the staging of its source are stood in for: what counts here is every file and folder that is
written after them, and what is put in place.
"""

from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from filling_disk import KINDS, filling_disk
from navbook.book.execution.page_list import PageTask
from navbook.book.site import build as module
from navbook.book.site.build import build_book
from navbook.book.site.site_manifest import write_site_manifest
from navbook.edition import Edition
from navbook.runtime import replace_folder
from navbook.runtime.full_disk import is_full_disk
from plain_editions import plain_edition

NAMES = ("landet", "kontor/9001")
PARTS = ("html/landet.html", "prosjekt/book/sider/landet.ipynb", "utgaver/2022/tall.csv")


def write(folder: Path, ending: str, text: str) -> None:
    for name in NAMES:
        file = folder / f"{name}{ending}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def staged(_edition: Edition, _pages: Path, source: Path, **_: Any) -> Path:
    """The source of Sphinx, and the folder of generated pages in it."""
    write(source / "book" / "sider", ".ipynb", "ny")
    return source / "book" / "sider"


def sphinx(_source: Path, site: Path, doctrees: Path, **_: Any) -> None:
    write(site, ".html", "ny")
    write(doctrees, ".doctree", "ny")


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Build a book of two pages in a folder, as `navbook build` does from its executed pages on."""
    edition = plain_edition(tmp_path / "utgaver", [{"indikator": "SP01", "enhet": "9001"}])
    pages = tmp_path / "sider"
    write(pages, ".ipynb", "{}")
    tasks = [PageTask(name, Path(f"{name}.ipynb"), {}) for name in NAMES]
    monkeypatch.setattr(module, "page_list", lambda *_, **__: tasks)
    monkeypatch.setattr(module, "stage", staged)

    def build(folder: Path) -> None:
        staging = folder / "utgaver" / ".bygges"
        staging.mkdir(parents=True)
        (staging / "tall.csv").write_text("ny", encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.chdir(folder / "prosjekt")
            build_book(
                edition,
                pages,
                folder / "html",
                check_site=lambda site: write_site_manifest(site, list(NAMES), 0),
                put_in_place=partial(replace_folder, staging, folder / "utgaver" / "2022"),
                project=folder / "prosjekt",
                build_dir=folder / "bok",
                sphinx=sphinx,
            )

    return build


def workspace(folder: Path, old: bool) -> Path:
    """A folder to build in, with an older book if `old`."""
    (folder / "prosjekt" / "book").mkdir(parents=True)
    for part in PARTS if old else ():
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text("gammel", encoding="utf-8")
    return folder


def found(folder: Path) -> set[str]:
    """What the site, the stored pages and the edition say."""
    return {(folder / part).read_text(encoding="utf-8") if (folder / part).exists() else "" for part in PARTS}


@pytest.mark.parametrize("old", [False, True], ids=["first", "later"])
def test_a_book_that_meets_a_full_disk_is_whole_or_the_older_one_stands(
    old: bool, build: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = workspace(tmp_path / "alle", old)
    with filling_disk(folder, 0, "once") as disk:
        build(folder)
    assert found(folder) == {"ny"}
    steps = len(disk.steps)
    assert steps > 15
    stopped = 0
    for kind, step in product(KINDS, range(1, steps + 1)):
        folder = workspace(tmp_path / f"{kind} {step}", old)
        where = f"{kind}, step {step}: {disk.steps[step - 1]}"
        with filling_disk(folder, step, kind):
            try:
                build(folder)
            except OSError as error:
                assert is_full_disk(error), where  # noqa: PT017 - it need not be raised
                stopped += 1
                assert found(folder) == {"gammel" if old else ""}, where
            else:
                assert found(folder) == {"ny"}, where
        left = [*folder.iterdir(), *(folder / "prosjekt" / "book").iterdir()]
        assert not [path for path in left if path.name.startswith(".")], where
    assert stopped > steps
