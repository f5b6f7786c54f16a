"""navbook's own way from an edition to a site, in two commands, so that each step is measured by itself.

`python -m bench.navbook_way pages EDITION FOLDER WORKERS` and `… book EDITION FOLDER`.
The same calls as in `navbook.pipeline`, with no cache to help and without the audit, which needs the private
list of withheld values.
"""

import sys
from pathlib import Path

from navbook.book.execution.page_list import page_list
from navbook.book.execution.run_tasks import run_tasks
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.site.build import build_book, source_date_epoch
from navbook.edition import Edition


def pages(edition: Edition, folder: Path, workers: int) -> None:
    """Execute every page of the edition to `folder/sider`, with the cost of each in `folder/kostnader`."""
    costs = folder / "kostnader"
    costs.mkdir()
    settings = ExecutionSettings(
        edition_root=edition.folder.parent, source_date_epoch=source_date_epoch(edition), timings=costs
    )
    run_tasks(page_list(edition), folder / "sider", workers=workers, settings=settings)


def book(edition: Edition, folder: Path) -> None:
    """Build the site of the executed pages at `folder/html`."""
    build_book(edition, folder / "sider", folder / "html")


if __name__ == "__main__":
    step, edition_folder, place, *rest = sys.argv[1:]
    if step == "pages":
        pages(Edition(Path(edition_folder)), Path(place), int(rest[0]))
    else:
        book(Edition(Path(edition_folder)), Path(place))
