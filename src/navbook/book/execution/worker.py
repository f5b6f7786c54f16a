"""The inside of a worker process: takes pages from its link, makes them, says how it went."""

import contextlib
import os
import signal
from pathlib import Path
from typing import Any

from navbook.book.execution.execute_page import CellFailed, Run, execute_page, kernel_runtime
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.timings import noted
from navbook.book.execution.warm.client import close_warm_process, warm_process
from navbook.book.execution.warm.kernels import EDITIONS, WARM, kernel_name
from navbook.errors import NavbookError
from navbook.runtime import exit_with_parent


def serve(link: Any, pages_dir: Path, run: Run, ahead: bool = False) -> None:
    """Make pages until the link closes; ends at once when the process that started it is gone.

    `ahead`: there is no edition yet; what can be made ready without one is. When there is one, a message
    without a task asks for the rest, which pays for many pages.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    exit_with_parent()
    with kernel_runtime(run):
        try:
            if ahead:
                _warm_up(run)
            while True:
                number, task = link.recv()
                if task is None:
                    _rehearse(run)
                else:
                    link.send((number, make(task, pages_dir, run)))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        finally:
            close_warm_process()


def make(task: PageTask, pages_dir: Path, run: Run) -> str:
    """Make one page; returns what went wrong, empty if nothing did."""
    try:
        with noted(task, run.costs):
            execute_page(task, pages_dir / task.out, run)
    except (CellFailed, NavbookError) as failure:
        return str(failure)
    except Exception as error:  # one failing page never hides the others
        return f"{type(error).__name__}: {error}"
    return ""


def _warm_up(run: Run) -> None:
    # A page that needs the warm process tells what is wrong with it.
    with contextlib.suppress(NavbookError):
        if kernel_name(run.kernel) == WARM:
            warm_process({name: value for name, value in os.environ.items() if name != EDITIONS})


def _rehearse(run: Run) -> None:
    with contextlib.suppress(NavbookError):
        if kernel_name(run.kernel) == WARM:
            warm_process(dict(os.environ)).rehearse(dict(os.environ))
