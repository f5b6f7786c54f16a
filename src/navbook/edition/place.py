"""Puts a finished folder in its place in one step, so that no reader ever meets half an edition."""

import shutil
from pathlib import Path


def place(finished: Path, target: Path) -> Path:
    """Move the folder `finished` to `target`, in the place of what stood there; return `target`.

    Both must lie on one file system. What stood there is removed only when the new one is in place.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.replaced")
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    try:
        finished.rename(target)
    except OSError:
        if aside.exists():
            aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return target
