"""The eight weeks day by day, rolled up to units: who waits, and what happened first to the others.
Private."""

import pandas as pd

from navbook.edition.schema import COUNTRY, FYLKE, KONTOR, LANDET
from navbook.estimate.units import Units
from navbook.periods import Period

INDICATOR = "u30_8uker"
EVENTS = ("aktivitet", "sluttet", "sensurert")
COURSE_COLUMNS = ("gruppe", "niva", "enhet", "dag", *EVENTS)


def roll_up_courses(forlop: pd.DataFrame | None, units: Units, period: Period) -> pd.DataFrame:
    """How many had each event on each day (COURSE_COLUMNS), for starts in `period`, by group and unit.

    `forlop` is the table that is counted beside `u30_8uker`; no rows where it is None.
    """
    if forlop is None:
        return pd.DataFrame(columns=list(COURSE_COLUMNS))
    rows = forlop[forlop["maned"].isin(period.months)]
    leaf = rows["enhetsnr"].map(units.leaf_of)
    fylke = leaf.map(units.leaves.set_index("enhet")["fylke"])
    levels = {KONTOR: leaf, FYLKE: fylke, LANDET: pd.Series(COUNTRY, index=rows.index)}
    parts = [rows.assign(niva=niva, enhet=enhet).dropna(subset="enhet") for niva, enhet in levels.items()]
    keys = ["gruppe", "niva", "enhet", "dag"]
    summed = pd.concat(parts).groupby(keys, as_index=False)[list(EVENTS)].sum()
    return summed[summed[list(EVENTS)].sum(axis=1) > 0].reset_index(drop=True)
