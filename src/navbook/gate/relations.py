"""The cells of an edition and the sums between them, written once for every series, unit and period.

Offices make up their county, counties the country, tertials and months the longer period they fill. A group
inside another makes a third, the difference, that is never shown but could be worked out; it is a measure
of the cell.
"""

import numpy as np

from navbook.disclosure import Cells, Equations, Settings, too_few
from navbook.disclosure.cells import Flags, Floats, Places
from navbook.disclosure.settings import Rule
from navbook.estimate import Estimates
from navbook.estimate.cube import Cube
from navbook.periods import Period


def cells_of(estimates: Estimates, settings: Settings, minimum: float) -> Cells:
    """The cells of `estimates`, one for each place of the cube in its flat order, with the primary ones
    marked.
    """
    cube = estimates.cube
    measures = _measures(estimates)
    exists = existing(estimates)
    size = np.where(np.isnan(cube.n), cube.x, cube.n)
    published = _published(estimates)
    primary = exists & (too_few(measures.reshape(len(measures), -1), minimum).reshape(exists.shape))
    for place, line in enumerate(estimates.series):
        if rule := settings.regler.get(line.indikator):
            primary[place] |= exists[place] & _by_rule(estimates, rule)[:, None]
    order = np.broadcast_to(np.argsort(np.argsort(np.array(cube.units)))[None, :, None], exists.shape)
    return Cells(
        measures=measures.reshape(len(measures), -1),
        size=np.nan_to_num(size).ravel(),
        order=(order * len(cube.periods) + np.arange(len(cube.periods))).ravel().astype(np.intp),
        published=published.ravel(),
        derivable=(cube.partial & ~primary).ravel(),
        primary=primary.ravel(),
    )


def own_cells(estimates: Estimates) -> Places:
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


def sums_of(estimates: Estimates) -> list[Equations]:
    """Every sum that binds published cells: offices, counties, and periods within periods."""
    cube = estimates.cube
    exists = existing(estimates)
    places = range(len(estimates.series))
    within = [_offices(cube, exists[place], place) for place in places]
    across = [_counties(cube, exists[place], place) for place in places]
    return [_join("offices of a county", within), _join("counties", across), *_periods(estimates, exists)]


def _measures(estimates: Estimates) -> Floats:
    """Numerator, complement, and the same of the difference to the wider group with its n; per month for
    stocks.
    """
    cube, lines = estimates.cube, estimates.series
    stock = np.array([line.stock for line in lines])
    months = np.where(cube.partial, cube.reported, cube.length)
    per = np.where(stock[:, None, None], np.maximum(months, 1.0), 1.0)
    x, rest = cube.x / per, (cube.n - cube.x) / per
    measures = np.full((5, *x.shape), np.nan)
    measures[0], measures[1] = x, rest
    at = {(line.indikator, line.gruppe): place for place, line in enumerate(lines)}
    for place, line in enumerate(lines):
        parent = at.get((line.indikator, line.parent or ""))
        if line.count_only:
            measures[1, place] = np.nan
        if parent is None:
            continue
        measures[2, place] = x[parent] - x[place]
        if not line.count_only:
            measures[3, place] = rest[parent] - rest[place]
        if not line.count_only and not line.shares_n:
            measures[4, place] = measures[2, place] + measures[3, place]
    return measures


def _published(estimates: Estimates) -> Flags:
    """Whether a cell is told: in a row of its own, or behind another row as its base or level."""
    cube, layout = estimates.cube, estimates.layout
    told = np.zeros(cube.known.shape, dtype=bool)
    series, unit, period = layout.rows(estimates.listed)
    told[series, unit, period] = True
    told |= layout.behind[:, None, :] & estimates.listed[None, :, None]
    return told & cube.known & existing(estimates)


def _by_rule(estimates: Estimates, rule: Rule) -> Flags:
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


def _offices(cube: Cube, exists: Flags, series: int) -> Equations:
    """For each county and period of a series: the leaves that have counts add up to the county."""
    leaf, period = np.nonzero(exists[: cube.leaves] & (cube.county_of >= 0)[:, None])
    total = _cell(cube, series, cube.county_of[leaf], period)
    return _grouped(cube, total, _cell(cube, series, leaf, period))


def _counties(cube: Cube, exists: Flags, series: int) -> Equations:
    """For each period of a series: the counties, and the leaves of none of them, add up to the country."""
    exists = exists.copy()
    exists[: cube.leaves] &= (cube.county_of < 0)[:, None]
    unit, period = np.nonzero(exists[: cube.country])
    total = _cell(cube, series, np.full_like(unit, cube.country), period)
    return _grouped(cube, total, _cell(cube, series, unit, period))


def _periods(estimates: Estimates, exists: Flags) -> list[Equations]:
    """Every period that shorter ones of one length fill, for the units whose shorter periods are told."""
    cube = estimates.cube
    told = _published(estimates) | cube.partial
    families = []
    for total, parts in _fillings(cube.periods):
        series, unit = np.nonzero(exists[:, :, total] & told[:, :, parts].any(axis=2) & told[:, :, total])
        part = np.array(parts)
        cell = _cell(cube, series[:, None], unit[:, None], part[None, :])
        equation = np.broadcast_to(np.arange(len(series))[:, None], cell.shape)
        counted = exists[series[:, None], unit[:, None], part[None, :]]
        whole = _cell(cube, series, unit, np.full_like(unit, total))
        name = f"{cube.periods[total].name} and its parts"
        families.append(Equations(name, whole, equation[counted], cell[counted]))
    return families


def _fillings(periods: tuple[Period, ...]) -> list[tuple[int, list[int]]]:
    """The places of each period and of the shorter ones of one length that fill it without a gap."""
    at = {period: place for place, period in enumerate(periods)}
    lengths = sorted({len(period.months) for period in periods})
    fillings = []
    for place, period in enumerate(periods):
        whole = len(period.months)
        for length in lengths:
            if length >= whole or whole % length:
                continue
            months = period.months
            parts = [Period(months[k], months[k + length - 1]) for k in range(0, whole, length)]
            if all(part in at for part in parts):
                fillings.append((place, [at[part] for part in parts]))
    return fillings


def _cell(cube: Cube, series: int | Places, unit: Places, period: Places) -> Places:
    units, periods = cube.x.shape[1:]
    return np.asarray((series * units + unit) * periods + period, dtype=np.intp)


def _grouped(cube: Cube, total: Places, part: Places) -> Equations:
    totals, equation = np.unique(total, return_inverse=True)
    known = cube.known.ravel()[totals]
    keep = known[equation]
    renumbered = np.cumsum(known) - 1
    return Equations("", totals[known], renumbered[equation[keep]], part[keep])


def _join(name: str, families: list[Equations]) -> Equations:
    offsets = np.cumsum([0, *(len(family) for family in families)])[:-1]
    return Equations(
        name,
        np.concatenate([family.total for family in families]),
        np.concatenate([family.equation + k for family, k in zip(families, offsets, strict=True)]),
        np.concatenate([family.part for family in families]),
    )
