"""The status page: the time of every notebook and every step of a build.

It is written next to the site and never in it: times differ from build to build, and the site's bytes do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from navbook.book.execution.page_task import PageTask
from navbook.book.execution.timings import PageTiming, count_figures, read_timing
from navbook.runtime import atomic_write

NAME = "status.html"
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .8rem;
border-bottom:1px solid #8886;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}:root{color-scheme:light dark}"""

_HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="generator" content="navbook">'
)
# of versions that did not name the generator
_OLDER_HEADS = tuple(
    f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}'
    for title in ("What the book for ", "Build times of the book for ")
)


@dataclass(frozen=True)
class StepTiming:
    """Seconds of wall time and of CPU that one step of the pipeline took, with the processes it started."""

    name: str
    wall: float
    cpu: float


@dataclass(frozen=True)
class NotebookTiming:
    """One row of the status page; `timing` is None for a notebook that was taken from the cache."""

    name: str
    notebook: str
    timing: PageTiming | None
    figures: int | None = None
    kb: float | None = None


def is_status_page(path: Path) -> bool:
    """Whether a file is a status page that this module wrote."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return text.startswith((_HEAD, *_OLDER_HEADS))


def notebook_timings(
    tasks: Sequence[PageTask], timings: Path, site: Path | None = None
) -> list[NotebookTiming]:
    """A row for each task, from the files under `timings` and, if given, the pages built in `site`."""
    rows = []
    for task in tasks:
        page = site / f"{task.name}.html" if site else None
        figures, kb = _measured(page) if page is not None and page.is_file() else (None, None)
        rows.append(NotebookTiming(task.name, task.notebook.name, read_timing(task, timings), figures, kb))
    return rows


def write_status_page(
    path: Path, title: str, steps: Sequence[StepTiming], notebooks: Sequence[NotebookTiming]
) -> Path:
    """Write the status page at `path` and return it: steps in their order, notebooks slowest first. Without
    notebooks the page says that nothing had changed.
    """
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{_summary(notebooks)} CPU includes every process that a step or notebook started.</p>",
        "<h2>Steps</h2>",
        _table(("step", "wall s", "CPU s"), [(s.name, _s(s.wall), _s(s.cpu)) for s in [*steps, _sum(steps)]]),
    ]
    if notebooks:
        heads = ("page", "notebook", "state", "wall s", "CPU s", "figures", "kB")
        rows = [_cells(row) for row in sorted(notebooks, key=_by_time)]
        parts += ["<h2>Notebooks, slowest first</h2>", _table(heads, rows)]
    head = f"<title>{escape(title)}</title><style>{STYLE}</style>"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join(parts)
    with atomic_write(path) as unfinished:
        text = f"{_HEAD}{head}</head><body>\n{body}\n</body></html>\n"
        unfinished.write_text(text, encoding="utf-8")
    return path


def _summary(notebooks: Sequence[NotebookTiming]) -> str:
    if not notebooks:
        return "Nothing had changed since the last build: the book was left as it is."
    run = len([row for row in notebooks if row.timing])
    return f"{run} notebooks were run and {len(notebooks) - run} were taken from the cache."


def _measured(page: Path) -> tuple[int, float]:
    text = page.read_text(encoding="utf-8")
    return count_figures(text), page.stat().st_size / 1000


def _sum(steps: Sequence[StepTiming]) -> StepTiming:
    return StepTiming("total", sum(step.wall for step in steps), sum(step.cpu for step in steps))


def _by_time(row: NotebookTiming) -> tuple[float, str]:
    return (-row.timing.cpu if row.timing else 0.0, row.name)


def _cells(row: NotebookTiming) -> tuple[str, ...]:
    wall, cpu = (_s(row.timing.wall), _s(row.timing.cpu)) if row.timing else ("", "")
    figures = "" if row.figures is None else str(row.figures)
    kb = "" if row.kb is None else f"{row.kb:.0f}"
    return row.name, row.notebook, "run" if row.timing else "cached", wall, cpu, figures, kb


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    numbers = {"wall s", "CPU s", "figures", "kB"}
    marks = [' class="n"' if head in numbers else "" for head in heads]
    top = "".join(
        f'<th scope="col"{mark}>{escape(head)}</th>' for head, mark in zip(heads, marks, strict=True)
    )
    cells = [
        "".join(f"<td{mark}>{escape(text)}</td>" for text, mark in zip(row, marks, strict=True))
        for row in rows
    ]
    lines = [f"<tr>{row}</tr>" for row in cells]
    return f"<table><thead><tr>{top}</tr></thead><tbody>\n" + "\n".join(lines) + "\n</tbody></table>"


def _s(seconds: float) -> str:
    return f"{seconds:.2f}"
