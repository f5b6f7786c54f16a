"""Atomic writes: a file or folder is replaced by one rename, so nobody reads a half-written one."""

import contextlib
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from navbook.runtime.exchange import exchange


class _CopyStopped(Exception):
    """A file could not be copied; the cause is the OSError."""


@contextlib.contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """A temporary path next to `target`: renamed to `target` when the block ends, removed if it raises.

    The block writes a file, which may replace an older one, or a folder where `target` does not exist yet.
    """
    unfinished = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        yield unfinished
        unfinished.replace(target)
    finally:
        if unfinished.is_dir():
            shutil.rmtree(unfinished, ignore_errors=True)
        else:
            unfinished.unlink(missing_ok=True)


def copy_folder(
    source: Path,
    target: Path,
    ignore: Callable[[Any, list[str]], set[str]] | None = None,
    *,
    over: bool = False,
) -> None:
    """Copy a folder with everything in it to `target`, which must not exist unless it is copied `over` it.

    Raises the OSError of the first file that cannot be copied. `shutil.copytree` would go on to the last file
    and raise one error for all of them, without the errno that tells a full disk.
    """
    try:
        shutil.copytree(source, target, ignore=ignore, copy_function=_copy_file, dirs_exist_ok=over)
    except _CopyStopped as stopped:
        raise stopped.__cause__ or stopped from None


def _copy_file(source: str, target: str) -> str:
    try:
        return shutil.copy2(source, target)
    except OSError as error:
        if error.filename2 is None:
            raise _CopyStopped from error
        # Name the file that could not be written, not the one that was read.
        raise _CopyStopped from OSError(error.errno, error.strerror, error.filename2)


def replace_folder(finished: Path, target: Path) -> Path:
    """Put `finished` in the place of `target` and return `target`; the older folder is removed afterwards."""
    with replaced_folder(finished, target):
        return target


@contextlib.contextmanager
def replaced_folder(finished: Path, target: Path) -> Iterator[None]:
    """Put `finished` in the place of `target`; if the block raises, the older folder is put back.

    Both must be on one file system. The two are exchanged in one step, so that `target` always exists. Where
    the system cannot do that, the older folder is moved away first, and moved back if the second rename
    fails. When the block ends, the older folder is removed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and exchange(finished, target):
        try:
            yield
        except BaseException:
            exchange(finished, target)
            raise
        shutil.rmtree(finished, ignore_errors=True)
        return
    with _moved_aside(target) if target.exists() else contextlib.nullcontext():
        finished.rename(target)
        try:
            yield
        except BaseException:
            try:
                target.rename(finished)
            except OSError:  # no room for the name
                shutil.rmtree(target)
            raise


@contextlib.contextmanager
def _moved_aside(target: Path) -> Iterator[None]:
    """Move a folder away; move it back if the block raises, else remove it."""
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        target.rename(aside / "old")
        try:
            yield
        except BaseException:
            (aside / "old").rename(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
