"""Everything that was ever published, as one table to attack: earlier months and years, revisions, rolling
sums, and the same people under other borders.

A cell is a series, a set of offices and a set of months. Sets that lie inside each other give equations: a
county is its offices, a merged office the two it was made of, a year its tertials, and two rolling sums share
all months but two.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.bounds import Reach, reaches
from navbook.disclosure.cells import Flags, Floats, Places
from navbook.disclosure.propagation import Box
from navbook.disclosure.tables import TOLERANCE, Table, is_whole

Members = frozenset[str]
Months = tuple[str, ...]

# of so few cells that hang together the exact widths take less than to look for tables
FEW = 8


@dataclass(frozen=True)
class Grid:
    """The cells that some release has a row for, and those they are made of: `bound` by (series, unit,
    period), and of those `known`, which were published. `values` holds the true number of every place of the
    grid (nan: not known any more).
    """

    units: tuple[Members, ...]
    periods: tuple[Months, ...]
    values: Floats
    bound: Flags
    known: Flags


@dataclass(frozen=True)
class Sums:
    """Places that are sums of others: of a unit (at every series and period of the grid), or of a period at
    the (series, unit) in `series` and `unit`.
    """

    whole: int
    parts: list[int]
    series: Places
    unit: Places


def widths(
    grid: Grid,
    of_units: Sequence[tuple[int, list[int]]],
    of_periods: Sequence[Sums],
    need: Floats | None = None,
) -> Floats:
    """How wide an interval is left for each place of the grid: inf for what is not hidden.

    `of_units` are the units that are sums of others, by their places. Zero and above is all that is known of
    a hidden number beside the equations; where all values are whole, that is known too. `need` is how wide
    each place must be (0: it is not asked for): a width below that is exact, and one from there on may be
    told too wide. Without `need` the widths are those of each equation by itself, passed on to the others.
    """
    equations = [*_of_units(grid, of_units), *_of_periods(grid, of_periods)]
    width = np.full(grid.values.shape, np.inf)
    if not equations:
        return width
    flat = np.unique(np.concatenate([cells for cells, _ in equations]))
    at = np.full(grid.values.size, -1, dtype=np.intp)
    at[flat] = np.arange(len(flat))
    matrix = _matrix([(at[cells], signs) for cells, signs in equations], len(flat))
    hidden = ~grid.known.ravel()[flat]
    table = _that_add_up(Table(grid.values.ravel()[flat], matrix, np.arange(len(flat), dtype=np.intp)))
    asked = None if need is None else need.ravel()[flat]
    width.ravel()[flat[hidden]] = _found(table, hidden, asked)[hidden]
    return width


def sums_of_periods(periods: Iterable[Months]) -> tuple[list[Months], list[tuple[Months, list[Months]]]]:
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


def _of_units(grid: Grid, splits: Sequence[tuple[int, list[int]]]) -> Iterator[tuple[Places, Floats]]:
    shape = grid.values.shape
    for whole, parts in splits:
        told = grid.bound[:, whole, :] & grid.bound[:, parts, :].any(axis=1)
        series, period = np.nonzero(told & np.isfinite(grid.values[:, whole, :]))
        yield from _sums(shape, series, period, [whole, *parts], by_unit=True)


def _of_periods(grid: Grid, sums: Sequence[Sums]) -> Iterator[tuple[Places, Floats]]:
    shape = grid.values.shape
    for each in sums:
        values = grid.values[each.series, each.unit][:, [each.whole, *each.parts]]
        kept = np.isfinite(values).all(axis=1)
        places = [each.whole, *each.parts]
        yield from _sums(shape, each.series[kept], each.unit[kept], places, by_unit=False)


def _sums(
    shape: tuple[int, ...], series: Places, other: Places, places: list[int], by_unit: bool
) -> Iterator[tuple[Places, Floats]]:
    signs = np.array([-1.0, *[1.0] * (len(places) - 1)])
    at = np.array(places)
    for line, fixed in zip(series.tolist(), other.tolist(), strict=True):
        where = (line, at, fixed) if by_unit else (line, fixed, at)
        yield np.ravel_multi_index(np.broadcast_arrays(*where), shape), signs


def _matrix(equations: list[tuple[Places, Floats]], columns: int) -> csr_array:
    starts = np.cumsum([0, *(len(cells) for cells, _ in equations)])
    indices = np.concatenate([cells for cells, _ in equations]) if equations else np.zeros(0, np.intp)
    data = np.concatenate([signs for _, signs in equations]) if equations else np.zeros(0)
    return csr_array((data, indices, starts), shape=(len(equations), columns))


def _that_add_up(table: Table) -> Table:
    """The equations that the true numbers fulfil: those of other days may have been corrected since."""
    missed = np.abs(np.asarray(table.matrix @ np.nan_to_num(table.values)))
    lacking = np.asarray(abs(table.matrix) @ np.isnan(table.values).astype(np.float64)) > 0
    kept = table.matrix[np.flatnonzero((missed <= TOLERANCE * table.scale()) & ~lacking)]
    return Table(table.values, csr_array(kept), table.place)


def _found(table: Table, hidden: Flags, need: Floats | None) -> Floats:
    width = np.full(len(table), np.inf)
    whole = is_whole(table.values[~np.isnan(table.values)])
    for cells, reach in reaches(table, hidden, 0.0, whole):
        width[cells] = reach.box.high - reach.box.low
        if need is not None:
            asked = np.flatnonzero((need[cells] > 0) & ~_wide(reach, table.values[cells], need[cells]))
            width[cells[asked]] = [reach.high(k) - reach.low(k) for k in asked.tolist()]
    return width


def _wide(reach: Reach, value: Floats, need: Floats) -> Flags:
    """The cells for which tables were found that lie as far apart as they need."""
    wide = need <= 0
    low, high = np.minimum(reach.box.low, value), np.maximum(reach.box.high, value)
    asked = ~wide & (high - low >= need)
    if len(value) <= FEW or not asked.any():
        return wide
    # here, for the solver takes long to load, and only a build with a ledger asks for this
    from navbook.disclosure.search import search
    from navbook.disclosure.witnesses import Witnesses

    found = Witnesses(
        matrix=csr_array(reach.program.matrix),
        value=np.round(value) if reach.whole else value,
        need=need,
        box=Box(low, high),
        whole=reach.whole,
        least=value.copy(),
        most=value.copy(),
        open=asked.copy(),
    )
    search(found)
    return wide | (asked & ~found.open)
