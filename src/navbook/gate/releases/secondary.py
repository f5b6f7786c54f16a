"""What helps the hidden rows that all releases together give away."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure import LAST_RESORT, System
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables.secondary import secondary_rows
from navbook.disclosure.linked_tables.system import ABSENT
from navbook.gate.releases.combined import Known, Together

# a number that is whole may need more room than it is asked for: so many times one more is tried
TIMES = 3


@dataclass(frozen=True)
class Rows:
    """The rows of the edition as its releases' table has them: `at` is the cell (series, unit, period) of
    each, counted through; `hidden`, `told` (before) and `price` are of these cells.
    """

    at: Indices
    hidden: Flags
    told: Flags
    cost: Floats


@dataclass(frozen=True)
class Help:
    """The cells to hide beside those that are given away, and those that nothing helps."""

    hide: Flags
    hopeless: Flags


def help_for(together: Together, rows: Rows, workers: int = 1) -> Help:
    """What to hide, or to give up, so that no hidden row is given away by what all releases tell."""
    found = Help(np.zeros_like(rows.hidden), np.zeros_like(rows.hidden))
    shown = ~rows.hidden[rows.at]
    widths = together.widths(shown, workers=workers)
    narrow = [width < known.need for width, known in zip(widths, together.known, strict=True)]
    for extra in range(TIMES):
        for known, which in zip(together.known, narrow, strict=True):
            if which.any():
                _help(together, known, rows, np.flatnonzero(which), extra, found)
        if found.hide.any() or found.hopeless.any():
            break
    return found


def known_anyway(together: Together, rows: Rows) -> Flags:
    """The cells that what was told before gives away, equation by equation, whatever is hidden."""
    shown = rows.told[rows.at]
    cells = np.zeros_like(rows.told)
    found = together.widths(shown, by_all_equations=False)
    for known, width in zip(together.known, found, strict=True):
        cells[rows.at[(width < known.need)[: together.own]]] = True
    return cells


def _help(together: Together, known: Known, rows: Rows, narrow: Indices, extra: int, found: Help) -> None:
    """Note what gives the `narrow` rows their room and so much `extra`, and which nothing helps."""
    found.hopeless[rows.at[narrow[known.stand[narrow]]]] = True
    narrow = narrow[~known.stand[narrow]]
    union = known.union
    place = np.full(known.values.size, -1, dtype=np.intp)
    place[union.positions] = np.arange(len(union.positions))
    place = place[np.ravel_multi_index(together.where, union.shape)]
    numbers, of_row = np.unique(rows.at, return_inverse=True)
    system = _system(known, place[: together.own], of_row, rows.told[rows.at], rows.cost[numbers])
    hidden = (rows.hidden | found.hide)[numbers]
    wanted = np.zeros(len(union.positions))
    wanted[place[narrow]] = known.need[narrow] + extra
    # what other releases left out is no row of this one
    row_at = np.full(len(union.positions), ABSENT, dtype=np.intp)
    of_own = narrow[narrow < together.own]
    row_at[place[of_own]] = of_row[of_own]
    for its, cells, part in system.components():
        asked = np.flatnonzero(wanted[cells])
        mine = hidden[its]
        for cell in asked.tolist():
            more = secondary_rows(part, mine, cell, wanted[cells[cell]], everywhere=True)
            row = row_at[cells[cell]]
            if more is not None:
                mine = mine | more
            elif row != ABSENT:
                found.hopeless[numbers[row]] = True
        found.hide[numbers[its[mine & ~hidden[its]]]] = True


def _system(known: Known, place: Indices, of_row: Indices, told: Flags, price: Floats) -> System:
    """One number of all releases as a system, in which what was not told before may be hidden."""
    union = known.union
    count = len(union.positions)
    bound = place >= 0
    given = known.before.ravel()[union.positions]
    given[place[bound & told]] = True
    # a number with two names has two rows, and is hidden in both at once
    hides = np.unique(np.stack([place, of_row])[:, bound & ~told], axis=1)
    shown_by = csr_array((np.ones(hides.shape[1]), tuple(hides)), shape=(count, len(price)))
    nothing = np.zeros(count)
    return System(
        values=np.nan_to_num(union.table.values),
        matrix=union.table.matrix,
        shown_by=shown_by,
        own_cells=shown_by,
        threshold=nothing,
        required_width=nothing,
        forced=np.zeros(len(price), dtype=bool),
        cost=price,
        row_class=np.full(len(price), LAST_RESORT),
        released=given,
    )
