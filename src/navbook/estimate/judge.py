"""The values of the edition's rows: shares with limits, the change from the base, and the letter's verdict.

For a stock indicator the limits and the minimum for a verdict are based on monthly means, since one person
may be counted in every month. The files hold the sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.schema import (
    FOR_FA,
    IKKE_BEREGNBAR,
    IKKE_I_UTTREKKET,
    IKKE_OPPFYLT,
    IKKE_RELEVANT,
    KAN_IKKE_AVGJORES,
    OPPFYLT,
    VIST,
)
from navbook.estimate.cube import Cube, Flags, Floats, Places
from navbook.estimate.layout import NOWHERE, Layout
from navbook.estimate.series import Series
from navbook.statistics import Interval, count_change, mean_of_months, newcombe, verdict, wilson
from navbook.statistics.differences import mover_difference

FIXED_LIMIT, TOWARDS_LEVEL, HIGHER = "fixed_limit", "towards_level", "higher_than_base"
METHOD, MEAN_METHOD = wilson.__name__, mean_of_months.__name__
WORDS = {
    verdict.Result.MET.value: OPPFYLT,
    verdict.Result.NOT_MET.value: IKKE_OPPFYLT,
    verdict.Result.UNDECIDED.value: KAN_IKKE_AVGJORES,
    verdict.Result.TOO_FEW.value: FOR_FA,
    verdict.Result.NO_GAP.value: IKKE_RELEVANT,
}


@dataclass(frozen=True)
class RowIndex:
    """The index arrays of the rows in the cube, and those of their base and level (NOWHERE: none)."""

    series: Places
    unit: Places
    period: Places
    base: Places
    level: Places


@dataclass(frozen=True)
class Side:
    """The counts of one side of a comparison: sums, whether they are known, and the months they run over.

    `spread` is the mean over those months with its limits, for averaged series.
    """

    x: Floats
    n: Floats
    known: Flags
    months: Floats
    spread: Interval


def judge(lines: Sequence[Series], layout: Layout, cube: Cube, present: Flags, listed: Flags) -> pd.DataFrame:
    """The rows of the edition with their true values, before disclosure control.

    `present` flags the series that the extract has, `listed` the units that have rows. The frame has the
    value columns of `tall` and the indices `_series`, `_unit`, `_period`, `_base`, `_level` into the cube.
    """
    series, unit, period = layout.rows(listed)
    rows = RowIndex(series, unit, period, layout.base[series, period], layout.level[series, period])
    stock, count, averaged = (_each(lines, name)[series] for name in ("stock", "count_only", "averaged"))
    now, base, level = (_side(cube, rows, place) for place in (rows.period, rows.base, rows.level))
    values = _shares(now, stock, count) | _changes(now, base, stock, count)
    _spread_by_month(values, now, base, averaged)
    compared = layout.compared[series, period]
    krav, result = _verdicts(lines, rows, (now, base, level), compared)
    # the row of a base period has no verdict at all, not even `ikke_relevant`
    result[layout.plain[series, period]] = None
    names = np.array([each.name for each in cube.periods], dtype=object)
    with_base = base.known & now.known
    frame = pd.DataFrame(values).assign(
        basis_periode=_only(with_base, names[rows.base]),
        krav=krav,
        vurdering=_only(now.known, result),
        status=np.where(~present[series], IKKE_I_UTTREKKET, np.where(now.known, VIST, IKKE_BEREGNBAR)),
        forelopig=pd.array(_only(now.known, cube.provisional[series, unit, period]), dtype="boolean"),
        metode=_only(now.known & ~count, np.where(averaged, MEAN_METHOD, METHOD).astype(object)),
        definisjon=_only(now.known, _each(lines, "definition")[series]),
    )
    empty = dict.fromkeys(("forventet", "avvik", "avvik_nedre", "avvik_ovre"), np.nan)
    places = {"_series": series, "_unit": unit, "_period": period, "_base": rows.base, "_level": rows.level}
    return frame.assign(**empty, **places)


def _only(where: Flags, values: np.ndarray) -> np.ndarray:
    """`values` where `where` is true, None elsewhere."""
    kept = np.full(len(values), None, dtype=object)
    kept[where] = values[where]
    return kept


def _each(lines: Sequence[Series], attribute: str) -> np.ndarray:
    return np.array([getattr(line, attribute) for line in lines])


def _side(cube: Cube, rows: RowIndex, place: Places) -> Side:
    known = (place != NOWHERE) & cube.known[rows.series, rows.unit, place]
    x, n = (np.where(known, each[rows.series, rows.unit, place], np.nan) for each in (cube.x, cube.n))
    spread = Interval(*(np.where(known, part[rows.series, rows.unit, place], np.nan) for part in cube.spread))
    return Side(x, n, known, cube.length[place], spread)


def _per_month(side: Side, stock: Flags) -> tuple[Floats, Floats]:
    months = np.where(stock, side.months, 1.0)
    return side.x / months, side.n / months


def _shares(now: Side, stock: Flags, count: Flags) -> dict[str, Floats]:
    x, n = _per_month(now, stock)
    share, lower, upper = wilson(x, np.where(count, np.nan, n))
    return {"x": now.x, "n": np.where(count, np.nan, now.n), "verdi": share, "nedre": lower, "ovre": upper}


def _spread_by_month(values: dict[str, Floats], now: Side, base: Side, averaged: Flags) -> None:
    """Set the limits of averaged series, and of their change, from the spread of the months."""
    names = ("verdi", "nedre", "ovre"), ("endring", "endring_nedre", "endring_ovre")
    for columns, found in zip(names, (now.spread, mover_difference(now.spread, base.spread)), strict=True):
        for name, limit in zip(columns, found, strict=True):
            values[name] = np.where(averaged, limit, values[name])


def _changes(now: Side, base: Side, stock: Flags, count: Flags) -> dict[str, Floats]:
    """The change from the base: a difference of shares (0-1), or of sums where there is no denominator."""
    names = ("basis_verdi", "endring", "endring_nedre", "endring_ovre")
    changes = {name: np.full(len(now.x), np.nan) for name in names}
    both = now.known & base.known
    shares, sums = np.flatnonzero(both & ~count), np.flatnonzero(both & count)
    (x1, n1), (x0, n0) = _per_month(now, stock), _per_month(base, stock)
    changes["basis_verdi"][shares] = wilson(x0[shares], n0[shares])[0]
    months = np.where(stock, now.months, 1.0)[sums]
    of_shares = newcombe(x1[shares], n1[shares], x0[shares], n0[shares])
    of_sums = count_change(x1[sums], x0[sums])
    for name, share, number in zip(names[1:], of_shares, of_sums, strict=True):
        changes[name][shares] = share
        changes[name][sums] = months * number
    return changes


def _verdicts(
    lines: Sequence[Series], rows: RowIndex, sides: tuple[Side, Side, Side], compared: Flags
) -> tuple[Floats, np.ndarray]:
    """By row the number compared with (nan where the rule has none) and the code of the verdict."""
    krav = np.full(len(rows.series), np.nan)
    words = np.full(len(rows.series), IKKE_RELEVANT, dtype=object)
    for place, line in enumerate(lines):
        if not line.judged:
            continue
        judged = np.flatnonzero((rows.series == place) & compared)
        now, base, level = (_part(side, judged) for side in sides)
        number, results = _verdict(line, now, base, level)
        krav[judged] = np.where(now.known, number, np.nan)
        words[judged] = [WORDS[str(result)] for result in results]
    return krav, words


def _part(side: Side, rows: Places) -> Side:
    spread = Interval(*(part[rows] for part in side.spread))
    return Side(side.x[rows], side.n[rows], side.known[rows], side.months[rows], spread)


def _verdict(line: Series, now: Side, base: Side, level: Side) -> tuple[Floats, np.ndarray]:
    assert line.rule is not None
    stock = np.full(now.x.shape, line.stock)
    (x1, n1), (x0, n0), (rx, rn) = (_per_month(side, stock) for side in (now, base, level))
    nothing = np.full(now.x.shape, np.nan)
    if line.rule.kind == FIXED_LIMIT:
        limit = np.full(now.x.shape, float(line.rule.limit or 0.0))
        side = -1 if line.rule.operator == "<" else 1
        if line.averaged:
            return limit, _results(verdict.limits_against_target(*now.spread, n1, limit, side))
        return limit, _results(verdict.fixed_target(x1, n1, limit, side))
    if line.rule.kind == HIGHER:
        if line.count_only:
            return nothing, _results(verdict.count_higher_than_base(x1, x0, line.rule.polarity))
        return nothing, _results(verdict.better_than_base(x1, n1, x0, n0, line.rule.polarity))
    if line.count_only:
        return level.x, _count_towards_level(x1, x0, rx)
    return wilson(rx, rn)[0], _results(verdict.towards_level(x1, n1, x0, n0, rx, rn))


def _count_towards_level(x1: Floats, x0: Floats, rx: Floats) -> np.ndarray:
    """As `verdict.towards_level`, for counts without a denominator: the gap and the change by the
    conditional binomial.
    """
    gap = _results(verdict.count_higher_than_base(rx, x0))
    up, down = gap == verdict.Result.MET.value, gap == verdict.Result.NOT_MET.value
    moved = _results(verdict.count_higher_than_base(x1, x0, np.where(down, -1, 1)))
    unclear = np.where(gap == verdict.Result.TOO_FEW.value, gap, verdict.Result.NO_GAP.value)
    return np.where(up | down, moved, unclear)


def _results(judged: verdict.Verdict | verdict.LevelVerdict) -> np.ndarray:
    return np.asarray(judged.result, dtype=object)
