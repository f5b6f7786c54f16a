"""Run notebooks with papermill: one in this process, or many on worker processes."""

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from navbook.book.execution.normalise import as_text, tidy
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.parameters import check_parameters, parameters_cell
from navbook.book.execution.warm.client import close_warm_process
from navbook.book.execution.warm.kernels import (
    PAGE_MODULES,
    WARM_MODULES,
    SocketFileKernelManager,
    kernel_name,
    page_environment,
    write_kernelspecs,
)
from navbook.errors import PageFailed
from navbook.runtime import atomic_write

PAGE_TIME_LIMIT = 120.0
START_OF_2020 = 1577836800


@dataclass(frozen=True)
class Run:
    """How pages are run: kernel (`warm` or `standard`), time limit in seconds, edition folder, date.

    `costs`: the folder, if it exists, where the cost of each page is noted. `warm`: the modules that a warm
    process imports before its first kernel.
    """

    kernel: str = "warm"
    time_limit: float = PAGE_TIME_LIMIT
    edition_root: Path | None = None
    source_date_epoch: int = START_OF_2020
    costs: Path | None = None
    warm: tuple[str, ...] = PAGE_MODULES


class CellFailed(Exception):
    """A notebook stopped; says in which cell (as numbered in the template, from 1) and why."""


def run_notebook(
    notebook: Path,
    out: Path,
    parameters: dict[str, Any] | None = None,
    *,
    title: str = "",
    run: Run | None = None,
) -> Path:
    """Execute one notebook with checked parameters, store it tidied at `out`, and return `out`.

    Raises UsageError for unknown or ill-typed parameters, PageFailed with cell and last line if it fails.
    """
    task = PageTask(notebook, Path(out.name), parameters or {}, title)
    run = run or Run()
    with kernel_runtime(run):
        try:
            execute_page(task, out, run)
        except CellFailed as failure:
            raise PageFailed(f"{notebook.name} failed in {failure}; run it by hand to see more.") from failure
        finally:
            close_warm_process()
    return out


@contextlib.contextmanager
def kernel_runtime(run: Run) -> Iterator[None]:
    """A private folder for kernelspecs and socket files, and the environment pages run under."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="nb-", ignore_cleanup_errors=True) as folder:
        runtime = Path(folder)
        write_kernelspecs(runtime)
        os.environ.update(page_environment(runtime, run.edition_root, run.source_date_epoch))
        os.environ[WARM_MODULES] = " ".join(run.warm)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def execute_page(task: PageTask, out: Path, run: Run) -> None:
    """Execute a page inside `kernel_runtime` and store it at `out`; raises CellFailed or UsageError."""
    template = nbformat.read(task.notebook, as_version=4)
    check_parameters(template, task.parameters, task.notebook.name)
    injected_at = parameters_cell(template)
    try:
        executed = papermill.execute_notebook(
            str(task.notebook),
            None,
            parameters=task.parameters,
            kernel_name=kernel_name(run.kernel),
            language="python",
            kernel_manager_class=SocketFileKernelManager,
            progress_bar=False,
            execution_timeout=int(run.time_limit),
            shutdown_kernel="immediate",
            record_timing=False,
            cwd=str(task.notebook.parent),
        )
    except PapermillExecutionError as error:
        number = template_number(error.cell_index, injected_at, bool(task.parameters))
        raise CellFailed(f"cell {number}: {error.ename}: {_last_line(error.evalue)}") from error
    except (CellTimeoutError, TimeoutError) as error:
        raise CellFailed(f"a cell: it ran longer than {run.time_limit:g} s") from error
    except DeadKernelError as error:
        raise CellFailed("a cell: its kernel died") from error
    refuse_warnings(executed, injected_at, bool(task.parameters))
    out.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(out) as unfinished:
        unfinished.write_text(as_text(tidy(executed, task.title, task.subtitle)), encoding="utf-8")


def refuse_warnings(notebook: NotebookNode, injected_at: int | None, injected: bool) -> None:
    """Raise CellFailed if a cell wrote to stderr: a warning on a page is a fault, and may name paths."""
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                number = template_number(index, injected_at, injected)
                raise CellFailed(f"cell {number}: it wrote to stderr: {_last_line(output.text)}")


def template_number(index: int, injected_at: int | None, injected: bool) -> int:
    """The number, from 1, that an executed notebook's cell has in its template."""
    if not injected:
        return index + 1
    place = -1 if injected_at is None else injected_at
    return index if index > place else index + 1


def run_pages(
    tasks: Sequence[PageTask],
    pages_dir: Path,
    *,
    workers: int = 0,
    scheduler: str | None = None,
    run: Run | None = None,
    on_progress: Any = None,
    first: Any = None,
) -> list[Path]:
    """Execute every task to `pages_dir/<task.out>` on local workers (0: as many as cores), or on a Dask
    cluster. `first` is a local worker that has been started ahead for such a run.

    Returns the files in task order. Raises UsageError for parameters that a notebook does not declare,
    before anything runs, and PageFailed that lists every failed page with unit, cell and last line.
    """
    from navbook.book.execution.dask import run_on_cluster
    from navbook.book.execution.workers import run_tasks

    run = run or Run()
    templates = {task.notebook: nbformat.read(task.notebook, as_version=4) for task in tasks}
    for task in tasks:
        check_parameters(templates[task.notebook], task.parameters, f"{task.name} ({task.notebook.name})")
    if scheduler:
        failures = run_on_cluster(tasks, pages_dir, scheduler=scheduler, run=run, on_progress=on_progress)
    else:
        failures = run_tasks(tasks, pages_dir, workers=workers, run=run, on_progress=on_progress, first=first)
    if failures:
        lines = [f"  {tasks[n].name} ({tasks[n].title}): {failures[n]}" for n in sorted(failures)]
        count = (
            f"{len(lines)} of {len(tasks)} pages failed and nothing was published; mend them and build again:"
        )
        raise PageFailed("\n".join([count, *lines]))
    return [pages_dir / task.out for task in tasks]


def _last_line(text: str) -> str:
    lines = [line for line in str(text).strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
