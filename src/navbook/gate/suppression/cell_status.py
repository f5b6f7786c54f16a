"""Which places of the estimates' cube are cells, which are published, and which a rule hides."""

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.settings import IndicatorRule
from navbook.estimate import Estimates


def own_cells(estimates: Estimates) -> Indices:
    """For each series the index of the series whose cells it shows: itself, or the one it is counted as."""
    place_of = {(line.indikator, line.gruppe): place for place, line in enumerate(estimates.series)}
    return np.array(
        [place_of.get(line.source, place) for place, line in enumerate(estimates.series)], dtype=np.intp
    )


def existing(estimates: Estimates) -> Flags:
    """Which (series, unit, period) are cells of their own: something is known there.

    A series that repeats the number of another has none. Nor has a unit without a row where nobody is
    counted, which is what anyone would assume.
    """
    cube = estimates.cube
    exists = cube.known | cube.partial
    exists[own_cells(estimates) != np.arange(len(estimates.series))] = False
    nobody = (cube.x == 0) & ~(cube.n > 0)
    return np.asarray(exists & ~(nobody & ~estimates.listed[None, :, None]))


def published(estimates: Estimates) -> Flags:
    """Which cells a row would show, by (series, unit, period): as its own number, its base or its level."""
    cube, layout = estimates.cube, estimates.layout
    flags = np.zeros(cube.known.shape, dtype=bool)
    series, unit, period = layout.rows(estimates.listed)
    flags[series, unit, period] = True
    flags |= layout.behind[:, None, :] & estimates.listed[None, :, None]
    return flags & cube.known & existing(estimates)


def ruled(estimates: Estimates, rule: IndicatorRule) -> Flags:
    """The units for which the `rule` of an indicator hides every row, by unit of the cube."""
    cube, units = estimates.cube, estimates.units
    hidden = np.zeros(len(cube.units), dtype=bool)
    for place, unit in enumerate(cube.units[: cube.leaves]):
        staff = units.staff.get(unit, float("nan"))
        few = rule.minste_ansatte is not None and not staff >= rule.minste_ansatte
        hidden[place] = rule.skjul_kontor or few
    if rule.skjul_kontor:
        # special units, and units without a row, do not count as a second office of the county
        offices = [units.leaf_of.get(unit) == unit for unit in cube.units[: cube.leaves]]
        for county in range(cube.leaves, cube.country):
            hidden[county] = np.sum((cube.county_of == county) & np.array(offices)) <= 1
    return hidden
