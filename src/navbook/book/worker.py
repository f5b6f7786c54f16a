"""The inside of a worker process: takes pages from its link, makes them, says how it went."""

import os
import signal
import threading
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any

from navbook.book.costs import noted
from navbook.book.execute import CellFailed, Run, execute_page, kernel_runtime
from navbook.book.tasks import PageTask
from navbook.book.warm.client import close_warm_process
from navbook.errors import NavbookError


def serve(link: Any, pages_dir: Path, run: Run) -> None:
    """Make pages until the link closes; ends at once when the process that started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with kernel_runtime(run):
        try:
            while True:
                number, task = link.recv()
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


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
