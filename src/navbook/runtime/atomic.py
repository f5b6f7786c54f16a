"""Puts a finished folder where it belongs in one step: until then the old one stands, whatever happens."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


class _Stopped(Exception):
    """A file could not be copied; the cause says why."""


def copy_folder(
    source: Path, target: Path, ignore: Callable[[Any, list[str]], set[str]] | None = None
) -> None:
    """Copy a folder with all that is in it to `target`, which is new.

    Ends at the first file that cannot be copied, with its OSError: `shutil.copytree` goes on to the last, and
    then tells of all of them without saying whether the disk was full.
    """
    try:
        shutil.copytree(source, target, ignore=ignore, copy_function=_copied)
    except _Stopped as stopped:
        raise stopped.__cause__ or stopped from None


def _copied(source: str, target: str) -> str:
    try:
        return shutil.copy2(source, target)
    except OSError as error:
        if error.filename2 is None:
            raise _Stopped from error
        # the file that could not be written, not the one that was read
        raise _Stopped from OSError(error.errno, error.strerror, error.filename2)


def put_in_place(finished: Path, target: Path) -> Path:
    """Rename `finished` to `target` and return it; an older `target` gives way and is removed.

    Both must lie on one file system.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        return finished.rename(target)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    old = aside / "old"
    target.rename(old)
    try:
        finished.rename(target)
    except BaseException:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target
