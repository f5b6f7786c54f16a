"""What pages will need, started while the steps before them go on: most of one page's time is imports."""

import contextlib
from collections.abc import Iterator

from navbook.book.execution.execute_page import Run as PageRun
from navbook.book.execution.workers import Worker
from navbook.book.site.build import midnight
from navbook.extract.files import locate
from navbook.extract.manifest import read_manifest
from navbook.run.build_run import Run


@contextlib.contextmanager
def worker_ahead(run: Run) -> Iterator[Worker | None]:
    """A worker for the pages of this run; None if they are drawn on a cluster, or if the manifest cannot be
    read, which the check will tell.
    """
    manifest, _ = read_manifest(locate(run.request.extract))
    if manifest is None or run.request.scheduler:
        yield None
        return
    worker = Worker(run.pages, page_run(run, midnight(manifest.uttrekksdato)))
    worker.start_ahead()
    try:
        yield worker
    finally:
        worker.stop()


def page_run(run: Run, source_date_epoch: int) -> PageRun:
    """How the pages of a run are run."""
    return PageRun(
        kernel=run.request.kernel,
        edition_root=run.staging,
        source_date_epoch=source_date_epoch,
        costs=run.costs,
    )
