"""The files a reader can take with them: the edition as it stands, and each page's own results."""

import shutil
from pathlib import Path

from navbook.book.execution.page_list import page_units
from navbook.edition import Edition
from navbook.edition.files import write_page_files


def write_downloads(edition: Edition, folder: Path) -> None:
    """Write `folder/…`: every file of the edition, and CSV and XLSX of each unit and indicator."""
    folder.mkdir(parents=True)
    for path in sorted(edition.folder.iterdir()):
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    units = [(unit["enhet"], unit["niva"], unit["navn"]) for unit in page_units(edition)]
    write_page_files(edition, folder, units)
