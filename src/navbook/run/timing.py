"""What the steps of one run cost, told on the status page beside the site."""

import functools
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from navbook.book.execution.page_list import page_list
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.timings import cpu_so_far
from navbook.book.release.status_page import NAME, NotebookCost, StepCost, notebook_costs, write_status
from navbook.edition import Edition
from navbook.paths import NOTEBOOKS
from navbook.run.build_run import Run

Verb = TypeVar("Verb", bound=Callable[..., Any])


def timed(verb: Verb) -> Verb:
    """A step of the pipeline that notes its cost in its run, which is its first argument."""

    @functools.wraps(verb)
    def step(run: Run, *args: Any, **kwargs: Any) -> Any:
        wall, cpu = time.monotonic(), cpu_so_far()
        try:
            return verb(run, *args, **kwargs)
        finally:
            run.steps.append(StepCost(verb.__name__, time.monotonic() - wall, cpu_so_far() - cpu))

    return cast(Verb, step)


def tell_costs(run: Run, edition: Edition, families: Collection[str]) -> Path:
    """Write `status.html` beside the site and return it.

    `families` are those with a calculation notebook in this run; notebooks that were not run this time stand
    there as cached.
    """
    calculations = [
        PageTask(NOTEBOOKS / "beregning" / f"{family}.ipynb", Path(f"{family}.ipynb")) for family in families
    ]
    pages = page_list(edition, offices=run.request.offices or None)
    notebooks = [*notebook_costs(calculations, run.costs), *notebook_costs(pages, run.costs, run.site)]
    return _write(run, notebooks)


def tell_unchanged(run: Run) -> Path:
    """Write `status.html` beside a site that was left as it stands, and return it."""
    return _write(run, [])


def _write(run: Run, notebooks: Sequence[NotebookCost]) -> Path:
    title = f"What the book for {run.period.name} cost"
    return write_status(run.site.resolve().parent / NAME, title, run.steps, notebooks)
