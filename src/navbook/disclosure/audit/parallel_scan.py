"""Scan many files in two processes that take the next file from a shared queue."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
Scan = Callable[[Path], Result]
FILES_WORTH_A_PROCESS = 100
_WIDTH = 4  # bytes of a file number in the queue


def scan_files(scan: Scan[Result], files: Sequence[Path], alone: Sequence[Path]) -> dict[Path, Result]:
    """Return the result of `scan` for each file; the files of `alone` are scanned in this process, in order.

    With enough files and a second core a process is forked, as Sphinx does. It inherits the state of `scan`
    and only reads texts. It ends by itself when this process is gone.

    Raises the first exception of `scan`, and RuntimeError if the second process was killed.
    """
    if len(files) < FILES_WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
        return {path: scan(path) for path in (*alone, *files)}
    queue, queue_input = os.pipe()
    results, sender = get_context("fork").Pipe(duplex=False)
    helper = get_context("fork").Process(
        target=_scan_in_child, args=(scan, files, queue, queue_input, results, sender)
    )
    helper.start()
    sender.close()
    try:
        os.write(queue_input, b"".join(number.to_bytes(_WIDTH) for number in range(len(files))))
        os.close(queue_input)
        scanned = {path: scan(path) for path in alone}
        scanned |= {path: scan(path) for path in _next_files(files, queue)}
        return scanned | _received(results)
    finally:
        os.close(queue)
        results.close()
        helper.terminate()
        helper.join()


def _next_files(files: Sequence[Path], queue: int) -> Iterator[Path]:
    """Take files from the queue until it is empty and closed."""
    while number := os.read(queue, _WIDTH):
        yield files[int.from_bytes(number)]


def _scan_in_child(
    scan: Scan[Result],
    files: Sequence[Path],
    queue: int,
    queue_input: int,
    results: Connection,
    sender: Connection,
) -> None:
    # the parent handles Ctrl-C and then terminates this process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.close(queue_input)
    results.close()
    try:
        sender.send({path: scan(path) for path in _next_files(files, queue)})
    except BrokenPipeError:
        return
    except Exception as error:
        sender.send(error)


def _received(results: Connection) -> dict[Path, Result]:
    try:
        answer = results.recv()
    except EOFError as error:
        raise RuntimeError("The second process that scanned the site was killed: run again.") from error
    if isinstance(answer, Exception):
        raise answer
    scanned: dict[Path, Result] = answer
    return scanned
