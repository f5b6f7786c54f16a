"""What the estimate stage said of drawn worlds, set against their truths."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from bench.truth.worlds import COUNT, STOCK, World
from navbook.estimate import Estimates

MET, NOT_MET = "oppfylt", "ikke_oppfylt"
JUDGED = (MET, NOT_MET, "kan_ikke_avgjores")


def rows_with_truth(found: Estimates, world: World, offices: Iterable[str], minimum: float) -> pd.DataFrame:
    """The offices' rows for the period, with `true_value`, `true_change`, `size` and the world's labels.

    `size` is n (per month for stocks), the smaller of the two sides; rows below `minimum` are left out.
    """
    rows = found.rows
    mine = rows[
        (rows["niva"] == "kontor") & (rows["periode"] == found.period.name) & rows["basis_periode"].notna()
    ]
    place = {office: at for at, office in enumerate(offices)}
    months = len(found.period.months)
    parts = []
    for name, (base, now) in world.truth.items():
        part = mine[(mine["indikator"] == name[0]) & (mine["gruppe"] == name[1]) & mine["enhet"].isin(place)]
        label = world.labels[name]
        at = part["enhet"].map(place).to_numpy(dtype=int)
        per = months if label["slag"] == STOCK else 1
        size = np.fmin(part["n"].to_numpy(), _base_n(found, part)) / per
        if label["slag"] == COUNT:
            size = part["x"].to_numpy()
        parts.append(
            part.assign(true_value=now[at], true_change=now[at] - base[at], size=size, place=at, **label)
        )
    together = pd.concat(parts, ignore_index=True)
    return together[together["size"] >= minimum]


def _base_n(found: Estimates, part: pd.DataFrame) -> np.ndarray:
    return np.asarray(found.cube.n[part["_series"], part["_unit"], part["_base"]])


def scored(rows: pd.DataFrame, sizes: list[float]) -> pd.DataFrame:
    """One row per row, only what is summed: whether each interval held the truth, what was said, and the
    class of size.
    """
    edges = np.array([*sizes, np.inf])
    kept = rows.loc[:, ["slag", "indikator", "gruppe", "sann"]]
    return kept.assign(
        endring=rows.get("change", 0.0),
        blir=rows.get("stays", np.nan),
        klasse=edges[np.searchsorted(edges, rows["size"].to_numpy(), side="right") - 1],
        holds_verdi=_holds(rows, "nedre", "ovre", "true_value"),
        holds_endring=_holds(rows, "endring_nedre", "endring_ovre", "true_change"),
        width_verdi=rows["ovre"] - rows["nedre"],
        error_verdi=rows["verdi"] - rows["true_value"],
        judged=rows["vurdering"].isin(JUDGED),
        met=rows["vurdering"] == MET,
        not_met=rows["vurdering"] == NOT_MET,
    )


def _holds(rows: pd.DataFrame, lower: str, upper: str, truth: str) -> np.ndarray:
    """1.0 where the interval holds the truth, 0.0 where not, nan where there is no interval."""
    low, high, true = (rows[name].to_numpy(dtype=np.float64) for name in (lower, upper, truth))
    slack = 1e-9
    holds = (low - slack <= true) & (true <= high + slack)
    return np.where(np.isnan(low) | np.isnan(high), np.nan, holds.astype(np.float64))
