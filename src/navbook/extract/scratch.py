"""Private folders of those who read an extract: gone when they end, at the latest when the next begins."""

import fcntl
import os
import secrets
import shutil
import tempfile
from pathlib import Path

PRIVATE = Path("privat")


class Scratch:
    """A new folder (mode 0700) under `privat/`; under the system's where `privat/` cannot be written.

    What processes left there that were killed is removed first. A file beside the folder is locked for as
    long as its process lives, so that one that runs is never taken for one that does not, wherever it runs.
    """

    def __init__(self, prefix: str) -> None:
        place, prefix = _place(prefix)
        _remove_left_behind(place, prefix)
        self.path = place / f"{prefix}{secrets.token_hex(8)}"
        self._beside = _lock_of(self.path)
        # the lock comes before the folder: a folder whose lock is free has been left
        self._lock: int | None = os.open(self._beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.path.mkdir(mode=0o700)

    def remove(self) -> None:
        """Remove the folder with all that is in it; again does nothing."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            self._beside.unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None


def _place(prefix: str) -> tuple[Path, str]:
    try:
        PRIVATE.mkdir(mode=0o700, exist_ok=True)
        if os.access(PRIVATE, os.W_OK):
            return PRIVATE.resolve(), prefix
    except OSError:
        pass
    return Path(tempfile.gettempdir()).resolve(), f"navbook-{prefix}"


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.las")


def _remove_left_behind(place: Path, prefix: str) -> None:
    for folder in place.glob(f"{prefix}*"):
        if folder.is_dir() and not folder.is_symlink() and _is_left(_lock_of(folder)):
            shutil.rmtree(folder, ignore_errors=True)
            _lock_of(folder).unlink(missing_ok=True)


def _is_left(lock: Path) -> bool:
    """Whether nobody holds the lock; one that cannot be asked about is held by another user."""
    try:
        stream = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(stream)
    return True
