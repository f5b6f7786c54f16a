"""`suppress`: which cells of a table to hide so that the primary ones cannot be derived too closely."""

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags
from navbook.disclosure.linear.attack import OPEN, PRIMARY, SECONDARY
from navbook.disclosure.single_table.problem import CannotProtect, SuppressionProblem, read_problem

# widths are added where a pattern is safe in its proofs, but not under the attack: hidden cells may be the
# only ones that are not integers, and the attacker takes all for integers
MARGINS = (0.0, 1.0, 2.0)


def suppress(
    cells: pd.DataFrame,
    equations: pd.DataFrame,
    min_count: float = 4,
    width: float = 3,
    lower_bound: float = 0,
) -> pd.DataFrame:
    """`cells` with `status` filled in: 0 published, 1 primary, 2 secondary.

    `cells` has the columns cell and value, and may have status and released; `equations` has equation, cell
    and coef, as in `attack`. Primary are the cells given as 1 and those below `min_count`; a given 2 is
    decided anew. Under `attack(..., lower_bound)` every primary cell has an interval at least `width` wide,
    and no hidden cell is exact; `min_count`, `width` and `lower_bound` are in the unit of value. Cells with a
    true `released` are not hidden as secondary; zeros are not hidden at all when `lower_bound` is 1. The
    pattern does not depend on the order of rows. CannotProtect if no safe pattern is found; ValueError if
    values are missing or break an equation.
    """
    problem = read_problem(cells, equations, min_count, width, lower_bound)
    hidden = _safe_pattern(problem)
    status = np.where(problem.primary, PRIMARY, np.where(hidden, SECONDARY, OPEN))
    result = cells.copy()
    result["status"] = status[problem.table.position].astype(np.int64)
    return result


def _safe_pattern(problem: SuppressionProblem) -> Flags:
    """The cells to hide; `attack` has found them safe."""
    if not problem.primary.any():
        return problem.primary
    # imported here: it loads the solvers
    from navbook.disclosure.linked_tables.minimal import minimal_suppression

    for margin in MARGINS:
        system, cells = problem.with_margin(margin).system()
        hidden = np.zeros(len(problem.table), dtype=bool)
        hidden[cells] = minimal_suppression(system)
        unsafe = problem.unsafe(hidden)
        if not unsafe.any():
            return hidden
    name = problem.names[int(np.flatnonzero(unsafe)[0])]
    raise CannotProtect(
        f"the cell {name!r} cannot be protected by hiding other cells: "
        "publish less detail, ask for less width, or hide a cell released before"
    )
