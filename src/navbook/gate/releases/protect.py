"""Secondary suppression against earlier releases: rows to hide so that they disclose no hidden row."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure import LAST_RESORT, System
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables import ABSENT
from navbook.disclosure.linked_tables.secondary_by_program import secondary_rows
from navbook.gate.releases.combined import AttackerKnowledge, CombinedReleases

# a whole number may need more width than is required: this many times one more is tried
TRIES = 3


@dataclass(frozen=True)
class ReleaseRows:
    """The rows of the new release in the edition's cube.

    `places` is the flat place in the cube of each row; `hidden`, `known` (before this release) and `cost`
    are by flat place.
    """

    places: Indices
    hidden: Flags
    known: Flags
    cost: Floats


@dataclass(frozen=True)
class Remedy:
    """By flat place of the cube: the rows to hide, and the disclosed rows that no hiding protects."""

    hide: Flags
    unprotectable: Flags


def protect_from_releases(combined: CombinedReleases, rows: ReleaseRows, workers: int = 1) -> Remedy:
    """The rows to hide, or to give up, so that all releases together disclose no hidden row."""
    remedy = Remedy(np.zeros_like(rows.hidden), np.zeros_like(rows.hidden))
    shown = ~rows.hidden[rows.places]
    widths = combined.widths(shown, workers=workers)
    narrow = [width < known.required_width for width, known in zip(widths, combined.knowledge, strict=True)]
    for extra in range(TRIES):
        for known, flags in zip(combined.knowledge, narrow, strict=True):
            if flags.any():
                _widen(combined, known, rows, np.flatnonzero(flags), extra, remedy)
        if remedy.hide.any() or remedy.unprotectable.any():
            break
    return remedy


def implied_by_releases(combined: CombinedReleases, rows: ReleaseRows) -> Flags:
    """The rows that known numbers disclose whatever is hidden, by flat place; equation by equation."""
    shown = rows.known[rows.places]
    implied = np.zeros_like(rows.known)
    widths = combined.widths(shown, by_all_equations=False)
    for known, width in zip(combined.knowledge, widths, strict=True):
        narrow = combined.targets.row[width < known.required_width]
        implied[rows.places[narrow[narrow != ABSENT]]] = True
    return implied


def _widen(
    combined: CombinedReleases,
    known: AttackerKnowledge,
    rows: ReleaseRows,
    narrow: Indices,
    extra: int,
    remedy: Remedy,
) -> None:
    """Note in `remedy` the rows to hide so that the `narrow` ones get their required width plus `extra`,
    and the rows that no hiding protects.
    """
    row = combined.targets.row
    told = row[narrow[known.unchanged[narrow]]]
    remedy.unprotectable[rows.places[told[told != ABSENT]]] = True
    narrow = narrow[~known.unchanged[narrow]]
    table = known.table
    cell = np.full(known.values.size, ABSENT, dtype=np.intp)
    cell[table.positions] = np.arange(len(table.positions))
    places, of_row = np.unique(rows.places, return_inverse=True)
    shows = cell[np.ravel_multi_index(combined.shows, table.shape)]
    system = _system(known, shows, of_row, rows.known[rows.places], rows.cost[places])
    hidden = (rows.hidden | remedy.hide)[places]
    cell = cell[np.ravel_multi_index(combined.targets.where, table.shape)]
    wanted = np.zeros(len(table.positions))
    wanted[cell[narrow]] = known.required_width[narrow] + extra
    # a cell that an earlier release left out is no row of the new one
    row_at = np.full(len(table.positions), ABSENT, dtype=np.intp)
    own = narrow[row[narrow] != ABSENT]
    row_at[cell[own]] = of_row[row[own]]
    for part_rows, part_cells, part in system.components():
        part_hidden = hidden[part_rows]
        for target in np.flatnonzero(wanted[part_cells]).tolist():
            width, row = wanted[part_cells[target]], row_at[part_cells[target]]
            more = secondary_rows(part, part_hidden, target, width, everywhere=True)
            if more is not None:
                part_hidden = part_hidden | more
            elif row != ABSENT:
                remedy.unprotectable[places[row]] = True
        remedy.hide[places[part_rows[part_hidden & ~hidden[part_rows]]]] = True


def _system(
    known: AttackerKnowledge, shows: Indices, of_row: Indices, published: Flags, cost: Floats
) -> System:
    """All releases as a system in which every row not `published` before may be hidden.

    `shows` are the cells of the table that each row shows (fields x rows), ABSENT for those of no equation.
    """
    table = known.table
    count = len(table.positions)
    bound = shows != ABSENT
    given = known.earlier.ravel()[table.positions]
    given[shows[bound & published]] = True
    # a number with two names has two rows, and is hidden in both together
    of_cell = np.broadcast_to(of_row, shows.shape)
    pairs = np.unique(np.stack([shows, of_cell])[:, bound & ~published], axis=1)
    shown_by = csr_array((np.ones(pairs.shape[1]), tuple(pairs)), shape=(count, len(cost)))
    nothing = np.zeros(count)
    return System(
        values=np.nan_to_num(table.table.values),
        matrix=table.table.matrix,
        shown_by=shown_by,
        own_cells=shown_by,
        threshold=nothing,
        required_width=nothing,
        forced=np.zeros(len(cost), dtype=bool),
        cost=cost,
        row_class=np.full(len(cost), LAST_RESORT),
        released=given,
    )
