"""`python -m bench.truth EXTRACT --counts FILE`: how often the book is wrong, by drawing.

Draws editions from the truths of grid.yml (no change, real changes, offices that differ, people that
differ) with the offices and numbers of people of EXTRACT, sends each through the whole estimate stage,
writes the rates to bench/results/truth.csv and from them the chapter "Hvor ofte tar boken feil?".
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from bench.truth.chapter import chapter
from bench.truth.courses import coverage_of_curves
from bench.truth.funnels import pointed_at
from bench.truth.mixes import Country, rows_of_mixes
from bench.truth.report import result
from bench.truth.scores import rows_with_truth, scored
from bench.truth.worlds import Draws, design
from navbook import indicators
from navbook.estimate import estimate
from navbook.extract import Extract, open_extract
from navbook.home import BOOK, PROJECT
from navbook.letters import letter_for
from navbook.periods import Period, add_months
from navbook.statistics.verdict import MINIMUM

GRID = Path(__file__).with_name("grid.yml")
RESULT = PROJECT / "bench" / "results" / "truth.csv"
CHAPTER = BOOK / "metode" / "treffsikkerhet.md"


@dataclass(frozen=True)
class Drawn:
    """Scenario → the scored rows of all its worlds and what their funnels point at; and the case-mix rows."""

    tables: dict[str, pd.DataFrame]
    funnels: dict[str, pd.DataFrame]
    mixes: pd.DataFrame


def run(extract: Extract, counts: pd.DataFrame, grid: dict[str, Any]) -> Drawn:
    """Every world of the grid, each through the estimate stage."""
    year = grid["period"]
    period, base = (Period(f"{y}-01", f"{y}-12") for y in (year, add_months(f"{year}-01", -12)[:4]))
    names = [tuple(name) for name in (*grid["flow"], *grid["stock"], grid["counts"], grid["averaged"])]
    draws = Draws(grid, design(counts, names, period, base))
    scenarios = {name: _scenario(extract, draws, name, period) for name in grid["runs"]}
    country = Country(extract, period, base, grid["mixes"])
    mixes = list(rows_of_mixes(country, grid["mixes"], grid["seed"], MINIMUM))
    return Drawn(
        tables={name: scored for name, (scored, _) in scenarios.items()},
        funnels={name: seen for name, (_, seen) in scenarios.items()},
        mixes=pd.concat(mixes, ignore_index=True),
    )


def _scenario(
    extract: Extract, draws: Draws, scenario: str, period: Period
) -> tuple[pd.DataFrame, pd.DataFrame]:
    every = draws.grid["planted"]["every"] if scenario == "plantet" else None
    parts, seen = [], []
    for world in draws.worlds(scenario):
        found = estimate(
            world.counts,
            extract.register,
            extract.manifest,
            letter_for(draws.grid["letter"]),
            indicators.REGISTRY,
            period,
        )
        rows = rows_with_truth(found, world, draws.design.offices, MINIMUM)
        parts.append(scored(rows, draws.grid["sizes"]))
        seen.append(pointed_at(rows, world, every).assign(world=len(seen)))
        print(f"{scenario}: {len(parts)} of {draws.grid['runs'][scenario]}", file=sys.stderr, flush=True)
    return pd.concat(parts, ignore_index=True), pd.concat(seen, ignore_index=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("extract", type=Path, help="the extract whose offices and denominators are used")
    parser.add_argument("--counts", type=Path, required=True, help="its count table (navbook count)")
    parser.add_argument("--out", type=Path, help="write the rates there, and no chapter")
    parser.add_argument("--few", action="store_true", help="a tenth of the runs, to try the bench itself")
    given = parser.parse_args()
    grid = yaml.safe_load(GRID.read_text(encoding="utf-8"))
    if given.few:
        for runs in (grid["runs"], grid["mixes"]["runs"]):
            runs.update({name: max(times // 10, 1) for name, times in runs.items()})
        grid["course"]["draws"] //= 40
    with open_extract(given.extract) as extract:
        drawn = run(extract, pd.read_parquet(given.counts), grid)
    curves = coverage_of_curves(grid["course"], grid["seed"])
    found = result(drawn.tables, drawn.funnels, drawn.mixes, curves, grid)
    out = given.out or RESULT
    found.to_csv(out, sep=";", index=False, lineterminator="\n")
    if not given.out:
        CHAPTER.write_text(chapter(found), encoding="utf-8", newline="\n")
    print(f"wrote {out}")


if __name__ == "__main__":
    main()
