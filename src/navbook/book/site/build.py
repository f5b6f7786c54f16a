"""Builds the site from executed pages: complete, free of warnings, and put in place in one step."""

import contextlib
import shutil
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from navbook.book.execution.page_cache import PageCache
from navbook.book.execution.page_list import page_list
from navbook.book.site.incremental import DOCTREES, SITE, SOURCE, updated_source
from navbook.book.site.staging import GENERATED, stage
from navbook.book.site.stored_pages import stored_pages
from navbook.edition import Edition
from navbook.runtime import TempDir, copy_folder, replaced_folder
from navbook.runtime.errors import PageFailed
from navbook.runtime.paths import PROJECT

# Files that Sphinx and its extensions write and no page of our layout loads.
UNNEEDED = (
    ".buildinfo",
    "objects.inv",
    "_sources",
    *(f"_static/{folder}" for folder in ("images", "locales", "scripts", "styles", "vendor")),
    *(f"_static/{name}" for name in ("**/*.map", "*.html", "*.png", "*-stemmer.js")),
    *(f"_static/{name}.css" for name in ("basic", "pygments", "mystnb.*")),
)


def build_book(
    edition: Edition,
    pages_dir: Path,
    out: Path,
    *,
    offices: Collection[str] | None = None,
    check_site: Callable[[Path], None] | None = None,
    put_in_place: Callable[[], None] | None = None,
    project: Path = PROJECT,
    build_dir: Path | None = None,
    chapters: Mapping[str, str] | None = None,
    sphinx: Callable[..., None] | None = None,
    cache: PageCache | None = None,
) -> Path:
    """Build the site at `out` from the edition and its executed pages, and return `out`.

    `check_site(site)` is called with the finished site before it is put in place: if it raises, or a page is
    missing, or Jupyter Book warns (PageFailed), the old site remains. In the project folder the executed
    pages are also stored under its `book/sider/`, where plain `jupyter-book build .` finds them.
    `put_in_place()` is called last; if it raises, the old site and the old pages are put back. With a
    `build_dir`, the next build there rebuilds only documents that have changed, with the same bytes as a full
    build. `chapters` are the generated chapters of the edition, if the caller has them, and `cache` keeps the
    workbooks of pages. `sphinx` is called instead of `run_sphinx`, with the same arguments.
    """
    expected = [task.name for task in page_list(edition, offices=offices)]
    _refuse_missing([name for name in expected if not (pages_dir / f"{name}.ipynb").is_file()], "executed")
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    with TempDir(".navbook-", out.parent) as work:
        generated = stage(
            edition, pages_dir, work / "source", project=project, chapters=chapters, cache=cache
        )
        site = work / "site"
        folder = build_dir or work / "bygg"
        with updated_source(work / "source", folder) as fresh:
            (sphinx or _sphinx_in_this_process())(
                folder / SOURCE,
                folder / SITE,
                folder / DOCTREES,
                source_date_epoch=source_date_epoch(edition),
                pages=len(expected),
                fresh=fresh,
            )
        copy_folder(folder / SITE, site)
        _remove_unneeded(site)
        _refuse_missing([name for name in expected if not (site / f"{name}.html").is_file()], "built")
        if check_site is not None:
            try:
                check_site(site)
            except BaseException:
                # A refused site is stored nowhere, least of all next to the published one.
                shutil.rmtree(folder, ignore_errors=True)
                raise
        with contextlib.ExitStack() as replaced:
            if Path.cwd().resolve() == project.resolve():
                # first, since it writes files, and the others only rename folders
                replaced.enter_context(stored_pages(generated, project / GENERATED))
            replaced.enter_context(replaced_folder(site, out))
            if put_in_place is not None:
                put_in_place()
    return out


def _sphinx_in_this_process() -> Callable[..., None]:
    # Imported here, since it is slow and a build runs it in another process.
    from navbook.book.site.sphinx_build import run_sphinx

    return run_sphinx


def source_date_epoch(edition: Edition) -> int:
    """Midnight UTC of the extract's date, in seconds: the only time that enters a book."""
    return midnight_utc(date.fromisoformat(str(edition.utgave["uttrekksdato"])))


def midnight_utc(day: date) -> int:
    """Midnight UTC of a day, in seconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _refuse_missing(names: list[str], done: str) -> None:
    if names:
        raise PageFailed(f"{len(names)} pages were not {done}: {', '.join(names)}; build all pages again.")


def _remove_unneeded(site: Path) -> None:
    for pattern in UNNEEDED:
        for path in list(site.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
