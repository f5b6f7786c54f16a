"""The inside of a worker process: receives tasks from a connection, executes them, sends the results."""

import contextlib
import os
import signal
from pathlib import Path
from typing import Any

from navbook.book.execution.execute_page import CellFailed, execute_page, kernel_runtime
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.timings import record_timing
from navbook.book.execution.warm.client import close_warm_process, warm_process
from navbook.book.execution.warm.kernels import EDITIONS, WARM, kernel_name
from navbook.runtime import exit_with_parent
from navbook.runtime.errors import NavbookError


def serve(connection: Any, pages_dir: Path, settings: ExecutionSettings, prestarted: bool = False) -> None:
    """Execute pages until the connection closes; exits when the parent process has ended.

    A `prestarted` worker has no edition yet and starts its warm process without one. A message without a task
    asks it to let the warm process read the edition, which saves time when many pages follow.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    exit_with_parent()
    with kernel_runtime(settings):
        try:
            if prestarted:
                _start_warm_process(settings)
            while True:
                number, task = connection.recv()
                if task is None:
                    _warm_up(settings)
                else:
                    connection.send((number, make_page(task, pages_dir, settings)))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        finally:
            close_warm_process()


def make_page(task: PageTask, pages_dir: Path, settings: ExecutionSettings) -> str:
    """Execute one page; returns what failed, an empty text if nothing did."""
    try:
        with record_timing(task, settings.timings):
            execute_page(task, pages_dir / task.out, settings)
    except (CellFailed, NavbookError) as failure:
        return str(failure)
    except Exception as error:  # one failing page never hides the others
        return f"{type(error).__name__}: {error}"
    return ""


def _start_warm_process(settings: ExecutionSettings) -> None:
    # If this fails, the first page that needs the warm process reports the reason.
    with contextlib.suppress(NavbookError):
        if kernel_name(settings.kernel) == WARM:
            warm_process({name: value for name, value in os.environ.items() if name != EDITIONS})


def _warm_up(settings: ExecutionSettings) -> None:
    with contextlib.suppress(NavbookError):
        if kernel_name(settings.kernel) == WARM:
            warm_process(dict(os.environ)).warm_up(dict(os.environ))
