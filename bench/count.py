"""What counting costs: navbook on DuckDB and on Spark, SQL by hand and pandas, on extracts of several sizes.

    python -m bench.count --people 75000 150000 300000 600000 1200000 --spark 75000 --pandas 75000 300000

Extracts of 264 offices are made under --folder and kept there. Each way is a process of its own, and pays for
its imports. The two compared indicators must give equal rows whichever way they are counted, else it stops.
navbook and the SQL by hand are counted --times each, in turns, and the mean is given: the speed of a machine
changes by more in a minute than they differ.
`results/count.json` holds what is printed; a run adds to it and replaces what it measures again.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from bench.measure import Cost, measure

RESULTS = Path(__file__).parent / "results" / "count.json"
PROJECT = Path(__file__).parents[1]
COMPARED = ["ota_arbs", "u30_kontakt30"]
WAYS = {
    "sql": ["bench.count_by_hand", *COMPARED],
    "navbook": ["bench.count_by_navbook", "duckdb", *COMPARED],
    "pandas": ["bench.count_by_pandas", *COMPARED],
    "spark": ["bench.count_by_navbook", "spark", *COMPARED],
    "navbook_all": ["bench.count_by_navbook", "duckdb"],
}
IN_TURNS = ["sql", "navbook"]
NAMES = {
    "sql": "SQL by hand, two indicators",
    "navbook": "navbook, two indicators",
    "pandas": "pandas, two indicators",
    "spark": "navbook on Spark local[2], two indicators",
    "navbook_all": "navbook, all indicators",
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--people", type=int, nargs="+", default=[75_000])
    arguments.add_argument("--spark", type=int, nargs="*", default=[])
    arguments.add_argument("--pandas", type=int, nargs="*", default=[])
    arguments.add_argument("--times", type=int, default=4)
    arguments.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "navbook-count")
    given = arguments.parse_args()
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else []
    found = {(row["people"], row["way"]): row for row in known}
    for people in sorted(given.people):
        requested = [
            way for way, sizes in (("pandas", given.pandas), ("spark", given.spark)) if people in sizes
        ]
        extract = made(given.folder, people)
        ways = [*IN_TURNS * given.times, "navbook_all", *requested]
        costs: dict[str, list[Cost]] = {}
        for way in ways:
            costs.setdefault(way, []).append(cost_of(way, extract, given.folder))
        for way, each in costs.items():
            found[people, way] = row_of(people, way, each, extract)
            print(json.dumps(found[people, way]), flush=True)
        refuse_unequal(given.folder, [way for way in costs if way != "navbook_all"])
        RESULTS.parent.mkdir(exist_ok=True)
        rows = [found[key] for key in sorted(found)]
        RESULTS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(as_table([found[key] for key in sorted(found)]))
    print(growth([found[key] for key in sorted(found)]))


def made(folder: Path, people: int) -> Path:
    """The demo extract of that many people."""
    extract = folder / f"p{people}"
    if not (extract / "uttrekk.yml").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "navbook.cli", "demo", str(extract), "--offices", "264"]
        measure([*command, "--people", str(people)], cwd=PROJECT, environment=os.environ, log=folder / "log")
    return extract


def cost_of(way: str, extract: Path, folder: Path) -> Cost:
    module, *rest = WAYS[way]
    command = [sys.executable, "-m", module, str(extract), str(folder / f"{way}.parquet"), *rest]
    environment = {**os.environ, "NAVBOOK_SPARK_MASTER": "local[2]"}
    return measure(command, cwd=PROJECT, environment=environment, log=folder / "log")


def row_of(people: int, way: str, costs: list[Cost], extract: Path) -> dict[str, object]:
    """The mean of the costs, and the most memory; CPU of each, if there are several."""
    rows = sum(pq.read_metadata(file).num_rows for file in extract.glob("*.parquet"))
    return {
        "people": people,
        "rows": rows,
        "way": way,
        "wall_s": round(sum(cost.wall for cost in costs) / len(costs), 1),
        "cpu_s": round(sum(cost.cpu for cost in costs) / len(costs), 2),
        "peak_mb": round(max(cost.peak_mb for cost in costs)),
        "load": round(costs[0].load, 1),
        "cpu_s_of_each": [round(cost.cpu, 1) for cost in costs],
    }


def refuse_unequal(folder: Path, ways: list[str]) -> None:
    tables = {way: pq.read_table(folder / f"{way}.parquet").to_pandas() for way in ways}
    for way, table in tables.items():
        if not table.equals(tables["sql"]):
            raise SystemExit(f"{way} and the SQL by hand give unequal rows: nothing is compared")


def as_table(rows: list[dict[str, object]]) -> str:
    lines = [
        "| people | rows, million | way | CPU s | wall s | peak memory MB | load at start |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        size = f"{float(str(row['rows'])) / 1e6:.1f}"
        cells = [row["people"], size, NAMES[str(row["way"])], row["cpu_s"], row["wall_s"], row["peak_mb"]]
        lines.append(f"| {' | '.join(map(str, [*cells, row['load']]))} |")
    return "\n".join(lines)


def growth(rows: list[dict[str, object]]) -> str:
    """How CPU grows with rows from the smallest to the largest size, and navbook against the SQL by hand.

    `power` is the least-squares slope of log CPU on log rows: 1 where cost follows the rows, less below.
    """
    lines = ["| way | sizes | rows, times | CPU, times | power |", "| --- | --- | --- | --- | --- |"]
    for way in WAYS:
        mine = [(float(str(row["rows"])), float(str(row["cpu_s"]))) for row in rows if row["way"] == way]
        if len(mine) > 1:
            size, cost = (np.array(column) for column in zip(*sorted(mine), strict=True))
            power = np.polyfit(np.log(size), np.log(cost), 1)[0]
            grown = f"{size[-1] / size[0]:.1f} | {cost[-1] / cost[0]:.1f} | {power:.2f}"
            lines.append(f"| {NAMES[way]} | {len(mine)} | {grown} |")
    cpu = {(row["people"], row["way"]): float(str(row["cpu_s"])) for row in rows}
    ratios = [
        f"{people:,}: {cpu[people, 'navbook'] / cpu[people, 'sql']:.2f}"
        for people, way in sorted(cpu)
        if way == "navbook" and (people, "sql") in cpu
    ]
    return "\n".join([*lines, "", f"navbook by SQL by hand, CPU, by people: {', '.join(ratios)}"])


if __name__ == "__main__":
    main()
