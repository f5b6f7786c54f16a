"""Sphinx in a process of its own, which imports its modules while the last pages are executed."""

import contextlib
import importlib
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from navbook.runtime import exit_with_parent
from navbook.runtime.errors import NavbookError

ENDS_WITHIN = 5.0


class SphinxProcess:
    """Runs Sphinx once, as `run_sphinx` does, in a process that starts immediately. Close it when done."""

    def __init__(self) -> None:
        # Spawned, not forked: this process may hold threads and database handles.
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
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
        with _report_if_ended():
            self._connection.send((source, site, doctrees, settings))
        if meanwhile is not None:
            meanwhile()
        with _report_if_ended():
            problem = self._connection.recv()
        self._process.join()
        if problem is not None:
            raise problem

    def close(self) -> None:
        """End the process, and those it has started."""
        self._connection.close()
        self._process.terminate()
        self._process.join(ENDS_WITHIN)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def serve(connection: Any) -> None:
    """Import what Sphinx needs, then build the one book that is requested, and send the error, if any."""
    # The parent process handles Ctrl-C and then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    exit_with_parent(grace=ENDS_WITHIN)
    with contextlib.suppress(EOFError):
        from navbook.book.site.sphinx_build import run_sphinx, sphinx_modules

        for name in sphinx_modules():
            # a module that cannot be imported is reported by the build
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        source, site, doctrees, settings = connection.recv()
        connection.send(sendable_error(lambda: run_sphinx(source, site, doctrees, **settings)))
        # The book is written; freeing its objects one by one would only take time.
        os._exit(0)


@contextlib.contextmanager
def _report_if_ended() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise RuntimeError("The process that runs Sphinx was ended (out of memory?): build again.") from error


def sendable_error(run: Callable[[], None]) -> Exception | None:
    """The exception that `run` raised, in a form that another process can receive; None if it raised none.

    Our own errors and those of the operating system arrive as they are, all others as a RuntimeError.
    """
    try:
        run()
    except Exception as error:
        known = isinstance(error, NavbookError) or type(error).__module__ == "builtins"
        sent = error if known else RuntimeError(f"{type(error).__name__}: {error}")
        sent.add_note(traceback.format_exc())
        return sent
    return None


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(1)
