"""Pages on local worker processes, each with a warm process of its own; a lost worker is replaced."""

import contextlib
import os
import time
from collections.abc import Callable, Sequence
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

from navbook.book.execution.execute_page import Run
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.worker import serve

# The first page of a worker also pays for its imports.
START_ALLOWANCE = 60.0
# For fewer a worker that was started ahead of the edition does not read it whole and draw a page for nobody.
MANY = 8
Progress = Callable[[int, int, int], None]


def run_tasks(
    tasks: Sequence[PageTask],
    pages_dir: Path,
    *,
    workers: int,
    run: Run,
    on_progress: Progress | None = None,
    first: "Worker | None" = None,
) -> dict[int, str]:
    """Run all tasks; returns number of the task (from 0) → what went wrong, for those that failed.

    `on_progress(done, failed, total)` is called after each page. Workers and everything they started are
    gone when this returns or raises. `first` is a worker for this run that has been started ahead.
    """
    waiting = list(enumerate(tasks))[::-1]
    failures: dict[int, str] = {}
    done = 0
    crew = [Worker(pages_dir, run) for _ in range(min(workers or os.cpu_count() or 1, len(tasks)))]
    if first is not None and crew:
        crew[0] = first
    try:
        if first is not None and len(tasks) > MANY:
            first.rehearse()
        while waiting or any(worker.busy for worker in crew):
            for worker in crew:
                if waiting and not worker.busy:
                    worker.give(*waiting.pop())
            for worker in _finished(crew):
                number, problem = worker.collect()
                done += 1
                if problem:
                    failures[number] = problem
                if on_progress:
                    on_progress(done, len(failures), len(tasks))
    finally:
        for worker in crew:
            worker.dismiss()
        for worker in crew:
            worker.stop()
    return failures


def _finished(crew: list["Worker"]) -> list["Worker"]:
    """Wait until at least one busy worker has answered, died or run out of time; those that have."""
    busy = [worker for worker in crew if worker.busy]
    left = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    connection.wait([sign for worker in busy for sign in worker.signs], timeout=left)
    return [worker for worker in busy if worker.has_ended]


class Worker:
    """A process that makes one page at a time; started at its first page, and again if it was lost."""

    def __init__(self, pages_dir: Path, run: Run) -> None:
        self._pages_dir, self._run = pages_dir, run
        self._process: Any = None
        self._link: Any = None
        self._number: int | None = None
        self.deadline = 0.0

    def start_ahead(self) -> None:
        """Start it before there is an edition: it imports what pages take while that is being made."""
        self._start(ahead=True)

    def rehearse(self) -> None:
        """Let one that was started ahead read the edition and draw a page for nobody: many are to come."""
        # A worker that is gone already is met by `collect`.
        with contextlib.suppress(OSError):
            self._link.send((0, None))

    def is_for(self, pages_dir: Path, run: Run) -> bool:
        """Whether its pages are put there, and run like that."""
        return (self._pages_dir, self._run) == (pages_dir, run)

    @property
    def busy(self) -> bool:
        """Whether it has a page that is not collected yet."""
        return self._number is not None

    @property
    def signs(self) -> list[Any]:
        """What to wait for: its answer, or its death."""
        return [self._link, self._process.sentinel]

    @property
    def has_ended(self) -> bool:
        """Whether `collect` has something to tell."""
        out_of_time = time.monotonic() >= self.deadline
        return bool(self._link.poll() or not self._process.is_alive() or out_of_time)

    def give(self, number: int, task: PageTask) -> None:
        """Start making this page."""
        allowance = 0.0
        if self._process is None:
            self._start()
            allowance = START_ALLOWANCE
        self._number = number
        self.deadline = time.monotonic() + self._run.time_limit + allowance
        # A worker that is gone already is met by `collect`.
        with contextlib.suppress(OSError):
            self._link.send((number, task))

    def collect(self) -> tuple[int, str]:
        """The number of its page and what went wrong (empty if nothing did)."""
        number, self._number = self._number, None
        assert number is not None
        try:
            if self._link.poll():
                _, problem = self._link.recv()
                return number, problem
        except (EOFError, OSError):
            pass  # it died while answering; told below
        # The link of a killed process closes a moment before the process counts as dead: the clock decides.
        late = time.monotonic() >= self.deadline and self._process.is_alive()
        self.stop()
        if late:
            return number, f"it ran longer than {self._run.time_limit:g} s"
        return number, "its worker process was killed (out of memory?)"

    def dismiss(self) -> None:
        """Ask it to end, without waiting."""
        if self._link is not None and not self.busy:
            self._link.close()
            self._link = None

    def stop(self) -> None:
        """End it and, through it, its warm process and kernels: the first sees the last one's death."""
        if self._process is None:
            return
        if self.busy or self._link is not None:
            self._process.kill()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self._link is not None:
            self._link.close()
        self._process = self._link = None

    def _start(self, ahead: bool = False) -> None:
        # Spawned, not forked: this process may hold threads and database handles.
        context = get_context("spawn")
        self._link, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._pages_dir, self._run, ahead), daemon=True)
        process.start()
        self._process = process
        theirs.close()
