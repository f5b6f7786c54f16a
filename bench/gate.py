"""What the gate hides and costs: `python -m bench.gate --seeds 20`.

For each seeded table (3,360 cells): how many cells are hidden by `suppress`, whether `attack` finds any of
them unsafe, wall and CPU seconds of both, and the memory of the process so far. Beside it the same table by
pytauargus if that can be imported.
"""

import argparse
import resource
import time

import pandas as pd

from bench import gate_pytauargus
from bench.gate_table import table
from bench.report import Row
from bench.report import table as markdown
from navbook.disclosure import attack, suppress

HEADS = {
    "seed": "seed",
    "cells": "cells",
    "equations": "equations",
    "primary": "primary",
    "hidden": "hidden",
    "unsafe": "unsafe",
    "wall": "wall s",
    "cpu": "CPU s",
    "peak_mb": "memory MB",
}
BESIDE = {
    "their_hidden": "pytauargus hidden",
    "their_unsafe": "unsafe",
    "their_wall": "wall s",
    "ratio": "ratio",
}


def unsafe_cells(cells: pd.DataFrame, equations: pd.DataFrame, width: float = 3) -> int:
    """How many primary cells are narrower than `width`, and hidden cells exact, under `attack`."""
    found = attack(cells, equations).merge(cells, on="cell")
    wide = found["high"] - found["low"]
    return int(((wide < width) & (found["status"] == 1) | (wide <= 0)).sum())


def ours(seed: int) -> Row:
    """One row: the table protected by navbook."""
    cells, equations = table(seed)
    wall, cpu = time.perf_counter(), time.process_time()
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
    }


def theirs(seed: int, hidden: int) -> Row:
    """The columns beside it: the same table protected by pytauargus; empty where it gave up."""
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


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    beside = gate_pytauargus.is_there()
    rows = []
    for seed in range(arguments.seeds):
        row = ours(seed)
        rows.append(row | theirs(seed, row["hidden"]) if beside else row)
        print(markdown(rows[-1:], HEADS | BESIDE).splitlines()[-1], flush=True)
    print("\n" + markdown(rows, HEADS | BESIDE if beside else HEADS))
    if not beside:
        print("\npytauargus cannot be imported: `pip install --target DIR pytauargus==0.6.0`, PYTHONPATH=DIR")
        return
    both = [row for row in rows if row["unsafe"] == 0 and row.get("their_unsafe") == 0]
    gave_up = sum("ratio" not in row for row in rows)
    print(f"\nboth safe: {len(both)} of {len(rows)}; pytauargus gave up on {gave_up}")
    if both:
        print(f"largest ratio: {max(row['ratio'] for row in both)}")


if __name__ == "__main__":
    main()
