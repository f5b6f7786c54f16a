"""Work done at the same time, each piece by one of a few processes: an edition protected part by part, and
what all releases tell asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import Any, TypeVar

from navbook.disclosure.linked_tables.protect_component import protect_component
from navbook.disclosure.linked_tables.result import SuppressionResult
from navbook.disclosure.linked_tables.system import System
from navbook.errors import NavbookError
from navbook.runtime import exit_with_parent

# to start a process takes as long as to protect some small parts
MIN_PARALLEL_CELLS = 20000
Done = TypeVar("Done")


def protect_all(
    asked: Mapping[str, tuple[System, SuppressionResult | None]], workers: int
) -> dict[str, SuppressionResult]:
    """`protect_part` of each, and what it begins from; NavbookError if a process is killed at it."""
    size = {key: len(part.values) for key, (part, _) in asked.items()}
    # the largest first, so that none is left for the end
    order = sorted(asked, key=lambda key: (-size[key], key))
    few = sum(size.values()) < MIN_PARALLEL_CELLS
    found = run_parallel(protect_component, [asked[key] for key in order], 1 if few else workers)
    return dict(zip(order, found, strict=True))


def run_parallel(work: Callable[..., Done], pieces: Sequence[tuple[Any, ...]], workers: int) -> list[Done]:
    """The results of `work` on each of the pieces; NavbookError if a process is killed at it."""
    if workers < 2 or not pieces:
        return [work(*piece) for piece in pieces]
    others = set(active_children())
    # spawned, not forked: the process that asks may hold threads and database handles
    pool = ProcessPoolExecutor(workers, get_context("spawn"), exit_with_parent)
    try:
        # not `map`, which cancels what is left when one fails: the pool cannot end with pieces both cancelled
        # and still to be sent
        found = [pool.submit(work, *piece) for piece in pieces]
        return [each.result() for each in found]
    except BrokenProcessPool as error:
        raise NavbookError(
            "The edition was not written: a process that protects small numbers was killed (out of memory?)"
        ) from error
    finally:
        # nobody waits for what nobody wants any more
        for process in set(active_children()) - others:
            process.terminate()
        pool.shutdown()
