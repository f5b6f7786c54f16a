"""`python -m bench.truth EXTRACT --counts FILE`: how often the book is wrong, by drawing.

Draws editions from the truths of grid.yml (no change, real changes, offices that differ, people that
differ) with the offices and numbers of people of EXTRACT, sends each through the complete estimate stage,
writes the rates to bench/results/truth.csv and from them the chapter "Hvor ofte tar boken feil?".
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from bench.truth.chapter import chapter
from bench.truth.courses import coverage_of_curves
from bench.truth.exact import exact_chances
from bench.truth.funnels import pointed_at
from bench.truth.mixes import Country, rows_of_mixes
from bench.truth.planted import planted_offices
from bench.truth.report import Drawn, result
from bench.truth.scores import rows_with_truth, scored
from bench.truth.verdict_intervals import verdict_intervals
from bench.truth.worlds import MOVED, PLANTED, SPREAD, STILL, TOWARDS, Draws, design
from navbook import indicators
from navbook.estimate import estimate
from navbook.extract import Extract, open_extract
from navbook.letters import letter_for
from navbook.runtime.paths import BOOK, PROJECT
from navbook.runtime.periods import Period
from navbook.statistics.verdict import MINIMUM

GRID = Path(__file__).with_name("grid.yml")
RESULT = PROJECT / "bench" / "results" / "truth.csv"
CHAPTER = BOOK / "metode" / "treffsikkerhet.md"
# the worlds in which the intervals next to verdicts are compared with the truth
WITH_INTERVALS = (STILL, MOVED, SPREAD)


def run(extract: Extract, counts: pd.DataFrame, folder: Path, grid: dict[str, Any]) -> Drawn:
    """Every world of the grid, each through the estimate stage."""
    scenarios = {name: _scenario(extract, counts, grid, name) for name in grid["runs"]}
    base, period = _years(grid["period"], 2)
    country = Country(extract, period, base, grid["mixes"])
    mixes = list(rows_of_mixes(country, grid, MINIMUM))
    return Drawn(
        tables={name: tables for name, (tables, _, _) in scenarios.items()},
        funnels={name: seen for name, (_, seen, _) in scenarios.items() if name != TOWARDS},
        verdict_intervals={name: intervals for name, (_, _, intervals) in scenarios.items()},
        mixes=pd.concat(mixes, ignore_index=True),
        curves=coverage_of_curves(grid["course"], grid["seed"]),
        planted=planted_offices(extract, counts, folder),
        exact=exact_chances(grid),
    )


def _years(last: str, number: int) -> tuple[Period, ...]:
    """So many years up to `last`."""
    return tuple(Period(f"{year}-01", f"{year}-12") for year in range(int(last) - number + 1, int(last) + 1))


def _scenario(
    extract: Extract, counts: pd.DataFrame, grid: dict[str, Any], scenario: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    years = _years(grid["towards"], 3) if scenario == TOWARDS else _years(grid["period"], 2)
    draws = Draws(grid, design(counts, grid, years))
    every = grid["planted"]["every"] if scenario == PLANTED else None
    parts, seen, intervals = [], [], []
    for world in draws.worlds(scenario):
        found = estimate(
            world.counts,
            extract.register,
            extract.manifest,
            letter_for(years[-1].year),
            indicators.REGISTRY,
            years[-1],
        )
        rows = rows_with_truth(found, world, draws.design.offices, MINIMUM)
        parts.append(scored(rows, grid["sizes"]))
        seen.append(pointed_at(rows, world, every).assign(world=len(seen)))
        if scenario in WITH_INTERVALS:
            intervals.append(verdict_intervals(found, world, draws.design.offices, rows, grid))
        print(f"{scenario}: {len(parts)} of {grid['runs'][scenario]}", file=sys.stderr, flush=True)
    return (
        pd.concat(parts, ignore_index=True),
        pd.concat(seen, ignore_index=True),
        pd.concat(intervals, ignore_index=True) if intervals else pd.DataFrame(),
    )


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
        drawn = run(extract, pd.read_parquet(given.counts), given.extract, grid)
    found = result(drawn, grid)
    out = given.out or RESULT
    found.to_csv(out, sep=";", index=False, lineterminator="\n")
    if not given.out:
        CHAPTER.write_text(chapter(found), encoding="utf-8", newline="\n")
    print(f"wrote {out}")


if __name__ == "__main__":
    main()
