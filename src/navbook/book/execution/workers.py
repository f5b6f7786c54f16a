"""Executes pages on local worker processes, each with its own warm process; a lost worker is replaced."""

import contextlib
import os
import time
from collections.abc import Sequence
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

from navbook.book.execution.page_task import PageTask
from navbook.book.execution.settings import ExecutionSettings, OnProgress
from navbook.book.execution.worker import serve

# The first page of a worker also pays for its imports.
START_ALLOWANCE = 60.0
# For fewer pages it does not pay that a prestarted worker reads the complete edition and renders a page
# first.
WARM_UP_FROM = 9


def run_on_workers(
    tasks: Sequence[PageTask],
    pages_dir: Path,
    *,
    workers: int,
    settings: ExecutionSettings,
    on_progress: OnProgress | None = None,
    first: "Worker | None" = None,
) -> dict[int, str]:
    """Run all tasks; returns number of the task (from 0) → what failed, for those that failed.

    `first` is a prestarted worker with these settings. Workers and everything they started have ended when
    this returns or raises.
    """
    waiting = list(enumerate(tasks))[::-1]
    failures: dict[int, str] = {}
    done = 0
    pool = [Worker(pages_dir, settings) for _ in range(min(workers or os.cpu_count() or 1, len(tasks)))]
    if first is not None and pool:
        pool[0] = first
    try:
        if first is not None and len(tasks) >= WARM_UP_FROM:
            first.warm_up()
        while waiting or any(worker.busy for worker in pool):
            for worker in pool:
                if waiting and not worker.busy:
                    worker.submit(*waiting.pop())
            for worker in _wait_for_results(pool):
                number, problem = worker.result()
                done += 1
                if problem:
                    failures[number] = problem
                if on_progress:
                    on_progress(done, len(failures), len(tasks))
    finally:
        for worker in pool:
            worker.close()
        for worker in pool:
            worker.stop()
    return failures


def _wait_for_results(pool: list["Worker"]) -> list["Worker"]:
    """Wait until at least one busy worker has answered, died or exceeded its time; returns those workers."""
    busy = [worker for worker in pool if worker.busy]
    left = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    connection.wait([event for worker in busy for event in worker.events], timeout=left)
    return [worker for worker in busy if worker.has_result]


class Worker:
    """A process that executes one page at a time. It starts with its first page, and again if it was lost."""

    def __init__(self, pages_dir: Path, settings: ExecutionSettings) -> None:
        self._pages_dir, self._settings = pages_dir, settings
        self._process: Any = None
        self._connection: Any = None
        self._number: int | None = None
        self.deadline = 0.0

    def prestart(self) -> None:
        """Start the process before there is an edition: it imports what pages need in the meantime."""
        self._start(prestarted=True)

    def warm_up(self) -> None:
        """Let a prestarted process read the edition and render a page, so that the next pages are faster."""
        # If the process has died, `result` reports it.
        with contextlib.suppress(OSError):
            self._connection.send((0, None))

    def is_for(self, pages_dir: Path, settings: ExecutionSettings) -> bool:
        """Whether it writes to this folder and runs with these settings."""
        return (self._pages_dir, self._settings) == (pages_dir, settings)

    @property
    def busy(self) -> bool:
        """Whether it has a page whose result has not been taken."""
        return self._number is not None

    @property
    def events(self) -> list[Any]:
        """What to wait for: its answer, or the end of its process."""
        return [self._connection, self._process.sentinel]

    @property
    def has_result(self) -> bool:
        """Whether `result` can return without waiting."""
        late = time.monotonic() >= self.deadline
        return bool(self._connection.poll() or not self._process.is_alive() or late)

    def submit(self, number: int, task: PageTask) -> None:
        """Start executing this page."""
        allowance = 0.0
        if self._process is None:
            self._start()
            allowance = START_ALLOWANCE
        self._number = number
        self.deadline = time.monotonic() + self._settings.time_limit + allowance
        # If the process has died, `result` reports it.
        with contextlib.suppress(OSError):
            self._connection.send((number, task))

    def result(self) -> tuple[int, str]:
        """The number of its page and what failed (empty if nothing did)."""
        number, self._number = self._number, None
        assert number is not None
        try:
            if self._connection.poll():
                _, problem = self._connection.recv()
                return number, problem
        except (EOFError, OSError):
            pass  # it died while answering; reported below
        # The connection of a killed process closes a moment before the process counts as dead, so the clock
        # decides which of the two happened.
        late = time.monotonic() >= self.deadline and self._process.is_alive()
        self.stop()
        if late:
            return number, f"it ran longer than {self._settings.time_limit:g} s"
        return number, "its worker process was killed (out of memory?)"

    def close(self) -> None:
        """Ask an idle process to end, without waiting."""
        if self._connection is not None and not self.busy:
            self._connection.close()
            self._connection = None

    def stop(self) -> None:
        """End the process; its warm process and kernels end with it."""
        if self._process is None:
            return
        if self.busy or self._connection is not None:
            self._process.kill()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _start(self, prestarted: bool = False) -> None:
        # Spawned, not forked: this process may hold threads and database handles.
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        given = (theirs, self._pages_dir, self._settings, prestarted)
        process = context.Process(target=serve, args=given, daemon=True)
        process.start()
        self._process = process
        theirs.close()
