"""Measures the steps of a run and writes the status page next to the site."""

import functools
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from navbook.book.execution.page_list import page_list
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.timings import cpu_seconds
from navbook.book.release.status_page import (
    NAME,
    NotebookTiming,
    StepTiming,
    notebook_timings,
    write_status_page,
)
from navbook.edition import Edition
from navbook.run.build_run import BuildRun
from navbook.runtime.paths import own_file

Step = TypeVar("Step", bound=Callable[..., Any])


def timed(step: Step) -> Step:
    """A step of the pipeline whose time is added to its run, which is its first argument."""

    @functools.wraps(step)
    def timed_step(run: BuildRun, *args: Any, **kwargs: Any) -> Any:
        wall, cpu = time.monotonic(), cpu_seconds()
        try:
            return step(run, *args, **kwargs)
        finally:
            run.steps.append(StepTiming(step.__name__, time.monotonic() - wall, cpu_seconds() - cpu))

    return cast(Step, timed_step)


def write_timings(run: BuildRun, edition: Edition, families: Collection[str]) -> Path:
    """Write `status.html` next to the site and return it.

    `families` are those with a calculation notebook in this run. Notebooks that were not run this time are
    listed as cached.
    """
    calculations = [
        PageTask(own_file(f"notebooks/beregning/{family}.ipynb"), Path(f"{family}.ipynb"))
        for family in families
    ]
    pages = page_list(edition, offices=run.request.offices or None)
    notebooks = [
        *notebook_timings(calculations, run.timings),
        *notebook_timings(pages, run.timings, run.site),
    ]
    return _write(run, notebooks)


def report_unchanged(run: BuildRun) -> Path:
    """Write the `status.html` of a site that was up to date, and return it."""
    return _write(run, [])


def _write(run: BuildRun, notebooks: Sequence[NotebookTiming]) -> Path:
    title = f"Build times of the book for {run.period.name}"
    return write_status_page(run.site.resolve().parent / NAME, title, run.steps, notebooks)
