"""The problem that `suppress` solves: which cells must be hidden, which may be, and when they are safe."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array, eye_array, hstack

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.attack import PRIMARY, read_status
from navbook.disclosure.linear.bounds import feasibility_intervals
from navbook.disclosure.linear.table import TOLERANCE, Table, is_integer, read_table
from navbook.disclosure.linked_tables.system import LAST_RESORT, ROUNDING, System

# a lower bound further below all values than this is as good as none
FAR = 1e6


class CannotProtect(ValueError):
    """No pattern was found under which every cell that may not be published is safe."""


@dataclass(frozen=True)
class SuppressionProblem:
    """A table whose `primary` cells are hidden, and whose `may_hide` cells may be hidden to protect them.

    `names` holds the names of the cells in the order of the table. The interval of a primary cell must be at
    least `width` wide, and no hidden cell exact. The attacker knows that hidden values are at least
    `lower_bound`. Both are in the unit of the values.
    """

    table: Table
    names: list[object]
    primary: Flags
    may_hide: Flags
    width: float
    lower_bound: float

    def with_margin(self, margin: float) -> "SuppressionProblem":
        """The same problem with a larger required width."""
        return replace(self, width=self.width + margin)

    def system(self) -> tuple[System, Indices]:
        """The table as a system, and the cell of each of its rows: a row for each cell that can be hidden.

        Values are counted from the attacker's lower bound, for those of a system are at least zero. What that
        takes from an equation is put into a further, known cell.
        """
        values, matrix = self.table.values, self.table.matrix
        bound = max(self.lower_bound, float(values.min(initial=0.0)) - FAR)
        bound = float(np.ceil(bound)) if is_integer(values) else bound
        shift = bound * np.asarray(matrix.sum(axis=1)).ravel()
        cells = np.flatnonzero(self.primary | self.may_hide)
        counted = values - bound
        counted[cells] = np.maximum(counted[cells], 0.0)
        n_cells = len(values) + len(shift)
        known = np.ones(n_cells, dtype=bool)
        known[cells] = False
        shown_by = csr_array(csr_array(eye_array(n_cells))[:, cells])
        width = np.where(self.primary, self.width, 0.0)
        return System(
            values=np.append(counted, np.abs(shift)),
            matrix=csr_array(hstack([matrix, diags_array(np.sign(shift))])),
            shown_by=shown_by,
            own_cells=shown_by,
            threshold=np.zeros(n_cells),
            required_width=np.append(width, np.zeros(len(shift))),
            forced=self.primary[cells],
            cost=self._costs()[cells],
            row_class=np.full(len(cells), LAST_RESORT),
            released=known,
        ), cells

    def _costs(self) -> Floats:
        """The cost of hiding each cell: 1, and a little more for a large one.

        The rest breaks ties: the first cell by name is the cheapest, and no two sets cost the same, so that
        the best pattern does not depend on the solver.
        """
        size = np.abs(self.table.values)
        rank = np.arange(1, len(size) + 1)
        by_name = rank / len(size) + 0.02 * ((rank * 0.6180339887498949) % 1)
        return 1 + 0.05 * size / (size + 100) + 0.0001 * by_name

    def unsafe(self, hidden: Flags) -> Flags:
        """The hidden cells whose exact feasibility interval is too narrow."""
        found = feasibility_intervals(self.table, hidden, self.lower_bound)
        with np.errstate(invalid="ignore"):
            width = np.where(np.isinf(found.high), np.inf, found.high - found.low)
            exact = width <= TOLERANCE
            if is_integer(self.table.values[~hidden]):
                exact |= np.floor(found.high + TOLERANCE) - np.ceil(found.low - TOLERANCE) < 1
        return hidden & (exact | (self.primary & (width < self.width - TOLERANCE)))


def read_problem(
    cells: pd.DataFrame, equations: pd.DataFrame, min_count: float, width: float, lower_bound: float
) -> SuppressionProblem:
    """The problem in the arguments of `suppress`.

    ValueError if values are missing or break an equation; CannotProtect if a cell that must be hidden is
    below `lower_bound`.
    """
    table = read_table(cells, equations)
    order = np.argsort(table.position)
    names = cells["cell"].iloc[order].tolist()
    if not np.all(np.isfinite(table.values)):
        name = names[int(np.flatnonzero(~np.isfinite(table.values))[0])]
        raise ValueError(f"the cell {name!r} has no value: suppress needs the value of every cell")
    table.require_sums(np.zeros(len(table), dtype=bool))
    values = table.values
    below = values < lower_bound - ROUNDING
    # the attacker knows that a hidden cell is at least lower_bound, so zeros are published when that is 1
    published = below & (values > -ROUNDING)
    given = read_status(cells, required=False)[order] == PRIMARY
    primary = given | ((values < min_count - ROUNDING) & ~published)
    if np.any(primary & below):
        name = names[int(np.flatnonzero(primary & below)[0])]
        raise CannotProtect(
            f"the cell {name!r} must be hidden but lies below the lower bound {lower_bound:g}"
        )
    may_hide = ~primary & ~below & ~_released(cells)[order]
    return SuppressionProblem(table, names, primary, may_hide, width, lower_bound)


def _released(cells: pd.DataFrame) -> Flags:
    if "released" not in cells.columns:
        return np.zeros(len(cells), dtype=bool)
    given = [False if pd.isna(value) else value for value in cells["released"].tolist()]
    return np.array([value is True or value == 1 for value in given], dtype=bool)
