"""The numbers that an edition tells or lets one work out, by quantity, unit and period.

Each series has a numerator, and one that is a share also a complement and a denominator. The sums that
`Indicator` declares leave rests: numbers that are never shown but follow from those that are.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from navbook.disclosure import DisclosureSettings
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.estimate import Estimates
from navbook.gate.suppression.cell_status import existing, own_cells, published
from navbook.periods import Period

X, REST, N = "x", "n-x", "n"
FIELDS = (X, REST, N)
NEGLIGIBLE = 1e-6


@dataclass
class Quantities:
    """Values and presence by (quantity, place, period).

    Places are the units of the cube, then for each county, and for the country, those of its units that
    have no row where it has one, taken together: the leaves in `without` (quantity, leaf, period). `stock`
    quantities are judged by their monthly means.
    """

    estimates: Estimates
    told: Flags
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
        """How many of the places are units of the cube."""
        return len(self.estimates.cube.units)

    @cached_property
    def families(self) -> list[tuple[int, int, Flags]]:
        """The place of what has no row of each county, and of no county, that of the sum it is left over of,
        and which leaves are of it.
        """
        cube = self.estimates.cube
        # the last place is for units of no county
        at = np.where(cube.county_of >= 0, cube.county_of, cube.country)
        totals = range(cube.leaves, cube.country + 1)
        return [(self.units + total - cube.leaves, total, at == total) for total in totals]

    def cell(self, quantity: int | Indices, place: int | Indices, period: int | Indices) -> Indices:
        """The number of the cell."""
        _, places, periods = self.shape
        return np.asarray((quantity * places + place) * periods + period, dtype=np.intp)

    def of(self, series: int, name: str) -> int:
        """The place of a field of a series."""
        return len(FIELDS) * series + FIELDS.index(name)

    def add(self, stock: bool) -> int:
        """A new quantity that is present nowhere yet."""
        blank = np.full((1, *self.shape[1:]), np.nan)
        self.values = np.concatenate([self.values, blank])
        self.present = np.concatenate([self.present, np.zeros(blank.shape, dtype=bool)])
        self.without = np.concatenate([self.without, np.zeros_like(self.without[:1])])
        self.stock = np.append(self.stock, stock)
        return len(self.values) - 1


def quantities_of(estimates: Estimates, settings: DisclosureSettings) -> Quantities:
    """The quantities of every series, where a row tells them or the unit has some of the months only."""
    cube, lines = estimates.cube, estimates.series
    told, exists = published(estimates), existing(estimates)
    own = own_cells(estimates) == np.arange(len(lines))
    counties = cube.country - cube.leaves
    places = len(cube.units) + counties + 1
    values = np.full((len(FIELDS) * len(lines), places, len(cube.periods)), np.nan)
    present = np.zeros(values.shape, dtype=bool)
    found = Quantities(
        estimates=estimates,
        told=told,
        values=values,
        present=present,
        without=np.zeros((len(values), cube.leaves, len(cube.periods)), dtype=bool),
        stock=np.repeat([line.stock for line in lines], len(FIELDS)),
        places={},
    )
    here = _with_parts(told | (cube.partial & exists), exists, cube.periods)
    for series, line in enumerate(lines):
        if not own[series]:
            continue
        numbers = {X: cube.x[series], REST: cube.n[series] - cube.x[series], N: cube.n[series]}
        for name in (X,) if line.count_only else FIELDS:
            place = found.of(series, name)
            found.places[f"{line.indikator}/{line.gruppe}:{name}"] = place
            values[place, : len(cube.units)] = numbers[name]
            present[place, : len(cube.units)] = here[series] & np.isfinite(numbers[name])
            _without_rows(found, place, exists[series] & ~here[series])
    _same_denominators(found, settings)
    return found


def _with_parts(here: Flags, exists: Flags, periods: tuple[Period, ...]) -> Flags:
    """`here`, and what a period and the told ones of its parts let one work out: the parts without a row."""
    here = here.copy()
    for total, parts in fillings(periods):
        asked = here[:, :, total] & here[:, :, parts].any(axis=2)
        here[:, :, parts] |= asked[:, :, None] & exists[:, :, parts]
    return here


def fillings(periods: tuple[Period, ...]) -> list[tuple[int, list[int]]]:
    """The places of each period and of the shorter ones of one length that fill it without a gap."""
    at = {period: place for place, period in enumerate(periods)}
    lengths = sorted({len(period.months) for period in periods})
    found = []
    for place, period in enumerate(periods):
        whole = len(period.months)
        for length in lengths:
            if length >= whole or whole % length:
                continue
            months = period.months
            parts = [Period(months[k], months[k + length - 1]) for k in range(0, whole, length)]
            if all(part in at for part in parts):
                found.append((place, [at[part] for part in parts]))
    return found


def _without_rows(found: Quantities, place: int, unlisted: Flags) -> None:
    """The units of each county, and of none, that have no row: known together by what is left of the sum."""
    leaves = found.estimates.cube.leaves
    here = unlisted[:leaves] & np.isfinite(found.values[place, :leaves])
    for rest, total, mine in found.families:
        of_sum = here & mine[:, None] & found.present[place, total]
        found.without[place] |= of_sum
        found.values[place, rest] = np.where(of_sum, found.values[place, :leaves], 0.0).sum(axis=0)
        found.present[place, rest] = of_sum.any(axis=0)


def _same_denominators(found: Quantities, settings: DisclosureSettings) -> None:
    """Note the pairs of quantities that are one number under two names, the wider first."""
    lines = found.estimates.series
    for line in lines:
        mine = found.places.get(f"{line.indikator}/{line.gruppe}:{N}")
        if mine is None:
            continue
        if line.shares_n and line.parent:
            found.same_as += _pair(found, f"{line.indikator}/{line.parent}:{N}", mine)
            continue
        for twins in settings.samme_nevner:
            if line.indikator in twins[1:]:
                found.same_as += _pair(found, f"{twins[0]}/{line.gruppe}:{N}", mine)


def _pair(found: Quantities, name: str, mine: int) -> list[tuple[int, int]]:
    wider = found.places.get(name)
    return [] if wider is None else [(wider, mine)]
