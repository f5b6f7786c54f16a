"""Which offices a funnel points at, in worlds where it is known who differs."""

import numpy as np
import pandas as pd

from bench.truth.worlds import FLOW, World
from navbook.statistics import benjamini_hochberg, funnel_flag, outlier_p, overdispersion
from navbook.statistics.funnel import ALARM_LEVEL
from navbook.statistics.intervals import quantile

OUTSIDE = 3


def pointed_at(rows: pd.DataFrame, world: World, every: int | None) -> pd.DataFrame:
    """One row per office and share of independent cases: whether it lies outside the 99.8 % limits, plain
    and adjusted for over-dispersion, and whether it is in the list of those that stand out (FDR 10 %).

    `every` marks the planted offices, each so many in the order of the world's offices.
    """
    parts = []
    for name, label in world.labels.items():
        mine = rows[(rows["indikator"] == name[0]) & (rows["gruppe"] == name[1])]
        if label["slag"] != FLOW or len(mine) < 2:
            continue
        x, n = mine["x"].to_numpy(), mine["n"].to_numpy()
        target = float(x.sum() / n.sum())
        found = overdispersion(x, n, target)
        z = np.asarray(found.z) / np.sqrt(1 + 4 * n * found.tau2)
        flags = benjamini_hochberg(outlier_p(x, n, target, found.tau2)).flags
        parts.append(
            pd.DataFrame(
                {
                    "serie": "/".join(name),
                    "planted": mine["place"].to_numpy() % every == 0
                    if every
                    else np.zeros(len(mine), dtype=bool),
                    "plain": np.abs(np.asarray(funnel_flag(x, n, target))) == OUTSIDE,
                    "adjusted": np.abs(z) > quantile(ALARM_LEVEL),
                    "listed": np.asarray(flags, dtype=bool),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
