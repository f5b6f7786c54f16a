"""The whole of an edition as one system of rows, cells and equations."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure import DisclosureSettings, System, below_threshold
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables.system import ABSENT, ROUNDING, Coordinates
from navbook.estimate import Estimates
from navbook.gate.suppression.cell_status import existing, ruled
from navbook.gate.suppression.cells import FIELDS, N, Quantities, X, fillings, quantities_of
from navbook.gate.suppression.costs import worth
from navbook.gate.suppression.equations import relations_of, same_cells


@dataclass(frozen=True)
class EditionSystem:
    """The system; where in the cube of that `shape` (series, unit, period) each of its rows is, and the
    number of each of its cells among all that there could be.
    """

    system: System
    rows: Indices
    cells: Indices
    shape: tuple[int, ...]

    def hidden_cube(self, hidden: Flags) -> Flags:
        """The hidden rows as flags by (series, unit, period)."""
        flags = np.zeros(self.shape, dtype=bool)
        flags.ravel()[self.rows] = hidden
        return flags

    def hidden_rows(self, cube: Flags) -> Flags:
        """The rows that are hidden by such flags."""
        return np.asarray(cube.ravel()[self.rows])

    @property
    def small(self) -> Flags:
        """What counts too few to be told, as such flags."""
        system = self.system
        return self.hidden_cube(system.rows_showing(system.values < system.threshold - ROUNDING))

    @property
    def secret(self) -> Flags:
        """What may not be told, whatever is hidden beside it, as such flags."""
        return self.hidden_cube(self.system.forced | self.system.rows_showing(self.system.primary))

    def counting(self, cells: Flags) -> Flags:
        """What counts any of the cells, as numerator or complement, as flags by (series, unit, period)."""
        assert self.system.coordinates is not None
        quantity = self.system.coordinates.quantity
        denominators = (quantity < len(FIELDS) * self.shape[0]) & (quantity % len(FIELDS) == FIELDS.index(N))
        return self.hidden_cube(self.system.rows_showing(cells & ~denominators))


def system_of(
    estimates: Estimates, settings: DisclosureSettings, minimum: float, told: Flags | None = None
) -> EditionSystem:
    """The system of everything that `estimates` would tell.

    What was `told` before, by (series, unit, period), is no row of it and no secret: it is known.
    """
    found = quantities_of(estimates, settings)
    terms = relations_of(found)
    same = same_cells(found)
    count, equation, cell, sign = terms.arrays()
    cell = same[cell]
    shape = found.told.shape
    told = np.zeros(shape, dtype=bool) if told is None else told
    given = _told_cells(found, told, same)
    rows = np.flatnonzero(found.told & ~told)
    row_at = np.full(found.told.size, -1, dtype=np.intp)
    row_at[rows] = np.arange(len(rows))
    shows_cell, shows_row, is_own = _shown(found, same, row_at, shape)
    free = (shows_row >= 0) & ~given[shows_cell]
    shows_cell, shows_row, is_own = shows_cell[free], shows_row[free], is_own[free]
    cells = np.unique(np.concatenate([cell, shows_cell]))
    at = np.full(len(same), -1, dtype=np.intp)
    at[cells] = np.arange(len(cells))
    matrix = csr_array((sign, (equation, at[cell])), shape=(count, len(cells)))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    shown_by = _flags(at[shows_cell], shows_row, (len(cells), len(rows)))
    own = _flags(at[shows_cell[is_own]], shows_row[is_own], (len(cells), len(rows)))
    cost, row_class = worth(estimates, settings)
    months = np.where(found.stock[:, None, None], _months(found), 1.0)
    months = np.broadcast_to(months, found.shape).ravel()[cells]
    return EditionSystem(
        System(
            values=np.maximum(found.values.ravel()[cells], 0.0),
            matrix=matrix,
            shown_by=shown_by,
            own_cells=own,
            threshold=minimum * months,
            required_width=(minimum - 1) * months,
            forced=_forced(estimates, settings, minimum).ravel()[rows],
            cost=cost.ravel()[rows],
            row_class=row_class.ravel()[rows],
            coordinates=_grid(found, cells),
            released=given[cells],
        ),
        rows,
        cells,
        shape,
    )


def _grid(found: Quantities, cells: Indices) -> Coordinates:
    """Where the cells stand; what is left of a county, and of the country, is part of it like its units."""
    cube = found.estimates.cube
    counties = np.arange(cube.leaves, cube.country)
    parent = np.concatenate(
        [
            np.where(cube.county_of[: cube.leaves] >= 0, cube.county_of[: cube.leaves], cube.country),
            np.full(len(counties), cube.country),
            [ABSENT],
            counties,
            [cube.country],
        ]
    )
    quantity, place, period = (np.asarray(each) for each in np.unravel_index(cells, found.shape))
    return Coordinates(
        quantity,
        place,
        period,
        parent,
        tuple((total, tuple(parts)) for total, parts in fillings(cube.periods)),
    )


def _shown(
    found: Quantities, same: Indices, row_at: Indices, shape: tuple[int, ...]
) -> tuple[Indices, Indices, Flags]:
    """Pairs of a cell and a row that shows it, and whether it is the row's own number."""
    units = shape[1]
    cells, rows, own = [], [], []
    for place in found.places.values():
        series, which = divmod(place, len(FIELDS))
        if series >= shape[0] or place in found.added_up:
            continue
        unit, period = np.nonzero(found.told[series] & found.present[place, :units])
        cells.append(same[found.cell(place, unit, period)])
        rows.append(row_at[np.ravel_multi_index((np.full_like(unit, series), unit, period), shape)])
        own.append(np.full(len(unit), FIELDS[which] == X))
    return np.concatenate(cells), np.concatenate(rows), np.concatenate(own)


def _told_cells(found: Quantities, told: Flags, same: Indices) -> Flags:
    """By cell, whether one of those that are the same number was told before."""
    given = np.zeros(found.values.size, dtype=bool)
    for place in found.places.values():
        series = place // len(FIELDS)
        if series >= len(told) or place in found.added_up:
            continue
        unit, period = np.nonzero(told[series] & found.present[place, : found.units])
        given[same[found.cell(place, unit, period)]] = True
    return given


def _months(found: Quantities) -> Floats:
    """The months behind each cell, by (quantity, place, period)."""
    cube = found.estimates.cube
    months = np.broadcast_to(cube.length, found.shape).copy()
    reported = np.where(cube.partial, cube.reported, cube.length)
    for series in range(len(reported)):
        first = len(FIELDS) * series
        months[first : first + len(FIELDS), : len(cube.units)] = np.maximum(reported[series], 1.0)
    return months


def _flags(cells: Indices, rows: Indices, shape: tuple[int, int]) -> csr_array:
    matrix = csr_array((np.ones(len(cells)), (cells, rows)), shape=shape)
    matrix.data[:] = 1.0
    return matrix


def _forced(estimates: Estimates, settings: DisclosureSettings, minimum: float) -> Flags:
    """Rows that are hidden by a rule of their indicator, or for being nearly the wider group's."""
    cube, lines = estimates.cube, estimates.series
    exists = existing(estimates)
    forced = np.zeros(cube.known.shape, dtype=bool)
    at = {(line.indikator, line.gruppe): place for place, line in enumerate(lines)}
    months = np.where(cube.partial, np.maximum(cube.reported, 1.0), cube.length)
    for place, line in enumerate(lines):
        if rule := settings.regler.get(line.indikator):
            forced[place] |= exists[place] & ruled(estimates, rule)[:, None]
        parent = at.get((line.indikator, line.parent or ""))
        if parent is None:
            continue
        per = months[place] if line.stock else 1.0
        differences = [(cube.x[parent] - cube.x[place]) / per]
        if not line.count_only:
            others = ((cube.n - cube.x)[parent] - (cube.n - cube.x)[place]) / per
            differences += [others] if line.shares_n else [others, differences[0] + others]
        forced[place] |= exists[place] & np.any(
            [below_threshold(each[None], minimum) for each in differences], axis=0
        )
    return forced
