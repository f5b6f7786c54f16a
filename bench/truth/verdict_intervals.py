"""The intervals shown next to shares and verdicts, against the known truth: what regression to the
mean leads one to expect, totals with last year's mix of innsatsgrupper, and the change against the country's.

All offices are taken as shown: what is hidden has no interval to be wrong.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from bench.truth.scores import classes, holds, nearest
from bench.truth.worlds import FLOW, YEAR, Name, World
from navbook.edition.schema import COUNTRY, KEY
from navbook.estimate import Estimates
from navbook.gate.derived.published import SeriesRows, series_rows
from navbook.gate.derived.standardised import standardised_totals
from navbook.gate.derived.verdict_context import verdict_context
from navbook.statistics import newcombe_change_of_change

EXPECTED_NEXT, MIXED, MIXED_CHANGE = "ventet", "standardisert", "standardisert_endring"
AGAINST_COUNTRY, SIMPSON = "endring_mot_landet", "mot_summen"


def verdict_intervals(
    found: Estimates, world: World, offices: Sequence[str], rows: pd.DataFrame, grid: dict[str, Any]
) -> pd.DataFrame:
    """One row for each interval: which (`mal`), the kind of series, the true share of the grid (`sann`; of a
    total the one nearest to it), the class of size, and whether it held (`holder`; for `mot_summen` whether
    the total was said to move against all its groups).

    `offices` are those of the world's truths, in order; `rows` is what `rows_with_truth` gives, so offices
    that are too small are not there.
    """
    sizes = grid["sizes"]
    series = series_rows(found.rows, found)
    totals = standardised_totals(series)
    totals = totals[totals["enhet"].isin(rows["enhet"])]
    mixed = [
        part
        for indikator, mine in totals.groupby("indikator")
        for part in _mixed(str(indikator), mine, found, world, pd.Index(offices))
    ]
    parts = [_expected_next(series, rows), *mixed, _against_country(found, rows)]
    together = pd.concat([part for part in parts if len(part)], ignore_index=True)
    together = together[(together["size"] >= sizes[0]) & together["holder"].notna()]
    return together.assign(
        klasse=classes(together["size"], sizes), sann=nearest(together["sann"], grid["shares"])
    ).drop(columns="size")


def _scores(what: str, rows: pd.DataFrame, held: np.ndarray) -> pd.DataFrame:
    return rows[["slag", "sann", "size"]].assign(mal=what, holder=held)


def _expected_next(series: SeriesRows, rows: pd.DataFrame) -> pd.DataFrame:
    """Whether the share came to lie where last year's share led one to expect it."""
    limits = verdict_context(series).dropna(subset="ventet")
    joined = rows.merge(limits[[*KEY, "ventet_nedre", "ventet_ovre"]], on=list(KEY))
    return _scores(EXPECTED_NEXT, joined, holds(joined, "ventet_nedre", "ventet_ovre", "verdi"))


def _mixed(
    indikator: str, mine: pd.DataFrame, found: Estimates, world: World, offices: pd.Index
) -> list[pd.DataFrame]:
    """The totals of one indicator with the country's mix of last year, in the truth and in the edition."""
    names = [name for name in world.truth if name[0] == indikator]
    country = [_counts(found, name, [COUNTRY]) for name in names]
    weights = np.array([float(n0[0]) for _, _, _, n0 in country])
    place = offices.get_indexer(pd.Index(mine["enhet"]))
    before, now = (
        np.average([world.truth[name][year][place] for name in names], axis=0, weights=weights)
        for year in (-2, -1)
    )
    sides = [_counts(found, name, mine["enhet"].tolist()) for name in names]
    per = 1 if world.labels[names[0]]["slag"] == FLOW else YEAR
    size = np.minimum(*(sum(side[at] for side in sides) / per for at in (1, 3)))
    rows = mine.assign(
        slag=world.labels[names[0]]["slag"],
        size=size,
        sann=np.average([world.labels[name]["sann"] for name in names], weights=weights),
        true=now,
        change=now - before,
    )
    made = [
        _scores(what, rows, holds(rows, f"{what}_nedre", f"{what}_ovre", truth))
        for what, truth in ((MIXED, "true"), (MIXED_CHANGE, "change"))
    ]
    return [*made, _scores(SIMPSON, rows, rows["mot_summen"].to_numpy(float))]


def _against_country(found: Estimates, rows: pd.DataFrame) -> pd.DataFrame:
    """The change of an office less that of all others, for independent cases; the truth is that they are
    alike.
    """
    parts = []
    for (indikator, gruppe), mine in rows[rows["slag"] == FLOW].groupby(["indikator", "gruppe"]):
        own = _counts(found, (str(indikator), str(gruppe)), mine["enhet"].tolist())
        others = [
            whole - part
            for whole, part in zip(_counts(found, (str(indikator), str(gruppe)), [COUNTRY]), own, strict=True)
        ]
        limits = newcombe_change_of_change(*own, *others)
        scores = mine.assign(low=limits.lower, high=limits.upper, none=0.0)
        parts.append(_scores(AGAINST_COUNTRY, scores, holds(scores, "low", "high", "none")))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _counts(found: Estimates, name: Name, units: list[str]) -> tuple[np.ndarray, ...]:
    """x and n of a series in the period and its base, for these units."""
    rows = found.rows
    mine = rows[(rows["indikator"] == name[0]) & (rows["gruppe"] == name[1])]
    mine = mine[mine["periode"] == found.period.name].set_index("enhet").loc[units]
    series, unit = mine["_series"].to_numpy(), mine["_unit"].to_numpy()
    return tuple(
        np.asarray(of[series, unit, mine[period].to_numpy()], dtype=np.float64)
        for period in ("_period", "_base")
        for of in (found.cube.x, found.cube.n)
    )
