"""What each notebook cost: noted by the worker that ran it, one small file per notebook, read for the status
page. Costs never enter a page: they differ from run to run, and pages must not.
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

FIGURE = '<figure class="nb-figur"'


@dataclass(frozen=True)
class PageCost:
    """Seconds of wall and CPU that one notebook took, its kernel included."""

    wall: float
    cpu: float


def kind_of(page: str) -> str:
    """The kind of a page by its address: landet, fylke, kontor or indikator."""
    return page.partition("/")[0]


def figures_in(text: str) -> int:
    """How many figures stand in a built page."""
    return text.count(FIGURE)


@contextlib.contextmanager
def noted(task: PageTask, folder: Path | None) -> Iterator[None]:
    """Note under `folder` what the block costs; nothing if there is no such folder."""
    wall, cpu = time.monotonic(), cpu_so_far()
    try:
        yield
    finally:
        note(task, folder, PageCost(time.monotonic() - wall, max(0.0, cpu_so_far() - cpu)))


def note(task: PageTask, folder: Path | None, cost: PageCost | None) -> None:
    """Note under `folder` what a task cost; nothing if there is no such folder, or nothing is known."""
    if folder is not None and folder.is_dir() and cost is not None:
        place = _note(task, folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(asdict(cost)), encoding="utf-8")


def cost_of(task: PageTask, folder: Path) -> PageCost | None:
    """What this task cost, None if it was not run."""
    place = _note(task, folder)
    return PageCost(**json.loads(place.read_text(encoding="utf-8"))) if place.is_file() else None


def cpu_so_far() -> float:
    """CPU seconds of this process, its ended children, and the kernels that its warm process saw end."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages) + warm_kernels_cpu()


def _note(task: PageTask, folder: Path) -> Path:
    return folder / task.notebook.stem / f"{task.name}.json"
