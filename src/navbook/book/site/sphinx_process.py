"""Sphinx in a process of its own, which imports what a book takes while the last pages are being drawn."""

import contextlib
import importlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from navbook.runtime import exit_with_parent

ENDS_WITHIN = 5.0


class Binder:
    """Runs Sphinx once, as `run_sphinx` does; its process is started at once. To be closed when done."""

    def __init__(self) -> None:
        # Spawned, not forked: this process may hold threads and database handles.
        context = get_context("spawn")
        self._link, theirs = context.Pipe()
        # No daemon: Sphinx starts processes of its own.
        self._process = context.Process(target=serve, args=(theirs,))
        self._process.start()
        theirs.close()

    def __call__(
        self,
        source: Path,
        site: Path,
        doctrees: Path,
        *,
        meanwhile: Callable[[], object] | None = None,
        **settings: Any,
    ) -> None:
        """Build the book at `source` into `site`, and call `meanwhile` here while that goes on.

        Raises what `run_sphinx` raises, and RuntimeError if the process was ended.
        """
        with _told_if_ended():
            self._link.send((source, site, doctrees, settings))
        if meanwhile is not None:
            meanwhile()
        with _told_if_ended():
            problem = self._link.recv()
        self._process.join()
        if problem is not None:
            raise problem

    def close(self) -> None:
        """End the process, and those it has started."""
        self._link.close()
        self._process.terminate()
        self._process.join(ENDS_WITHIN)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def serve(link: Any) -> None:
    """Import what a book takes, then run Sphinx for the one book that is asked for; tells what went wrong."""
    # Ctrl-C is for the process that started this one, which then asks it to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    exit_with_parent(grace=ENDS_WITHIN)
    with contextlib.suppress(EOFError):
        from navbook.book.site.sphinx_build import modules_of_a_book, run_sphinx

        for name in modules_of_a_book():
            # what cannot be imported is told when a book asks for it
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        source, site, doctrees, settings = link.recv()
        link.send(problem_of(lambda: run_sphinx(source, site, doctrees, **settings)))
        # The book is written: to take apart what it was made of would take as long as a page.
        os._exit(0)


@contextlib.contextmanager
def _told_if_ended() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise RuntimeError("The process that runs Sphinx was ended (out of memory?): build again.") from error


def problem_of(run: Callable[[], None]) -> Exception | None:
    """What `run` raised, in a form that can be sent."""
    try:
        run()
    except Exception as error:
        error.add_note(traceback.format_exc())
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            return RuntimeError(f"{type(error).__name__}: {error}")
        return error
    return None


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(1)
