"""Stages the source tree of one book in a folder of its own, so that the project's files are not touched."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from navbook.book.documents import write_documents
from navbook.book.execution.page_cache import PageCache
from navbook.book.site.data_page import PAGE as DATA_PAGE
from navbook.book.site.data_page import data_page
from navbook.book.site.downloads import write_downloads
from navbook.book.site.office_list import FINDER, findable_units, office_list, write_finder
from navbook.book.site.office_list import PAGE as OFFICE_LIST
from navbook.book.site.site_metadata import write_site_metadata
from navbook.book.site.unlink_missing import unlink_missing_offices
from navbook.edition import Edition
from navbook.pages import edition_chapters as generated_chapters
from navbook.runtime import copy_folder
from navbook.runtime.paths import PACKAGED, PROJECT

GENERATED = Path("book", "sider")


def stage(
    edition: Edition,
    pages_dir: Path,
    source: Path,
    *,
    project: Path = PROJECT,
    chapters: Mapping[str, str] | None = None,
    cache: PageCache | None = None,
) -> Path:
    """Write `source`: settings, chapters, theme, executed pages, generated chapters and downloads.

    Files that the project folder lacks are those of the package.
    `chapters` are the generated chapters of the edition, if the caller has them, and `cache` keeps workbooks
    for later builds. Returns the folder of everything generated, `source/book/sider`.
    """
    source.mkdir(parents=True)
    for root in dict.fromkeys((PACKAGED, project)):
        for name in ("_config.yml", "_toc.yml"):
            if (root / name).is_file():
                shutil.copyfile(root / name, source / name)
        if (root / "book").is_dir():
            ignored = shutil.ignore_patterns("sider", ".*")
            copy_folder(root / "book", source / "book", ignored, over=True)
    generated = source / GENERATED
    copy_folder(pages_dir, generated)
    drawn = {path.stem for path in generated.glob("kontor/*.ipynb")}
    written = generated_chapters(edition, drawn) if chapters is None else chapters
    for place, text in written.items():
        path = generated / f"{place}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    unlink_missing_offices(generated)
    units = findable_units(edition, drawn)
    (generated / f"{OFFICE_LIST}.md").write_text(office_list(units), encoding="utf-8")
    (generated / f"{DATA_PAGE}.md").write_text(data_page(), encoding="utf-8")
    write_finder(units, generated / "filer" / FINDER)
    write_site_metadata(edition, generated / "sider.json", units)
    write_downloads(edition, generated / "filer" / "data", cache)
    write_documents(edition, written, generated / "filer" / "data")
    return generated
