"""Errors of a command as one sentence and a documented exit code."""

import errno
import functools
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from navbook import program
from navbook.runtime import open_files
from navbook.runtime.errors import NavbookError, UsageError
from navbook.runtime.full_disk import is_full_disk
from navbook.runtime.paths import BOOK, DATA, NOTEBOOKS, PACKAGE
from navbook.runtime.signals import sigint_remembered, was_interrupted

FEW_DESCRIPTORS = {errno.EMFILE, errno.ENFILE}
UNUSABLE_PATH = (FileNotFoundError, FileExistsError, NotADirectoryError, IsADirectoryError, PermissionError)
AFTER_FULL_DISK = "make room and run again; earlier results are unchanged and finished steps are kept."


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    """A subcommand that reports every error as one sentence and a documented exit code."""

    @click.option("--debug", is_flag=True, help="Show the traceback of an error.")
    @functools.wraps(function)
    def run(debug: bool, **arguments: Any) -> None:
        try:
            with sigint_remembered():
                function(**arguments)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except NavbookError as error:
            _stop(str(error), error.exit_code, debug)
        except KeyboardInterrupt:
            _stop(program.INTERRUPTED, program.EXIT_CODE, debug)
        except Exception as error:
            if was_interrupted():
                _stop(program.INTERRUPTED, program.EXIT_CODE, debug)
            if isinstance(error, OSError) and _is_path_of_user(error):
                problem = f"{error.filename} cannot be read or written ({error.strerror})"
                _stop(f"{problem}: give a path that you may use.", UsageError.exit_code, debug)
            if is_full_disk(error):
                where = getattr(error, "filename", None) or "no space left"
                _stop(f"The disk is full ({where}): {AFTER_FULL_DISK}", 1, debug)
            if isinstance(error, OSError) and error.errno in FEW_DESCRIPTORS:
                _stop(open_files.REMEDY, 1, debug)
            what = f"{type(error).__name__}: {error}"
            _stop(f"A fault in navbook itself ({what}): run again with --debug and report it.", 1, debug)

    return run


def _is_path_of_user(error: OSError) -> bool:
    """Whether the error is about a file that the user named, not one of navbook's own."""
    if not (isinstance(error, UNUSABLE_PATH) or error.errno == errno.EROFS) or not isinstance(
        error.filename, str
    ):
        return False
    own = (DATA, NOTEBOOKS, BOOK, PACKAGE)
    return not any(Path(error.filename).absolute().is_relative_to(folder) for folder in own)


def _stop(message: str, code: int, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    click.echo(f"navbook: {_printable(message)}", err=True)
    sys.exit(code)


def _printable(message: str) -> str:
    """A message whose names of files and values cannot steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else f"<U+{ord(sign):04X}>" for sign in message)
