"""The warm process: imports once what every page needs, then forks a kernel for each page.

It reads requests and writes answers as lines of JSON on a socket. When the other end closes, for whatever
reason, it kills its kernels and exits, so nothing outlives the worker that started it. It starts no thread
and no zmq context of its own: neither survives a fork.
"""

import ctypes
import gc
import importlib
import json
import os
import random
import resource
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

# Imported before the first fork, together with the modules that the environment names.
EVERY_KERNEL = (
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.display",
    "IPython.extensions.storemagic",
)
PAGES = "navbook.pages"
# Loading this debugger takes a large part of a kernel's start, and no page is debugged.
NOT_LOADED = ("debugpy",)
PR_SET_PDEATHSIG = 1


def main(channel: int) -> None:
    """Serve fork requests on the socket with this file descriptor until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    sys.modules.update(dict.fromkeys(NOT_LOADED))  # type: ignore[arg-type]
    named = os.environ.get("NAVBOOK_VARME_MODULER", "").split()
    for module in (*EVERY_KERNEL, *named):
        importlib.import_module(module)
    if PAGES in named:
        _warm_up()
    _build_argument_parser()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    _freeze()
    link = socket.socket(fileno=channel)
    stream = link.makefile("rw", encoding="utf-8", newline="\n")
    _answer(stream, {"ready": os.getpid()})
    kernels: dict[int, int | None] = {}
    try:
        for line in stream:
            request = json.loads(line)
            if request["do"] == "start":
                pid = _fork_kernel(request, link, libc)
                kernels[pid] = None
                _answer(stream, {"pid": pid})
            elif request["do"] == "warm_up":
                os.environ.update(request["env"])
                _warm_up()
                _freeze()
                _answer(stream, {"ready": os.getpid()})
            else:
                code = _exit_code(kernels, request["pid"])
                _answer(stream, {"code": code, "cpu": _ended_kernels_cpu()})
    finally:
        _kill_all(kernels)


def _warm_up() -> None:
    """Read the editions that the environment names, and render a page of each that is discarded."""
    for edition in importlib.import_module("navbook.edition").preload_editions():
        importlib.import_module(PAGES).draw_once(edition)


def _freeze() -> None:
    """Exempt all present objects from garbage collection, so that no kernel examines them."""
    gc.collect()
    gc.freeze()


def _answer(stream: Any, message: dict[str, Any]) -> None:
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def _exit_code(kernels: dict[int, int | None], pid: int) -> int | None:
    if kernels.get(pid) is None:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            kernels[pid] = os.waitstatus_to_exitcode(status)
    return kernels[pid]


def _ended_kernels_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _kill_all(kernels: dict[int, int | None]) -> None:
    for pid, code in kernels.items():
        if code is None:
            try:
                os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


def _end(_signum: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _fork_kernel(request: dict[str, Any], link: socket.socket, libc: Any) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        link.close()
        os.setsid()
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)
        _become_kernel(request)
    except BaseException as error:  # a child that failed must never continue as a second warm process
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def _build_argument_parser() -> None:
    """Let ipykernel build its argument parser once; every kernel then uses the cached parts."""
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp().parse_command_line(["-f", os.devnull])


def _become_kernel(request: dict[str, Any]) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(request["cwd"])
    sys.path[0] = ""
    import numpy
    from ipykernel.kernelapp import IPKernelApp

    random.seed()
    numpy.random.seed()
    app = IPKernelApp.instance()
    app.initialize(request["arguments"])
    app.start()


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main(int(sys.argv[1]))
