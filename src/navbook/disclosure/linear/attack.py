"""The attacker: what anyone who adds and subtracts can find out about the cells that are not published."""

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Indices
from navbook.disclosure.linear.bounds import feasibility_intervals
from navbook.disclosure.linear.table import read_table

OPEN, PRIMARY, SECONDARY = 0, 1, 2
_STATUS = {float(status): status for status in (OPEN, PRIMARY, SECONDARY)}


def attack(cells: pd.DataFrame, equations: pd.DataFrame, lower_bound: float = 0) -> pd.DataFrame:
    """Frame `cell, low, high`: between what each hidden cell of `cells` must lie (contract section 6).

    `cells` has the columns cell, value and status (0 published, 1 primary, 2 secondary), `equations` has
    equation, cell and coef, the sum of coef × value of each equation being zero. Published cells are fixed;
    hidden ones are at least `lower_bound`, and whole if all that is published is whole. Rows are in the
    order of `cells`; high is inf where nothing bounds a cell. The bounds are exact (Fischetti and Salazar
    2000). ValueError if a cell stands twice or is unknown, or if no hidden values fit the published ones.
    """
    table = read_table(cells, equations)
    status = read_status(cells, required=True)
    hidden = np.empty(len(table), dtype=bool)
    hidden[table.place] = status != OPEN
    box = feasibility_intervals(table, hidden, lower_bound)
    rows = np.flatnonzero(status != OPEN)
    places = table.place[rows]
    return pd.DataFrame(
        {"cell": cells["cell"].iloc[rows].to_numpy(), "low": box.low[places], "high": box.high[places]}
    )


def read_status(cells: pd.DataFrame, required: bool) -> Indices:
    """The status of each row of `cells` (empty is 0); ValueError if one is not 0, 1 or 2."""
    if "status" not in cells.columns:
        if required:
            raise ValueError("cells has no column 'status': it needs cell, value, status")
        return np.zeros(len(cells), dtype=np.intp)
    status = np.full(len(cells), OPEN, dtype=np.intp)
    for row, (name, given) in enumerate(zip(cells["cell"], cells["status"], strict=True)):
        if pd.isna(given) or given == "":
            continue
        try:
            status[row] = _STATUS[float(given)]
        except (KeyError, TypeError, ValueError):
            sentence = f"the cell {name!r} has the status {given!r}: give it 0, 1 or 2"
            raise ValueError(sentence) from None
    return status
