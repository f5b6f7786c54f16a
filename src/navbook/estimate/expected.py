"""Expected shares and the deviations from them, for the rows of an edition."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from navbook.edition.schema import EXPECTED
from navbook.estimate.casemix import VARIANTS, WITH, CaseMix
from navbook.estimate.cube import Cube, Floats, Places
from navbook.estimate.series import Series
from navbook.estimate.units import Units
from navbook.indicators.casemix import SERIES
from navbook.statistics import expected_intervals

MARK_OF_WITH = "_med_"


def with_expected(
    rows: pd.DataFrame,
    series: Sequence[Series],
    cube: Cube,
    units: Units,
    casemix: CaseMix,
    plain: np.ndarray,
) -> pd.DataFrame:
    """`rows` with EXPECTED filled in as shares (0-1), and the same with innsatsgruppe under `_med_…` names.

    Rows flagged in `plain` (by series and period of the cube) have values if a model covers their series and
    they have at least the settings' number of persons; the other rows are nan. Source: contract 3,
    `forventet` = sum(p)/n, `avvik` = (O - sum(p))/n.
    """
    values = {
        variant: {name: np.full(len(rows), np.nan) for name in EXPECTED}
        for variant in VARIANTS
        if any(key[1] == variant for key in casemix.models)
    }
    if values:
        places = _places(casemix.patterns, cube, units)
    of_series, of_period, of_unit = (rows[name].to_numpy() for name in ("_series", "_period", "_unit"))
    for variant, columns in values.items():
        for place, line in enumerate(series):
            if (marks := SERIES.get(line.source)) is None:
                continue
            people = casemix.patterns.assign(_leaf=places).query(marks)
            for period in np.flatnonzero(plain[place]):
                matching = np.flatnonzero((of_series == place) & (of_period == period))
                if not matching.size:
                    continue
                found = _of_units(people, variant, cube, place, int(period), casemix.settings.minste_antall)
                for name, by_unit in zip(EXPECTED, found, strict=True):
                    columns[name][matching] = by_unit[of_unit[matching]]
    filled = {
        (MARK_OF_WITH + name if variant == WITH else name): column
        for variant, columns in values.items()
        for name, column in columns.items()
    }
    empty = dict.fromkeys((*EXPECTED, *(MARK_OF_WITH + name for name in EXPECTED)), np.nan)
    return rows.assign(**(empty | filled))


def _places(patterns: pd.DataFrame, cube: Cube, units: Units) -> Places:
    """The place of each pattern's leaf in the cube, -1 where there is none."""
    leaves = pd.Index(cube.units[: cube.leaves])
    return np.asarray(leaves.get_indexer(pd.Index(patterns["enhetsnr"].map(units.leaf_of))), dtype=np.intp)


def _of_units(
    people: pd.DataFrame, variant: str, cube: Cube, series: int, period: int, least: int
) -> tuple[Floats, ...]:
    """Expected share, deviation and its limits of every unit of the cube, for one series and period."""
    inside = people["maned"].isin(cube.periods[period].months) & (people["_leaf"] >= 0)
    people = people[inside]
    leaf = people["_leaf"].to_numpy(dtype=np.intp)
    county = cube.county_of[leaf]
    has_county = county >= 0
    unit = np.concatenate([leaf, county[has_county], np.full(len(leaf), cube.country)])
    p, persons = (
        np.concatenate([values, values[has_county], values])
        for values in (people[name].to_numpy(dtype=np.float64) for name in (variant, "n"))
    )
    x, n = cube.x[series, :, period], cube.n[series, :, period]
    # the patterns must cover exactly the counted persons, else there is no expected share
    everybody = np.bincount(unit, persons, minlength=len(n))
    known = cube.known[series, :, period] & (n >= least) & (everybody == n)
    found = expected_intervals(np.where(known, x, np.nan), unit, p, persons)
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation, lower, upper = (each / n for each in found)
        return x / n - deviation, deviation, lower, upper
