"""What to hide beside a cell that is known too closely: the rows that cost least for it to be wide enough.

A linear program moves the cell as far as it needs, at a price for every shown cell that must move with it.
The rows of those that moved are then hidden: the moved table fits what is then shown, and the cell is as wide
as it needs to be. So do J. P. Kelly, B. L. Golden, A. A. Assad: Cell suppression: disclosure protection for
sensitive tabular data, Networks 22 (1992).
"""

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.displacement_lp import DisplacementLP
from navbook.disclosure.linked_tables.system import System

# what a step of a cell that is hidden costs beside the dearest row, and what the cell asked for gains by one
FREE, GAIN = 1e-3, 1e3
# how far from a cell rows are looked for: by equations, and cells at most
STEPS, MOST = 6, 20000


def secondary_rows(
    system: System, hidden: Flags, cell: int, need: float, everywhere: bool = False
) -> Flags | None:
    """The rows to hide so that the cell gets a room of `need`; None if no rows near it do that, nor any
    `everywhere` if they are asked.
    """
    if system.known[cell]:
        return None
    near = _around(system, cell)
    more = _rows_among(near, system, hidden, cell, need)
    if more is None and everywhere and len(near) < len(free := np.flatnonzero(~system.known)):
        more = _rows_among(free, system, hidden, cell, need)
    return more


def _rows_among(near: Indices, system: System, hidden: Flags, cell: int, need: float) -> Flags | None:
    columns = csr_array(system.by_cell[near].T)
    rows = np.flatnonzero(np.diff(columns.indptr))
    costs = _costs(system, hidden, near)
    limits = np.full(len(near), np.inf), system.values[near]
    moves = DisplacementLP(csr_array(columns[rows]), *limits, costs=costs, gain=GAIN)
    me, far, none = np.flatnonzero(near == cell), np.array([need]), np.zeros(1)
    ways = [moves.max_displacement(me, far, none), moves.max_displacement(me, none, far)]
    found = [way for way in ways if way is not None]
    enough = [way for way in found if abs(way[me[0]]) >= need - TOLERANCE]
    if enough:
        found = [min(enough, key=lambda way: float(np.abs(way) @ costs))]
    elif sum(abs(way[me[0]]) for way in found) < need - TOLERANCE:
        return None
    moved = np.zeros(len(system.values), dtype=bool)
    for way in found:
        moved[near[np.abs(way) > TOLERANCE]] = True
    return system.rows_showing(moved) & ~hidden


def _around(system: System, cell: int) -> Indices:
    """The cells near it that may move."""
    matrix, columns = system.matrix, system.by_cell
    cells = np.array([cell])
    for _ in range(STEPS):
        wider = np.unique(matrix[np.unique(columns[cells].indices)].indices)
        wider = wider[~system.known[wider]]
        if len(wider) > MOST or len(wider) == len(cells):
            break
        cells = wider
    return cells


def _costs(system: System, hidden: Flags, near: Indices) -> Floats:
    """What each cell costs that moves: all rows that show it would have to go."""
    shown_by = csr_array(system.shown_by[near])
    price = shown_by @ np.where(hidden, 0.0, system.cost)
    return np.maximum(price / max(float(price.max(initial=0.0)), 1.0), FREE)
