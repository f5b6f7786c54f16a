"""Times of notebooks: the worker that runs one writes a small file, and the status page reads it.

Times never enter a page: they differ from run to run, and the bytes of a page must not.
"""

import contextlib
import json
import resource
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from navbook.book.execution.page_task import PageTask
from navbook.book.execution.warm.client import warm_kernels_cpu

FIGURE = '<figure class="nb-figur'


@dataclass(frozen=True)
class PageTiming:
    """Seconds of wall time and of CPU that one notebook took, its kernel included."""

    wall: float
    cpu: float


def page_kind(page: str) -> str:
    """The kind of a page by its address: landet, fylke, kontor or indikator."""
    return page.partition("/")[0]


def count_figures(text: str) -> int:
    """The number of figures in the HTML of a page."""
    return text.count(FIGURE)


@contextlib.contextmanager
def record_timing(task: PageTask, folder: Path | None) -> Iterator[None]:
    """Write the time of the block to `folder`; nothing if there is no such folder."""
    wall, cpu = time.monotonic(), cpu_seconds()
    try:
        yield
    finally:
        write_timing(task, folder, PageTiming(time.monotonic() - wall, max(0.0, cpu_seconds() - cpu)))


def write_timing(task: PageTask, folder: Path | None, timing: PageTiming | None) -> None:
    """Write the time of a task to `folder`; nothing if there is no such folder or the time is not known."""
    if folder is not None and folder.is_dir() and timing is not None:
        path = _timing_file(task, folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(timing)), encoding="utf-8")


def read_timing(task: PageTask, folder: Path) -> PageTiming | None:
    """The time of a task, None if it was not run."""
    path = _timing_file(task, folder)
    return PageTiming(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def cpu_seconds() -> float:
    """CPU seconds of this process, of its ended children, and of the ended kernels of its warm process."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages) + warm_kernels_cpu()


def _timing_file(task: PageTask, folder: Path) -> Path:
    return folder / task.notebook.stem / f"{task.name}.json"
