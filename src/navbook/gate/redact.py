"""Redact the rows of the edition: empty every value that a hidden cell must not show."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags
from navbook.edition.rounding import half_up
from navbook.edition.schema import COLUMNS, FLOATS, FOR_FA, SKJULT, VALUES, VIST
from navbook.estimate import Estimates
from navbook.estimate.judge import FIXED_LIMIT

BASIS = ("basis_periode", "basis_verdi", "endring", "endring_nedre", "endring_ovre")


@dataclass(frozen=True)
class HiddenSides:
    """By row of the estimates: whether its own cell is hidden, that of its base, and that of its level."""

    own: Flags
    base: Flags
    level: Flags


def hidden_sides(estimates: Estimates, hidden: Flags) -> HiddenSides:
    """Which sides of each row are hidden; `hidden` is by (series, unit, period)."""
    rows = estimates.rows
    series, unit = rows["_series"].to_numpy(), rows["_unit"].to_numpy()
    own, base, level = (rows[name].to_numpy() for name in ("_period", "_base", "_level"))
    return HiddenSides(
        own=hidden[series, unit, own],
        base=(base >= 0) & hidden[series, unit, base],
        level=(level >= 0) & hidden[series, unit, level],
    )


def published_rows(estimates: Estimates, hidden: Flags) -> pd.DataFrame:
    """The table `tall` (COLUMNS): the rows of the estimates without what `hidden` must not show.

    `hidden` is by (series, unit, period). Numbers are rounded as they are published.
    """
    rows, sides = estimates.rows, hidden_sides(estimates, hidden)
    tall = rows.loc[:, list(COLUMNS)].copy()
    shown = (tall["status"] == VIST).to_numpy()
    tall.loc[sides.base, list(BASIS)] = None
    tall.loc[sides.level, "krav"] = np.nan
    # a row without a requirement keeps that word; any other verdict would say something of the hidden side
    compared = _judged_by_base(estimates) & (rows["_base"] >= 0).to_numpy()
    tall.loc[(sides.base | sides.level) & compared & shown, "vurdering"] = FOR_FA
    secret = sides.own & shown
    values = [column for column in VALUES if column != "status"]
    tall.loc[secret, values] = None
    tall.loc[secret, "status"] = SKJULT
    for column in FLOATS:
        tall[column] = half_up(tall[column])
    return tall


def _judged_by_base(estimates: Estimates) -> Flags:
    """The rows whose verdict rests on the base or the level, not on a fixed limit."""
    of_series = [
        line.judged and line.rule is not None and line.rule.kind != FIXED_LIMIT for line in estimates.series
    ]
    return np.array(of_series)[estimates.rows["_series"].to_numpy()]
