"""Executes one notebook with papermill in this process."""

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from navbook.book.execution.normalise import as_text, normalise
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.parameters import check_parameters, parameters_cell
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.warm.client import close_warm_process
from navbook.book.execution.warm.kernels import (
    WARM_MODULES,
    SocketFileKernelManager,
    kernel_name,
    page_environment,
    write_kernelspecs,
)
from navbook.runtime import atomic_write
from navbook.runtime.errors import PageFailed, UsageError

# A socket path may have 107 bytes on Linux; /nb-xxxxxxxx/run/<pid>-<id>.json-ipc-5 takes up to 48 of them.
MAX_SOCKET_PARENT = 56
OTHER_TEMP_FOLDERS = (Path("/tmp"), Path("/var/tmp"))


class CellFailed(Exception):
    """A notebook stopped. The message names the cell, as numbered in the template from 1, and the reason."""


def run_notebook(
    notebook: Path,
    out: Path,
    parameters: dict[str, Any] | None = None,
    *,
    title: str = "",
    settings: ExecutionSettings | None = None,
    empty_parts: bool = False,
) -> Path:
    """Execute one notebook with checked parameters, store it normalised at `out`, and return `out`.

    `empty_parts`: parts that show nothing stay, as they must in a notebook that is a template.
    Raises UsageError for unknown or ill-typed parameters, PageFailed with cell and last line if it fails.
    """
    task = PageTask(notebook, Path(out.name), parameters or {}, title)
    settings = settings or ExecutionSettings()
    with kernel_runtime(settings):
        try:
            execute_page(task, out, settings, empty_parts=empty_parts)
        except CellFailed as failure:
            raise PageFailed(f"{notebook.name} failed in {failure}; run it by hand to see more.") from failure
        finally:
            close_warm_process()
    return out


@contextlib.contextmanager
def kernel_runtime(settings: ExecutionSettings) -> Iterator[None]:
    """A private folder for kernelspecs and socket files, and the environment variables that pages need."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(
        prefix="nb-", dir=_socket_parent(), ignore_cleanup_errors=True
    ) as folder:
        runtime = Path(folder)
        write_kernelspecs(runtime)
        os.environ.update(page_environment(runtime, settings.edition_root, settings.source_date_epoch))
        os.environ[WARM_MODULES] = " ".join(settings.warm_modules)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _socket_parent() -> Path:
    """The system's temporary folder, or another one if the path of a socket file in it would be too long: a
    kernel would wait for ever for a socket that cannot be made.
    """
    parents = [Path(tempfile.gettempdir()), *OTHER_TEMP_FOLDERS]
    for parent in parents:
        if len(os.fsencode(parent)) <= MAX_SOCKET_PARENT and os.access(parent, os.W_OK | os.X_OK):
            return parent
    raise UsageError(
        f"The path of the temporary folder is too long for socket files ({parents[0]}): "
        f"set TMPDIR to one of at most {MAX_SOCKET_PARENT} characters."
    )


def execute_page(
    task: PageTask, out: Path, settings: ExecutionSettings, *, empty_parts: bool = False
) -> None:
    """Execute a page inside `kernel_runtime` and store it at `out`; raises CellFailed or UsageError."""
    template = nbformat.read(task.notebook, as_version=4)
    check_parameters(template, task.parameters, task.notebook.name)
    injected_at = parameters_cell(template)
    try:
        executed = papermill.execute_notebook(
            str(task.notebook),
            None,
            parameters=task.parameters,
            kernel_name=kernel_name(settings.kernel),
            language="python",
            kernel_manager_class=SocketFileKernelManager,
            progress_bar=False,
            execution_timeout=int(settings.time_limit),
            shutdown_kernel="immediate",
            record_timing=False,
            cwd=str(task.notebook.parent),
        )
    except PapermillExecutionError as error:
        number = template_number(error.cell_index, injected_at, bool(task.parameters))
        raise CellFailed(f"cell {number}: {error.ename}: {_last_line(error.evalue)}") from error
    except (CellTimeoutError, TimeoutError) as error:
        raise CellFailed(f"a cell: it ran longer than {settings.time_limit:g} s") from error
    except DeadKernelError as error:
        raise CellFailed("a cell: its kernel died") from error
    refuse_warnings(executed, injected_at, bool(task.parameters))
    out.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(out) as unfinished:
        stored = normalise(executed, task.title, task.subtitle, empty_parts=empty_parts)
        unfinished.write_text(as_text(stored), encoding="utf-8")


def refuse_warnings(notebook: NotebookNode, injected_at: int | None, injected: bool) -> None:
    """Raise CellFailed if a cell wrote to stderr: a warning on a page is a fault and may name local paths."""
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


def _last_line(text: str) -> str:
    lines = [line for line in str(text).strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
