"""The page cache: executed pages, generated chapters and workbooks, each under the digest of its inputs.

An entry begins with a line that holds its signature: a page that is damaged, or that this user's navbook did
not write, is made again.
"""

import contextlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from navbook.book.execution.page_task import PageTask
from navbook.runtime import atomic_write, is_signed, signature

MAX_AGE = 30 * 24 * 3600.0


class PageCache:
    """A folder of pages, each in a file named by its key. An entry is complete or does not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        # Pages are cached as soon as they are executed, before the audit.
        folder.chmod(0o700)

    def fetch(self, tasks: Sequence[PageTask], keys: Sequence[str], pages_dir: Path) -> list[PageTask]:
        """Copy the pages that are in the cache to `pages_dir`; returns the tasks of the others."""
        missing = []
        for task, key in zip(tasks, keys, strict=True):
            content = self._read(key)
            if content is None:
                missing.append(task)
            else:
                target = pages_dir / task.out
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        return missing

    def finished_pages(self, keys: Mapping[Path, str], pages_dir: Path) -> Callable[[], None]:
        """A function that stores the pages finished since its last call. `keys` gives the key of each page by
        its path under `pages_dir`.
        """
        waiting = dict(keys)

        def store() -> None:
            for out in [out for out in waiting if (pages_dir / out).is_file()]:
                self._store(waiting.pop(out), (pages_dir / out).read_bytes())

        return store

    def get_or_write_text(self, key: str, write: Callable[[], str]) -> str:
        """The text under a key; if there is none, the result of `write`, which is stored."""
        return self.get_or_write(key, lambda: write().encode()).decode()

    def get_or_write(self, key: str, write: Callable[[], bytes]) -> bytes:
        """The content under a key; if there is none, the result of `write`, which is stored."""
        content = self._read(key)
        if content is None:
            content = write()
            self._store(key, content)
        return content

    def clear(self) -> None:
        """Remove every page: after the audit has refused a site, none of its pages may remain."""
        for entry in self._folder.iterdir():
            entry.unlink(missing_ok=True)

    def remove_unused(self) -> None:
        """Remove the pages that no build has used for a month."""
        oldest = time.time() - MAX_AGE
        for entry in self._folder.iterdir():
            if entry.stat().st_mtime < oldest:
                entry.unlink(missing_ok=True)

    def _read(self, key: str) -> bytes | None:
        entry = self._folder / key
        try:
            signed, _, content = entry.read_bytes().partition(b"\n")
        except OSError:
            return None
        if not is_signed(signed.decode("ascii", "replace"), key.encode(), content):
            return None
        os.utime(entry)
        return content

    def _store(self, key: str, content: bytes) -> None:
        # A disk too full to cache a page stops the run later, when the site is written.
        with contextlib.suppress(OSError), atomic_write(self._folder / key) as unfinished:
            unfinished.write_bytes(signature(key.encode(), content).encode() + b"\n" + content)
