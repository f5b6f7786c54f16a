"""A server process that forks a child for each publish and rollback.

python -m tests.book.publish_jobs
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from navbook.book.release.publish import publish, rollback
from navbook.runtime.errors import NavbookError

ROOT = Path(__file__).resolve().parents[2]


class Jobs:
    """A process that runs `publish` and `rollback` in forked children; it has no threads, so it can fork."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.book.publish_jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def start(self, *arguments: object) -> int:
        """The process of a new job: `publish SITE TO` or `rollback TO`."""
        return int(self._ask({"do": [str(argument) for argument in arguments]}))

    def wait(self, pid: int) -> int:
        """The exit code of a job when it has ended."""
        return int(self._ask({"wait": pid}))

    def close(self) -> None:
        self._server.communicate()

    def _ask(self, request: dict[str, Any]) -> str:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        return self._server.stdout.readline()


def serve() -> None:
    """Fork a child for each job on standard input."""
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            answer = os.waitstatus_to_exitcode(os.waitpid(request["wait"], 0)[1])
        else:
            answer = os.fork()
            if not answer:
                os._exit(_run(*request["do"]))
        print(answer, flush=True)


def _run(what: str, *places: str) -> int:
    try:
        if what == "publish":
            publish(Path(places[0]), Path(places[1]))
        else:
            rollback(Path(places[0]))
    except NavbookError as error:
        return error.exit_code
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    serve()
