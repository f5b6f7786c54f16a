"""What `suppress` is asked for: which cells must be hidden, which may be, and when they are safe."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags, Floats
from navbook.disclosure.linear.attack import PRIMARY, read_status
from navbook.disclosure.linear.bounds import feasibility_intervals
from navbook.disclosure.linear.table import TOLERANCE, Table, is_whole, read_table
from navbook.disclosure.linked_tables.system import ROUNDING

# a width of zero asks only that no cell is exact: by this much, where values are not whole
LEAST_WIDTH = 0.01


class CannotProtect(ValueError):
    """No pattern was found under which every cell that may not be told is safe."""


@dataclass(frozen=True)
class Task:
    """A table whose `primary` cells are hidden, and whose `may_hide` cells may be hidden with them, so that
    every primary cell has an interval at least `width` wide and no hidden cell is exact.
    """

    table: Table
    names: list[object]
    primary: Flags
    may_hide: Flags
    width: float
    lower_bound: float

    @property
    def whole(self) -> bool:
        """Whether all values are whole numbers, so that an attacker may count on it."""
        return is_whole(self.table.values)

    @property
    def search_width(self) -> float:
        """How wide proofs must be: a whole number, at least one, where values are whole."""
        return (
            max(1.0, float(np.ceil(self.width - TOLERANCE))) if self.whole else max(self.width, LEAST_WIDTH)
        )

    def wider(self, extra: float) -> "Task":
        """The same with a wider interval asked for."""
        return replace(self, width=self.width + extra)

    def prices(self) -> Floats:
        """What it costs to hide each cell: one, and a little more for a large one.

        The rest only breaks ties: the first by name is the cheapest, and no two sets cost the same, so that
        the best pattern is one and not for the solver to choose.
        """
        size = np.abs(self.table.values)
        rank = np.arange(1, len(size) + 1)
        by_name = rank / len(size) + 0.02 * ((rank * 0.6180339887498949) % 1)
        return np.where(self.may_hide, 1 + 0.05 * size / (size + 100) + 0.0001 * by_name, np.inf)

    def unsafe(self, hidden: Flags) -> Flags:
        """Which hidden cells the attacker bounds too narrowly."""
        box = feasibility_intervals(self.table, hidden, self.lower_bound)
        with np.errstate(invalid="ignore"):
            width = np.where(np.isinf(box.high), np.inf, box.high - box.low)
            exact = width <= TOLERANCE
            if is_whole(self.table.values[~hidden]):
                exact |= np.floor(box.high + TOLERANCE) - np.ceil(box.low - TOLERANCE) < 1
        return hidden & (exact | (self.primary & (width < self.width - TOLERANCE)))


def read_task(
    cells: pd.DataFrame, equations: pd.DataFrame, min_count: float, width: float, lower_bound: float
) -> Task:
    """The task in the arguments of `suppress`; ValueError if values are missing or break an equation,
    CannotProtect if a cell that must be hidden is below `lower_bound`.
    """
    table = read_table(cells, equations)
    order = np.argsort(table.place)
    names = cells["cell"].iloc[order].tolist()
    if not np.all(np.isfinite(table.values)):
        name = names[int(np.flatnonzero(~np.isfinite(table.values))[0])]
        raise ValueError(f"the cell {name!r} has no value: suppress needs the value of every cell")
    table.require_sums(np.zeros(len(table), dtype=bool))
    values = table.values
    low = values < lower_bound - ROUNDING
    # everybody knows that what is hidden is at least lower_bound, so zeros are told when that is 1
    told = low & (values > -ROUNDING)
    given = read_status(cells, required=False)[order] == PRIMARY
    primary = given | ((values < min_count - ROUNDING) & ~told)
    if np.any(primary & low):
        name = names[int(np.flatnonzero(primary & low)[0])]
        raise CannotProtect(
            f"the cell {name!r} must be hidden but lies below the lower bound {lower_bound:g}"
        )
    return Task(table, names, primary, ~primary & ~low & ~_released(cells)[order], width, lower_bound)


def _released(cells: pd.DataFrame) -> Flags:
    if "released" not in cells.columns:
        return np.zeros(len(cells), dtype=bool)
    return np.array([value is True or value == 1 for value in _truths(cells["released"])], dtype=bool)


def _truths(column: pd.Series) -> list[object]:
    return [False if pd.isna(value) else value for value in column.tolist()]
