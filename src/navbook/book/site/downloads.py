"""The files a reader can take with them: the edition as it stands, and each page's own results."""

import shutil
from collections.abc import Callable
from pathlib import Path

from navbook.book.execution.page_cache import PageCache
from navbook.book.execution.page_list import page_units
from navbook.edition import Edition
from navbook.edition.files import write_page_files
from navbook.runtime import LOCKFILE, file_digest, json_digest, source_digest
from navbook.runtime.paths import own_file


def write_downloads(edition: Edition, folder: Path, cache: PageCache | None = None) -> None:
    """Write `folder/…`: every file of the edition, and CSV and XLSX of each unit and indicator.

    Workbooks that an earlier build made from the same rows are taken from `cache`.
    """
    folder.mkdir(parents=True)
    for path in sorted(edition.folder.iterdir()):
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    units = [(unit["enhet"], unit["niva"], unit["navn"]) for unit in page_units(edition)]
    write_page_files(edition, folder, units, _kept(cache) if cache else None)


def _kept(cache: PageCache) -> Callable[[str, Callable[[], bytes]], bytes]:
    program = source_digest("navbook.edition", "navbook.book.site.downloads")
    files = [file_digest(LOCKFILE), file_digest(own_file("data/filer.yml"))]
    return lambda key, make: cache.get_or_write(json_digest("xlsx", program, files, key), make)
