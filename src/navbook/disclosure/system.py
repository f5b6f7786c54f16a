"""What disclosure control decides on: rows that are shown or hidden whole, the cells that they show, and
the equations between all cells, shown or not.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, vstack

from navbook.disclosure.cells import Flags, Floats, Places
from navbook.disclosure.components import components
from navbook.disclosure.grid import Grid
from navbook.disclosure.primary import ROUNDING
from navbook.disclosure.tables import TOLERANCE

KEEP = 99


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
    own: csr_array
    least: Floats
    width: Floats
    forced: Flags
    price: Floats
    detail: Places
    grid: Grid | None = None
    given: Flags | None = None

    @cached_property
    def known(self) -> Flags:
        """The cells that are known whatever is hidden."""
        return np.zeros(len(self.values), dtype=bool) if self.given is None else self.given

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
        by_rule = np.asarray(self.own @ self.forced.astype(np.float64)) > 0
        return ((self.values < self.least - ROUNDING) | by_rule) & ~self.known

    def parts(self) -> Iterator[tuple[Places, Places, "System"]]:
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
        shown_by, own = (csr_array(csr_array(each[cells])[:, rows]) for each in (self.shown_by, self.own))
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
                    csr_array(own[c:c_end])[:, r:r_end],
                    self.least[mine],
                    self.width[mine],
                    self.forced[its],
                    self.price[its],
                    self.detail[its],
                    None if self.grid is None else self.grid.of(mine),
                    None if self.given is None else self.given[mine],
                ),
            )

    def key(self) -> str:
        """The same key, the same system."""
        digest = hashlib.sha256()
        arrays = [self.values, self.least, self.width, self.forced, self.price, self.detail]
        if self.grid is not None:
            arrays += [self.grid.quantity, self.grid.place, self.grid.period, self.grid.parent]
            digest.update(repr(self.grid.fillings).encode())
        if self.known.any():
            arrays.append(self.known)
        for matrix in (self.matrix, self.shown_by, self.own):
            arrays += [matrix.indptr, matrix.indices, matrix.data]
        for array in arrays:
            digest.update(f"{array.dtype}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def with_their_rows(self, cells: Flags) -> Flags:
        """The rows that show any of the cells."""
        return np.asarray(self.shown_by.T @ cells.astype(np.float64)) > 0

    def closed(self, hidden: Flags) -> Flags:
        """`hidden` and the rows that would show a hidden row's own number under another name."""
        while True:
            secret = np.asarray(self.own @ hidden.astype(np.float64)) > 0
            more = self.with_their_rows(secret) & ~hidden
            if not more.any():
                return hidden
            hidden = hidden | more

    def unknown(self, hidden: Flags) -> Flags:
        """The cells that no shown row tells, and no one told before."""
        return (np.asarray(self.shown_by @ (~hidden).astype(np.float64)) == 0) & ~self.known

    def guarded(self, unknown: Flags) -> Flags:
        """The unknown cells that nobody may work out: hidden ones, and those too small to be told."""
        return unknown & ((np.diff(self.shown_by.indptr) > 0) | self.primary)
