"""Chances that need no drawing: every possible outcome weighed by its chance under a known truth."""

from typing import Any

import numpy as np
import pandas as pd

from navbook.statistics import newcombe, rate, wilson
from navbook.statistics.verdict import Result, fixed_target

# beyond this chance no outcome is looked at
_TAIL = 1e-12


def exact_chances(grid: dict[str, Any]) -> pd.DataFrame:
    """Rows `mal`, `slag`, `sann`, `klasse`, `andel`: how often limits hold, and verdicts at a fixed limit are
    false, for each truth of the grid and each number of people (the same in both periods).
    """
    rows = [*_rates(grid["exact"]["expected"]), *_shares(grid), *_fixed_limit(grid["exact"])]
    return pd.DataFrame(rows)


def _rates(expected: list[float]) -> list[dict[str, object]]:
    from scipy.stats import poisson

    rows: list[dict[str, object]] = []
    for mean in expected:
        count = np.arange(int(poisson.isf(_TAIL, mean)) + 1)
        limits = rate(count, 1)
        held = (np.asarray(limits.lower) <= mean) & (mean <= np.asarray(limits.upper))
        share = float(poisson.pmf(count, mean)[held].sum())
        rows.append({"mal": "eksakt_rate", "slag": "antall", "sann": mean, "andel": share})
    return rows


def _shares(grid: dict[str, Any]) -> list[dict[str, object]]:
    from scipy.stats import binom

    rows: list[dict[str, object]] = []
    for people in grid["sizes"]:
        x = np.arange(people + 1)
        of_share, of_change = wilson(x, people), newcombe(x[:, None], people, x[None, :], people)
        for truth in grid["shares"]:
            chance = binom.pmf(x, people, truth)
            both = np.outer(chance, chance)
            held = (np.asarray(of_share.lower) <= truth) & (truth <= np.asarray(of_share.upper))
            lower, upper = (np.asarray(each) for each in of_change[1:])
            cell = {"slag": "uavhengige", "sann": truth, "klasse": people}
            rows += [
                {"mal": "eksakt_andel", **cell, "andel": float(chance[held].sum())},
                {"mal": "eksakt_endring", **cell, "andel": float(both[(lower <= 0) & (upper >= 0)].sum())},
                {"mal": "eksakt_falskt_oppfylt", **cell, "andel": float(both[lower > 0].sum())},
                {"mal": "eksakt_falskt_ikke_oppfylt", **cell, "andel": float(both[upper < 0].sum())},
            ]
    return rows


def _fixed_limit(given: dict[str, Any]) -> list[dict[str, object]]:
    from scipy.stats import binom

    rows: list[dict[str, object]] = []
    for people in given["people"]:
        x = np.arange(people + 1)
        result = np.asarray(fixed_target(x, people, given["limit"]).result)
        chance = binom.pmf(x, people, given["limit"])
        for word, judged in (("oppfylt", Result.MET), ("ikke_oppfylt", Result.NOT_MET)):
            share = float(chance[result == judged.value].sum())
            rows.append(
                {
                    "mal": f"fast_grense_falskt_{word}",
                    "slag": "uavhengige",
                    "sann": given["limit"],
                    "klasse": people,
                    "andel": share,
                }
            )
    return rows
