"""From executed pages to a site: staged, built without warnings, complete, and put in place in one step."""

import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from navbook.book.execution.page_list import page_list
from navbook.book.site.incremental import DOCTREES, SITE, SOURCE, prepared
from navbook.book.site.staging import GENERATED, stage
from navbook.edition import Edition
from navbook.errors import PageFailed
from navbook.paths import PROJECT
from navbook.runtime import TempDir, copy_folder, replace_folder

# What Sphinx leaves that no reader needs.
LEFT_OVERS = (
    ".buildinfo",
    "objects.inv",
    "_sources",
    "_static/locales",
    "_static/**/*.map",
    "_static/*.html",
)


def build_book(
    edition: Edition,
    pages_dir: Path,
    out: Path,
    *,
    offices: Collection[str] | None = None,
    before_placing: Callable[[Path], None] | None = None,
    project: Path = PROJECT,
    workbench: Path | None = None,
    written: Mapping[str, str] | None = None,
    sphinx: Callable[..., None] | None = None,
) -> Path:
    """Build the site at `out` from the edition and its executed pages, and return `out`.

    `before_placing(site)` sees the finished site first: if it raises, or a page is missing, or Jupyter Book
    warns (PageFailed), the old site stays. When run in the project folder, the executed pages are then also
    put under its `book/sider/`, where plain `jupyter-book build .` finds them. With a `workbench`, a
    folder of its own, the next build there builds only the documents that have changed, to the same bytes.
    `written`: the chapters that `pages.chapters` gives for the edition, if they are known.
    `sphinx` stands in for `run_sphinx`, for one who runs it elsewhere.
    """
    expected = [task.name for task in page_list(edition, offices=offices)]
    _refuse_missing([name for name in expected if not (pages_dir / f"{name}.ipynb").is_file()], "executed")
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    with TempDir(".navbook-", out.parent) as work:
        generated = stage(edition, pages_dir, work / "source", project=project, written=written)
        site = work / "site"
        bench = workbench or work / "benk"
        with prepared(work / "source", bench) as fresh:
            (sphinx or _sphinx_here())(
                bench / SOURCE,
                bench / SITE,
                bench / DOCTREES,
                source_date_epoch=source_date_epoch(edition),
                pages=len(expected),
                fresh=fresh,
            )
        copy_folder(bench / SITE, site)
        _clear_left_overs(site)
        _refuse_missing([name for name in expected if not (site / f"{name}.html").is_file()], "built")
        if before_placing is not None:
            try:
                before_placing(site)
            except BaseException:
                # What is refused is kept nowhere, least of all beside what is served.
                shutil.rmtree(bench, ignore_errors=True)
                raise
        replace_folder(site, out)
        if Path.cwd().resolve() == project.resolve():
            _keep_pages(generated, project / GENERATED)
    return out


def _sphinx_here() -> Callable[..., None]:
    # imported here, for it takes a third of a second, and a build runs it in another process
    from navbook.book.site.sphinx_build import run_sphinx

    return run_sphinx


def source_date_epoch(edition: Edition) -> int:
    """Midnight UTC of the extract's date in seconds: the only time a book knows."""
    return midnight(date.fromisoformat(str(edition.utgave["uttrekksdato"])))


def midnight(day: date) -> int:
    """Midnight UTC of a day, in seconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _keep_pages(generated: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".sider-", dir=target.parent) as folder:
        # Moved, or copied where the site is built on another disk than the project lies on.
        replace_folder(Path(shutil.move(generated, Path(folder) / target.name)), target)


def _refuse_missing(names: list[str], done: str) -> None:
    if names:
        raise PageFailed(f"{len(names)} pages were not {done}: {', '.join(names)}; build all pages again.")


def _clear_left_overs(site: Path) -> None:
    for path in [path for pattern in LEFT_OVERS for path in site.glob(pattern)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
