"""Which places of the cube are cells, which of them are shown, and whose number they are."""

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.settings import IndicatorRule
from navbook.estimate import Estimates


def own_cells(estimates: Estimates) -> Indices:
    """For each series the place of the series whose cells it is hidden with: itself, or the one it is
    counted as.
    """
    at = {(line.indikator, line.gruppe): place for place, line in enumerate(estimates.series)}
    return np.array(
        [at.get(line.source, place) for place, line in enumerate(estimates.series)], dtype=np.intp
    )


def existing(estimates: Estimates) -> Flags:
    """Which places of the cube are cells: something is known, by a series that is not another's number once
    more.
    """
    cube = estimates.cube
    exists = cube.known | cube.partial
    exists[own_cells(estimates) != np.arange(len(estimates.series))] = False
    # nobody at a unit that has no row is what anyone would take for granted
    nobody = (cube.x == 0) & ~(cube.n > 0)
    return np.asarray(exists & ~(nobody & ~estimates.listed[None, :, None]))


def published(estimates: Estimates) -> Flags:
    """Whether a cell is told: in a row of its own, or behind another row as its base or level."""
    cube, layout = estimates.cube, estimates.layout
    told = np.zeros(cube.known.shape, dtype=bool)
    series, unit, period = layout.rows(estimates.listed)
    told[series, unit, period] = True
    told |= layout.behind[:, None, :] & estimates.listed[None, :, None]
    return told & cube.known & existing(estimates)


def ruled(estimates: Estimates, rule: IndicatorRule) -> Flags:
    """The units for which an indicator is never told, by a rule of its own."""
    cube, units = estimates.cube, estimates.units
    hidden = np.zeros(len(cube.units), dtype=bool)
    for place, unit in enumerate(cube.units[: cube.leaves]):
        staff = units.staff.get(unit, float("nan"))
        few = rule.minste_ansatte is not None and not staff >= rule.minste_ansatte
        hidden[place] = rule.skjul_kontor or few
    if rule.skjul_kontor:
        # special units and what has no row do not make a second office
        offices = [units.leaf_of.get(unit) == unit for unit in cube.units[: cube.leaves]]
        for county in range(cube.leaves, cube.country):
            hidden[county] = np.sum((cube.county_of == county) & np.array(offices)) <= 1
    return hidden
