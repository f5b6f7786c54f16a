"""Redact the rows of the edition: empty every value that a hidden cell must not show."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags
from navbook.edition.rounding import half_up
from navbook.edition.schema import COLUMNS, EXPECTED, FLOATS, FOR_FA, SKJULT, UTEN_GRUNNLAG, VALUES, VIST
from navbook.estimate import Estimates

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


def published_rows(estimates: Estimates, hidden: Flags, omitted: Flags | None = None) -> pd.DataFrame:
    """The table `tall` (COLUMNS): the rows of the estimates without what `hidden` must not show.

    `hidden` is by (series, unit, period), `omitted` flags the rows without an expected share. Numbers are
    rounded as they are published.
    """
    rows, sides = estimates.rows, hidden_sides(estimates, hidden)
    tall = rows.loc[:, list(COLUMNS)].copy()
    shown = (tall["status"] == VIST).to_numpy()
    tall.loc[sides.base, list(BASIS)] = None
    tall.loc[sides.level, "krav"] = np.nan
    # any verdict by a hidden side would say something of it; that the row itself is small is known
    by_base, few = rows["_by_base"].to_numpy(dtype=bool), rows["_few"].to_numpy(dtype=bool)
    without_base = (sides.base | sides.level) & by_base & shown
    tall.loc[without_base, "vurdering"] = np.where(few, FOR_FA, UTEN_GRUNNLAG)[without_base]
    if omitted is not None:
        tall.loc[omitted, list(EXPECTED)] = np.nan
    secret = sides.own & shown
    values = [column for column in VALUES if column != "status"]
    tall.loc[secret, values] = None
    tall.loc[secret, "status"] = SKJULT
    for column in FLOATS:
        tall[column] = half_up(tall[column])
    return _with_joined_hidden(tall, estimates.units.joined)


def _with_joined_hidden(tall: pd.DataFrame, joined: Mapping[str, str]) -> pd.DataFrame:
    """`tall` where the rows of an office that is counted in another are hidden, wherever that one has any."""
    series = ["indikator", "gruppe", "periode"]
    status = tall[tall["enhet"].isin(joined.values())].set_index([*series, "enhet"])["status"]
    mine = tall["enhet"].isin(list(joined))
    within = tall.loc[mine, series].assign(enhet=tall.loc[mine, "enhet"].map(joined))
    known = pd.MultiIndex.from_frame(within).map(status.to_dict()).isin([VIST, SKJULT])
    secret = tall.index[mine][np.asarray(known, dtype=bool)]
    tall.loc[secret, [column for column in VALUES if column != "status"]] = None
    tall.loc[secret, "status"] = SKJULT
    return tall
