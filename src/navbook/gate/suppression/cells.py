"""The numbers that an edition publishes or lets a reader work out, by quantity, place and period.

Each series has a numerator, and one that is a share also a complement and a denominator. The sums that an
`Indicator` declares leave rests: numbers that are never shown but follow from those that are.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from navbook.disclosure import DisclosureSettings
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.estimate import Estimates
from navbook.gate.series_sums import FIELDS, REST, N, X, equal_denominators
from navbook.gate.suppression.cell_status import existing, own_cells, published
from navbook.runtime.periods import Period

NEGLIGIBLE = 1e-6


class CountyRest(NamedTuple):
    """The units of one county, or of no county, whose rows may be missing.

    `rest` is the place of those without a row taken together, `total` the place of the county or country they
    are part of, and `leaves` flags the units by leaf.
    """

    rest: int
    total: int
    leaves: Flags


@dataclass
class Quantities:
    """Values and presence by (quantity, place, period); a cell is one entry.

    Places are the units of the cube and then, for each county and for the country, those of its units that
    have no row, taken together. `without` flags those units by (quantity, leaf, period). `published` flags
    the (series, unit, period) that a row would show, `stock` the quantities judged by their monthly means.
    `places` maps the name of a quantity to its place on the first axis; `same_as` holds pairs of quantities
    that are one number; those `added_up` are known from a sum and protected by no row.
    """

    estimates: Estimates
    published: Flags
    values: Floats
    present: Flags
    without: Flags
    stock: Flags
    places: dict[str, int]
    same_as: list[tuple[int, int]] = field(default_factory=list)
    added_up: set[int] = field(default_factory=set)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape

    @property
    def units(self) -> int:
        """The number of places that are units of the cube."""
        return len(self.estimates.cube.units)

    @cached_property
    def county_rests(self) -> list[CountyRest]:
        """One for each county, and last one for the units of no county."""
        cube = self.estimates.cube
        total_of = np.where(cube.county_of >= 0, cube.county_of, cube.country)
        totals = range(cube.leaves, cube.country + 1)
        return [CountyRest(self.units + total - cube.leaves, total, total_of == total) for total in totals]

    def cell(self, quantity: int | Indices, place: int | Indices, period: int | Indices) -> Indices:
        """The number of the cell: its flat index."""
        _, places, periods = self.shape
        return np.asarray((quantity * places + place) * periods + period, dtype=np.intp)

    def of(self, series: int, name: str) -> int:
        """The place of a field of a series on the first axis."""
        return len(FIELDS) * series + FIELDS.index(name)

    def add(self, stock: bool) -> int:
        """Append a quantity that is present nowhere yet; returns its place."""
        blank = np.full((1, *self.shape[1:]), np.nan)
        self.values = np.concatenate([self.values, blank])
        self.present = np.concatenate([self.present, np.zeros(blank.shape, dtype=bool)])
        self.without = np.concatenate([self.without, np.zeros_like(self.without[:1])])
        self.stock = np.append(self.stock, stock)
        return len(self.values) - 1


def quantities_of(estimates: Estimates, settings: DisclosureSettings) -> Quantities:
    """The quantities of every series, present where a row shows them or some of the months are known."""
    cube, lines = estimates.cube, estimates.series
    shown, exists = published(estimates), existing(estimates)
    own = own_cells(estimates) == np.arange(len(lines))
    counties = cube.country - cube.leaves
    places = len(cube.units) + counties + 1
    values = np.full((len(FIELDS) * len(lines), places, len(cube.periods)), np.nan)
    present = np.zeros(values.shape, dtype=bool)
    found = Quantities(
        estimates=estimates,
        published=shown,
        values=values,
        present=present,
        without=np.zeros((len(values), cube.leaves, len(cube.periods)), dtype=bool),
        stock=np.repeat([line.stock for line in lines], len(FIELDS)),
        places={},
    )
    here = _with_parts(shown | (cube.partial & exists), exists, cube.periods)
    for series, line in enumerate(lines):
        if not own[series]:
            continue
        numbers = {X: cube.x[series], REST: cube.n[series] - cube.x[series], N: cube.n[series]}
        for name in (X,) if line.count_only else FIELDS:
            place = found.of(series, name)
            found.places[f"{line.indikator}/{line.gruppe}:{name}"] = place
            values[place, : len(cube.units)] = numbers[name]
            present[place, : len(cube.units)] = here[series] & np.isfinite(numbers[name])
            _add_rests(found, place, exists[series] & ~here[series])
    found.same_as += [
        (found.places[wider], found.places[name])
        for wider, name in equal_denominators(estimates, settings)
        if wider in found.places and name in found.places
    ]
    return found


def _with_parts(here: Flags, exists: Flags, periods: tuple[Period, ...]) -> Flags:
    """`here`, and the parts of a period that have no row while the period and another part have one."""
    here = here.copy()
    for total, parts in fillings(periods):
        bound = here[:, :, total] & here[:, :, parts].any(axis=2)
        here[:, :, parts] |= bound[:, :, None] & exists[:, :, parts]
    return here


def fillings(periods: tuple[Period, ...]) -> list[tuple[int, list[int]]]:
    """The index of each period with those of the shorter ones of one length that fill it without a gap."""
    place_of = {period: place for place, period in enumerate(periods)}
    lengths = sorted({len(period.months) for period in periods})
    found = []
    for place, period in enumerate(periods):
        count = len(period.months)
        for length in lengths:
            if length >= count or count % length:
                continue
            months = period.months
            parts = [Period(months[k], months[k + length - 1]) for k in range(0, count, length)]
            if all(part in place_of for part in parts):
                found.append((place, [place_of[part] for part in parts]))
    return found


def _add_rests(found: Quantities, quantity: int, unlisted: Flags) -> None:
    """Add the units of each county that have no row: known together, as what is left of the total."""
    leaves = found.estimates.cube.leaves
    here = unlisted[:leaves] & np.isfinite(found.values[quantity, :leaves])
    for county in found.county_rests:
        in_sum = here & county.leaves[:, None] & found.present[quantity, county.total]
        found.without[quantity] |= in_sum
        found.values[quantity, county.rest] = np.where(in_sum, found.values[quantity, :leaves], 0.0).sum(
            axis=0
        )
        found.present[quantity, county.rest] = in_sum.any(axis=0)
