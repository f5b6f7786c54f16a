"""Every page of an edition, executed: those that are kept from before are fetched, the others are run."""

from collections.abc import Callable, Sequence
from pathlib import Path

from navbook.book.execution.execute_page import Run, run_pages
from navbook.book.execution.page_cache import PageCache
from navbook.book.execution.page_keys import page_keys
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.workers import Worker
from navbook.edition import Edition


def draw_pages(
    tasks: Sequence[PageTask],
    edition: Edition,
    pages_dir: Path,
    cache: PageCache,
    *,
    run: Run,
    workers: int = 0,
    scheduler: str | None = None,
    on_progress: Callable[[int, int, int], None] | None = None,
    first: Worker | None = None,
) -> list[PageTask]:
    """Put every page at `pages_dir/<task.out>`; returns the tasks that had to be run.

    `first` is a worker that has been started ahead; one that was started for another run is not used.
    Each page is kept as soon as it is done, so that a run that fails or is stopped need not begin again.
    Raises what `run_pages` raises.
    """
    keys = page_keys(tasks, edition, run.source_date_epoch)
    missing = cache.fetch(tasks, keys, pages_dir)
    key_of = dict(zip((task.out for task in tasks), keys, strict=True))
    keep = cache.keeper({task.out: key_of[task.out] for task in missing}, pages_dir)

    def progress(done: int, failed: int, total: int) -> None:
        keep()
        if on_progress:
            on_progress(done, failed, total)

    try:
        if missing:
            run_pages(
                missing,
                pages_dir,
                workers=workers,
                scheduler=scheduler,
                run=run,
                on_progress=progress,
                first=first if first is not None and first.is_for(pages_dir, run) else None,
            )
    finally:
        keep()
    cache.clear_old()
    return missing
