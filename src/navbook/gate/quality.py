"""kvalitet.csv: what the check reported, as counts for counties and the country, through the same gate."""

import numpy as np
import pandas as pd

from navbook.disclosure import Cells, Equations, hide_together, too_few, verify
from navbook.edition.schema import COUNTRY, FYLKE, LANDET, QUALITY_COLUMNS, SKJULT, VIST
from navbook.estimate.units import Units

OBSERVATION = ["kode", "tekst"]


def quality_table(reported: pd.DataFrame, units: Units, minimum: float) -> pd.DataFrame:
    """The rows of kvalitet.csv from what was `reported` (kode, tekst, enhetsnr or None, antall).

    One row for the country, and where the observation is about offices one for each county. Small counts
    are hidden, and what would give them back with them.
    """
    tables = [_observation(part, units, minimum) for _, part in reported.groupby(OBSERVATION, sort=True)]
    if not tables:
        return pd.DataFrame(columns=list(QUALITY_COLUMNS))
    return pd.concat(tables, ignore_index=True).loc[:, list(QUALITY_COLUMNS)]


def _observation(part: pd.DataFrame, units: Units, minimum: float) -> pd.DataFrame:
    county_of = units.leaves.set_index("enhet")["fylke"]
    leaf = part["enhetsnr"].map(lambda number: units.leaf_of.get(number))
    county = leaf.map(lambda name: county_of.get(name))
    by_county = part["antall"].groupby(county).sum().reindex(units.counties, fill_value=0)
    if county.isna().all():
        by_county = by_county.iloc[:0]
    total = float(part["antall"].sum())
    counts = np.array([*by_county, total - by_county.sum(), total], dtype=np.float64)
    hidden = _hidden(counts, minimum)
    told = np.where(hidden, np.nan, counts)
    rows = pd.DataFrame(
        {
            "niva": [*[FYLKE] * len(by_county), "", LANDET],
            "enhet": [*by_county.index, "", COUNTRY],
            "antall": told,
            "status": np.where(hidden, SKJULT, VIST),
        }
    ).assign(**{name: part[name].iloc[0] for name in OBSERVATION})
    # what belongs to no county is a cell of the sum, but not a row
    return rows[rows["enhet"] != ""]


def _hidden(counts: np.ndarray, minimum: float) -> np.ndarray:
    """Which of the counties, the rest and the country (the last two places) are hidden."""
    places = np.arange(len(counts), dtype=np.intp)
    measures = counts[None, :]
    published = places != len(counts) - 2
    known_to_be_none = ~published & (counts == 0)
    cells = Cells(
        measures=measures,
        size=counts,
        order=places,
        published=published,
        derivable=known_to_be_none,
        primary=too_few(measures, minimum) & ~known_to_be_none,
    )
    parts = places[:-1]
    total = np.array([len(counts) - 1], dtype=np.intp)
    sums = (
        [Equations("counties", total, np.zeros(len(parts), dtype=np.intp), parts)] if len(counts) > 2 else []
    )
    hidden = hide_together(cells, sums, minimum)
    verify(cells, sums, hidden, minimum)
    return hidden
