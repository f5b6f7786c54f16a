"""Executes many notebooks, on local worker processes or on a Dask cluster."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import nbformat

from navbook.book.execution.page_task import PageTask
from navbook.book.execution.parameters import check_parameters
from navbook.book.execution.settings import ExecutionSettings, OnProgress
from navbook.book.execution.workers import Worker, run_on_workers
from navbook.runtime.errors import PageFailed
from navbook.runtime.full_disk import is_full_disk


def run_tasks(
    tasks: Sequence[PageTask],
    pages_dir: Path,
    *,
    workers: int = 0,
    scheduler: str | None = None,
    settings: ExecutionSettings | None = None,
    on_progress: OnProgress | None = None,
    first: Worker | None = None,
) -> list[Path]:
    """Execute every task to `pages_dir/<task.out>` on local workers (0: one per core), or on the Dask cluster
    of `scheduler`. `first` is a local worker that was started before for such a run.

    Returns the files in task order. Raises UsageError for parameters that a notebook does not declare,
    before anything runs, OSError if the disk is full, and PageFailed that lists every failed page with unit,
    cell and last line.
    """
    settings = settings or ExecutionSettings()
    templates = {task.notebook: nbformat.read(task.notebook, as_version=4) for task in tasks}
    for task in tasks:
        check_parameters(templates[task.notebook], task.parameters, f"{task.name} ({task.notebook.name})")
    if scheduler:
        from navbook.book.execution.dask import run_on_cluster

        failures = run_on_cluster(
            tasks, pages_dir, scheduler=scheduler, settings=settings, on_progress=on_progress
        )
    else:
        failures = run_on_workers(
            tasks, pages_dir, workers=workers, settings=settings, on_progress=on_progress, first=first
        )
    if any(is_full_disk(failure) for failure in failures.values()):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(pages_dir))
    if failures:
        lines = [f"  {tasks[n].name} ({tasks[n].title}): {failures[n]}" for n in sorted(failures)]
        head = (
            f"{len(lines)} of {len(tasks)} pages failed and nothing was published; fix them and build again:"
        )
        raise PageFailed("\n".join([head, *lines]))
    return [pages_dir / task.out for task in tasks]
