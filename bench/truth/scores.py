"""What the estimate stage said of drawn worlds, set against their truths."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from bench.truth.worlds import World
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
        per = months if label["kind"] == "stock" else 1
        size = np.fmin(part["n"].to_numpy(), _base_n(found, part)) / per
        if label["kind"] == "count":
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
    held = {
        "verdi": _holds(rows, "nedre", "ovre", "true_value"),
        "endring": _holds(rows, "endring_nedre", "endring_ovre", "true_change"),
    }
    edges = np.array([*sizes, np.inf])
    return pd.DataFrame(
        {
            **{key: rows[key].to_numpy() for key in ("kind", "indikator", "gruppe", "share") if key in rows},
            "change": rows["change"].to_numpy() if "change" in rows else 0.0,
            "stays": rows["stays"].to_numpy() if "stays" in rows else np.nan,
            "class": edges[np.searchsorted(edges, rows["size"].to_numpy(), side="right") - 1],
            "holds_verdi": held["verdi"],
            "holds_endring": held["endring"],
            "width_verdi": (rows["ovre"] - rows["nedre"]).to_numpy(),
            "error_verdi": (rows["verdi"] - rows["true_value"]).to_numpy(),
            "judged": rows["vurdering"].isin(JUDGED).to_numpy(),
            "met": (rows["vurdering"] == MET).to_numpy(),
            "not_met": (rows["vurdering"] == NOT_MET).to_numpy(),
        }
    )


def _holds(rows: pd.DataFrame, lower: str, upper: str, truth: str) -> np.ndarray:
    """1.0 where the interval holds the truth, 0.0 where not, nan where there is no interval."""
    low, high, true = (rows[name].to_numpy(dtype=np.float64) for name in (lower, upper, truth))
    slack = 1e-9
    holds = (low - slack <= true) & (true <= high + slack)
    return np.where(np.isnan(low) | np.isnan(high), np.nan, holds.astype(np.float64))


def coverage(table: pd.DataFrame, what: str, by: list[str]) -> list[dict[str, Any]]:
    """Per group of `by`: how often the interval of `what` held the truth, and over how many intervals."""
    known = table[table[f"holds_{what}"].notna()]
    grouped = known.groupby(by)[f"holds_{what}"].agg(["mean", "size"]).reset_index()
    return [
        {
            **{key: _plain(record[key]) for key in by},
            "dekning": round(record["mean"], 4),
            "antall": int(record["size"]),
        }
        for record in grouped.to_dict("records")
    ]


def verdicts(table: pd.DataFrame, by: list[str]) -> list[dict[str, Any]]:
    """Per group of `by`: the shares of judged rows that were said to meet and not to meet the requirement."""
    grouped = table[table["judged"]].groupby(by)[["met", "not_met"]].agg("mean")
    size = table[table["judged"]].groupby(by).size()
    return [
        {
            **dict(zip(by, map(_plain, key if isinstance(key, tuple) else (key,)), strict=True)),
            "oppfylt": round(float(record["met"]), 4),
            "ikke_oppfylt": round(float(record["not_met"]), 4),
            "antall": int(size.loc[key]),
        }
        for key, record in grouped.iterrows()
    ]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
