"""How many cells `suppress` hides and what that costs: `python -m bench.gate --seeds 36`.

For each seeded table (3,360 cells): the number of cells that `suppress` hides, whether `attack` finds any of
them unsafe, wall and CPU seconds of both, and the peak memory of the separate process that ran them. Next to
it the same table by pytauargus, if that can be imported. `results/gate.json` holds the printed figures.
"""

import argparse
import json
import multiprocessing
import os
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from bench import gate_pytauargus
from bench.gate_table import table
from bench.report import Row
from bench.report import table as markdown
from navbook.disclosure import attack, suppress

RESULTS = Path(__file__).parent / "results" / "gate.json"
HEADS = {
    "seed": "seed",
    "primary": "primary",
    "hidden": "hidden",
    "unsafe": "unsafe",
    "wall": "wall s",
    "cpu": "CPU s",
    "peak_mb": "memory MB",
}
PYTAUARGUS_HEADS = {
    "their_hidden": "pytauargus hidden",
    "their_unsafe": "unsafe",
    "their_wall": "wall s",
    "ratio": "ratio",
}


def unsafe_cells(cells: pd.DataFrame, equations: pd.DataFrame, width: float = 3) -> int:
    """The number of primary cells narrower than `width`, and of exact hidden cells, under `attack`."""
    found = attack(cells, equations).merge(cells, on="cell")
    wide = found["high"] - found["low"]
    return int(((wide < width) & (found["status"] == 1) | (wide <= 0)).sum())


def ours(seed: int) -> Row:
    """One row: the table protected by navbook, in a separate process so that its memory can be measured."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_ours, (seed,))


def _ours(seed: int) -> Row:
    cells, equations = table(seed)
    load, wall, cpu = os.getloadavg()[0], time.perf_counter(), time.process_time()
    result = suppress(cells, equations)
    unsafe = unsafe_cells(result, equations)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "seed": seed,
        "cells": len(cells),
        "equations": equations["equation"].nunique(),
        "primary": int((result["status"] == 1).sum()),
        "hidden": int((result["status"] > 0).sum()),
        "unsafe": unsafe,
        "wall": round(wall, 1),
        "cpu": round(cpu, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load": round(load, 1),
    }


def theirs(seed: int, hidden: int) -> Row:
    """The columns of pytauargus for a table of which navbook hides `hidden` cells; empty if it failed."""
    answer = gate_pytauargus.protect(seed)
    if answer is None:
        return {}
    cells, equations = table(seed)
    status, seconds = answer
    result = gate_pytauargus.as_cells(cells, status)
    count = int((result["status"] > 0).sum())
    return {
        "their_hidden": count,
        "their_unsafe": unsafe_cells(result, equations),
        "their_wall": round(seconds, 1),
        "ratio": round(hidden / count, 3),
    }


def comparison(rows: Sequence[Row]) -> list[str]:
    """Sentences: how many tables pass the attack with each tool, and how many cells the two hide."""
    both = [row for row in rows if row["unsafe"] == 0 and row.get("their_unsafe") == 0]
    failed = sum(row["unsafe"] > 0 for row in rows)
    gave_up = sum("ratio" not in row for row in rows)
    theirs_failed = len(rows) - gave_up - sum(row.get("their_unsafe") == 0 for row in rows)
    lines = [
        f"Of {len(rows)} tables both pass the attack on {len(both)}. navbook does not on {failed}; "
        f"pytauargus leaves unsafe cells on {theirs_failed}, and ended with an error or took more than "
        f"{gate_pytauargus.PATIENCE} s on {gave_up}."
    ]
    if both:
        own, other = (sum(row[name] for row in both) for name in ("hidden", "their_hidden"))
        ratios = [row["ratio"] for row in both]
        lines.append(
            f"Where both pass: {own:,} cells hidden by navbook and {other:,} by pytauargus, "
            f"{own / other:.3f} times as many; from {min(ratios)} to {max(ratios)} times on a single table."
        )
    return lines


def main() -> None:
    """Measure the tables, write the results and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    compared = gate_pytauargus.is_installed()
    rows = []
    for seed in range(arguments.seeds):
        row = ours(seed)
        rows.append(row | theirs(seed, row["hidden"]) if compared else row)
        print(json.dumps(rows[-1]), flush=True)
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print("\n" + markdown(rows, HEADS | PYTAUARGUS_HEADS if compared else HEADS))
    if compared:
        print("\n" + "\n".join(comparison(rows)))
    else:
        print("\npytauargus cannot be imported: `pip install --target DIR pytauargus==0.6.0`, PYTHONPATH=DIR")


if __name__ == "__main__":
    main()
