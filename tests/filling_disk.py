"""A disk that is full from a chosen step on: every file, folder, link or rename in one folder is a step.

For tests that go through all steps of a job. Python's audit events tell the steps, so the job is not changed.
"""

import contextlib
import errno
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# no new entry can be made in a folder; no byte can be written to a file; one step fails
KINDS = ("no entry", "no byte", "once")
_NEW_ENTRIES = {"os.mkdir": 0, "os.rename": 1, "os.symlink": 1, "open": 0}
_WRITES = os.O_WRONLY | os.O_RDWR


@dataclass
class FillingDisk:
    """The folder whose disk is full at step `full_at` (from 1), and the steps that were taken so far."""

    folder: Path
    full_at: int
    kind: str
    steps: list[Path] = field(default_factory=list)


_disks: list[FillingDisk] = []


@contextlib.contextmanager
def filling_disk(folder: Path, full_at: int, kind: str) -> Iterator[FillingDisk]:
    """A disk that is full at a step, as one of `KINDS` says. A step of 0 is never reached."""
    if not _hooked:
        sys.addaudithook(_step)  # cannot be removed again
        _hooked.append(True)
    disk = FillingDisk(folder, full_at, kind)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    _disks.append(disk)
    try:
        yield disk
    finally:
        _disks.remove(disk)
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)


_hooked: list[bool] = []


def _step(event: str, arguments: tuple[Any, ...]) -> None:
    if not _disks or event not in _NEW_ENTRIES:
        return
    disk, path = _disks[-1], arguments[_NEW_ENTRIES[event]]
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITES):
        return
    if not isinstance(path, str | bytes | os.PathLike):
        return
    place = Path(os.fsdecode(path))
    if not place.is_relative_to(disk.folder):
        return
    disk.steps.append(place.relative_to(disk.folder))
    step = len(disk.steps)
    if not disk.full_at or step < disk.full_at or (disk.kind == "once" and step > disk.full_at):
        return
    if disk.kind == "no byte":
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    elif disk.kind == "once" or event in ("os.mkdir", "os.symlink") or not os.path.lexists(place):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
