"""`python -m bench.truth EXTRACT --counts FILE`: how often the book is wrong, by drawing.

Draws editions from the truths of grid.yml (no change, real changes, offices that differ) with the offices
and denominators of EXTRACT, sends each through the whole estimate stage, and writes the rates to
data/treffsikkerhet.csv, which the chapter "Hvor ofte tar boken feil?" reads.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from bench.truth.courses import coverage_of_curves
from bench.truth.funnels import pointed_at
from bench.truth.report import result
from bench.truth.scores import rows_with_truth, scored
from bench.truth.worlds import Draws, design
from navbook import indicators
from navbook.estimate import estimate
from navbook.extract import open_extract
from navbook.home import BOOK, PROJECT
from navbook.letters import letter_for
from navbook.periods import Period, add_months
from navbook.statistics.verdict import MINIMUM

GRID = Path(__file__).with_name("grid.yml")
RESULT = PROJECT / "bench" / "results" / "truth.csv"
CHAPTER = BOOK / "metode" / "treffsikkerhet.md"


def run(
    extract_folder: Path, counts: pd.DataFrame, grid: dict[str, Any]
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Scenario → the scored rows of all its worlds, and what their funnels point at."""
    year = grid["period"]
    period, base = (Period(f"{y}-01", f"{y}-12") for y in (year, add_months(f"{year}-01", -12)[:4]))
    names = [tuple(name) for name in (*grid["flow"], *grid["stock"], grid["counts"], grid["averaged"])]
    draws = Draws(grid, design(counts, names, period, base))
    tables: dict[str, pd.DataFrame] = {}
    funnels: dict[str, pd.DataFrame] = {}
    with open_extract(extract_folder) as extract:
        for scenario, times in grid["runs"].items():
            parts, seen = [], []
            every = grid["planted"]["every"] if scenario == "plantet" else None
            for world in draws.worlds(scenario):
                found = estimate(
                    world.counts,
                    extract.register,
                    extract.manifest,
                    letter_for(grid["letter"]),
                    indicators.REGISTRY,
                    period,
                )
                rows = rows_with_truth(found, world, draws.design.offices, MINIMUM)
                parts.append(scored(rows, grid["sizes"]))
                seen.append(pointed_at(rows, world, every).assign(world=len(seen)))
                print(f"\r{scenario} {len(parts)} of {times}", end="", file=sys.stderr, flush=True)
            print(file=sys.stderr)
            tables[scenario] = pd.concat(parts, ignore_index=True)
            funnels[scenario] = pd.concat(seen, ignore_index=True)
    return tables, funnels


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("extract", type=Path, help="the extract whose offices and denominators are used")
    parser.add_argument("--counts", type=Path, required=True, help="its count table (navbook count)")
    parser.add_argument(
        "--out", type=Path, default=RESULT, help=f"the result (default {RESULT.name} in data)"
    )
    parser.add_argument("--few", action="store_true", help="a tenth of the runs, to try the bench itself")
    given = parser.parse_args()
    grid = yaml.safe_load(GRID.read_text(encoding="utf-8"))
    if given.few:
        grid["runs"] = {name: max(times // 10, 1) for name, times in grid["runs"].items()}
        grid["course"]["draws"] //= 40
    tables, funnels = run(given.extract, pd.read_parquet(given.counts), grid)
    found = result(tables, funnels, coverage_of_curves(grid["course"], grid["seed"]), grid)
    found.to_csv(given.out, sep=";", index=False, lineterminator="\n")
    print(f"wrote {given.out}")


if __name__ == "__main__":
    main()
