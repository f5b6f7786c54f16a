"""The linked tables of an edition as one system: cells, the equations between them, and the rows that show
cells and are published or hidden as a unit.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, vstack

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.components import components
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.coordinates import Coordinates
from navbook.disclosure.linked_tables.primary import ROUNDING

# the class of rows that are hidden only when nothing else is left to hide
LAST_RESORT = 99


@dataclass(frozen=True)
class System:
    """Cells, equations and rows.

    `values` (cells) holds the true values, never below zero. `matrix` (equations x cells) holds the
    coefficients: matrix @ values is zero. `shown_by` (cells x rows, 0 or 1) says which rows show a cell: it
    is published as soon as one of them is. A cell of no row is never published, but may be derived.
    `own_cells` is the part of `shown_by` that must not be derivable when the row is hidden.

    A cell below `threshold` is primary. The feasibility interval of a primary cell must be at least
    `required_width` wide; that of another hidden cell must only not be exact. Both are in the unit of
    `values`. `forced` rows are hidden whatever they hold. `cost` (rows) is the cost of hiding a row, no two
    alike. `row_class` (rows) numbers the classes of rows in the order in which they are hidden: none while
    rows of earlier classes protect a cell. Rows of class LAST_RESORT come last.

    `coordinates` may say where the cells lie. `released` cells were published before: no row shows or hides
    them. `left_out` rows are hidden from the start although their numbers are no secret, and must only not be
    exact. `upper` is the largest value of each cell that an attacker is told (inf where nothing is).
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
    left_out: Flags | None = None
    upper: Floats | None = None

    @cached_property
    def known(self) -> Flags:
        """The cells that are known whatever is hidden."""
        return np.zeros(len(self.values), dtype=bool) if self.released is None else self.released

    @cached_property
    def highest(self) -> Floats:
        """The largest value that each cell may have."""
        return np.full(len(self.values), np.inf) if self.upper is None else self.upper

    @cached_property
    def by_cell(self) -> csr_array:
        """The equations as cells x equations."""
        return csr_array(self.matrix.T)

    @cached_property
    def integer(self) -> Flags:
        """The cells with an integer value."""
        return np.abs(self.values - np.round(self.values)) <= TOLERANCE

    @cached_property
    def primary(self) -> Flags:
        """The cells that may not be published: below the threshold, or the own cell of a forced row."""
        by_rule = np.asarray(self.own_cells @ self.forced.astype(np.float64)) > 0
        return ((self.values < self.threshold - ROUNDING) | by_rule) & ~self.known

    @cached_property
    def hidden_from_start(self) -> Flags:
        """The rows that are hidden whatever else is: those that show a primary cell, forced or left out."""
        hidden = self.forced | self.rows_showing(self.primary)
        return hidden if self.left_out is None else hidden | self.left_out

    def rows_showing(self, cells: Flags) -> Flags:
        """The rows that show any of the cells."""
        return np.asarray(self.shown_by.T @ cells.astype(np.float64)) > 0

    def with_duplicate_rows(self, hidden: Flags) -> Flags:
        """`hidden`, and the rows that would publish the own cell of a hidden row under another name."""
        while True:
            own = np.asarray(self.own_cells @ hidden.astype(np.float64)) > 0
            more = self.rows_showing(own) & ~hidden
            if not more.any():
                return hidden
            hidden = hidden | more

    def unpublished(self, hidden: Flags) -> Flags:
        """The cells that no row publishes when `hidden` is hidden, and no release published before."""
        return (np.asarray(self.shown_by @ (~hidden).astype(np.float64)) == 0) & ~self.known

    def sensitive(self, unpublished: Flags) -> Flags:
        """The unpublished cells that must not be derivable: those of a hidden row, and primary ones."""
        return unpublished & (self._of_rows | self.primary)

    @cached_property
    def _of_rows(self) -> Flags:
        """The cells that hidden rows must protect: all that they show, of left-out rows the own ones."""
        left_out = np.zeros(len(self.cost)) if self.left_out is None else self.left_out.astype(np.float64)
        return np.asarray(self.shown_by @ (1 - left_out) + self.own_cells @ left_out) > 0

    def components(self) -> Iterator[tuple[Indices, Indices, "System"]]:
        """The connected components that have rows: the rows and the cells of each, and its system.

        Cells are connected by an equation or by a row that shows both.
        """
        links = csr_array(vstack([self.matrix, self.shown_by.T]))
        found = list(components(links))
        n_equations = self.matrix.shape[0]
        cells = _concatenated(columns for _, columns in found)
        lines = _concatenated(lines for lines, _ in found)
        equations, rows = lines[lines < n_equations], lines[lines >= n_equations] - n_equations
        # in the reordered system each component is a slice, which is cut out without a search
        ordered = self._take(equations, cells, rows)
        equation = cell = row = 0
        for lines, columns in found:
            equation_end = equation + int(np.count_nonzero(lines < n_equations))
            cell_end = cell + len(columns)
            row_end = row + len(lines) - (equation_end - equation)
            part = slice(equation, equation_end), slice(cell, cell_end), slice(row, row_end)
            if row < row_end:
                yield rows[part[2]], cells[part[1]], ordered._take(*part)
            equation, cell, row = equation_end, cell_end, row_end

    def _take(self, equations: Indices | slice, cells: Indices | slice, rows: Indices | slice) -> "System":
        """The system of some equations, cells and rows."""
        return System(
            values=self.values[cells],
            matrix=csr_array(csr_array(self.matrix[equations])[:, cells]),
            shown_by=csr_array(csr_array(self.shown_by[cells])[:, rows]),
            own_cells=csr_array(csr_array(self.own_cells[cells])[:, rows]),
            threshold=self.threshold[cells],
            required_width=self.required_width[cells],
            forced=self.forced[rows],
            cost=self.cost[rows],
            row_class=self.row_class[rows],
            coordinates=None if self.coordinates is None else self.coordinates.take(cells),
            released=None if self.released is None else self.released[cells],
            left_out=None if self.left_out is None else self.left_out[rows],
            upper=None if self.upper is None else self.upper[cells],
        )

    def digest(self) -> str:
        """The SHA-256 of the content: equal systems have equal digests."""
        sha = hashlib.sha256()
        arrays = [self.values, self.threshold, self.required_width, self.forced, self.cost, self.row_class]
        if self.coordinates is not None:
            at = self.coordinates
            arrays += [at.quantity, at.unit, at.period, at.parent]
            sha.update(repr(at.splits).encode())
        if self.known.any():
            arrays.append(self.known)
        arrays += [array for array in (self.left_out, self.upper) if array is not None]
        for matrix in (self.matrix, self.shown_by, self.own_cells):
            arrays += [matrix.indptr, matrix.indices, matrix.data]
        for array in arrays:
            sha.update(f"{array.dtype}{array.shape}".encode())
            sha.update(np.ascontiguousarray(array).tobytes())
        return sha.hexdigest()


def _concatenated(arrays: Iterable[Indices]) -> Indices:
    return np.concatenate([np.zeros(0, dtype=np.intp), *arrays])
