"""Executed pages, and written chapters, kept by content key: one is made again only if something that it is
made from has changed.
"""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from navbook.book.execution.page_task import PageTask
from navbook.runtime import atomic_write

KEPT_FOR = 30 * 24 * 3600.0


class PageCache:
    """A folder of pages, each named by its key. A page stands there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        # pages are kept as soon as they are drawn, before any audit
        folder.chmod(0o700)

    def fetch(self, tasks: Sequence[PageTask], keys: Sequence[str], pages_dir: Path) -> list[PageTask]:
        """Copy the pages that are kept to `pages_dir`; the tasks of the others, which must be run."""
        missing = []
        for task, key in zip(tasks, keys, strict=True):
            kept = self._folder / key
            if kept.is_file():
                target = pages_dir / task.out
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(kept, target)
                os.utime(kept)
            else:
                missing.append(task)
        return missing

    def keeper(self, keys: Mapping[Path, str], pages_dir: Path) -> Callable[[], None]:
        """What to call now and then while pages are run: it keeps those finished since the last call."""
        waiting = dict(keys)

        def keep() -> None:
            for out in [out for out in waiting if (pages_dir / out).is_file()]:
                self._keep(waiting.pop(out), partial(shutil.copyfile, pages_dir / out))

        return keep

    def text(self, key: str, write: Callable[[], str]) -> str:
        """The text that is kept under a key, else what `write` gives, which is kept."""
        kept = self._folder / key
        if kept.is_file():
            os.utime(kept)
            return kept.read_text(encoding="utf-8")
        text = write()
        self._keep(key, lambda place: place.write_text(text, encoding="utf-8"))
        return text

    def clear(self) -> None:
        """Remove every page: after the audit has refused a site, none of its pages may lie about."""
        for kept in self._folder.iterdir():
            kept.unlink(missing_ok=True)

    def clear_old(self) -> None:
        """Remove the pages that no build has used for a month."""
        oldest = time.time() - KEPT_FOR
        for kept in self._folder.iterdir():
            if kept.stat().st_mtime < oldest:
                kept.unlink(missing_ok=True)

    def _keep(self, key: str, write: Callable[[Path], object]) -> None:
        # A disk too full to keep a page stops the run where it matters: when the site is written.
        with contextlib.suppress(OSError), atomic_write(self._folder / key) as unfinished:
            write(unfinished)
