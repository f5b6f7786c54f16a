"""The equations between the cells of an edition, one for every series, unit and period they hold for.

A county is the sum of its offices, the country of its counties, a period of the tertials or months that fill
it, and a denominator of numerator and complement. `declared_sums` adds the sums between series.
"""

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.gate.series_sums import FIELDS, REST, X
from navbook.gate.suppression.cells import NEGLIGIBLE, Quantities, fillings
from navbook.gate.suppression.declared_sums import add_declared_sums
from navbook.gate.suppression.terms import Terms


def equations_of(found: Quantities) -> Terms:
    """Every equation between the cells of `found`, which gains the rests as quantities."""
    terms = Terms()
    lines = found.estimates.series
    for series, line in enumerate(lines):
        if f"{line.indikator}/{line.gruppe}:{X}" not in found.places:
            continue
        for name in (X,) if line.count_only else (X, REST):
            place = found.of(series, name)
            _geography(found, place, terms)
            _periods(found, place, terms)
        if not line.count_only:
            _complement(found, series, terms)
    add_declared_sums(found, terms)
    return terms


def _geography(found: Quantities, place: int, terms: Terms) -> None:
    cube, units = found.estimates.cube, found.units
    present = found.present[place]
    counties = range(cube.leaves, cube.country)
    sums: list[tuple[int, Indices]] = [
        (county, np.append(np.flatnonzero(cube.county_of == county), units + county - cube.leaves))
        for county in counties
    ]
    orphans = np.flatnonzero(cube.county_of < 0)
    sums.append(
        (cube.country, np.concatenate([np.array(counties, dtype=np.intp), orphans, [found.shape[1] - 1]]))
    )
    for total, parts in sums:
        # where no unit of it has a row, the rest is the total itself
        named = present[parts[parts < units]].any(axis=0)
        _units(found, place, total, parts, np.flatnonzero(present[total] & named), terms)


def _units(found: Quantities, place: int, total: int, parts: Indices, periods: Indices, terms: Terms) -> None:
    part, period = np.nonzero(found.present[place][np.ix_(parts, periods)])
    terms.add(found.cell(place, total, periods), period, found.cell(place, parts[part], periods[period]))


def _periods(found: Quantities, place: int, terms: Terms) -> None:
    """Every period that shorter ones of one length fill, for the units with any of the shorter periods."""
    present = found.present[place, : found.units]
    for total, parts in fillings(found.estimates.cube.periods):
        units = np.flatnonzero(present[:, total] & present[:, parts].any(axis=1))
        which, part = np.nonzero(present[np.ix_(units, np.array(parts))])
        cells = found.cell(place, units[which], np.array(parts)[part])
        terms.add(found.cell(place, units, total), which, cells)


def _complement(found: Quantities, series: int, terms: Terms) -> None:
    """Numerator and complement make up the denominator, wherever a row shows all three."""
    x, rest, n = (found.of(series, name) for name in FIELDS)
    place, period = np.nonzero(found.present[n])
    count = np.arange(len(place))
    parts = np.concatenate([found.cell(x, place, period), found.cell(rest, place, period)])
    terms.add(found.cell(n, place, period), np.tile(count, 2), parts)


def same_cells(found: Quantities) -> Indices:
    """For each cell the number of the first cell that is the same number under another name.

    Three names of one number have one cell, also where no declaration names the first and the last together.
    """
    cells = np.arange(int(np.prod(found.shape)), dtype=np.intp).reshape(found.shape)
    canonical = cells.copy()
    for first, *others in _equal_quantities(found):
        number, known = found.values[first].copy(), found.present[first].copy()
        cell = np.where(known, cells[first], -1)
        for quantity in others:
            here = found.present[quantity]
            with np.errstate(invalid="ignore"):
                equal: Flags = np.abs(found.values[quantity] - number) <= NEGLIGIBLE
            same = here & known & equal
            canonical[quantity][same] = cell[same]
            new = here & ~known
            number[new], cell[new] = found.values[quantity][new], cells[quantity][new]
            known |= new
    return canonical.ravel()


def _equal_quantities(found: Quantities) -> list[list[int]]:
    """The quantities that are one number, those that a row shows as its numerator first."""
    classes: dict[int, set[int]] = {}
    for pair in found.same_as:
        joined = set(pair).union(*(classes.get(quantity, ()) for quantity in pair))
        classes.update(dict.fromkeys(joined, joined))
    numerators = {place for name, place in found.places.items() if name.endswith(f":{X}")}
    distinct = {min(joined): joined for joined in classes.values()}
    return [
        sorted(distinct[first], key=lambda quantity: (quantity not in numerators, quantity))
        for first in sorted(distinct)
    ]
