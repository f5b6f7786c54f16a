"""The values of the edition's rows: shares with limits, the change from the base, and the letter's verdict.

For a stock indicator the limits and the minimum for a verdict are based on monthly means, since one person
may be counted in every month. The files hold the sums.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from navbook.edition.schema import IKKE_BEREGNBAR, IKKE_I_UTTREKKET, VIST
from navbook.estimate.cube import Cube, Flags, Floats
from navbook.estimate.layout import Layout
from navbook.estimate.series import Series
from navbook.estimate.sides import RowIndex, Side, per_month, sides_of, without
from navbook.estimate.verdicts import verdicts
from navbook.statistics import count_change, mean_of_months, newcombe, wilson
from navbook.statistics.differences import mover_difference

METHOD, MEAN_METHOD = wilson.__name__, mean_of_months.__name__


def judge(lines: Sequence[Series], layout: Layout, cube: Cube, present: Flags, listed: Flags) -> pd.DataFrame:
    """The rows of the edition with their true values, before disclosure control.

    `present` flags the series that the extract has, `listed` the units that have rows. The frame has the
    value columns of `tall` and the indices `_series`, `_unit`, `_period`, `_base`, `_level` into the cube.
    `_by_base`, `_few` and `_reason` are those of Verdicts.
    """
    series, unit, period = layout.rows(listed)
    rows = RowIndex(series, unit, period, layout.base[series, period], layout.level[series, period])
    stock, count, averaged = (_each(lines, name)[series] for name in ("stock", "count_only", "averaged"))
    now, base, level = sides_of(cube, rows)
    base = without(base, layout.redefined[series, period])
    values = _shares(now, stock, count) | _changes(now, base, stock, count)
    _spread_by_month(values, now, base, averaged)
    judged = verdicts(lines, layout, rows, (now, base, level))
    # the row of a base period has no verdict at all, not even `ikke_relevant`
    judged.code[layout.plain[series, period]] = None
    names = np.array([each.name for each in cube.periods], dtype=object)
    with_base = base.known & now.known
    frame = pd.DataFrame(values).assign(
        basis_periode=_only(with_base, names[rows.base]),
        krav=judged.krav,
        vurdering=_only(now.known, judged.code),
        status=np.where(~present[series], IKKE_I_UTTREKKET, np.where(now.known, VIST, IKKE_BEREGNBAR)),
        forelopig=pd.array(_only(now.known, cube.provisional[series, unit, period]), dtype="boolean"),
        metode=_only(now.known & ~count, np.where(averaged, MEAN_METHOD, METHOD).astype(object)),
        definisjon=_only(now.known, _each(lines, "definition")[series]),
    )
    empty = dict.fromkeys(("forventet", "avvik", "avvik_nedre", "avvik_ovre"), np.nan)
    places = {"_series": series, "_unit": unit, "_period": period, "_base": rows.base, "_level": rows.level}
    private = {"_by_base": judged.by_base, "_few": judged.few, "_reason": _only(now.known, judged.reason)}
    return frame.assign(**empty, **places, **private)


def _only(where: Flags, values: np.ndarray) -> np.ndarray:
    """`values` where `where` is true, None elsewhere."""
    kept = np.full(len(values), None, dtype=object)
    kept[where] = values[where]
    return kept


def _each(lines: Sequence[Series], attribute: str) -> np.ndarray:
    return np.array([getattr(line, attribute) for line in lines])


def _shares(now: Side, stock: Flags, count: Flags) -> dict[str, Floats]:
    x, n = per_month(now, stock)
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
    (x1, n1), (x0, n0) = per_month(now, stock), per_month(base, stock)
    changes["basis_verdi"][shares] = wilson(x0[shares], n0[shares])[0]
    months = np.where(stock, now.months, 1.0)[sums]
    of_shares = newcombe(x1[shares], n1[shares], x0[shares], n0[shares])
    of_sums = count_change(x1[sums], x0[sums])
    for name, share, number in zip(names[1:], of_shares, of_sums, strict=True):
        changes[name][shares] = share
        changes[name][sums] = months * number
    return changes
