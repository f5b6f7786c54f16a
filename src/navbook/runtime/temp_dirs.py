"""Temporary folders: removed when their process is done with them, or by the next run if it was killed.

A folder belongs to the process that holds the lock of the file LOCK in it. The operating system frees the
lock when the process ends, however it ends. A process identifier would not do: it may be used again, and it
means nothing on another machine.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
from pathlib import Path

PRIVATE = Path("privat")
LOCK = ".las"


class TempDir:
    """A new folder (mode 0700) in `parent`: by default in `privat/`, or in the system's temporary folder if
    `privat/` cannot be written or is a link. As a context manager it gives the folder's path, and removes it
    at the end.

    Folders of the same prefix that killed processes left in `parent` are removed first.
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        if parent is None:
            parent, prefix = _private_parent(prefix)
        for folder in parent.glob(f"{prefix}*"):
            if folder.is_dir() and not folder.is_symlink():
                _remove_if_left(folder)
        self._lock: int | None = None
        while self._lock is None:
            self.path = parent / f"{prefix}{secrets.token_hex(8)}"
            self.path.mkdir(mode=0o700)
            self._lock = _locked(self.path)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the folder with everything in it; a second call does nothing."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)
            self._lock = None


def _locked(folder: Path) -> int | None:
    """The descriptor of the folder's lock, held; None if another process removed the new folder meanwhile."""
    try:
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    except FileNotFoundError:
        return None
    except OSError:  # such as a full disk
        with contextlib.suppress(OSError):
            folder.rmdir()
        raise
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    except OSError:
        return lock  # a file system without locks: nobody there removes another's folder either
    try:
        removed = not os.path.samestat(os.fstat(lock), (folder / LOCK).stat())
    except FileNotFoundError:
        removed = True
    if removed:
        os.close(lock)
        return None
    return lock


def _remove_if_left(folder: Path) -> None:
    """Remove the folder if no process holds its lock; where locks do not work, it counts as held."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR)
    except FileNotFoundError:
        _remove_without_lock(folder)
        return
    except OSError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return
    finally:
        os.close(lock)


def _remove_without_lock(folder: Path) -> None:
    """Remove a folder without a lock file. The lock is the first file of a new folder, so one that has others
    was left by somebody else; an empty one may just be in the making, and its owner then makes another.
    """
    with contextlib.suppress(OSError):
        content = os.listdir(folder)  # noqa: PTH208 - one reading, not an iterator
        if not content:
            folder.rmdir()
        elif LOCK not in content:
            shutil.rmtree(folder, ignore_errors=True)


def _private_parent(prefix: str) -> tuple[Path, str]:
    try:
        PRIVATE.mkdir(mode=0o700, exist_ok=True)
        if os.access(PRIVATE, os.W_OK) and not PRIVATE.is_symlink():
            return PRIVATE.resolve(), prefix
    except OSError:
        pass
    return Path(tempfile.gettempdir()).resolve(), f"navbook-{prefix}"
