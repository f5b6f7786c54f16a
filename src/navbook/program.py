"""The command `navbook` and `python -m navbook`: Ctrl-C ends them in one line from the first moment on."""

import os
import signal

# No other imports here: until `main` runs, Ctrl-C ends in a traceback.
INTERRUPTED = "Interrupted: nothing was published, and earlier results are unchanged."
EXIT_CODE = 130


def main() -> None:
    """Run the command line. Until a command begins, Ctrl-C ends the process: there is nothing to undo."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    from navbook.cli import main as commands

    try:
        commands(prog_name="navbook")
    finally:
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


def _end(_number: int, _frame: object) -> None:
    os.write(2, f"navbook: {INTERRUPTED}\n".encode())
    os._exit(EXIT_CODE)
