"""The warm process of this process: started when first needed, closed at exit at the latest."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from navbook.runtime.errors import NavbookError


class WarmProcessFailed(NavbookError):
    """The warm process could not be started or has died; `--kernel standard` works without it."""


class WarmProcess:
    """A running warm process (zygote.py). Its methods raise WarmProcessFailed when it does not answer."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "navbook.book.execution.warm.zygote", str(theirs.fileno())],
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                start_new_session=True,
            )
        self.kernels_cpu = 0.0
        self._socket = ours
        self._stream = ours.makefile("rw", encoding="utf-8", newline="\n")
        self.pid = int(self._read()["ready"])

    def start_kernel(self, arguments: list[str], environment: dict[str, str], folder: str) -> "WarmKernel":
        """Fork a kernel with these ipykernel arguments; returns a handle that looks like a Popen."""
        answer = self._ask({"do": "start", "arguments": arguments, "env": environment, "cwd": folder})
        return WarmKernel(self, int(answer["pid"]))

    def warm_up(self, environment: dict[str, str]) -> None:
        """Let it read the editions that this environment names and render a page of each to discard."""
        self._ask({"do": "warm_up", "env": environment})

    def exit_code(self, pid: int) -> int | None:
        """The exit code of a forked kernel, None while it runs."""
        answer = self._ask({"do": "code", "pid": pid})
        self.kernels_cpu = float(answer["cpu"])
        code: int | None = answer["code"]
        return code

    def close(self) -> None:
        """End the warm process and every kernel it has forked."""
        with contextlib.suppress(OSError):
            self._stream.close()
        self._socket.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    @property
    def alive(self) -> bool:
        """Whether the warm process is running."""
        return self._process.poll() is None

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            self._stream.write(json.dumps(request) + "\n")
            self._stream.flush()
        except OSError as error:
            raise self._failure() from error
        return self._read()

    def _read(self) -> dict[str, Any]:
        try:
            line = self._stream.readline()
        except OSError as error:
            raise self._failure() from error
        if not line:
            raise self._failure()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _failure(self) -> WarmProcessFailed:
        self._log.seek(0)
        last = (self._log.read().strip().splitlines() or ["no message"])[-1]
        return WarmProcessFailed(
            f"The warm process has ended ({last}); build again, or use --kernel standard."
        )


class WarmKernel:
    """A forked kernel with the methods of Popen that jupyter_client calls."""

    stdin = stdout = stderr = None

    def __init__(self, process: WarmProcess, pid: int) -> None:
        self._warm = process
        self.pid = pid

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        try:
            return self._warm.exit_code(self.pid)
        except WarmProcessFailed:
            return -signal.SIGKILL

    def wait(self) -> int | None:
        """The exit code of a kernel that `poll` has found ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel alone."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


_current: WarmProcess | None = None


def warm_process(environment: dict[str, str]) -> WarmProcess:
    """The warm process of this process, started if there is none (raises WarmProcessFailed)."""
    global _current
    if _current is None or not _current.alive:
        close_warm_process()
        _current = WarmProcess(environment)
    return _current


def warm_kernels_cpu() -> float:
    """CPU seconds of the ended kernels of this process's warm process; 0 without one."""
    return _current.kernels_cpu if _current is not None else 0.0


def close_warm_process() -> None:
    """End this process's warm process, if there is one."""
    global _current
    if _current is not None:
        _current.close()
        _current = None


def can_fork() -> bool:
    """Whether warm kernels work here: the system can fork, and the source of the warm process exists."""
    return hasattr(os, "fork") and sys.platform != "win32" and Path(__file__).with_name("zygote.py").is_file()


atexit.register(close_warm_process)
