"""Executes every page of an edition: pages in the cache are fetched, the others are run."""

from collections.abc import Sequence
from pathlib import Path

from navbook.book.execution.page_cache import PageCache
from navbook.book.execution.page_keys import page_keys
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.run_tasks import run_tasks
from navbook.book.execution.settings import ExecutionSettings, OnProgress
from navbook.book.execution.workers import Worker
from navbook.edition import Edition


def run_pages(
    tasks: Sequence[PageTask],
    edition: Edition,
    pages_dir: Path,
    cache: PageCache,
    *,
    settings: ExecutionSettings,
    workers: int = 0,
    scheduler: str | None = None,
    on_progress: OnProgress | None = None,
    first: Worker | None = None,
) -> list[PageTask]:
    """Put every page at `pages_dir/<task.out>`; returns the tasks that had to be run.

    `first` is a worker that was started before; one that was started for another run is not used. Each page
    is cached as soon as it is done, so that a run after a failure continues where the failed one stopped.
    Raises what `run_tasks` raises.
    """
    keys = page_keys(tasks, edition, settings.source_date_epoch)
    missing = cache.fetch(tasks, keys, pages_dir)
    key_of = dict(zip((task.out for task in tasks), keys, strict=True))
    store = cache.finished_pages({task.out: key_of[task.out] for task in missing}, pages_dir)

    def progress(done: int, failed: int, total: int) -> None:
        store()
        if on_progress:
            on_progress(done, failed, total)

    try:
        if missing:
            run_tasks(
                missing,
                pages_dir,
                workers=workers,
                scheduler=scheduler,
                settings=settings,
                on_progress=progress,
                first=first if first is not None and first.is_for(pages_dir, settings) else None,
            )
    finally:
        store()
    cache.remove_unused()
    return missing
