"""What to hide beside a cell that is known too closely: the rows that cost least for it to be wide enough.

A linear program moves the cell as far as it needs, at a price for every shown cell that must move with it.
The rows of those that moved are then hidden: the moved table fits what is then shown, and the cell is as wide
as it needs to be. So do J. P. Kelly, B. L. Golden, A. A. Assad: Cell suppression: disclosure protection for
sensitive tabular data, Networks 22 (1992).
"""

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.cells import Flags, Floats, Places
from navbook.disclosure.moves import Moves
from navbook.disclosure.system import System
from navbook.disclosure.tables import TOLERANCE

# what a step of a cell that is hidden costs beside the dearest row, and what the cell asked for gains by one
FREE, GAIN = 1e-3, 1e3
# how far from a cell rows are looked for: by equations, and cells at most
STEPS, MOST = 6, 20000


def rows_beside(system: System, hidden: Flags, cell: int, need: float) -> Flags:
    """The rows to hide so that the cell gets a room of `need`; none if no rows give it that."""
    more = np.zeros_like(hidden)
    near = _around(system.matrix, cell)
    columns = csr_array(system.matrix[:, near])
    rows = np.flatnonzero(np.diff(columns.indptr))
    values = system.values[near]
    limits = np.full(len(near), np.inf), values
    costs = _costs(system, hidden, near)
    moves = Moves(csr_array(columns[rows]), *limits, costs=costs, gain=GAIN)
    me = np.flatnonzero(near == cell)
    best = np.inf
    for up in (True, False):
        far = np.array([need])
        way = moves.farthest(me, far if up else 0 * far, 0 * far if up else far)
        if way is None or abs(way[me[0]]) < need - TOLERANCE:
            continue
        cost = float(np.abs(way) @ costs)
        if cost < best:
            best = cost
            moved = np.zeros(len(system.values), dtype=bool)
            moved[near[np.abs(way) > TOLERANCE]] = True
            more = system.with_their_rows(moved) & ~hidden
    return more


def _around(matrix: csr_array, cell: int) -> Places:
    columns = csr_array(matrix.T)
    cells = np.array([cell])
    for _ in range(STEPS):
        wider = np.unique(matrix[np.unique(columns[cells].indices)].indices)
        if len(wider) > MOST or len(wider) == len(cells):
            break
        cells = wider
    return cells


def _costs(system: System, hidden: Flags, near: Places) -> Floats:
    """What each cell costs that moves: all rows that show it would have to go."""
    shown_by = csr_array(system.shown_by[near])
    price = shown_by @ np.where(hidden, 0.0, system.price)
    return np.maximum(price / max(float(price.max(initial=0.0)), 1.0), FREE)
