"""navbook against the stock way, on the same notebooks and the same edition, in one run.

    python -m bench.book utgaver/2022 --navbook 24 264 1000 3000 --stock 24 264

Prints Markdown tables and writes `bench/results/book.json`, where the sizes of earlier runs stay. Every
figure is measured; none is extrapolated.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.budget import Budget, read_budget
from bench.grow import grow
from bench.measure import Cost, folder_mb, measure
from bench.report import RESULTS, Row, render, together
from bench.slowest import cell_seconds, function_seconds
from bench.stock_way import run_jupyter_book, run_papermill
from navbook.book.execution.page_list import page_list
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.timings import count_figures, page_kind, read_timing
from navbook.edition import Edition
from navbook.runtime.paths import PROJECT

NATIONAL = 264


def main() -> None:
    """Measure the requested sizes, print the rows and store them."""
    wanted = _arguments()
    # With it set, every kernel would compile pandas anew and neither way would be measured fairly.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    given = Edition(wanted.edition.resolve())
    result: dict[str, Any] = {"machine": _machine(), "workers": wanted.workers, "rows": []}
    try:
        result = together(_kept(wanted.out), result)
    except ValueError as error:
        raise SystemExit(f"{wanted.out} was {error}: name another file with --out.") from error
    with tempfile.TemporaryDirectory(prefix="navbook-bench-") as name:
        work = Path(name)
        for offices in sorted({*wanted.navbook, *wanted.stock}):
            folder = work / str(offices)
            (folder / "utgaver").mkdir(parents=True)
            edition = grow(given, offices, folder / "utgaver")
            rows: list[Row] = []
            if offices in wanted.navbook:
                rows += _navbook(edition, offices, folder / "navbook", wanted.workers)
                if offices == _typical(wanted.navbook, result):
                    result |= _pages(edition, offices, folder / "navbook")
            if offices in wanted.stock:
                rows += _stock(edition, offices, folder / "stock")
            shutil.rmtree(folder)
            result = together(result, {**result, "rows": rows})
            print(f"{offices} offices are measured", file=sys.stderr, flush=True)
            # Kept size by size: the largest take long, and a run that is stopped has measured the others.
            wanted.out.parent.mkdir(parents=True, exist_ok=True)
            wanted.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(render(result))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.book", description=__doc__.split("\n")[0])
    parser.add_argument("edition", type=Path, help="folder of an edition that navbook build has made")
    parser.add_argument("--navbook", type=int, nargs="*", default=[24], metavar="OFFICES")
    parser.add_argument("--stock", type=int, nargs="*", default=[24], metavar="OFFICES")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser.parse_args()


def _kept(results: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(results.read_text(encoding="utf-8")) if results.is_file() else {}
    return kept


def _navbook(edition: Edition, offices: int, folder: Path, workers: int) -> list[Row]:
    folder.mkdir()
    module = [sys.executable, "-m", "bench.navbook_way"]
    places = [str(edition.folder), str(folder)]
    pages = measure(
        [*module, "pages", *places, str(workers)],
        cwd=PROJECT,
        environment=os.environ,
        log=folder / "pages.log",
    )
    book = measure([*module, "book", *places], cwd=folder, environment=_importable(), log=folder / "book.log")
    count = len(page_list(edition))
    rows = _Rows("navbook", offices, count)
    size = folder_mb(folder / "html")
    return [rows.row("pages", pages), rows.row("book", book), rows.row("whole book", pages + book, size)]


def _stock(edition: Edition, offices: int, folder: Path) -> list[Row]:
    folder.mkdir()
    first, *others = run_papermill(edition, folder)
    pages = sum(others, first)
    book = run_jupyter_book(edition, folder)
    rows = _Rows("stock", offices, 1 + len(others))
    size = folder_mb(folder / "kilde" / "_build" / "html")
    return [rows.row("pages", pages), rows.row("book", book), rows.row("whole book", pages + book, size)]


class _Rows:
    def __init__(self, way: str, offices: int, pages: int) -> None:
        day = datetime.datetime.now(datetime.UTC).date().isoformat()
        self._common = {"way": way, "offices": offices, "pages": pages, "day": day}

    def row(self, step: str, cost: Cost, size: float | None = None) -> Row:
        """A row of the table; numbers rounded to the precision of a single run."""
        return {
            **self._common,
            "step": step,
            "wall": round(cost.wall, 2),
            "cpu": round(cost.cpu, 2),
            "cpu_a_page": round(cost.cpu / self._common["pages"], 3),  # type: ignore[operator]
            "peak_mb": round(cost.peak_mb, 1),
            "output_mb": None if size is None else round(size, 1),
            "load": round(cost.load, 1),
            "left_behind": cost.left_behind,
        }


def _typical(sizes: list[int], result: dict[str, Any]) -> int | None:
    """The size whose pages are looked at one by one: the national book; the largest if none has been."""
    if NATIONAL in sizes:
        return NATIONAL
    return None if "kinds" in result else max(sizes)


def _pages(edition: Edition, offices: int, folder: Path) -> dict[str, Any]:
    """The cost of each kind of page with its budget, and where the slowest page spends its time."""
    notes = [(task, read_timing(task, folder / "kostnader")) for task in page_list(edition)]
    spent = [(task, cost.cpu) for task, cost in notes if cost]
    task, _ = max(spent, key=lambda page: page[1])
    settings = ExecutionSettings(edition_root=edition.folder.parent)
    slowest = {
        "page": task.name,
        "cells": [(source, round(seconds, 3)) for source, seconds in cell_seconds(task, settings)],
        "functions": [
            (function, round(seconds, 3)) for function, seconds in function_seconds(task, settings)
        ],
    }
    rows = [
        _kind(kind, budget, offices, [page for page in spent if page_kind(page[0].name) == kind], folder)
        for kind, budget in read_budget().items()
    ]
    return {"kinds": rows, "slowest": slowest}


def _kind(kind: str, budget: Budget, offices: int, spent: list[tuple[PageTask, float]], folder: Path) -> Row:
    built = [folder / "html" / f"{task.name}.html" for task, _ in spent]
    return {
        "kind": kind,
        "pages": len(spent),
        "mean_cpu": round(sum(cpu for _, cpu in spent) / len(spent), 2),
        "most_cpu": round(max(cpu for _, cpu in spent), 2),
        "figures": max(count_figures(path.read_text(encoding="utf-8")) for path in built),
        "kb": max(round(path.stat().st_size / 1000) for path in built),
        "budget": f"{budget.cpu:g} s, {budget.figures} figures, {budget.kb_in(offices):.0f} kB",
    }


def _importable() -> dict[str, str]:
    # The book step runs elsewhere, so that it does not copy the pages into the project.
    return {**os.environ, "PYTHONPATH": str(PROJECT)}


def _machine() -> dict[str, Any]:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    processor = names[0].partition(":")[2].strip() if names else platform.machine()
    return {"cores": os.cpu_count(), "processor": processor, "python": platform.python_version()}


if __name__ == "__main__":
    main()
