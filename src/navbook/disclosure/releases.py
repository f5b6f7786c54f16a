"""Everything that was ever published, as one table to attack: earlier months and years, revisions, rolling
sums, and the same people under other borders.

A cell is a series, a set of offices and a set of months. Sets that lie inside each other give equations: a
county is its offices, a merged office the two it was made of, a year its tertials, and two rolling sums share
all months but two.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import block_diag, csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.bounds import ComponentBounds, component_bounds
from navbook.disclosure.linear.components import batches, labels
from navbook.disclosure.linear.propagation import Intervals
from navbook.disclosure.linear.table import TOLERANCE, Table

OfficeSet = frozenset[str]
Months = tuple[str, ...]

# cells that hang together in small sets are asked for together up to this many
BATCH = 1000


@dataclass(frozen=True)
class Sums:
    """Places that are sums of others: of a unit (at every series and period of the grid), or of a period at
    the (series, unit) in `series` and `unit`.
    """

    whole: int
    parts: list[int]
    series: Indices
    unit: Indices


@dataclass(frozen=True)
class Union:
    """The places of a grid (series, unit, period) that equations bind: `places` are those in `table`, a
    number each, as they stand in the grid of that `shape`. `safe` remembers what was once found wide enough.
    """

    shape: tuple[int, ...]
    places: Indices
    table: Table
    safe: set[bytes] = field(default_factory=set)


@dataclass(frozen=True)
class Question:
    """How wide an interval is left for the places of a union when so many of its grid are `known`?

    `need` is how wide each must be (0: it is not asked for): a width below that is exact, and one from there
    on may be told too wide. Without `need` the widths are those of each equation by itself, passed on to the
    others. Zero and above is all that is known of a hidden number beside the equations; where all that hangs
    together is whole, that is known too.
    """

    union: Union
    known: Flags
    need: Floats | None = None

    def piece(self) -> tuple[Table, Flags, Floats | None, set[bytes]]:
        """What it takes to answer it."""
        places = self.union.places
        need = None if self.need is None else self.need.ravel()[places]
        return self.union.table, ~self.known.ravel()[places], need, self.union.safe

    def answer(self, found: Floats) -> Floats:
        """The widths by place of the grid: inf for what is not hidden."""
        width = np.full(self.union.shape, np.inf)
        hidden = ~self.known.ravel()[self.union.places]
        width.ravel()[self.union.places[hidden]] = found[hidden]
        return width


def widths(questions: Sequence[Question], workers: int = 1) -> list[Floats]:
    """The answers to the questions, of which some are worked on at the same time."""
    # here, for what it rests on takes a second to load, and only a build with a ledger asks for it
    from navbook.disclosure.linked_tables.parallel import MIN_PARALLEL_CELLS, run_parallel

    quick = all(each.need is None or len(each.union.places) < MIN_PARALLEL_CELLS for each in questions)
    found = run_parallel(_found, [each.piece() for each in questions], 1 if quick else workers)
    for each, (_, safe) in zip(questions, found, strict=True):
        each.union.safe.update(safe)
    return [each.answer(width) for each, (width, _) in zip(questions, found, strict=True)]


def combined_table(
    values: Floats, bound: Flags, of_units: Sequence[tuple[int, list[int]]], of_periods: Sequence[Sums]
) -> Union:
    """What binds the true `values` of a grid (nan: not known any more) at the places in `bound`.

    `of_units` are the units that are sums of others, by their places.
    """
    equations = [*_of_units(values, bound, of_units), *_of_periods(values, of_periods)]
    cells = np.concatenate([np.zeros(0, dtype=np.intp), *(each.ravel() for each in equations)])
    places = np.unique(cells)
    at = np.full(values.size, -1, dtype=np.intp)
    at[places] = np.arange(len(places))
    terms = np.concatenate([[0], *(np.full(*each.shape) for each in equations)]).astype(np.intp)
    starts = np.cumsum(terms)
    # the first of each is the sum of the others
    signs = np.ones(len(cells))
    signs[starts[:-1]] = -1.0
    matrix = csr_array((signs, at[cells], starts), shape=(len(starts) - 1, len(places)))
    table = Table(values.ravel()[places], matrix, np.arange(len(places), dtype=np.intp))
    return Union(values.shape, places, _that_add_up(table))


def split_periods(periods: Iterable[Months]) -> tuple[list[Months], list[tuple[Months, list[Months]]]]:
    """The smallest runs of months that the periods are made of, and each period as the sum of those."""
    periods = sorted(set(periods))
    holders: dict[str, list[int]] = {}
    for place, period in enumerate(periods):
        for month in period:
            holders.setdefault(month, []).append(place)
    atoms: dict[tuple[int, ...], list[str]] = {}
    for month in sorted(holders):
        atoms.setdefault(tuple(holders[month]), []).append(month)
    runs = {signature: tuple(months) for signature, months in atoms.items()}
    sums = []
    for place, period in enumerate(periods):
        inside = [months for signature, months in runs.items() if place in signature]
        if inside != [period]:
            sums.append((period, inside))
    return list(runs.values()), sums


def _of_units(values: Floats, bound: Flags, splits: Sequence[tuple[int, list[int]]]) -> Iterator[Indices]:
    """The cells of each equation, a row for each: the whole first."""
    for whole, parts in splits:
        told = bound[:, whole, :] & bound[:, parts, :].any(axis=1)
        series, period = np.nonzero(told & np.isfinite(values[:, whole, :]))
        where = (series[:, None], np.array([whole, *parts]), period[:, None])
        yield np.ravel_multi_index(np.broadcast_arrays(*where), values.shape)


def _of_periods(values: Floats, sums: Sequence[Sums]) -> Iterator[Indices]:
    for each in sums:
        places = np.array([each.whole, *each.parts])
        kept = np.isfinite(values[each.series, each.unit][:, places]).all(axis=1)
        where = (each.series[kept, None], each.unit[kept, None], places)
        yield np.ravel_multi_index(np.broadcast_arrays(*where), values.shape)


def _that_add_up(table: Table) -> Table:
    """The equations that the true numbers fulfil: those of other days may have been corrected since."""
    missed = np.abs(np.asarray(table.matrix @ np.nan_to_num(table.values)))
    lacking = np.asarray(abs(table.matrix) @ np.isnan(table.values).astype(np.float64)) > 0
    kept = table.matrix[np.flatnonzero((missed <= TOLERANCE * table.scale()) & ~lacking)]
    return Table(table.values, csr_array(kept), table.place)


def _found(table: Table, hidden: Flags, need: Floats | None, safe: set[bytes]) -> tuple[Floats, set[bytes]]:
    """How wide each cell is, and what hangs together and was found wide enough beside what is `safe`."""
    width, fresh = np.full(len(table), np.inf), set()
    for cells, part, whole in _by_kind(table):
        found = [
            (cells[columns], reach) for columns, reach in component_bounds(part, hidden[cells], 0.0, whole)
        ]
        for mine, reach in found:
            width[mine] = reach.box.high - reach.box.low
        if need is None:
            continue
        asked = need > 0
        keys = [_key(mine, reach, need) if asked[mine].any() else b"" for mine, reach in found]
        together = [each for key, each in zip(keys, found, strict=True) if key and key not in safe]
        for batch in batches(together, lambda each: len(each[0]), BATCH):
            _note_wide(batch, table.values, need, asked)
        for mine, reach in together:
            left = np.flatnonzero(asked[mine])
            width[mine[left]] = [reach.high(k) - reach.low(k) for k in left.tolist()]
        for key, (mine, _) in zip(keys, found, strict=True):
            if key and (width[mine] >= need[mine]).all():
                fresh.add(key)
    return width, fresh


def _key(mine: Indices, reach: ComponentBounds, need: Floats) -> bytes:
    """What hangs together, and what is asked and known of it."""
    program = reach.program
    digest = hashlib.sha256(b"whole" if reach.whole else b"")
    for array in (mine, need[mine], program.right, program.box.low, program.box.high, program.matrix.indptr):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.digest()


def _by_kind(table: Table) -> Iterator[tuple[Indices, Table, bool]]:
    """The cells of whole numbers only that hang together, with their equations, and the others."""
    of_equation, of_cell = labels(table.matrix)
    broken = np.unique(of_cell[np.abs(table.values - np.round(table.values)) > TOLERANCE])
    for whole in (True, False):
        cells = np.flatnonzero(np.isin(of_cell, broken, invert=whole))
        equations = np.flatnonzero(np.isin(of_equation, broken, invert=whole))
        matrix = csr_array(csr_array(table.matrix[equations])[:, cells])
        yield cells, Table(table.values[cells], matrix, table.place[cells]), whole


def _note_wide(
    batch: list[tuple[Indices, ComponentBounds]], values: Floats, need: Floats, asked: Flags
) -> None:
    """Ask no more for the cells for which tables are found that lie as far apart as they need."""
    # here, for the solver takes long to load, and only a build with a ledger asks for this
    from navbook.disclosure.linked_tables.feasible_tables import FeasibleTables
    from navbook.disclosure.linked_tables.search import search

    cells = np.concatenate([mine for mine, _ in batch])
    low, high = (np.concatenate([getattr(reach.box, end) for _, reach in batch]) for end in ("low", "high"))
    whole, value = batch[0][1].whole, values[cells]
    value = np.round(value) if whole else value
    found = FeasibleTables(
        matrix=csr_array(block_diag([reach.program.matrix for _, reach in batch])),
        value=value,
        required_width=need[cells],
        interval=Intervals(np.minimum(low, value), np.maximum(high, value)),
        whole=whole,
        lowest=value.copy(),
        highest=value.copy(),
        # what the equations by themselves leave too narrow is not wide
        unproven=asked[cells] & (high - low >= need[cells]),
    )
    narrow = asked[cells] & ~found.unproven
    search(found)
    asked[cells] = narrow | found.unproven
