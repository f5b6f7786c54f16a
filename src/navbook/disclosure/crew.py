"""The parts of an edition protected at the same time, each by one of a few processes."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context

from navbook.disclosure.protected import Protected
from navbook.disclosure.protection import protect_part
from navbook.disclosure.system import System
from navbook.errors import NavbookError
from navbook.orphans import end_with_parent

# to start a process takes as long as to protect some small parts
FEW = 20000


def protect_each(asked: Mapping[str, tuple[System, Protected | None]], workers: int) -> dict[str, Protected]:
    """`protect_part` of each, and what it begins from; NavbookError if a process is killed at it."""
    size = {key: len(part.values) for key, (part, _) in asked.items()}
    # the largest first, so that none is left for the end
    order = sorted(asked, key=lambda key: (-size[key], key))
    if workers < 2 or sum(size.values()) < FEW:
        return {key: protect_part(*asked[key]) for key in order}
    others = set(active_children())
    # spawned, not forked: the process that asks may hold threads and database handles
    pool = ProcessPoolExecutor(workers, get_context("spawn"), end_with_parent)
    try:
        # not `map`, which cancels what is left when one fails: the pool cannot end with parts both cancelled
        # and still to be sent
        found = [pool.submit(protect_part, *asked[key]) for key in order]
        return {key: each.result() for key, each in zip(order, found, strict=True)}
    except BrokenProcessPool as error:
        raise NavbookError(
            "The edition was not written: a process that protects small numbers was killed (out of memory?)"
        ) from error
    finally:
        # nobody waits for what nobody wants any more
        for process in set(active_children()) - others:
            process.terminate()
        pool.shutdown()
