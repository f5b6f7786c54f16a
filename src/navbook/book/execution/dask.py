"""Executes pages on the workers of a Dask cluster; the bytes are those of a local run.

Only public data are sent: the edition, the page notebooks, and the executed pages back.
"""

import contextlib
import logging
import queue
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from navbook.book.execution.dask_bundle import pack, versions
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.settings import ExecutionSettings, OnProgress
from navbook.book.execution.timings import PageTiming, write_timing
from navbook.runtime import atomic_write
from navbook.runtime.errors import PageFailed, UsageError

CONNECT_SECONDS = 10
CLOSE_SECONDS = 2
# A cluster may lose all its workers for a while; after this time the run gives up.
WITHOUT_WORKERS_SECONDS = 60
POLL_SECONDS = 5


def run_on_cluster(
    tasks: Sequence[PageTask],
    pages_dir: Path,
    *,
    scheduler: str,
    settings: ExecutionSettings,
    on_progress: OnProgress | None = None,
) -> dict[int, str]:
    """Run all tasks on the cluster; returns number of the task (from 0) → what failed, for those that failed.

    If a worker is lost, another one makes its page. Raises UsageError if Dask is not installed, the scheduler
    cannot be reached, has no workers, or has workers that would make other bytes; PageFailed if the complete
    cluster is lost during the run. `settings.time_limit` is the limit of each cell here.
    """
    if not tasks:
        return {}
    bundle, sent = pack(tasks, settings)
    with connected(scheduler) as client, _distributed(client, scheduler, bundle) as name:
        from navbook.book.execution.dask_worker import make_page_on_worker

        futures = {
            client.submit(make_page_on_worker, name, task, settings, key=f"{name}/{task.name}", pure=False): n
            for n, task in enumerate(sent)
        }
        try:
            return _collect(client, scheduler, futures, tasks, pages_dir, settings.timings, on_progress)
        finally:
            _if_connected(client, lambda: client.cancel(list(futures), force=True))


@contextlib.contextmanager
def connected(scheduler: str) -> Iterator[Any]:
    """A client of the scheduler at this address, which has at least one worker; raises UsageError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask, which is not installed here: "
            "install the pinned packages of requirements-dask.txt (docs/how-to/cluster.md)"
        ) from error
    # Dask logs faults that it recovers from; the others are reported by the error of this run.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = _client(Client, scheduler)
    try:
        _refuse_no_workers(client, scheduler)
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=CLOSE_SECONDS)


def check_scheduler(scheduler: str) -> None:
    """Raise UsageError if pages cannot be made on the cluster at this address."""
    with connected(scheduler):
        return


def _client(make: Any, scheduler: str) -> Any:
    try:
        return make(scheduler, timeout=CONNECT_SECONDS, set_as_default=False, name="navbook")
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {scheduler}: "
            "start one with dask scheduler and give the address it prints, such as tcp://host:8786"
        ) from error


def _refuse_no_workers(client: Any, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        raise UsageError(
            f"The Dask scheduler at {scheduler} has no workers: "
            f"start some with dask worker {scheduler} --nworkers 2 --nthreads 1"
        ) from error


@contextlib.contextmanager
def _distributed(client: Any, scheduler: str, bundle: bytes) -> Iterator[str]:
    """The run's files on every worker, under a name of their own; removed from all workers afterwards."""
    from navbook.book.execution.dask_worker import RunFiles

    name = f"navbook-{uuid.uuid4().hex[:12]}"
    try:
        try:
            client.register_plugin(RunFiles(name, bundle, versions()))
        except Exception as error:
            raise UsageError(
                f"The workers at {scheduler} cannot make these pages ({error}): "
                "install the same navbook and the packages of requirements-dask.txt on every machine"
            ) from error
        yield name
    finally:
        _if_connected(client, lambda: client.unregister_worker_plugin(name))


def _if_connected(client: Any, clean_up: Callable[[], Any]) -> None:
    # Without a scheduler there is nothing to clean up, and a request would only wait for it.
    if client.status == "running":
        with contextlib.suppress(Exception):
            clean_up()


def _collect(
    client: Any,
    scheduler: str,
    futures: dict[Any, int],
    tasks: Sequence[PageTask],
    pages_dir: Path,
    timings: Path | None,
    on_progress: OnProgress | None,
) -> dict[int, str]:
    finished: queue.SimpleQueue[Any] = queue.SimpleQueue()
    for future in futures:
        future.add_done_callback(finished.put)
    failures: dict[int, str] = {}
    for done in range(1, len(tasks) + 1):
        future = _next(client, scheduler, finished, done - 1, len(tasks))
        number = futures[future]
        problem, notebook, timing = _result(future, scheduler, done - 1, len(tasks))
        write_timing(tasks[number], timings, timing)
        if problem:
            failures[number] = problem
        else:
            _store(notebook, pages_dir / tasks[number].out)
        if on_progress:
            on_progress(done, len(failures), len(tasks))
    return failures


def _store(notebook: bytes, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(out) as unfinished:
        unfinished.write_bytes(notebook)


def _next(client: Any, scheduler: str, finished: Any, done: int, total: int) -> Any:
    """The next future that has ended; raises PageFailed when there have been no workers for too long."""
    without_workers = 0
    while True:
        try:
            return finished.get(timeout=POLL_SECONDS)
        except queue.Empty:
            without_workers = 0 if client.scheduler_info()["workers"] else without_workers + POLL_SECONDS
            if without_workers >= WITHOUT_WORKERS_SECONDS:
                raise _lost(f"The scheduler at {scheduler} has lost all its workers", done, total) from None


def _result(future: Any, scheduler: str, done: int, total: int) -> tuple[str, bytes, PageTiming | None]:
    from distributed import KilledWorker

    if future.cancelled() or future.status == "lost":
        raise _lost(f"The scheduler at {scheduler} was lost", done, total)
    error = future.exception()
    if error is None:
        result: tuple[str, bytes, PageTiming | None] = future.result()
        return result
    if isinstance(error, KilledWorker):
        return "every worker that tried it was killed (out of memory?)", b"", None
    return f"{type(error).__name__}: {error}", b"", None


def _lost(what: str, done: int, total: int) -> PageFailed:
    return PageFailed(f"{what} with {done} of {total} pages made: start the cluster and build again.")
