"""Signals: Ctrl-C and a request to end the run raise KeyboardInterrupt, and it is remembered that they did.

Libraries turn a KeyboardInterrupt into errors of their own: pydantic a SchemaError, DuckDB a RuntimeError.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

_seen = threading.Event()


@contextlib.contextmanager
def sigint_remembered() -> Iterator[None]:
    """Inside the block Ctrl-C is remembered, unless this process ignores it; main thread only."""
    _seen.clear()
    with _interrupts(signal.SIGINT):
        yield


@contextlib.contextmanager
def sigterm_as_interrupt() -> Iterator[None]:
    """Inside the block SIGTERM raises KeyboardInterrupt, so that every clean-up runs; main thread only."""
    with _interrupts(signal.SIGTERM):
        yield


def was_interrupted() -> bool:
    """Whether one of these signals came since the command began."""
    return _seen.is_set()


@contextlib.contextmanager
def _interrupts(number: signal.Signals) -> Iterator[None]:
    ignored = number == signal.SIGINT and signal.getsignal(number) is signal.SIG_IGN
    if ignored or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, _interrupt)
    try:
        yield
    finally:
        signal.signal(number, before)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    _seen.set()
    raise KeyboardInterrupt
