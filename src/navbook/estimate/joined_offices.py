"""Very small offices that an edition counts together with a neighbour, so that both may be shown as one.

An office of which every number of the letter is too small to be shown would hide a row of a neighbour in
every table. Its counts go to the smallest other office of its county instead, whose name says so. It keeps
its rows, and they are hidden.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from navbook.edition.offices import local_offices
from navbook.estimate.series import Series
from navbook.estimate.units import Units
from navbook.runtime.periods import Period


def join_small_offices(
    units: Units, counts: pd.DataFrame, series: Sequence[Series], period: Period, below: float
) -> Units:
    """The units where offices without any number of the letter from `below` up are joined with a neighbour.

    Numbers are those of `period`, monthly means for stocks. An office whose county has no larger one is not
    joined. With `below` 0 nothing is joined.
    """
    largest, size = _numbers(units, counts, series, period)
    offices = local_offices(units.frame).set_index("enhet")
    joined: dict[str, str] = {}
    for enhet in offices.index:
        if not largest.get(enhet, 0.0) < below or not len(largest):
            continue
        near = offices.index[offices["fylke"] == offices.at[enhet, "fylke"]]
        larger = [other for other in near if largest.get(other, 0.0) >= below]
        if larger:
            joined[enhet] = min(larger, key=lambda other: (size[other], other))
    return _with(units, joined) if joined else units


def _numbers(
    units: Units, counts: pd.DataFrame, series: Sequence[Series], period: Period
) -> tuple[pd.Series, pd.Series]:
    """The largest number of the letter of each unit in the period, and the sum of them all."""
    lines = {line.source: line.stock for line in series if line.kind == "brev" and not line.averaged}
    rows = counts[counts["maned"].isin(period.months)]
    names = list(zip(rows["indikator"], rows["gruppe"], strict=True))
    rows = rows[np.array([name in lines for name in names], dtype=bool)]
    number = rows["n"].astype(float).fillna(rows["x"].astype(float))
    keys = [rows["enhetsnr"].map(units.leaf_of), rows["indikator"], rows["gruppe"]]
    sums = number.groupby(keys).sum()
    stock = np.array([lines[indikator, gruppe] for _, indikator, gruppe in sums.index], dtype=bool)
    means: pd.Series = sums / np.where(stock, len(period.months), 1)
    return means.groupby(level=0).max(), means.groupby(level=0).sum()


def _with(units: Units, joined: dict[str, str]) -> Units:
    names = dict(zip(units.frame["enhet"], units.frame["navn"], strict=True))
    parts: dict[str, list[str]] = {}
    for small, office in joined.items():
        parts.setdefault(office, []).append(names[small])
    frame = units.frame.assign(
        navn=[_name(names[enhet], parts.get(enhet, ())) for enhet in units.frame["enhet"]],
        etterfolger=units.frame["enhet"].map(joined).fillna(units.frame["etterfolger"]),
    )
    leaf_of = {number: joined.get(leaf, leaf) for number, leaf in units.leaf_of.items()}
    return replace(units, frame=frame, leaf_of=leaf_of, joined=joined)


def _name(own: str, others: Collection[str]) -> str:
    """The name of an office and those counted in it: `NAV Stranda og NAV Fjord (to kontorer)`."""
    if not others:
        return own
    number = {1: "to", 2: "tre", 3: "fire"}.get(len(others), "flere")
    return f"{', '.join([own, *list(others)[:-1]])} og {list(others)[-1]} ({number} kontorer)"
