"""The status page: what every notebook and every step of a build cost, for those who keep the build quick.

It lies beside the site and never in it: costs differ from build to build, and the site's bytes do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from navbook.book.execution.page_task import PageTask
from navbook.book.execution.timings import PageCost, cost_of, figures_in

NAME = "status.html"
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .8rem;
border-bottom:1px solid #8886;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}:root{color-scheme:light dark}"""


@dataclass(frozen=True)
class StepCost:
    """Seconds of wall and CPU that one step of the pipeline took, everything it started included."""

    name: str
    wall: float
    cpu: float


@dataclass(frozen=True)
class NotebookCost:
    """One row of the status page; `cost` is None for a notebook that was taken from the cache."""

    name: str
    notebook: str
    cost: PageCost | None
    figures: int | None = None
    kb: float | None = None


def notebook_costs(tasks: Sequence[PageTask], costs: Path, site: Path | None = None) -> list[NotebookCost]:
    """A row per task, from the notes under `costs` and, if given, the pages built in `site`."""
    rows = []
    for task in tasks:
        page = site / f"{task.name}.html" if site else None
        figures, kb = _shown(page) if page is not None and page.is_file() else (None, None)
        rows.append(NotebookCost(task.name, task.notebook.name, cost_of(task, costs), figures, kb))
    return rows


def write_status(
    path: Path, title: str, steps: Sequence[StepCost], notebooks: Sequence[NotebookCost]
) -> Path:
    """Write the status page at `path` and return it: steps in their order, notebooks slowest first. No
    notebooks means that the whole book stood as it was.
    """
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{_told(notebooks)} CPU is that of every process a step or notebook started.</p>",
        "<h2>Steps</h2>",
        _table(("step", "wall s", "CPU s"), [(s.name, _s(s.wall), _s(s.cpu)) for s in [*steps, _sum(steps)]]),
    ]
    if notebooks:
        heads = ("page", "notebook", "state", "wall s", "CPU s", "figures", "kB")
        rows = [_cells(row) for row in sorted(notebooks, key=_by_cost)]
        parts += ["<h2>Notebooks, slowest first</h2>", _table(heads, rows)]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join(parts)
    path.write_text(
        f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n',
        encoding="utf-8",
    )
    return path


def _told(notebooks: Sequence[NotebookCost]) -> str:
    if not notebooks:
        return "Nothing had changed since the last build: the book was left as it stands."
    run = len([row for row in notebooks if row.cost])
    return f"{run} notebooks were run and {len(notebooks) - run} were taken from the cache."


def _shown(page: Path) -> tuple[int, float]:
    text = page.read_text(encoding="utf-8")
    return figures_in(text), page.stat().st_size / 1000


def _sum(steps: Sequence[StepCost]) -> StepCost:
    return StepCost("total", sum(step.wall for step in steps), sum(step.cpu for step in steps))


def _by_cost(row: NotebookCost) -> tuple[float, str]:
    return (-row.cost.cpu if row.cost else 0.0, row.name)


def _cells(row: NotebookCost) -> tuple[str, ...]:
    wall, cpu = (_s(row.cost.wall), _s(row.cost.cpu)) if row.cost else ("", "")
    figures = "" if row.figures is None else str(row.figures)
    kb = "" if row.kb is None else f"{row.kb:.0f}"
    return row.name, row.notebook, "run" if row.cost else "cached", wall, cpu, figures, kb


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
