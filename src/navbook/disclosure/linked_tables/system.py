"""What disclosure control decides on: rows that are shown or hidden whole, the cells that they show, and
the equations between all cells, shown or not.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, vstack

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.components import components
from navbook.disclosure.linear.table import TOLERANCE

ABSENT = -1


@dataclass(frozen=True)
class Coordinates:
    """`quantity`, `place` and `period` of each cell, no two cells alike; `parent` the place that each place
    is part of (NOWHERE for none), and `fillings` each period with the shorter ones that fill it.
    """

    quantity: Indices
    unit: Indices
    period: Indices
    parent: Indices
    splits: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def periods(self) -> int:
        """One more than the last period."""
        named = [period for total, parts in self.splits for period in (total, *parts)]
        return 1 + max(int(self.period.max(initial=0)), *named, 0)

    def of(self, cells: Indices) -> "Coordinates":
        """The grid of some of the cells, in the order of `cells`."""
        return replace(self, quantity=self.quantity[cells], unit=self.unit[cells], period=self.period[cells])


@dataclass(frozen=True)
class Directions:
    """The equations of a grid by what they run along: `local` ones bind quantities of one place and period,
    `over_places` one quantity in one period, `over_periods` one quantity in one place; `odd` ones neither.
    """

    local: Flags
    over_places: Flags
    over_periods: Flags
    odd: Flags


def directions(matrix: csr_array, grid: Coordinates) -> Directions:
    """What each equation of `matrix` (a column for each cell of `grid`) runs along."""
    quantity, place, period = (_alike(matrix, each) for each in (grid.quantity, grid.unit, grid.period))
    # other coefficients than 1 and -1, and sums with more than one whole, are no plain sums
    plain = _all(matrix, np.abs(matrix.data) == 1)
    wholes = np.bincount(_rows(matrix), weights=matrix.data > 0, minlength=matrix.shape[0])
    local = plain & place & period
    sums = plain & quantity & (wholes == 1) & ~local
    over_places, over_periods = sums & period & ~place, sums & place & ~period
    return Directions(local, over_places, over_periods, ~(local | over_places | over_periods))


def _rows(matrix: csr_array) -> Indices:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _alike(matrix: csr_array, of_cell: Indices) -> Flags:
    here = of_cell[matrix.indices]
    first = np.zeros(matrix.shape[0], dtype=here.dtype)
    filled = np.diff(matrix.indptr) > 0
    first[filled] = here[matrix.indptr[:-1][filled]]
    return _all(matrix, here == first[_rows(matrix)])


def _all(matrix: csr_array, flags: Flags) -> Flags:
    return np.bincount(_rows(matrix), weights=~flags, minlength=matrix.shape[0]) == 0


# means over months may miss a whole number by their last bits
ROUNDING = 1e-9


def below_threshold(measures: Floats, minimum: float) -> Flags:
    """Whether any measure (rows) of a cell (columns) is nearer to zero than `minimum`; nan measures do not
    count.

    With the numerator and its complement among the measures this holds the group rule too: nobody,
    everybody, and everybody but a few are all hidden.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(measures) < minimum - ROUNDING).any(axis=0))


LAST_RESORT = 99


@dataclass(frozen=True)
class System:
    """Cells, equations and rows.

    `values` holds the true value of each cell, never below zero; `matrix` a row for each equation and a
    column for each cell, so that matrix @ values is zero. `shown_by` (cells x rows) says which rows of the
    tables show a cell: it is known as soon as one of them is shown. A cell of no row is never shown, but
    may be worked out. `own` is the part of `shown_by` that must be unknown when the row is hidden.

    A cell below `least` may not be told, and what can be found out of it must leave a room of `width`.
    `forced` rows are hidden whatever they hold; `price` is what it costs to hide each row, no two alike.
    `detail` numbers the classes of rows in the order in which they are withheld where secrets cannot be
    kept otherwise; rows of class `KEEP` only when nothing else is left. `grid` tells where each cell stands,
    if they stand in one. `given` cells were told before, so that no row tells or hides them.
    """

    values: Floats
    matrix: csr_array
    shown_by: csr_array
    own_cells: csr_array
    threshold: Floats
    required_width: Floats
    forced: Flags
    cost: Floats
    row_class: Indices
    coordinates: Coordinates | None = None
    released: Flags | None = None

    @cached_property
    def known(self) -> Flags:
        """The cells that are known whatever is hidden."""
        return np.zeros(len(self.values), dtype=bool) if self.released is None else self.released

    @cached_property
    def by_cell(self) -> csr_array:
        """The equations with a row for each cell."""
        return csr_array(self.matrix.T)

    @cached_property
    def whole(self) -> Flags:
        """The cells whose number is whole."""
        return np.abs(self.values - np.round(self.values)) <= TOLERANCE

    @cached_property
    def primary(self) -> Flags:
        """The cells that may not be told: too small, or the own number of a row that is hidden by rule."""
        by_rule = np.asarray(self.own_cells @ self.forced.astype(np.float64)) > 0
        return ((self.values < self.threshold - ROUNDING) | by_rule) & ~self.known

    def components(self) -> Iterator[tuple[Indices, Indices, "System"]]:
        """What hangs together by equations or rows: the rows of each part that has any, the cells, and its
        system.
        """
        links = csr_array(vstack([self.matrix, self.shown_by.T]))
        found = list(components(links))
        # each part side by side, so that it is cut out of the whole without looking through the whole
        cells = np.concatenate([np.zeros(0, dtype=np.intp), *(columns for _, columns in found)])
        order = np.concatenate([np.zeros(0, dtype=np.intp), *(lines for lines, _ in found)])
        equations, rows = order[order < self.matrix.shape[0]], order[order >= self.matrix.shape[0]]
        rows = rows - self.matrix.shape[0]
        matrix = csr_array(csr_array(self.matrix[equations])[:, cells])
        shown_by, own_cells = (
            csr_array(csr_array(each[cells])[:, rows]) for each in (self.shown_by, self.own_cells)
        )
        first = np.zeros(3, dtype=np.intp)
        for lines, columns in found:
            count = np.count_nonzero(lines < self.matrix.shape[0])
            last = first + np.array([len(columns), count, len(lines) - count])
            (c, e, r), (c_end, e_end, r_end) = first, last
            first = last
            if r == r_end:
                continue
            mine, its = cells[c:c_end], rows[r:r_end]
            yield (
                its,
                mine,
                System(
                    self.values[mine],
                    csr_array(matrix[e:e_end])[:, c:c_end],
                    csr_array(shown_by[c:c_end])[:, r:r_end],
                    csr_array(own_cells[c:c_end])[:, r:r_end],
                    self.threshold[mine],
                    self.required_width[mine],
                    self.forced[its],
                    self.cost[its],
                    self.row_class[its],
                    None if self.coordinates is None else self.coordinates.of(mine),
                    None if self.released is None else self.released[mine],
                ),
            )

    def digest(self) -> str:
        """The same key, the same system."""
        digest = hashlib.sha256()
        arrays = [self.values, self.threshold, self.required_width, self.forced, self.cost, self.row_class]
        if self.coordinates is not None:
            arrays += [
                self.coordinates.quantity,
                self.coordinates.unit,
                self.coordinates.period,
                self.coordinates.parent,
            ]
            digest.update(repr(self.coordinates.splits).encode())
        if self.known.any():
            arrays.append(self.known)
        for matrix in (self.matrix, self.shown_by, self.own_cells):
            arrays += [matrix.indptr, matrix.indices, matrix.data]
        for array in arrays:
            digest.update(f"{array.dtype}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def rows_showing(self, cells: Flags) -> Flags:
        """The rows that show any of the cells."""
        return np.asarray(self.shown_by.T @ cells.astype(np.float64)) > 0

    def with_duplicate_rows(self, hidden: Flags) -> Flags:
        """`hidden` and the rows that would show a hidden row's own number under another name."""
        while True:
            secret = np.asarray(self.own_cells @ hidden.astype(np.float64)) > 0
            more = self.rows_showing(secret) & ~hidden
            if not more.any():
                return hidden
            hidden = hidden | more

    def unpublished(self, hidden: Flags) -> Flags:
        """The cells that no shown row tells, and no one told before."""
        return (np.asarray(self.shown_by @ (~hidden).astype(np.float64)) == 0) & ~self.known

    def needs_protection(self, unknown: Flags) -> Flags:
        """The unknown cells that nobody may work out: hidden ones, and those too small to be told."""
        return unknown & ((np.diff(self.shown_by.indptr) > 0) | self.primary)
