"""What of the estimates may be told: the rows of the edition, and apart from them what was held back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure import DisclosureSettings, ResultCache, SuppressionResult, verify
from navbook.disclosure.array_types import Flags
from navbook.edition.rounding import half_up
from navbook.edition.schema import COLUMNS, EXPECTED, FLOATS, FOR_FA, KEY, SKJULT, VALUES, VIST
from navbook.estimate import Estimates
from navbook.gate.releases.attack import refuse_rows
from navbook.gate.suppression.cell_status import own_cells
from navbook.gate.suppression.choose import Before, choose

BASIS = ("basis_periode", "basis_verdi", "endring", "endring_nedre", "endring_ovre")
NAMED_BY = ("indikator", "gruppe", "enhet", "periode")
FIXED_LIMIT = "fixed_limit"


@dataclass(frozen=True)
class Decision:
    """The gate's answer.

    `tall` is what may be published. `withheld` (private) holds every true value that may not: indikator,
    gruppe, niva, enhet, periode, felt (a value column, or `n-x`), verdi. `hidden_cells`
    counts them, and `found` tells what it took to protect them.
    """

    tall: pd.DataFrame
    withheld: pd.DataFrame
    hidden_cells: int
    found: SuppressionResult


def decide(
    estimates: Estimates,
    settings: DisclosureSettings,
    profile: str,
    answers: ResultCache | None = None,
    workers: int = 1,
    before: Before | None = None,
) -> Decision:
    """Hide what may not be told, alone or together with what was published `before`, and check that no sum
    gives it back.

    Raises DisclosureRefused if something is left that cannot be protected.
    """
    minimum = settings.minimum(profile)
    chosen = choose(estimates, settings, minimum, answers, workers, before)
    found = chosen.found
    verify(chosen.edition.system, found.hidden, found.disclosed)
    own = own_cells(estimates)
    _refuse_lost(estimates, chosen.disclosed[own])
    hidden = chosen.hidden[own]
    return Decision(
        tall=_told(estimates, hidden),
        withheld=withheld_values(estimates, hidden, settings),
        hidden_cells=int(found.hidden.sum()),
        found=found,
    )


def _refuse_lost(estimates: Estimates, lost: Flags) -> None:
    """DisclosureRefused with the rows that what was told before gives away, whatever is hidden now."""
    rows = estimates.rows
    known = rows[lost[tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))]]
    if len(known):
        refuse_rows(sorted(known[list(NAMED_BY)].agg("/".join, axis=1)))


def audit_table(decision: Decision) -> pd.DataFrame:
    """For each part of the edition that hangs together what it took to protect it (private).

    Columns rows, primary, hidden, cells, equations, sensitive, fallback; parts with nothing
    hidden are left out.
    """
    names = ["rows", "primary", "cells", "equations", "sensitive", "fallback"]
    parts = [part for part in decision.found.components if part.hidden.any()]
    table = pd.DataFrame([{name: getattr(part, name) for name in names} for part in parts], columns=names)
    table.insert(2, "hidden", [int(part.hidden.sum()) for part in parts])
    return table


@dataclass(frozen=True)
class HiddenSides:
    """For each row, whether its own cell is hidden, that of its base, and that of its level."""

    own: Flags
    base: Flags
    level: Flags


def _sides(estimates: Estimates, hidden: Flags) -> HiddenSides:
    rows = estimates.rows
    series, unit = rows["_series"].to_numpy(), rows["_unit"].to_numpy()
    own, base, level = (rows[name].to_numpy() for name in ("_period", "_base", "_level"))
    return HiddenSides(
        own=hidden[series, unit, own],
        base=(base >= 0) & hidden[series, unit, base],
        level=(level >= 0) & hidden[series, unit, level],
    )


def _told(estimates: Estimates, hidden: Flags) -> pd.DataFrame:
    rows, sides = estimates.rows, _sides(estimates, hidden)
    tall = rows.loc[:, list(COLUMNS)].copy()
    shown = (tall["status"] == VIST).to_numpy()
    judged_by_base = np.array(
        [line.judged and line.rule is not None and line.rule.kind != FIXED_LIMIT for line in estimates.series]
    )[rows["_series"].to_numpy()]
    tall.loc[sides.base, list(BASIS)] = None
    tall.loc[sides.level, "krav"] = np.nan
    # "no requirement here" stays; any other word would tell of the hidden side
    compared = judged_by_base & (rows["_base"] >= 0).to_numpy()
    tall.loc[(sides.base | sides.level) & compared & shown, "vurdering"] = FOR_FA
    secret = sides.own & shown
    values = [column for column in VALUES if column != "status"]
    tall.loc[secret, values] = None
    tall.loc[secret, "status"] = SKJULT
    for column in FLOATS:
        tall[column] = half_up(tall[column])
    return tall


def withheld_values(estimates: Estimates, hidden: Flags, settings: DisclosureSettings) -> pd.DataFrame:
    """Every true value that `hidden` keeps out of the tables, as felt and verdi under the key of its row.

    The denominator of a hidden row is not withheld where another row of the same definition shows it.
    """
    rows, sides = estimates.rows, _sides(estimates, hidden)
    values = rows.assign(**{"n-x": rows["n"] - rows["x"]})
    values.loc[_n_is_told(estimates, sides.own, settings), "n"] = np.nan
    fields = {
        "own": (
            *("x", "n", "n-x", "verdi", "nedre", "ovre", "endring", "endring_nedre", "endring_ovre"),
            *EXPECTED,
        ),
        "base": ("basis_verdi", "endring", "endring_nedre", "endring_ovre"),
        "level": ("krav",),
    }
    parts = [_long(values[getattr(sides, side)], names) for side, names in fields.items()]
    table = pd.concat([*parts, _behind(estimates, hidden)], ignore_index=True)
    table = table.dropna(subset="verdi").drop_duplicates([*KEY, "felt"])
    return table.sort_values([*KEY, "felt"], ignore_index=True)


def _n_is_told(estimates: Estimates, own: Flags, settings: DisclosureSettings) -> Flags:
    """Hidden rows whose n stands in a shown row: of the group they share it with, or of a twin indicator."""
    rows = estimates.rows
    twin = {name: names[0] for names in settings.samme_nevner for name in names}
    root = {
        (line.indikator, line.gruppe): line.parent if line.shares_n and line.parent else line.gruppe
        for line in estimates.series
    }
    names = [
        (twin.get(line.indikator, line.indikator), root[line.indikator, line.gruppe])
        for line in estimates.series
    ]
    denominator = pd.factorize(pd.Series(names))[0][rows["_series"]]
    keys = pd.DataFrame({"denominator": denominator, "unit": rows["_unit"], "period": rows["_period"]})
    told = ((rows["status"] == VIST).to_numpy() & ~own & rows["n"].notna()).astype(bool)
    return np.asarray(keys.assign(told=told).groupby(list(keys.columns))["told"].transform("any")) & own


def _behind(estimates: Estimates, hidden: Flags) -> pd.DataFrame:
    """The hidden cells that have no row of their own, only one that is compared with them."""
    cube, layout = estimates.cube, estimates.layout
    mask = hidden & layout.behind[:, None, :] & estimates.listed[None, :, None] & cube.known
    series, unit, period = np.nonzero(mask)
    levels = estimates.units.frame.set_index("enhet")["niva"]
    units = [cube.units[place] for place in unit]
    frame = pd.DataFrame(
        {
            "indikator": [estimates.series[place].indikator for place in series],
            "gruppe": [estimates.series[place].gruppe for place in series],
            "niva": levels.reindex(units).to_numpy(),
            "enhet": units,
            "periode": [cube.periods[place].name for place in period],
            "x": cube.x[mask],
            "n": cube.n[mask],
            "n-x": (cube.n - cube.x)[mask],
        }
    )
    return _long(frame, ("x", "n", "n-x"))


def _long(values: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """One row per key and field with the field's number as `verdi`."""
    parts = [values.loc[:, list(KEY)].assign(felt=name, verdi=values[name].to_numpy()) for name in fields]
    return pd.concat(parts, ignore_index=True)
