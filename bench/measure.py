"""What a command costs: wall time, CPU of all it started, and the memory that all of it held.

CPU is what the system accounts to ended children (`RUSAGE_CHILDREN`), not a sample. Kernels of notebooks are
grandchildren, some in sessions of their own; this process makes itself the reaper of orphans, so that every
descendant is waited for in the end, by its parent or here, and its time is in the sum. Memory is sampled: the
proportional set size (PSS) of the process tree, in which what forked kernels share counts once.
"""

import ctypes
import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
SAMPLE_EVERY = 0.25
LEFT_BEHIND_AFTER = 10.0


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and CPU, peak memory in MB, load when it began, processes it left behind."""

    wall: float
    cpu: float
    peak_mb: float
    load: float
    left_behind: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.wall + other.wall,
            self.cpu + other.cpu,
            max(self.peak_mb, other.peak_mb),
            self.load,
            self.left_behind + other.left_behind,
        )


class CommandFailed(Exception):
    """A measured command ended with an error; carries the end of what it wrote."""


def measure(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], log: Path) -> Cost:
    """Run `command` to its end and return its Cost; raises CommandFailed if it fails. Linux only."""
    _become_reaper()
    load, before, start = os.getloadavg()[0], _children_cpu(), time.monotonic()
    peak, next_sample = 0.0, start
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command, cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=stream, stderr=stream
        )
        while process.poll() is None:
            if time.monotonic() >= next_sample:
                peak = max(peak, _tree_pss_mb())
                next_sample = time.monotonic() + SAMPLE_EVERY
            time.sleep(0.01)
    wall = time.monotonic() - start
    left_behind = _reap_all()
    if process.returncode:
        tail = "\n".join(log.read_text(encoding="utf-8").splitlines()[-15:])
        raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    return Cost(wall, _children_cpu() - before, peak, load, left_behind)


def folder_mb(folder: Path) -> float:
    """Size of every file under a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _become_reaper() -> None:
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError("this system cannot make a process the reaper of its orphans; measure on Linux")


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _reap_all() -> int:
    """Wait for orphans; those that have not ended in time are killed and counted."""
    deadline, killed = time.monotonic() + LEFT_BEHIND_AFTER, 0
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return killed
        if not pid:
            if time.monotonic() > deadline:
                for orphan in _descendants():
                    os.kill(orphan, signal.SIGKILL)
                    killed += 1
                deadline = time.monotonic() + LEFT_BEHIND_AFTER
            time.sleep(0.02)


def _descendants() -> list[int]:
    children: dict[int, list[int]] = {}
    for pid, parent in _parents():
        children.setdefault(parent, []).append(pid)
    found, todo = [], [os.getpid()]
    while todo:
        new = children.get(todo.pop(), [])
        found += new
        todo += new
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it has ended since
            yield int(entry.name), int(stat.rpartition(")")[2].split()[1])


def _tree_pss_mb() -> float:
    kilobytes = 0
    for pid in _descendants():
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue  # it has ended since
        kilobytes += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return kilobytes / 1000
