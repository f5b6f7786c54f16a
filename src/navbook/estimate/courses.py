"""The first eight weeks day by day, rolled up to units: the first event of each start. Private."""

import pandas as pd

from navbook.edition.schema import COUNTRY, FYLKE, KONTOR, LANDET
from navbook.estimate.units import Units
from navbook.runtime.periods import Period

INDICATOR = "u30_8uker"
EVENTS = ("aktivitet", "sluttet", "sensurert")
COURSE_COLUMNS = ("gruppe", "niva", "enhet", "dag", *EVENTS)


def roll_up_courses(forlop: pd.DataFrame | None, units: Units, period: Period) -> pd.DataFrame:
    """The number of first events on each day (COURSE_COLUMNS), for starts in `period`, by group and unit.

    `forlop` is the day-by-day table counted with `u30_8uker`; without it (None) there are no rows.
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
