"""The true values that an edition withholds (private): what the audit looks for in the published bytes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from navbook.disclosure import DisclosureSettings
from navbook.disclosure.array_types import Flags
from navbook.edition.schema import EXPECTED, KEY, VIST
from navbook.estimate import Estimates
from navbook.gate.redact import hidden_sides


def withheld_values(
    estimates: Estimates, hidden: Flags, settings: DisclosureSettings, omitted: Flags | None = None
) -> pd.DataFrame:
    """Every true value that is kept out of the tables: KEY, felt (a value column, or `n-x`), verdi.

    `hidden` is by (series, unit, period), `omitted` flags the rows without an expected share. The denominator
    of a hidden row is not withheld where another row of the same definition shows it.
    """
    rows, sides = estimates.rows, hidden_sides(estimates, hidden)
    values = rows.assign(**{"n-x": rows["n"] - rows["x"]})
    values.loc[_n_is_shown(estimates, sides.own, settings), "n"] = np.nan
    fields = {
        "own": (
            *("x", "n", "n-x", "verdi", "nedre", "ovre", "endring", "endring_nedre", "endring_ovre"),
            *EXPECTED,
        ),
        "base": ("basis_verdi", "endring", "endring_nedre", "endring_ovre"),
        "level": ("krav",),
    }
    parts = [_long(values[getattr(sides, side)], names) for side, names in fields.items()]
    parts.append(_without_row(estimates, hidden))
    if omitted is not None:
        parts.append(_long(values[omitted], EXPECTED))
    table = pd.concat(parts, ignore_index=True)
    table = table.dropna(subset="verdi").drop_duplicates([*KEY, "felt"])
    return table.sort_values([*KEY, "felt"], ignore_index=True)


def _n_is_shown(estimates: Estimates, own: Flags, settings: DisclosureSettings) -> Flags:
    """The hidden rows whose n a shown row has: of the group they share it with, or of a twin indicator."""
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
    shown = ((rows["status"] == VIST).to_numpy() & ~own & rows["n"].notna()).astype(bool)
    return np.asarray(keys.assign(shown=shown).groupby(list(keys.columns))["shown"].transform("any")) & own


def _without_row(estimates: Estimates, hidden: Flags) -> pd.DataFrame:
    """The hidden cells without a row of their own, which are only another row's base or level."""
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
    """One row per key and field, with the field's number as `verdi`."""
    parts = [values.loc[:, list(KEY)].assign(felt=name, verdi=values[name].to_numpy()) for name in fields]
    return pd.concat(parts, ignore_index=True)
