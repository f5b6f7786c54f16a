"""navbook beside the stock way, on the same notebooks and the same edition, in one run.

    python -m bench.book utgaver/2022 --navbook 24 264 1000 3000 --stock 24 264

Prints Markdown tables and writes `bench/results/book.json`. Every figure is measured; none is extrapolated.
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

from bench.budget import read_budget
from bench.grow import grow
from bench.measure import Cost, folder_mb, measure
from bench.report import Row, render
from bench.slowest import cell_seconds, function_seconds
from bench.stock_way import run_jupyter_book, run_papermill
from navbook.book.costs import figures_in, kind_of
from navbook.book.execute import Run
from navbook.book.pagelist import page_list
from navbook.edition import Edition
from navbook.home import PROJECT

RESULTS = Path(__file__).with_name("results") / "book.json"


def main() -> None:
    """Measure what was asked for, tell it, and keep it."""
    wanted = _arguments()
    # With it set, every kernel would compile pandas anew and neither way would be measured fairly.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    given = Edition(wanted.edition.resolve())
    result: dict[str, Any] = {
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": _machine(),
        "workers": wanted.workers,
        "rows": [],
        "kinds": [],
    }
    with tempfile.TemporaryDirectory(prefix="navbook-bench-") as name:
        work = Path(name)
        for offices in sorted({*wanted.navbook, *wanted.stock}):
            folder = work / str(offices)
            (folder / "utgaver").mkdir(parents=True)
            edition = grow(given, offices, folder / "utgaver")
            if offices in wanted.navbook:
                result["rows"] += _navbook(edition, offices, folder / "navbook", wanted.workers)
            if offices in wanted.stock:
                rows, costs = _stock(edition, offices, folder / "stock")
                result["rows"] += rows
                result["kinds"] = _kinds(costs, folder / "navbook" / "html")
                result["slowest"] = _slowest(edition, costs)
            shutil.rmtree(folder)
            print(render(result), file=sys.stderr, flush=True)
    print(render(result))
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.book", description=__doc__.split("\n")[0])
    parser.add_argument("edition", type=Path, help="folder of an edition that navbook build has made")
    parser.add_argument("--navbook", type=int, nargs="*", default=[24], metavar="OFFICES")
    parser.add_argument("--stock", type=int, nargs="*", default=[24], metavar="OFFICES")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser.parse_args()


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


def _stock(edition: Edition, offices: int, folder: Path) -> tuple[list[Row], dict[str, Cost]]:
    folder.mkdir()
    costs = run_papermill(edition, folder)
    first, *others = costs.values()
    pages = sum(others, first)
    book = run_jupyter_book(edition, folder)
    rows = _Rows("stock", offices, len(costs))
    size = folder_mb(folder / "kilde" / "_build" / "html")
    return [
        rows.row("pages", pages),
        rows.row("book", book),
        rows.row("whole book", pages + book, size),
    ], costs


class _Rows:
    def __init__(self, way: str, offices: int, pages: int) -> None:
        self._common = {"way": way, "offices": offices, "pages": pages}

    def row(self, step: str, cost: Cost, size: float | None = None) -> Row:
        """A row of the table; numbers rounded to what a single run can tell."""
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


def _kinds(costs: dict[str, Cost], site: Path) -> list[Row]:
    offices = sum(kind_of(name) == "kontor" for name in costs)
    rows = []
    for kind, budget in read_budget().items():
        names = [name for name in costs if kind_of(name) == kind]
        built = [site / f"{name}.html" for name in names if (site / f"{name}.html").is_file()]
        rows.append(
            {
                "kind": kind,
                "pages": len(names),
                "cpu": round(sum(costs[name].cpu for name in names) / max(len(names), 1), 2),
                "figures": max((figures_in(path.read_text("utf-8")) for path in built), default=None),
                "kb": max((round(path.stat().st_size / 1000) for path in built), default=None),
                "budget": f"{budget.cpu:g} s, {budget.figures} figures, {budget.kb_in(offices):.0f} kB",
            }
        )
    return rows


def _slowest(edition: Edition, costs: dict[str, Cost]) -> dict[str, Any]:
    name = max(costs, key=lambda page: costs[page].cpu)
    task = next(task for task in page_list(edition) if task.name == name)
    run = Run(edition_root=edition.folder.parent)
    return {
        "page": name,
        "cells": [(source, round(seconds, 3)) for source, seconds in cell_seconds(task, run)],
        "functions": [(function, round(seconds, 3)) for function, seconds in function_seconds(task, run)],
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
