"""Which processes a test's run has started and left behind: all that inherited a mark in the environment."""

import os
import time

import psutil

MARK = "NAVBOOK_TEST_RUN"


def settled(mark: str) -> list[str]:
    """Commands of marked processes still there after at most twenty seconds: imports take some."""
    deadline = time.monotonic() + 20
    while (left := marked(mark)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def marked(mark: str) -> list[str]:
    """Commands of the processes that carry the mark, this one left out."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get(MARK) == mark:
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    # multiprocessing's own bookkeeper lives as long as the process that runs the tests
    return [command for command in found if "resource_tracker" not in command and command]
