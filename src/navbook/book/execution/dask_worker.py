"""The inside of a Dask worker: holds what a run needs, makes one page at a time, gives its bytes back."""

import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import cast

from distributed import Worker, WorkerPlugin, get_worker

from navbook.book.execution.dask_bundle import EDITIONS, differences, unpack, versions
from navbook.book.execution.execute_page import Run, kernel_runtime
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.timings import PageCost, cost_of
from navbook.book.execution.warm.client import close_warm_process
from navbook.book.execution.worker import make
from navbook.errors import UsageError

# Pages run under environment variables of their own, and those belong to the whole process.
_one_page_at_a_time = threading.Lock()
# Several runs may share a worker, and its warm process: the last one closes it.
_runs_here: set[str] = set()


class RunFiles(WorkerPlugin):
    """One run's files on one worker; Dask sets it up on workers that come later or come back, too.

    Raises UsageError on a worker whose navbook, Python or packages are not those of the run.
    """

    def __init__(self, name: str, parcel: bytes, made_with: dict[str, str]) -> None:
        self.name = name
        self._parcel, self._made_with = parcel, made_with
        self.folder = Path()

    def setup(self, worker: Worker) -> None:
        """Unpack the parcel in the worker's own folder, which Dask clears after a crash."""
        other = differences(self._made_with, versions())
        if other:
            raise UsageError(f"{worker.address} differs in {', '.join(other)} (here, there)")
        self.folder = Path(tempfile.mkdtemp(prefix="navbook-", dir=worker.local_directory))
        unpack(self._parcel, self.folder)
        self._parcel = b""
        _runs_here.add(self.name)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask gives it
        """Remove the files, and end the warm process, with a page nobody waits for, if no run needs it."""
        _runs_here.discard(self.name)
        _close_if_unused()
        shutil.rmtree(self.folder, ignore_errors=True)


def make_page(name: str, task: PageTask, run: Run) -> tuple[str, bytes, PageCost | None]:
    """Make one page of the run called `name`: what went wrong (empty if nothing did), the notebook, and what
    it cost here.
    """
    files = cast(RunFiles, get_worker().plugins[name])
    here = replace(task, notebook=files.folder / task.notebook)
    with _one_page_at_a_time, tempfile.TemporaryDirectory(prefix="nb-") as folder:
        made, costs = Path(folder, "sider"), Path(folder, "kostnader")
        costs.mkdir()
        run = replace(run, edition_root=files.folder / EDITIONS, costs=costs)
        with kernel_runtime(run):
            try:
                problem = make(here, made, run)
            finally:
                _close_if_unused()  # the run may have ended while this page was starting a warm process
        return problem, b"" if problem else (made / task.out).read_bytes(), cost_of(here, costs)


def _close_if_unused() -> None:
    if not _runs_here:
        close_warm_process()
