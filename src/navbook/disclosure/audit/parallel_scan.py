"""Looks through many files in two processes, each of which takes the next file that nobody has taken."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

Seen = TypeVar("Seen")
Look = Callable[[Path], Seen]
WORTH_A_PROCESS = 100
_WIDTH = 4  # bytes of a place in the list


def look_through(look: Look[Seen], files: Sequence[Path], alone: Sequence[Path]) -> dict[Path, Seen]:
    """What `look` gives for each file; those of `alone` are looked at in this process, one after the other,
    since what is seen in one helps with the next.

    Where there are files enough, and a core for it, a second process is forked, as Sphinx does: it inherits
    what `look` knows, and only reads texts. It ends by itself if this process is gone.
    """
    if len(files) < WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
        return {path: look(path) for path in (*alone, *files)}
    waiting, offered = os.pipe()
    told, tell = get_context("fork").Pipe(duplex=False)
    helper = get_context("fork").Process(target=_help, args=(look, files, waiting, offered, told, tell))
    helper.start()
    tell.close()
    try:
        os.write(offered, b"".join(place.to_bytes(_WIDTH) for place in range(len(files))))
        os.close(offered)
        seen = {path: look(path) for path in alone}
        seen |= {path: look(path) for path in _taken(files, waiting)}
        return seen | _what_was_told(told)
    finally:
        os.close(waiting)
        told.close()
        helper.terminate()
        helper.join()


def _taken(files: Sequence[Path], waiting: int) -> Iterator[Path]:
    """The files that fall to this process."""
    while place := os.read(waiting, _WIDTH):
        yield files[int.from_bytes(place)]


def _help(
    look: Look[Seen], files: Sequence[Path], waiting: int, offered: int, told: Connection, tell: Connection
) -> None:
    # the other process hears of Ctrl-C itself, and then ends this one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.close(offered)
    told.close()
    try:
        tell.send({path: look(path) for path in _taken(files, waiting)})
    except BrokenPipeError:
        return
    except Exception as error:
        tell.send(error)


def _what_was_told(told: Connection) -> dict[Path, Seen]:
    try:
        answer = told.recv()
    except EOFError as error:
        raise RuntimeError(
            "The process that helped to look through the site was ended: run again."
        ) from error
    if isinstance(answer, Exception):
        raise answer
    seen: dict[Path, Seen] = answer
    return seen
