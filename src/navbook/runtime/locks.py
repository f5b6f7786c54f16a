"""Exclusive locks: one process at a time works on a folder; the lock of a process that has ended is free.

The operating system holds the lock (flock) and frees it with the process, so there is no stale lock to
remove. The file says who holds it, for the message that a second process gets.
"""

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TextIO


class LockHeld(Exception):
    """Another process holds the lock. The message says which one, and since when."""


@contextlib.contextmanager
def exclusive_lock(file: Path) -> Iterator[None]:
    """Hold the lock of `file`, whose folder exists; raises LockHeld if another process holds it.

    The file is written to, so a link raises OSError. On a file system without locks nothing is locked.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockHeld(_holder(stream.read())) from None
        except OSError:
            yield
            return
        # The content is for messages only: a full disk does not matter.
        with contextlib.suppress(OSError):
            _write(stream, {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()})
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                _write(stream, {})


def _write(stream: TextIO, content: dict[str, object]) -> None:
    stream.seek(0)
    stream.truncate()
    stream.write(json.dumps(content))
    stream.flush()


def _holder(text: str) -> str:
    try:
        holder = json.loads(text)
        return f"process {int(holder['pid'])} on {holder['host']} since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"


def _now() -> str:
    return datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
