"""What the estimate stage said of drawn worlds, set against their truths."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from bench.truth.worlds import COUNT, STOCK, STOCK_COUNT, World
from navbook.edition.schema import IKKE_OPPFYLT, IKKE_RELEVANT, KAN_IKKE_AVGJORES, KONTOR, OPPFYLT
from navbook.estimate import Estimates
from navbook.estimate.layout import NOWHERE
from navbook.estimate.requirements import Letters

JUDGED = (OPPFYLT, IKKE_OPPFYLT, KAN_IKKE_AVGJORES)


def rows_with_truth(found: Estimates, world: World, offices: Iterable[str], minimum: float) -> pd.DataFrame:
    """The offices' rows for the period, with `true_value`, `true_change`, `size`, the kind of rule (`regel`)
    and the world's labels.

    `size` is n (per month for stocks; the number itself where there is no n), the smallest of the sides that
    are compared; rows below `minimum` are left out.
    """
    rows = found.rows
    mine = rows[
        (rows["niva"] == KONTOR) & (rows["periode"] == found.period.name) & rows["basis_periode"].notna()
    ]
    several = with_others(found)
    place = {office: at for at, office in enumerate(offices) if office not in several}
    letters = Letters(found.period.year, found.letter)
    judged_by = [letters.requirement(line, found.period).rule for line in found.series]
    rules = np.array([rule.kind if rule else "" for rule in judged_by], dtype=object)
    parts = []
    for name, truth in world.truth.items():
        part = mine[(mine["indikator"] == name[0]) & (mine["gruppe"] == name[1]) & mine["enhet"].isin(place)]
        label = world.labels[name]
        at = part["enhet"].map(place).to_numpy(dtype=int)
        parts.append(
            part.assign(
                true_value=truth[-1][at],
                true_change=truth[-1][at] - truth[-2][at],
                size=_size(found, part, label["slag"]),
                regel=rules[part["_series"].to_numpy()],
                place=at,
                **label,
            )
        )
    together = pd.concat(parts, ignore_index=True)
    return together[together["size"] >= minimum]


def with_others(found: Estimates) -> set[str]:
    """The offices whose results include offices they took over: they have several true values."""
    leaves = pd.Series(found.units.leaf_of)
    return set(leaves[leaves.duplicated()])


def _size(found: Estimates, part: pd.DataFrame, slag: str) -> np.ndarray:
    of = found.cube.x if slag in (COUNT, STOCK_COUNT) else found.cube.n
    series, unit = part["_series"].to_numpy(), part["_unit"].to_numpy()

    def side(name: str) -> np.ndarray:
        period = part[name].to_numpy()
        return np.where(period == NOWHERE, np.inf, of[series, unit, period])

    months = len(found.period.months) if slag in (STOCK, STOCK_COUNT) else 1
    return np.minimum.reduce([side("_period"), side("_base"), side("_level")]) / months


def scored(rows: pd.DataFrame, sizes: list[float]) -> pd.DataFrame:
    """One row per row, only what is summed: whether each interval held the truth, what was said, and the
    class of size.

    `asked` is whether the letter asks for a verdict and there are enough for one; under a rule towards a
    level those where no gap is seen are among them.
    """
    kept = rows.loc[:, ["slag", "regel", "indikator", "gruppe", "sann"]]
    judged = rows["vurdering"].isin(JUDGED)
    return kept.assign(
        endring=rows["change"],
        avstand=rows.get("gap", np.nan),
        blir=rows.get("stays", np.nan),
        klasse=classes(rows["size"], sizes),
        holds_verdi=holds(rows, "nedre", "ovre", "true_value"),
        holds_endring=holds(rows, "endring_nedre", "endring_ovre", "true_change"),
        width_verdi=rows["ovre"] - rows["nedre"],
        error_verdi=rows["verdi"] - rows["true_value"],
        judged=judged,
        asked=judged | ((rows["vurdering"] == IKKE_RELEVANT) & (rows["regel"] != "")),
        met=rows["vurdering"] == OPPFYLT,
        not_met=rows["vurdering"] == IKKE_OPPFYLT,
    )


def classes(size: pd.Series, sizes: list[float]) -> np.ndarray:
    """For each size the start of its class, the largest of `sizes` that it reaches."""
    edges = np.array([*sizes, np.inf])
    return edges[np.searchsorted(edges, size.to_numpy(dtype=np.float64), side="right") - 1]


def nearest(shares: pd.Series, grid: list[float]) -> np.ndarray:
    """For each share the one of `grid` that lies nearest; the smaller of two as near."""
    away = np.abs(shares.to_numpy(dtype=np.float64)[:, None] - np.asarray(grid))
    return np.asarray(grid)[away.round(9).argmin(axis=1)]


def holds(rows: pd.DataFrame, lower: str, upper: str, truth: str) -> np.ndarray:
    """1.0 where the interval holds the truth, 0.0 where not, nan where there is no interval."""
    low, high, true = (rows[name].to_numpy(dtype=np.float64) for name in (lower, upper, truth))
    slack = 1e-9
    inside = (low - slack <= true) & (true <= high + slack)
    return np.where(np.isnan(low) | np.isnan(high) | np.isnan(true), np.nan, inside.astype(np.float64))
