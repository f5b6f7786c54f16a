"""Starts the first page worker while earlier steps run, since its imports take most of a page's time."""

import contextlib
from collections.abc import Iterator

from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.workers import Worker
from navbook.book.site.build import midnight_utc
from navbook.extract.files import locate
from navbook.extract.manifest import read_manifest
from navbook.run.build_run import BuildRun


@contextlib.contextmanager
def prestarted_worker(run: BuildRun) -> Iterator[Worker | None]:
    """A worker for the pages of this run. None if a cluster makes the pages, or if the manifest cannot be
    read, which the check reports.
    """
    manifest, _ = read_manifest(locate(run.request.extract))
    if manifest is None or run.request.scheduler:
        yield None
        return
    worker = Worker(run.pages, page_settings(run, midnight_utc(manifest.uttrekksdato)))
    worker.prestart()
    try:
        yield worker
    finally:
        worker.stop()


def page_settings(run: BuildRun, source_date_epoch: int) -> ExecutionSettings:
    """The settings of the page notebooks of a run."""
    return ExecutionSettings(
        kernel=run.request.kernel,
        edition_root=run.staging,
        source_date_epoch=source_date_epoch,
        timings=run.timings,
    )
