"""The attacker: what can be inferred of the hidden cells from the published ones and the equations."""

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Indices
from navbook.disclosure.linear.bounds import feasibility_intervals
from navbook.disclosure.linear.table import read_table

OPEN, PRIMARY, SECONDARY = 0, 1, 2
_STATUS = {float(status): status for status in (OPEN, PRIMARY, SECONDARY)}


def attack(cells: pd.DataFrame, equations: pd.DataFrame, lower_bound: float = 0) -> pd.DataFrame:
    """The feasibility interval of each hidden cell, as a frame `cell, low, high`.

    `cells` has the columns cell, value and status (0 published, 1 primary, 2 secondary). `equations` has
    equation, cell and coef: in each equation the sum of coef × value is zero. Published cells are fixed;
    hidden ones are at least `lower_bound`, in the unit of value, and integers if all published values are.
    The value of a hidden cell is not read. Rows are in the order of `cells`; high is inf where nothing bounds
    a cell. The bounds are exact (Fischetti and Salazar 2000). ValueError if a cell is given twice or is
    unknown, or if no hidden values agree with the published ones.
    """
    table = read_table(cells, equations)
    status = read_status(cells, required=True)
    hidden = np.empty(len(table), dtype=bool)
    hidden[table.position] = status != OPEN
    found = feasibility_intervals(table, hidden, lower_bound)
    rows = np.flatnonzero(status != OPEN)
    position = table.position[rows]
    names = cells["cell"].iloc[rows].to_numpy()
    return pd.DataFrame({"cell": names, "low": found.low[position], "high": found.high[position]})


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
