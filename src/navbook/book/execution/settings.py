"""How notebooks are executed: kernel, time limit, folder of the edition, and the date that pages see."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from navbook.book.execution.warm.kernels import PAGE_MODULES

PAGE_TIME_LIMIT = 120.0
START_OF_2020 = 1577836800
# Called with (done, failed, total) after each page.
OnProgress = Callable[[int, int, int], None]


@dataclass(frozen=True)
class ExecutionSettings:
    """The settings of one run of notebooks.

    `kernel` is `warm` or `standard`, `time_limit` is in seconds for each notebook, `edition_root` is the
    folder that holds the edition, and `source_date_epoch` is the only time that a page can see. `timings` is
    the folder, if it exists, where the time of each notebook is recorded. `warm_modules` are imported by a
    warm process before its first kernel.
    """

    kernel: str = "warm"
    time_limit: float = PAGE_TIME_LIMIT
    edition_root: Path | None = None
    source_date_epoch: int = START_OF_2020
    timings: Path | None = None
    warm_modules: tuple[str, ...] = PAGE_MODULES
