"""The inside of a Dask worker: holds the files of a run, makes one page at a time, and returns its bytes."""

import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import cast

from distributed import Worker, WorkerPlugin, get_worker

from navbook.book.execution.dask_bundle import EDITIONS, differences, unpack, versions
from navbook.book.execution.execute_page import kernel_runtime
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.timings import PageTiming, read_timing
from navbook.book.execution.warm.client import close_warm_process
from navbook.book.execution.worker import make_page
from navbook.runtime.errors import UsageError

# Pages need environment variables of their own, and those belong to the complete process.
_one_page_at_a_time = threading.Lock()
# Several runs may share a worker and its warm process; the last one closes it.
_active_runs: set[str] = set()


class RunFiles(WorkerPlugin):
    """One run's files on one worker. Dask also installs the plugin on workers that join later or restart.

    Raises UsageError on a worker whose navbook, Python or packages differ from those of the run.
    """

    def __init__(self, name: str, bundle: bytes, made_with: dict[str, str]) -> None:
        self.name = name
        self._bundle, self._made_with = bundle, made_with
        self.folder = Path()

    def setup(self, worker: Worker) -> None:
        """Unpack the bundle in the worker's own folder, which Dask removes after a crash."""
        other = differences(self._made_with, versions())
        if other:
            raise UsageError(f"{worker.address} differs in {', '.join(other)} (here, there)")
        self.folder = Path(tempfile.mkdtemp(prefix="navbook-", dir=worker.local_directory))
        unpack(self._bundle, self.folder)
        self._bundle = b""
        _active_runs.add(self.name)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask gives it
        """Remove the files, and close the warm process if no other run needs it."""
        _active_runs.discard(self.name)
        _close_if_unused()
        shutil.rmtree(self.folder, ignore_errors=True)


def make_page_on_worker(
    name: str, task: PageTask, settings: ExecutionSettings
) -> tuple[str, bytes, PageTiming | None]:
    """Make one page of the run called `name`; returns what failed (empty if nothing did), the executed
    notebook, and its time.
    """
    files = cast(RunFiles, get_worker().plugins[name])
    here = replace(task, notebook=files.folder / task.notebook)
    with _one_page_at_a_time, tempfile.TemporaryDirectory(prefix="nb-") as folder:
        made, timings = Path(folder, "sider"), Path(folder, "tider")
        timings.mkdir()
        settings = replace(settings, edition_root=files.folder / EDITIONS, timings=timings)
        with kernel_runtime(settings):
            try:
                problem = make_page(here, made, settings)
            finally:
                _close_if_unused()  # the run may have ended while this page started a warm process
        notebook = b"" if problem else (made / task.out).read_bytes()
        return problem, notebook, read_timing(here, timings)


def _close_if_unused() -> None:
    if not _active_runs:
        close_warm_process()
