"""The source tree of one book, put together beside the target so that the project's own is not touched."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from navbook.book.release.downloads import write_downloads
from navbook.book.site.site_metadata import write_page_facts
from navbook.book.site.unlink_missing import unlink_undrawn_offices
from navbook.edition import Edition
from navbook.pages import chapters
from navbook.paths import PROJECT
from navbook.runtime import copy_folder

GENERATED = Path("book", "sider")


def stage(
    edition: Edition,
    pages_dir: Path,
    source: Path,
    *,
    project: Path = PROJECT,
    written: Mapping[str, str] | None = None,
) -> Path:
    """Make `source`: settings, chapters, theme, executed pages, generated chapters and downloads.

    `written` is what `chapters` gives for the edition, if it has been asked for before. Returns the folder of
    what was generated, `source/book/sider`.
    """
    source.mkdir(parents=True)
    for name in ("_config.yml", "_toc.yml"):
        shutil.copyfile(project / name, source / name)
    copy_folder(project / "book", source / "book", ignore=shutil.ignore_patterns("sider", ".*"))
    generated = source / GENERATED
    copy_folder(pages_dir, generated)
    unlink_undrawn_offices(generated)
    for place, text in (chapters(edition) if written is None else written).items():
        path = generated / f"{place}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_page_facts(edition, generated / "sider.json")
    write_downloads(edition, generated / "filer" / "data")
    return generated
