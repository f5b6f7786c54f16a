"""Folders for unfinished work: gone when the one who works there ends, at the latest when the next begins."""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn


@contextlib.contextmanager
def temporary_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder under `parent`, removed at the end; what killed runs left there is removed first."""
    for left in parent.glob(f"{prefix}*-*"):
        if not _runs(left.name.removeprefix(prefix).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def ended_in_order() -> Iterator[None]:
    """Inside, a request to end (SIGTERM) ends the run as Ctrl-C does: with everything cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        pass  # it runs, for another user
    return True


PRIVATE = Path("privat")
LOCK = ".las"


class Scratch:
    """A new folder (mode 0700) in `place`: if none is given under `privat/`, or under the system's where
    `privat/` cannot be written. As a context it gives the path of the folder, and removes it at the end.

    What processes left there that were killed is removed first. A file in the folder is locked for as long as
    its process lives, so that one that runs is never taken for one that does not, wherever it runs.
    """

    def __init__(self, prefix: str, place: Path | None = None) -> None:
        if place is None:
            place, prefix = _private_place(prefix)
        for folder in place.glob(f"{prefix}*"):
            if folder.is_dir() and not folder.is_symlink():
                _remove_if_left(folder)
        name = secrets.token_hex(8)
        unlocked = place / f".{prefix}{name}"
        unlocked.mkdir(mode=0o700)
        self._lock: int | None = os.open(unlocked / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        with contextlib.suppress(OSError):  # no locks there: then nobody removes what another left
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        # it has its name only now: a folder of that name whose lock is free has been left
        self.path = unlocked.rename(place / f"{prefix}{name}")

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the folder with all that is in it; again does nothing."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)
            self._lock = None


def _remove_if_left(folder: Path) -> None:
    """Remove the folder if nobody holds its lock; one that cannot be asked about is held."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR)
    except FileNotFoundError:
        shutil.rmtree(folder, ignore_errors=True)
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


def _private_place(prefix: str) -> tuple[Path, str]:
    try:
        PRIVATE.mkdir(mode=0o700, exist_ok=True)
        if os.access(PRIVATE, os.W_OK):
            return PRIVATE.resolve(), prefix
    except OSError:
        pass
    return Path(tempfile.gettempdir()).resolve(), f"navbook-{prefix}"
