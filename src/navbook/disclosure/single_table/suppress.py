"""Complementary suppression: which cells to hide so that nobody can work out the ones that may not be told.

Cells are protected one by one, each by the cheapest proof that it is safe (proofs.py), and what no proof
needs any longer is published again. The attacker has the last word.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags
from navbook.disclosure.linear.attack import OPEN, PRIMARY, SECONDARY
from navbook.disclosure.single_table.neighbourhood import Neighbourhoods
from navbook.disclosure.single_table.pattern import NoProof, Pattern
from navbook.disclosure.single_table.proofs import Search
from navbook.disclosure.single_table.task import CannotProtect, Task, read_task

# hidden cells may happen to be the only ones that are not whole, and the attacker believes all are
MARGINS = (0.0, 1.0, 2.0)
# with this many primary cells or fewer there is time to try several orders
FEW = 60
REROUTE_UP_TO = 5


def suppress(
    cells: pd.DataFrame,
    equations: pd.DataFrame,
    min_count: float = 4,
    width: float = 3,
    lower_bound: float = 0,
) -> pd.DataFrame:
    """`cells` with `status` filled in: 0 published, 1 primary, 2 secondary (contract section 6).

    Primary are the cells given as 1 and those below `min_count`; a given 2 is decided anew. Under
    `attack(..., lower_bound)` every primary cell has an interval at least `width` wide and no hidden cell is
    exact. Cells with a true `released` are not hidden as secondary; zeros are not hidden at all when
    `lower_bound` is 1. The pattern does not depend on the order of rows. CannotProtect if there is no safe
    pattern; ValueError if values are missing or do not fit the equations.
    """
    task = read_task(cells, equations, min_count, width, lower_bound)
    hidden = _protect(task)
    status = np.where(task.primary, PRIMARY, np.where(hidden, SECONDARY, OPEN))
    result = cells.copy()
    result["status"] = status[task.table.place].astype(np.int64)
    return result


def _protect(task: Task) -> Flags:
    if not task.primary.any():
        return task.primary
    for margin in MARGINS:
        hidden = _cheapest(task.wider(margin)).hidden
        unsafe = task.unsafe(hidden)
        if not unsafe.any():
            return hidden
    raise CannotProtect(_sentence(task, int(np.flatnonzero(unsafe)[0])))


def _cheapest(task: Task) -> Pattern:
    room = np.maximum(task.table.values - task.lower_bound, 0.0)
    places = Neighbourhoods(task.table.matrix, task.may_hide | task.primary)
    search = Search(room, task.search_width, task.whole, places)
    patterns = [_pattern(task, search, order) for order in _orders(task)]
    return min(patterns, key=Pattern.total)


def _pattern(task: Task, search: Search, order: list[int]) -> Pattern:
    pattern = Pattern(search, task.primary, task.prices())
    try:
        pattern.build(order)
    except NoProof as error:
        raise CannotProtect(_sentence(task, error.args[0])) from error
    pattern.publish_again()
    pattern.publish_again(REROUTE_UP_TO)
    return pattern


def _orders(task: Task) -> Iterator[list[int]]:
    cells = np.flatnonzero(task.primary)
    values = task.table.values[cells]
    yield cells[np.lexsort((cells, -values))].tolist()
    if len(cells) <= FEW:
        yield cells[np.lexsort((cells, values))].tolist()
        yield cells.tolist()


def _sentence(task: Task, cell: int) -> str:
    return (
        f"the cell {task.names[cell]!r} cannot be protected by hiding other cells: "
        "publish less detail, ask for less width, or hide a cell released before"
    )
