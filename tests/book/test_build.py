"""Building: same bytes each time, refused with a reason, and the old site stands until the new is whole."""

import errno
import filecmp
import os
import shutil
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from navbook.book.execution.page_list import page_list
from navbook.book.site.build import build_book
from navbook.book.site.sphinx_process import SphinxProcess
from navbook.edition import Edition
from navbook.runtime.errors import PageFailed, UsageError
from navbook.runtime.paths import PROJECT


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """A site that stands where the next one is to be."""
    out = tmp_path / "html"
    out.mkdir()
    (out / "index.html").write_text("den gamle", encoding="utf-8")
    return out


def assert_untouched(out: Path) -> None:
    assert (out / "index.html").read_text(encoding="utf-8") == "den gamle"
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_building_again_elsewhere_gives_the_same_bytes_and_replaces_the_old_site(
    edition: Edition, executed: Path, site: Path, old_site: Path
) -> None:
    """Elsewhere is another folder and another process, while this one goes on."""
    looked: list[bool] = []
    with closing(SphinxProcess()) as binder:
        meanwhile = lambda: looked.append((old_site / "index.html").read_text() == "den gamle")  # noqa: E731
        again = build_book(edition, executed, old_site, sphinx=partial(binder, meanwhile=meanwhile))
    assert looked == [True]
    assert files(again) == files(site)
    _, different, unread = filecmp.cmpfiles(site, again, sorted(files(site)), shallow=False)
    assert (different, unread) == ([], [])


def test_a_missing_page_is_named_and_the_old_site_stands(
    edition: Edition, executed: Path, old_site: Path, tmp_path: Path
) -> None:
    pages = tmp_path / "sider"
    shutil.copytree(executed, pages)
    (pages / "kontor" / "9002.ipynb").unlink()
    with pytest.raises(PageFailed, match="kontor/9002"):
        build_book(edition, pages, old_site)
    assert_untouched(old_site)


def test_a_warning_of_jupyter_book_is_an_error_and_the_old_site_stands(
    edition: Edition, executed: Path, old_site: Path, tmp_path: Path
) -> None:
    pages = tmp_path / "sider"
    shutil.copytree(executed, pages)
    page = pages / "kontor" / "9002.ipynb"
    page.write_text(page.read_text(encoding="utf-8").replace("# NAV", "#### NAV"), encoding="utf-8")
    with (
        closing(SphinxProcess()) as binder,
        pytest.raises(PageFailed, match=r"book/sider/kontor/9002\.ipynb"),
    ):
        build_book(edition, pages, old_site, sphinx=binder)
    assert_untouched(old_site)


def test_what_looks_at_the_finished_site_can_still_refuse_it(
    edition: Edition, executed: Path, old_site: Path
) -> None:
    def refuse(site: Path) -> None:
        assert (site / "kontor" / "9001.html").is_file()
        raise PageFailed("nei")

    with pytest.raises(PageFailed, match="nei"):
        build_book(edition, executed, old_site, check_site=refuse)
    assert_untouched(old_site)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder, which is the current one."""
    project = tmp_path / "prosjekt"
    project.mkdir()
    for name in ("_config.yml", "_toc.yml"):
        shutil.copyfile(PROJECT / name, project / name)
    shutil.copytree(PROJECT / "book", project / "book", ignore=shutil.ignore_patterns("sider"))
    monkeypatch.chdir(project)
    return project


def test_a_build_in_the_project_folder_leaves_its_pages_for_plain_jupyter_book(
    edition: Edition, executed: Path, tmp_path: Path, project: Path
) -> None:
    build_book(edition, executed, tmp_path / "annet" / "html", project=project)
    kept = project / "book" / "sider"
    assert (kept / "kontor" / "9001.ipynb").read_bytes() == (executed / "kontor" / "9001.ipynb").read_bytes()
    assert (kept / "filer" / "data" / "tall.csv").is_file()


def test_site_and_pages_are_put_back_if_the_edition_cannot_be_put_in_place(
    edition: Edition, executed: Path, old_site: Path, project: Path
) -> None:
    pages = project / "book" / "sider"
    pages.mkdir()
    (pages / "gammel.ipynb").write_text("{}", encoding="utf-8")

    def full() -> None:
        assert (old_site / "kontor" / "9001.html").is_file()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="No space"):
        build_book(edition, executed, old_site, put_in_place=full, project=project)
    assert_untouched(old_site)
    assert [path.name for path in pages.iterdir()] == ["gammel.ipynb"]


def test_a_limit_on_offices_limits_office_pages_only(edition: Edition) -> None:
    everything = {task.name for task in page_list(edition)}
    limited = {task.name for task in page_list(edition, offices=["9001"])}
    assert everything - limited == {f"kontor/900{n}" for n in range(2, 7)}


def test_an_office_without_a_page_is_refused(edition: Edition) -> None:
    with pytest.raises(UsageError, match="9783"):
        page_list(edition, offices=["9001", "9783"])
