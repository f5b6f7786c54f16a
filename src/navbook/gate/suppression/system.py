"""An edition as one system of rows, cells and equations for disclosure control."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure import DisclosureSettings, System
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables import ABSENT, ROUNDING, Coordinates
from navbook.estimate import Estimates
from navbook.gate.series_sums import FIELDS, N, X
from navbook.gate.suppression.cell_status import existing, ruled
from navbook.gate.suppression.cells import Quantities, fillings, quantities_of
from navbook.gate.suppression.costs import costs
from navbook.gate.suppression.equations import equations_of, same_cells
from navbook.gate.suppression.table_design import few_differ, left_out, yielding
from navbook.gate.suppression.terms import Terms


@dataclass(frozen=True)
class RowCells:
    """Pairs of a cell and a place of the cube: a row at that place shows the cell.

    `cell` numbers the cells, `place` is the flat index into the cube (series, unit, period), and `own` marks
    the numerators, which must be unknown when the row is hidden. The arrays are parallel.
    """

    cell: Indices
    place: Indices
    own: Flags

    def at(self, places: Flags) -> Indices:
        """The cells shown by rows at the flagged places of the cube."""
        return self.cell[places.ravel()[self.place]]

    def renumbered(self, number: Indices) -> "RowCells":
        """The pairs with `number[cell]` for each cell, without those of cells that get ABSENT."""
        kept = number[self.cell] != ABSENT
        return RowCells(number[self.cell[kept]], self.place[kept], self.own[kept])

    def matrices(self, rows: Indices, known: Flags, size: int) -> tuple[csr_array, csr_array]:
        """`shown_by` and `own` of System, shape (cells, rows), for the rows at these flat places.

        Cells that are `known` are shown by no row. `size` is the number of places in the cube.
        """
        row_at = np.full(size, ABSENT, dtype=np.intp)
        row_at[rows] = np.arange(len(rows))
        row = row_at[self.place]
        kept = (row != ABSENT) & ~known[self.cell]
        shape = len(known), len(rows)
        own = kept & self.own
        return _flag_matrix(self.cell[kept], row[kept], shape), _flag_matrix(self.cell[own], row[own], shape)


@dataclass(frozen=True)
class EditionSystem:
    """The system of an edition and where it lies in the cube of `shape` (series, unit, period).

    `rows` holds the flat place in the cube of each row of the system, `cells` the number of each of its cells
    in `Quantities`, and `row_cells` which of those cells the row at each place shows.
    """

    system: System
    rows: Indices
    cells: Indices
    shape: tuple[int, ...]
    row_cells: RowCells

    def given(self, disclosed: Flags) -> "EditionSystem":
        """The same edition where the numbers flagged in `disclosed` (series, unit, period) are known.

        Their rows are left out, and their cells count as known: neither sensitive nor possible to hide.
        """
        known = np.zeros(len(self.cells), dtype=bool)
        known[self.row_cells.at(disclosed)] = True
        kept = ~disclosed.ravel()[self.rows]
        rows, system = self.rows[kept], self.system
        shown_by, own = self.row_cells.matrices(rows, known, disclosed.size)
        system = replace(
            system,
            shown_by=shown_by,
            own_cells=own,
            forced=system.forced[kept],
            cost=system.cost[kept],
            row_class=system.row_class[kept],
            released=known,
            left_out=system.left_out[kept] if system.left_out is not None else None,
        )
        return replace(self, system=system, rows=rows)

    def with_width(self, width: Floats) -> "EditionSystem":
        """The same edition with another required width of each cell."""
        return replace(self, system=replace(self.system, required_width=width))

    def in_cube(self, rows: Flags) -> Flags:
        """Flags by row of the system as flags by (series, unit, period)."""
        flags = np.zeros(self.shape, dtype=bool)
        flags.ravel()[self.rows] = rows
        return flags

    def of_rows(self, cube: Flags) -> Flags:
        """Flags by (series, unit, period) as flags by row of the system."""
        return np.asarray(cube.ravel()[self.rows])

    @property
    def too_small(self) -> Flags:
        """The rows that show a number too small to be published, by (series, unit, period)."""
        system = self.system
        return self.in_cube(system.rows_showing(system.values < system.threshold - ROUNDING))

    @property
    def sensitive(self) -> Flags:
        """The rows that are primary, or hidden by a rule, by (series, unit, period)."""
        return self.in_cube(self.system.forced | self.system.rows_showing(self.system.primary))

    @property
    def ruled_rows(self) -> Flags:
        """The rows that a rule hides or that are left out, by flat place of the cube."""
        return (self.in_cube(self.system.forced) | self.without_rows).ravel()

    @property
    def without_rows(self) -> Flags:
        """The rows that are left out by design, sensitive or not, by (series, unit, period)."""
        system = self.system
        return self.in_cube(np.zeros_like(system.forced) if system.left_out is None else system.left_out)

    @property
    def left_out(self) -> Flags:
        """The rows that are left out by design and are not sensitive, by (series, unit, period)."""
        assert self.system.left_out is not None
        return self.in_cube(self.system.left_out) & ~self.sensitive

    def showing(self, cells: Flags) -> Flags:
        """The rows that show any of the cells as numerator or complement, by (series, unit, period).

        A denominator that is known does not make its row known.
        """
        assert self.system.coordinates is not None
        quantity = self.system.coordinates.quantity
        denominators = (quantity < len(FIELDS) * self.shape[0]) & (quantity % len(FIELDS) == FIELDS.index(N))
        return self.in_cube(self.system.rows_showing(cells & ~denominators))


def edition_system(estimates: Estimates, settings: DisclosureSettings, minimum: float) -> EditionSystem:
    """The system of every row that an edition of `estimates` would show, with nothing known beforehand.

    `minimum` is the smallest number that may be shown, in persons (monthly means for stocks).
    """
    found = quantities_of(estimates, settings)
    terms = equations_of(found)
    same = same_cells(found)
    row_cells = _row_cells(found, same)
    matrix, cells = _matrix(terms, same, row_cells.at(found.published))
    number = np.full(len(same), ABSENT, dtype=np.intp)
    number[cells] = np.arange(len(cells))
    row_cells = row_cells.renumbered(number)
    rows, nothing = np.flatnonzero(found.published), np.zeros(len(cells), dtype=bool)
    shown_by, own = row_cells.matrices(rows, nothing, found.published.size)
    cost, row_class = costs(estimates, settings)
    months = np.where(found.stock[:, None, None], _months(found), 1.0)
    months = np.broadcast_to(months, found.shape).ravel()[cells]
    system = System(
        values=np.maximum(found.values.ravel()[cells], 0.0),
        matrix=matrix,
        shown_by=shown_by,
        own_cells=own,
        threshold=minimum * months,
        required_width=(minimum - 1) * months,
        forced=_forced(estimates, settings, minimum).ravel()[rows],
        cost=cost.ravel()[rows],
        row_class=row_class.ravel()[rows],
        coordinates=_coordinates(found, cells),
        released=nothing,
        left_out=left_out(estimates, minimum).ravel()[rows],
    )
    return EditionSystem(system, rows, cells, found.published.shape, row_cells)


def _matrix(terms: Terms, same: Indices, shown: Indices) -> tuple[csr_array, Indices]:
    """The equations with a column for each cell, and the number of each of these cells in `Quantities`.

    The cells are those in some equation and those `shown` by some row.
    """
    count, equation, cell, sign = terms.arrays()
    cell = same[cell]
    cells = np.unique(np.concatenate([cell, shown]))
    matrix = csr_array((sign, (equation, np.searchsorted(cells, cell))), shape=(count, len(cells)))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix, cells


def _coordinates(found: Quantities, cells: Indices) -> Coordinates:
    """The quantity, place and period of each cell, and which place each place is part of.

    The rest of a county, and of the country, is part of it like its units.
    """
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
    quantity, place, period = (np.asarray(index) for index in np.unravel_index(cells, found.shape))
    return Coordinates(
        quantity,
        place,
        period,
        parent,
        tuple((total, tuple(parts)) for total, parts in fillings(cube.periods)),
    )


def _row_cells(found: Quantities, same: Indices) -> RowCells:
    """Which cells a row at each place of the cube would show; cells by their number in `Quantities`."""
    shape = found.published.shape
    cells, places, own = [], [], []
    for quantity in found.places.values():
        series, field = divmod(quantity, len(FIELDS))
        if series >= shape[0] or quantity in found.added_up:
            continue
        unit, period = np.nonzero(found.present[quantity, : shape[1]])
        cells.append(same[found.cell(quantity, unit, period)])
        places.append(np.ravel_multi_index((np.full_like(unit, series), unit, period), shape))
        own.append(np.full(len(unit), FIELDS[field] == X))
    return RowCells(np.concatenate(cells), np.concatenate(places), np.concatenate(own))


def _months(found: Quantities) -> Floats:
    """The number of months behind each cell, by (quantity, place, period)."""
    cube = found.estimates.cube
    months = np.broadcast_to(cube.length, found.shape).copy()
    reported = np.where(cube.partial, cube.reported, cube.length)
    for series in range(len(reported)):
        first = len(FIELDS) * series
        months[first : first + len(FIELDS), : len(cube.units)] = np.maximum(reported[series], 1.0)
    return months


def _flag_matrix(rows: Indices, columns: Indices, shape: tuple[int, int]) -> csr_array:
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    matrix.data[:] = 1.0
    return matrix


def _forced(estimates: Estimates, settings: DisclosureSettings, minimum: float) -> Flags:
    """Rows that are hidden by a rule of their indicator, or because they nearly equal the wider group.

    Where it is the wider group that is left out, they are shown.
    """
    cube, lines = estimates.cube, estimates.series
    exists = existing(estimates)
    forced = np.zeros(cube.known.shape, dtype=bool)
    place_of = {(line.indikator, line.gruppe): place for place, line in enumerate(lines)}
    for place, line in enumerate(lines):
        if rule := settings.regler.get(line.indikator):
            forced[place] |= exists[place] & ruled(estimates, rule)[:, None]
        parent = place_of.get((line.indikator, line.parent or ""))
        if parent is not None:
            few = few_differ(estimates, place, parent, minimum)
            forced[place] |= exists[place] & few & ~yielding(estimates, minimum, place)
    return forced
