"""All releases as one linked table: earlier months and years, revisions, rolling sums and changed borders.

A cell is a number, a set of offices and a set of months. Sets that contain each other give equations: a
county is the sum of its offices, a merged office the sum of the two it was made of, a year the sum of its
tertials, two rolling sums share all months but two. Sums of numbers hold at every unit and period.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import block_diag, csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.bounds import ComponentBounds, component_bounds
from navbook.disclosure.linear.components import batches, component_labels
from navbook.disclosure.linear.propagation import Intervals
from navbook.disclosure.linear.table import TOLERANCE, Table

OfficeSet = frozenset[str]
Months = tuple[str, ...]
# indices of numbers and their coefficients, and what else the caller notes of the sum
SignedSum = tuple[Indices, Floats, int]

# small components are searched together, up to this many cells in a batch
BATCH_CELLS = 1000
# in a component of more cells an integer program may not end: the bounds there are those of fractions
MAX_INTEGER_CELLS = 20_000


@dataclass(frozen=True)
class SumRelation:
    """`total` is the sum of `parts`: indices of periods, at each (number, unit) of `number` and `unit`."""

    total: int
    parts: list[int]
    number: Indices
    unit: Indices


@dataclass(frozen=True)
class CombinedTable:
    """The cells of a grid (number, unit, period) that equations bind, as one table.

    `positions` are the flat indices in a grid of that `shape`, one for each cell of `table`.
    `wide_components` holds the keys of components in which every required width was once found.
    """

    shape: tuple[int, ...]
    positions: Indices
    table: Table
    wide_components: set[bytes] = field(default_factory=set)


@dataclass(frozen=True)
class WidthQuery:
    """How wide are the feasibility intervals of a combined table when the cells in `published` are known?

    `published` and `required_width` have the shape of the grid. A cell whose required width is 0 is not
    queried. A width below the required one is exact; one above it may be reported too wide. Without
    `required_width`, the widths are those of single equations, passed on from one to the next. The attacker
    knows that a hidden value is at least zero, and that it is an integer where all of its component is (not
    used where more than MAX_INTEGER_CELLS are hidden).
    """

    combined: CombinedTable
    published: Flags
    required_width: Floats | None = None

    def arguments(self) -> tuple[Table, Flags, Floats | None, set[bytes]]:
        """The arguments of `_cell_widths` that answer the query."""
        positions = self.combined.positions
        required = None if self.required_width is None else self.required_width.ravel()[positions]
        return (
            self.combined.table,
            ~self.published.ravel()[positions],
            required,
            self.combined.wide_components,
        )

    def on_grid(self, widths: Floats) -> Floats:
        """The widths of the table's cells, of the grid's shape: inf for what is not hidden."""
        grid = np.full(self.combined.shape, np.inf)
        hidden = ~self.published.ravel()[self.combined.positions]
        grid.ravel()[self.combined.positions[hidden]] = widths[hidden]
        return grid


def feasible_widths(queries: Sequence[WidthQuery], workers: int = 1) -> list[Floats]:
    """The width of each cell's feasibility interval (high - low), a grid for each query.

    Large queries are answered by up to `workers` processes at the same time.
    """
    # imported here: it loads the solvers
    from navbook.disclosure.linked_tables.parallel import MIN_PARALLEL_CELLS, run_parallel

    quick = all(
        query.required_width is None or len(query.combined.positions) < MIN_PARALLEL_CELLS
        for query in queries
    )
    found = run_parallel(_cell_widths, [query.arguments() for query in queries], 1 if quick else workers)
    for query, (_, wide) in zip(queries, found, strict=True):
        query.combined.wide_components.update(wide)
    return [query.on_grid(widths) for query, (widths, _) in zip(queries, found, strict=True)]


def combined_table(
    values: Floats,
    bound: Flags,
    unit_sums: Sequence[tuple[int, list[int]]],
    period_sums: Sequence[SumRelation],
    number_sums: Iterable[SignedSum] = (),
) -> CombinedTable:
    """The table of the cells in `bound`, whose true `values` (number, unit, period) are nan if unknown.

    `unit_sums` are pairs of a total unit and its parts, by index. `number_sums` are indices of numbers with
    their coefficients.
    """
    blocks = [
        *_unit_equations(values, bound, unit_sums),
        *_period_equations(values, period_sums),
        *_number_equations(values, bound, number_sums),
    ]
    cells = np.concatenate([np.zeros(0, dtype=np.intp), *(block.ravel() for block, _ in blocks)])
    positions = np.unique(cells)
    column = np.full(values.size, -1, dtype=np.intp)
    column[positions] = np.arange(len(positions))
    sizes = np.concatenate([[0], *(np.full(*block.shape) for block, _ in blocks)]).astype(np.intp)
    starts = np.cumsum(sizes)
    coefficients = np.concatenate([np.zeros(0), *(np.tile(signs, len(block)) for block, signs in blocks)])
    matrix = csr_array((coefficients, column[cells], starts), shape=(len(starts) - 1, len(positions)))
    table = Table(values.ravel()[positions], matrix, np.arange(len(positions), dtype=np.intp))
    return CombinedTable(values.shape, positions, _without_broken_equations(table))


def split_periods(periods: Iterable[Months]) -> tuple[list[Months], list[tuple[Months, list[Months]]]]:
    """The largest runs of months that no period divides, and each longer period with the runs it sums."""
    periods = sorted(set(periods))
    containing: dict[str, list[int]] = {}
    for index, period in enumerate(periods):
        for month in period:
            containing.setdefault(month, []).append(index)
    months_of: dict[tuple[int, ...], list[str]] = {}
    for month in sorted(containing):
        months_of.setdefault(tuple(containing[month]), []).append(month)
    runs = {signature: tuple(months) for signature, months in months_of.items()}
    sums = []
    for index, period in enumerate(periods):
        parts = [months for signature, months in runs.items() if index in signature]
        if parts != [period]:
            sums.append((period, parts))
    return list(runs.values()), sums


def _unit_equations(
    values: Floats, bound: Flags, unit_sums: Sequence[tuple[int, list[int]]]
) -> Iterator[tuple[Indices, Floats]]:
    """Blocks of equations, a row of cells for each, and the coefficients of the cells of a row."""
    for total, parts in unit_sums:
        present = bound[:, total, :] & bound[:, parts, :].any(axis=1)
        number, period = np.nonzero(present & np.isfinite(values[:, total, :]))
        cells = (number[:, None], np.array([total, *parts]), period[:, None])
        yield (
            np.ravel_multi_index(np.broadcast_arrays(*cells), values.shape),
            np.append(-1.0, np.ones(len(parts))),
        )


def _period_equations(values: Floats, period_sums: Sequence[SumRelation]) -> Iterator[tuple[Indices, Floats]]:
    """As `_unit_equations`, for sums over periods."""
    for relation in period_sums:
        periods = np.array([relation.total, *relation.parts])
        kept = np.isfinite(values[relation.number, relation.unit][:, periods]).all(axis=1)
        cells = (relation.number[kept, None], relation.unit[kept, None], periods)
        block = np.ravel_multi_index(np.broadcast_arrays(*cells), values.shape)
        yield block, np.append(-1.0, np.ones(len(relation.parts)))


def _number_equations(
    values: Floats, bound: Flags, number_sums: Iterable[SignedSum]
) -> Iterator[tuple[Indices, Floats]]:
    """As `_unit_equations`, for sums over numbers."""
    for numbers, signs, *_ in number_sums:
        unit, period = np.nonzero(bound[numbers].all(axis=0) & np.isfinite(values[numbers]).all(axis=0))
        cells = (numbers[None, :], unit[:, None], period[:, None])
        yield np.ravel_multi_index(np.broadcast_arrays(*cells), values.shape), signs


def _without_broken_equations(table: Table) -> Table:
    """Only the equations that the true values satisfy: values of other days may have been revised since."""
    residual = np.abs(np.asarray(table.matrix @ np.nan_to_num(table.values)))
    incomplete = np.asarray(abs(table.matrix) @ np.isnan(table.values).astype(np.float64)) > 0
    kept = table.matrix[np.flatnonzero((residual <= TOLERANCE * table.scale()) & ~incomplete)]
    return Table(table.values, csr_array(kept), table.position)


def _cell_widths(
    table: Table, hidden: Flags, required: Floats | None, wide_components: set[bytes]
) -> tuple[Floats, set[bytes]]:
    """The width of each cell, and the keys of the components whose required widths were all found."""
    width, found_wide = np.full(len(table), np.inf), set()
    for cells, part, integer in _by_integrality(table):
        bounds = [
            (cells[columns], found) for columns, found in component_bounds(part, hidden[cells], 0.0, integer)
        ]
        for members, found in bounds:
            width[members] = found.intervals.high - found.intervals.low
        if required is not None:
            found_wide |= _solve_widths(table, bounds, required, wide_components, width)
    return width, found_wide


def _solve_widths(
    table: Table,
    bounds: list[tuple[Indices, ComponentBounds]],
    required: Floats,
    wide_components: set[bytes],
    width: Floats,
) -> set[bytes]:
    """Fill in the `width` of the queried cells that all equations together leave.

    First by feasible tables, which show that a cell is wide enough; then by the exact bounds of the rest.
    Returns the keys of the components in which every width is as required.
    """
    queried = required > 0
    keys = [
        _component_key(cells, found, required) if queried[cells].any() else b"" for cells, found in bounds
    ]
    unsolved = [
        component for key, component in zip(keys, bounds, strict=True) if key and key not in wide_components
    ]
    for batch in batches(unsolved, lambda component: len(component[0]), BATCH_CELLS):
        _drop_wide_cells(batch, table.values, required, queried)
    for cells, found in unsolved:
        found.integer = found.integer and len(cells) <= MAX_INTEGER_CELLS
        left = np.flatnonzero(queried[cells])
        width[cells[left]] = [found.high(cell) - found.low(cell) for cell in left.tolist()]
    return {
        key
        for key, (cells, _) in zip(keys, bounds, strict=True)
        if key and (width[cells] >= required[cells]).all()
    }


def _component_key(cells: Indices, bounds: ComponentBounds, required: Floats) -> bytes:
    """A digest of what is known of a component and what is required of it."""
    program = bounds.program
    digest = hashlib.sha256(b"integer" if bounds.integer else b"")
    for array in (
        cells,
        required[cells],
        program.rhs,
        program.intervals.low,
        program.intervals.high,
        program.matrix.indptr,
    ):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.digest()


def _by_integrality(table: Table) -> Iterator[tuple[Indices, Table, bool]]:
    """The components of integers only, as one table, and then the others."""
    of_equation, of_cell = component_labels(table.matrix)
    fractional = np.unique(of_cell[np.abs(table.values - np.round(table.values)) > TOLERANCE])
    for integer in (True, False):
        cells = np.flatnonzero(np.isin(of_cell, fractional, invert=integer))
        equations = np.flatnonzero(np.isin(of_equation, fractional, invert=integer))
        matrix = csr_array(csr_array(table.matrix[equations])[:, cells])
        yield cells, Table(table.values[cells], matrix, table.position[cells]), integer


def _drop_wide_cells(
    batch: list[tuple[Indices, ComponentBounds]], values: Floats, required: Floats, queried: Flags
) -> None:
    """Clear `queried` for the cells for which feasible tables as far apart as required are found."""
    # imported here: it loads the solver
    from navbook.disclosure.linked_tables.feasible_tables import FeasibleTables
    from navbook.disclosure.linked_tables.search import search

    cells = np.concatenate([members for members, _ in batch])
    low, high = (
        np.concatenate([getattr(found.intervals, end) for _, found in batch]) for end in ("low", "high")
    )
    integer, value = batch[0][1].integer, values[cells]
    value = np.round(value) if integer else value
    tables = FeasibleTables(
        matrix=csr_array(block_diag([found.program.matrix for _, found in batch])),
        value=value,
        required_width=required[cells],
        interval=Intervals(np.minimum(low, value), np.maximum(high, value)),
        integer=integer,
        lowest=value.copy(),
        highest=value.copy(),
        # a cell that single equations already bound too narrowly cannot be wide
        unproven=queried[cells] & (high - low >= required[cells]),
    )
    narrow = queried[cells] & ~tables.unproven
    search(tables)
    queried[cells] = narrow | tables.unproven
