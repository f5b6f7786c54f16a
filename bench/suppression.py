"""What suppression costs a reader: `python -m bench.suppression EXTRACT --counts FILE`.

For every level, rank (a row of the letter, a sub-group of one, the portfolio, a goal outside the letter) and
length of period: the rows of the edition, those that are small in themselves (primary, or hidden by a rule),
those hidden to protect others (secondary), those that the level does not have by design, and those shown. Of
the secondary letter rows of counties and the country it counts those that no row of an earlier class replaces
(`needed`): with all of these hidden and the row shown, single sums would disclose a number.
The CPU seconds and the peak memory of the choice stand below. `results/suppression.json` keeps the figures of
each `--label`, and the printed table has all labels.
"""

import argparse
import json
import os
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.report import Row, table
from navbook.disclosure import join_below, load_settings
from navbook.disclosure.linked_tables.attacker_view import PROOF_ROUNDS, attacker_view
from navbook.edition.schema import VIST
from navbook.estimate import Estimates, estimate
from navbook.extract import open_extract
from navbook.gate.suppression import Choice, choose, own_cells
from navbook.indicators import REGISTRY
from navbook.letters import Letter, letter_for
from navbook.runtime.engines import DEFAULT
from navbook.runtime.periods import Period, parse_period

RESULTS = Path(__file__).parent / "results" / "suppression.json"
LEVELS = ("landet", "fylke", "kontor")
LETTER, PART, PORTFOLIO, FURTHER = "letter", "part of the letter", "portfolio", "further goal"
RANKS = (LETTER, PART, PORTFOLIO, FURTHER)
LENGTHS = {1: "month", 4: "tertial"}
LONGER = "year"
HEADS = {
    "label": "run",
    "level": "level",
    "rank": "rank",
    "length": "length",
    "rows": "rows",
    "small": "small",
    "secondary": "secondary",
    "needed": "needed",
    "left_out": "not at this level",
    "shown": "shown",
    "secondary_share": "secondary %",
    "shown_share": "shown % of not small",
}


def rank_of_series(letter: Letter) -> dict[tuple[str, str], str]:
    """The rank of each (indikator, gruppe) as the letter has it, independent of what the gate reads."""
    ranks = {}
    for owner, reference in letter.series():
        name = (reference.indikator, reference.gruppe)
        if reference.indikator == "portefolje":
            ranks[name] = PORTFOLIO
        elif owner.id.startswith("SP"):
            ranks[name] = LETTER if reference.judged or not reference.supplement else PART
        else:
            ranks[name] = FURTHER
    return ranks


def rows_of(estimates: Estimates, choice: Choice, letter: Letter) -> pd.DataFrame:
    """Every computable row of the edition with its level, rank and length, and what happened to it."""
    rows = estimates.rows[estimates.rows["status"] == VIST]
    own = own_cells(estimates)
    places = tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    hidden, small = choice.hidden[own][places], choice.edition.sensitive[own][places]
    left_out = getattr(choice, "left_out", np.zeros_like(choice.hidden))[own][places] & ~small
    ranks = rank_of_series(letter)
    names = zip(rows["indikator"], rows["gruppe"], strict=True)
    return pd.DataFrame(
        {
            "series": rows["indikator"] + "/" + rows["gruppe"],
            "unit": rows["enhet"],
            "level": rows["niva"],
            "rank": [ranks[name] for name in names],
            "length": rows["periode"].map(_length),
            "small": small,
            "left_out": left_out,
            "secondary": hidden & ~small & ~left_out,
            "shown": ~hidden,
            "place": np.ravel_multi_index(places, choice.hidden.shape),
        }
    ).reset_index(drop=True)


def with_needed(rows: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The rows with the flag `needed`: no hiding of earlier classes replaces that row.

    Only secondary letter rows of years and tertials of counties and the country are tried.
    """
    system, hidden = choice.edition.system, choice.protected.hidden
    row_of = {place: row for row, place in enumerate(choice.edition.rows.tolist())}
    tried = rows["secondary"] & (rows["rank"] == LETTER) & (rows["level"] != "kontor")
    tried &= rows["length"] != LENGTHS[1]
    needed = np.zeros(len(rows), dtype=bool)
    for place in np.flatnonzero(tried):
        row = row_of[int(rows["place"].iloc[place])]
        fewer = hidden | (system.row_class < system.row_class[row])
        fewer[row] = False
        needed[place] = attacker_view(system, fewer, PROOF_ROUNDS).disclosed.any()
    return rows.assign(needed=needed)


def _length(period: str) -> str:
    return LENGTHS.get(len(parse_period(period).months), LONGER)


def counted(rows: pd.DataFrame, by: list[str]) -> list[Row]:
    """The number of rows of each kind in each group, and the shares that the project has goals for."""
    found: list[Row] = []
    for names, part in rows.groupby(by, sort=False):
        sums = {name: int(part[name].sum()) for name in ("small", "secondary", "needed", "left_out", "shown")}
        given, open_rows = len(part) - sums["left_out"], sums["secondary"] + sums["shown"]
        found.append(
            {
                **dict(zip(by, names, strict=True)),
                "rows": len(part),
                **sums,
                "secondary_share": round(100 * sums["secondary"] / max(given, 1), 2),
                "shown_share": round(100 * sums["shown"] / max(open_rows, 1), 2),
            }
        )
    return found


def _in_order(row: Row) -> tuple[int, int, int]:
    return LEVELS.index(row["level"]), RANKS.index(row["rank"]), -len(row["length"])


def measured(extract: Path, counts: Path, period: Period, workers: int) -> tuple[pd.DataFrame, Row]:
    """The rows of the edition, and the seconds and megabytes of choosing what is hidden."""
    settings = load_settings()
    with open_extract(extract, DEFAULT) as opened:
        letter = letter_for(period.year)
        estimates = estimate(
            pd.read_parquet(counts),
            opened.register,
            opened.manifest,
            letter,
            REGISTRY,
            period,
            opened.table_names,
            join_below=join_below(settings, "nav"),
        )
    wall, cpu = time.perf_counter(), _cpu()
    choice = choose(estimates, settings, settings.minimum("nav"), workers=workers)
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    peak = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cost = {"wall": round(wall, 1), "cpu": round(cpu, 1), "peak_mb": [size // 1024 for size in peak]}
    assert letter is not None
    rows = with_needed(rows_of(estimates, choice, letter), choice)
    return rows, cost | {"load": round(os.getloadavg()[0], 1)}


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def main() -> None:
    """Measure, keep the figures under the label, and print all that was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extract", type=Path)
    parser.add_argument("--counts", type=Path, required=True)
    parser.add_argument("--period", default="2022")
    parser.add_argument("--label", default="now")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--groups", action="store_true", help="print the years of offices by group as well")
    arguments = parser.parse_args()
    rows, cost = measured(
        arguments.extract, arguments.counts, parse_period(arguments.period), arguments.workers
    )
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept[arguments.label] = {
        "offices": int(rows.loc[rows["level"] == "kontor", "unit"].nunique()),
        "cost": cost,
        "rows": sorted(counted(rows, ["level", "rank", "length"]), key=_in_order),
    }
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(
        table(
            [{"label": label, "needed": ""} | row for label, run in kept.items() for row in run["rows"]],
            HEADS,
        )
    )
    for label, run in kept.items():
        print(f"\n{label}: {run['offices']} offices, {run['cost']}")
    if arguments.groups:
        years = rows[(rows["level"] == "kontor") & (rows["length"] == LONGER) & (rows["rank"] != FURTHER)]
        heads = {"rank": "rank", "series": "series", **dict(list(HEADS.items())[4:])}
        print("\n" + table(counted(years, ["rank", "series"]), heads))


if __name__ == "__main__":
    main()
