"""Which expected shares an edition leaves out, so that subtraction gives no mean of a few persons.

An expected share times its n is a sum of probabilities over persons. Such sums add up like the counts: those
of offices to the county, those of tertials to the year, those of a group and the rest to the wider group. A
row with fewer persons than the settings ask for has no expected share, and none may follow from others.
"""

from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from navbook.disclosure import DisclosureSettings
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.estimate import Estimates
from navbook.gate.series_sums import X
from navbook.gate.suppression.cells import NEGLIGIBLE, quantities_of
from navbook.gate.suppression.costs import costs
from navbook.gate.suppression.equations import equations_of, same_cells

NONE = -1


def expected_to_omit(estimates: Estimates, settings: DisclosureSettings, shown: Flags, fewest: int) -> Flags:
    """The expected shares to leave out, by (series, unit, period).

    `shown` flags those that would be published. Without those left out, no equation gives the sum over some,
    but fewer than `fewest` persons.
    """
    system = _Persons.of(estimates, settings, shown)
    while (rows := system.next_rows(fewest)).size:
        system.shown[rows] = False
    return shown & ~system.in_cube(shown.shape)


@dataclass(frozen=True)
class _Persons:
    """The number of persons behind each sum of probabilities, the equations between them, and what is shown.

    The arrays `equation`, `cell` and `sign` have an entry for each term. By cell: `persons`, `cost` of
    leaving it out, `shown`, and `place`, its flat place in the cube (NONE for rests).
    """

    equation: Indices
    cell: Indices
    sign: Floats
    persons: Floats
    cost: Floats
    shown: Flags
    place: Indices

    @classmethod
    def of(cls, estimates: Estimates, settings: DisclosureSettings, shown: Flags) -> "_Persons":
        found = quantities_of(_of_persons(estimates, shown), settings)
        modelled: Flags = np.asarray(shown.any(axis=(1, 2)))
        series = {f"{line.indikator}/{line.gruppe}:{X}": at for at, line in enumerate(estimates.series)}
        found.places = {name: at for name, at in found.places.items() if modelled[series[name]]}
        _, equation, cell, sign = equations_of(found).arrays()
        cells, cell = np.unique(same_cells(found)[cell], return_inverse=True)
        place = np.full(found.shape, NONE, dtype=np.intp)
        number = np.arange(shown.size).reshape(shown.shape)
        for name, quantity in found.places.items():
            if name in series:
                place[quantity, : found.units] = number[series[name]]
        place = place.ravel()[cells]
        cost, _ = costs(estimates, settings)
        return cls(
            equation,
            cell,
            sign,
            np.nan_to_num(found.values.ravel()[cells]),
            np.where(place == NONE, np.inf, cost.ravel()[place]),
            shown.ravel()[place] & (place != NONE),
            place,
        )

    def in_cube(self, shape: tuple[int, ...]) -> Flags:
        """The shown cells by (series, unit, period)."""
        flags = np.zeros(shape, dtype=bool)
        flags.ravel()[self.place[self.shown]] = True
        # cells of no equation give nothing away
        alone = np.ones(shape, dtype=bool)
        alone.ravel()[self.place[self.place != NONE]] = False
        return flags | alone

    def next_rows(self, fewest: int) -> Indices:
        """The cheapest cell to leave out for each equation that gives a sum over too few."""
        known = self.shown | (self.persons <= NEGLIGIBLE)
        source: dict[int, int] = {}
        while True:
            few, derived = self._given(known, fewest)
            if few.size:
                return np.unique([self._cheapest(int(row), source) for row in few])
            if not derived:
                return few
            source |= derived
            known[list(derived)] = True

    def _given(self, known: Flags, fewest: int) -> tuple[Indices, dict[int, int]]:
        """The equations that give a sum over too few, and the cells that others give, with the equation."""
        count = int(self.equation.max(initial=-1)) + 1
        left = ~known[self.cell]
        row, cell, sign = self.equation[left], self.cell[left], self.sign[left]
        terms = np.bincount(row, minlength=count)
        one_sided = np.abs(np.bincount(row, sign, count)) == terms
        persons = np.bincount(row, self.persons[cell], count)
        few = np.flatnonzero(one_sided & (terms > 0) & (persons < fewest - NEGLIGIBLE))
        single = terms[row] == 1
        return few, dict(zip(cell[single].tolist(), row[single].tolist(), strict=True))

    def _cheapest(self, row: int, source: dict[int, int]) -> int:
        """The cheapest shown cell in the equation, or in those that its derived cells come from."""
        waiting, seen, cells = deque([row]), {row}, set[int]()
        while waiting:
            here = self.cell[self.equation == waiting.popleft()].tolist()
            cells |= {cell for cell in here if self.shown[cell]}
            further = {source[cell] for cell in here if cell in source} - seen
            seen |= further
            waiting += sorted(further)
        return min(cells, key=lambda cell: (self.cost[cell], cell))


def _of_persons(estimates: Estimates, shown: Flags) -> Estimates:
    """The estimates with the persons of each share as its only count, in the series with some `shown`."""
    cube = estimates.cube
    persons = np.where(np.isnan(cube.n), cube.x, cube.n)
    lines = tuple(replace(line, count_only=True, stock=False) for line in estimates.series)
    modelled: Flags = np.asarray(shown.any(axis=(1, 2)))[:, None, None]
    return replace(
        estimates,
        series=lines,
        cube=replace(cube, x=persons, known=cube.known & modelled, partial=cube.partial & modelled),
    )
