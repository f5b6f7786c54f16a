"""Chances that need no drawing: every possible outcome weighed by its chance under a known truth."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from navbook.statistics import newcombe, rate, wilson
from navbook.statistics.verdict import Result, fixed_target

COVERAGE = ("eksakt_andel", "eksakt_endring")
MEASURES = (*COVERAGE, "eksakt_falskt_oppfylt", "eksakt_falskt_ikke_oppfylt")
BEYOND = {"oppfylt": Result.MET, "ikke_oppfylt": Result.NOT_MET}
# beyond this chance no outcome is looked at
_TAIL = 1e-12


def exact_chances(grid: dict[str, Any]) -> pd.DataFrame:
    """Rows `mal`, `slag`, `sann`, `klasse`, `andel` for each truth of the grid and every number of people
    between the bounds given there (the same in both periods).

    How often limits hold: for each truth the number (`klasse`) at which it is least often; likewise where
    verdicts are false most often. False verdicts at a fixed limit: by class of size on average over the
    numbers, and at the worst of them.
    """
    given = grid["exact"]
    first, last = given["hires"]
    starts = [size for size in grid["sizes"] if first <= size <= last]
    rows = [*_rates(*given["expected"]), *_shares(grid), *_fixed_limit(given["limit"], starts, last)]
    return pd.DataFrame(rows)


def _rates(first: int, last: int) -> list[dict[str, object]]:
    from scipy.stats import poisson

    rows: list[dict[str, object]] = []
    for mean in range(first, last + 1):
        count = np.arange(int(poisson.isf(_TAIL, mean)) + 1)
        limits = rate(count, 1)
        held = (np.asarray(limits.lower) <= mean) & (mean <= np.asarray(limits.upper))
        share = float(poisson.pmf(count, mean)[held].sum())
        rows.append({"mal": "eksakt_rate", "slag": "antall", "sann": mean, "andel": share})
    return rows


def _shares(grid: dict[str, Any]) -> Iterator[dict[str, object]]:
    first, last = grid["exact"]["people"]
    every = [row for people in range(first, last + 1) for row in _of(people, grid["shares"])]
    found = pd.DataFrame(every, columns=["sann", "klasse", *MEASURES])
    for mal in MEASURES:
        for sann, mine in found.groupby("sann"):
            worst = mine.loc[mine[mal].idxmin() if mal in COVERAGE else mine[mal].idxmax()]
            yield {
                "mal": mal,
                "slag": "uavhengige",
                "sann": sann,
                "klasse": int(worst["klasse"]),
                "andel": float(worst[mal]),
                "celler": len(mine),
            }


def _of(people: int, shares: list[float]) -> Iterator[dict[str, object]]:
    """For each true share the chances of MEASURES with so many people."""
    from scipy.stats import binom

    x = np.arange(people + 1)
    of_share, of_change = wilson(x, people), newcombe(x[:, None], people, x[None, :], people)
    lower, upper = (np.asarray(each) for each in of_change[1:])
    for truth in shares:
        chance = binom.pmf(x, people, truth)
        both = np.outer(chance, chance)
        held = (np.asarray(of_share.lower) <= truth) & (truth <= np.asarray(of_share.upper))
        sums = (chance[held], both[(lower <= 0) & (upper >= 0)], both[lower > 0], both[upper < 0])
        chances = dict(zip(MEASURES, (float(each.sum()) for each in sums), strict=True))
        yield {"sann": truth, "klasse": people, **chances}


def _fixed_limit(limit: float, starts: list[int], last: int) -> Iterator[dict[str, object]]:
    """Of those whose share lies just at the limit, how many are said to be beyond it, either way."""
    for start, end in pairwise([*starts, last + 1]):
        chances = pd.DataFrame([_beyond(limit, people) for people in range(start, end)])
        for word in BEYOND:
            cell = {"mal": f"fast_grense_falskt_{word}", "slag": "uavhengige", "sann": limit}
            most = chances.loc[chances[word].idxmax()]
            yield {**cell, "klasse": start, "andel": float(chances[word].mean()), "celler": end - start}
            worst = {"klasse": int(most["people"]), "andel": float(most[word]), "celler": end - start}
            yield {**cell, **worst, "mal": f"{cell['mal']}_hoyest"}


def _beyond(limit: float, people: int) -> dict[str, float]:
    from scipy.stats import binom

    x = np.arange(people + 1)
    chance, said = binom.pmf(x, people, limit), np.asarray(fixed_target(x, people, limit).result)
    return {
        "people": people,
        **{word: float(chance[said == result.value].sum()) for word, result in BEYOND.items()},
    }
