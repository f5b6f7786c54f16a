"""Secondary suppression for one cell: the cheapest rows that widen its feasibility interval enough.

A linear program displaces the cell as far as required, at a cost for every published cell that must move with
it. The rows that show the moved cells are then hidden: the displaced table agrees with all that stays
published, so the interval is as wide as required. The method is that of J. P. Kelly, B. L. Golden and A. A.
Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 22 (1992).
"""

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.components import neighbours
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.coordinates import ABSENT
from navbook.disclosure.linked_tables.displacement_lp import DisplacementLP
from navbook.disclosure.linked_tables.system import System

# the cost of displacing a hidden cell, where the most expensive row costs 1; and the gain of the queried cell
HIDDEN_COST, GAIN = 1e-3, 1e3
# the least cost of displacing a cell that a row shows, where the most expensive row costs 1
SHOWN_COST = 1e-2
# rows are looked for within so many equations of the cell, and at most so many cells
MAX_DISTANCE, MAX_CELLS = 6, 20000
# a larger system is searched completely only for what replaces a row of the later half of the classes
MAX_CELLS_EVERYWHERE = 100_000
# a width of at most so many integers is divided between up and down in every way
MAX_SPLIT = 4


def secondary_rows(
    system: System, hidden: Flags, cell: int, required_width: float, everywhere: bool = False
) -> Flags | None:
    """The rows to hide in addition to `hidden` so that the interval of the cell is `required_width` wide.

    The result has a flag for each row, none set if it is wide already. None if no rows near the cell widen it
    enough, nor, with `everywhere`, any rows of the system. Rows near the cell that are of a late class give
    way to rows of earlier classes anywhere in the system.
    """
    if system.known[cell]:
        return None
    near = _neighbours(system, cell)
    rows = _rows_among(near, system, hidden, cell, required_width)
    free = np.flatnonzero(~system.known)
    if len(near) == len(free):
        return rows
    if rows is None:
        return _rows_among(free, system, hidden, cell, required_width) if everywhere else None
    last = int(system.row_class[rows].max(initial=ABSENT))
    if last <= _late_class(system, len(free)):
        return rows
    earlier = free[_last_class(system, hidden, free) < last]
    better = _rows_among(earlier, system, hidden, cell, required_width)
    return rows if better is None else better


def _late_class(system: System, size: int) -> int:
    """The last class for which no replacement is looked for in the complete system, of `size` cells."""
    classes = np.unique(system.row_class)
    return int(classes[0 if size <= MAX_CELLS_EVERYWHERE else (len(classes) - 1) // 2])


def cheapest_rows(system: System, hidden: Flags, cell: int, required_width: float) -> Flags | None:
    """As `secondary_rows`, by more programs: the width is divided between up and down in several ways.

    Of these the one is taken whose rows cost the least together. Ties go by `cost`, with no random factor.
    """
    near = _neighbours(system, cell)
    lp, _ = _program(near, system, hidden, exact=True)
    column = np.flatnonzero(near == cell)
    best, lowest = None, np.inf
    for up, down in _splits(required_width, float(system.values[cell]), bool(system.integer[cell])):
        moved = _displaced(lp, column, up, down)
        if moved is None:
            continue
        cells = np.zeros(len(system.values), dtype=bool)
        cells[near[moved]] = True
        rows = system.rows_showing(cells) & ~hidden
        cost = float(system.cost[rows].sum())
        if cost < lowest:
            best, lowest = rows, cost
        if not rows.any():
            break
    return best


def _splits(width: float, value: float, integer: bool) -> list[tuple[float, float]]:
    """The ways to divide a width between up and down; no cell falls below zero."""
    width = float(np.ceil(width - TOLERANCE)) if integer else width
    steps = int(width) if integer and width <= MAX_SPLIT else 2
    down = [width * step / steps for step in range(steps + 1)]
    down = [float(np.round(part)) for part in down] if integer else down
    return [(width - part, part) for part in down if part <= value + TOLERANCE]


def _displaced(lp: DisplacementLP, column: Indices, up: float, down: float) -> Flags | None:
    """The columns that move when the cell is displaced `up` in one table and `down` in another.

    None if the cell cannot go so far.
    """
    moved: Flags | None = None
    for far_up, far_down in ((up, 0.0), (0.0, down)):
        if far_up + far_down <= TOLERANCE:
            continue
        way = lp.max_displacement(column, np.array([far_up]), np.array([far_down]))
        if way is None or abs(way[column[0]]) < far_up + far_down - TOLERANCE:
            return None
        touched = np.abs(way) > TOLERANCE
        moved = touched if moved is None else moved | touched
    return moved


def _rows_among(near: Indices, system: System, hidden: Flags, cell: int, width: float) -> Flags | None:
    """As `secondary_rows`, when only the cells in `near` may move.

    No row is taken while rows of earlier classes would do: after each answer the program is solved again
    without the last class that the answer takes, until it has no solution.
    """
    last_class = _last_class(system, hidden, near)
    best: Flags | None = None
    while True:
        rows = _rows_of_program(near, system, hidden, cell, width)
        if rows is None:
            return best
        best = rows
        if not rows.any() or (top := int(system.row_class[rows].max())) <= last_class.min(initial=top):
            return best
        near = near[last_class < top]
        last_class = last_class[last_class < top]


def _last_class(system: System, hidden: Flags, near: Indices) -> Indices:
    """For each cell the last class of the rows that show it and are not hidden; -1 if there is none."""
    shown_by = csr_array(system.shown_by[near])
    open_rows = ~hidden[shown_by.indices]
    cell = np.repeat(np.arange(len(near)), np.diff(shown_by.indptr))[open_rows]
    last = np.full(len(near), -1, dtype=np.intp)
    np.maximum.at(last, cell, system.row_class[shown_by.indices[open_rows]])
    return last


def _rows_of_program(near: Indices, system: System, hidden: Flags, cell: int, width: float) -> Flags | None:
    """The cheapest rows that let the cell move `width` when only the cells in `near` may."""
    column, far, none = np.flatnonzero(near == cell), np.array([width]), np.zeros(1)
    if not len(column):
        return None
    lp, costs = _program(near, system, hidden, exact=False)
    ways = [lp.max_displacement(column, far, none), lp.max_displacement(column, none, far)]
    found = [way for way in ways if way is not None]
    wide = [way for way in found if abs(way[column[0]]) >= width - TOLERANCE]
    if wide:
        found = [min(wide, key=lambda way: float(np.abs(way) @ costs))]
    elif sum(abs(way[column[0]]) for way in found) < width - TOLERANCE:
        return None
    moved = np.zeros(len(system.values), dtype=bool)
    for way in found:
        moved[near[np.abs(way) > TOLERANCE]] = True
    return system.rows_showing(moved) & ~hidden


def _program(near: Indices, system: System, hidden: Flags, exact: bool) -> tuple[DisplacementLP, Floats]:
    """The program in which the cells of `near` may move, and what each of them costs."""
    columns = csr_array(system.by_cell[near].T)
    equations = np.flatnonzero(np.diff(columns.indptr))
    costs = _costs(system, hidden, near)
    up, down = np.maximum(system.highest[near] - system.values[near], 0.0), system.values[near]
    matrix = csr_array(columns[equations])
    return DisplacementLP(matrix, up, down, costs=costs, gain=GAIN, exact_costs=exact), costs


def _neighbours(system: System, cell: int) -> Indices:
    """The cells near the cell that are not known."""
    cells = np.array([cell])
    for _ in range(MAX_DISTANCE):
        wider = neighbours(system.matrix, system.by_cell, cells)
        wider = wider[~system.known[wider]]
        if len(wider) > MAX_CELLS or len(wider) <= len(cells):
            break
        cells = wider
    return cells


def _costs(system: System, hidden: Flags, near: Indices) -> Floats:
    """The cost of displacing each cell: that of hiding all rows that show it."""
    shown_by = csr_array(system.shown_by[near])
    cost = shown_by @ np.where(hidden, 0.0, system.cost)
    relative = cost / max(float(cost.max(initial=0.0)), 1.0)
    return np.where(cost > 0, np.maximum(relative, SHOWN_COST), HIDDEN_COST)
