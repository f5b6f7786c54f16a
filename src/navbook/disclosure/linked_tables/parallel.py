"""Work divided among a few processes: the components of an edition, and queries of all releases."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import Any, TypeVar

from navbook.disclosure.linked_tables.protect_component import protect_component
from navbook.disclosure.linked_tables.result import SuppressionResult
from navbook.disclosure.linked_tables.system import System
from navbook.runtime.child_processes import exit_with_parent
from navbook.runtime.errors import NavbookError

# below so many cells in all, starting the processes takes longer than the work
MIN_PARALLEL_CELLS = 20000
Result = TypeVar("Result")


def protect_all(
    wanted: Mapping[str, tuple[System, SuppressionResult | None]], workers: int
) -> dict[str, SuppressionResult]:
    """The result of `protect_component` for the arguments under each key.

    NavbookError if a process is killed.
    """
    size = {key: len(system.values) for key, (system, _) in wanted.items()}
    # the largest first, so that none is left for the end
    order = sorted(wanted, key=lambda key: (-size[key], key))
    few = sum(size.values()) < MIN_PARALLEL_CELLS
    found = run_parallel(protect_component, [wanted[key] for key in order], 1 if few else workers)
    return dict(zip(order, found, strict=True))


def _has_semaphores() -> bool:
    """Whether processes can share semaphores here; without /dev/shm they cannot."""
    try:
        get_context("spawn").Lock()
    except (OSError, ImportError):
        return False
    return True


def run_parallel(
    work: Callable[..., Result], arguments: Sequence[tuple[Any, ...]], workers: int
) -> list[Result]:
    """The results of `work` for each tuple of arguments, in order.

    With fewer than two workers the work is done in this process. NavbookError if a process is killed.
    """
    if workers < 2 or not arguments or not _has_semaphores():
        return [work(*values) for values in arguments]
    others = set(active_children())
    # spawned, not forked: this process may hold threads and database handles
    pool = ProcessPoolExecutor(workers, get_context("spawn"), exit_with_parent)
    try:
        # not `map`, which cancels the rest when one fails: the pool cannot end with tasks both cancelled and
        # still to be sent
        futures = [pool.submit(work, *values) for values in arguments]
        return [future.result() for future in futures]
    except BrokenProcessPool as error:
        raise NavbookError(
            "The edition was not written: a process that protects small numbers was killed (out of memory?)"
        ) from error
    finally:
        # after a failure nobody needs the other results
        for process in set(active_children()) - others:
            process.terminate()
        pool.shutdown()
