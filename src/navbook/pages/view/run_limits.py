"""The control limits of run charts, and the months outside them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from navbook.edition import Edition
from navbook.pages.view.cells import Cell

LANEY = "laney"
Key = tuple[str, str, str]


@dataclass(frozen=True)
class RunLimits:
    """The limits of one series in one unit, shares 0–1.

    `reach` is their distance from the mean: in shares, or in standard errors of the month if they follow n.
    """

    mean: float
    reach: float
    follows_n: bool
    months: int
    better: frozenset[str]
    worse: frozenset[str]

    def at(self, cell: Cell) -> tuple[float, float]:
        """The lower and the upper limit of a month, within 0–1."""
        reach = self.reach
        if self.follows_n:
            reach *= math.sqrt(self.mean * (1 - self.mean) / cell.n) if cell.n else math.nan
        return max(0.0, self.mean - reach), min(1.0, self.mean + reach)


def read_run_limits(edition: Edition) -> Mapping[Key, RunLimits]:
    """The limits of an edition by (indikator, gruppe, enhet)."""
    rows = edition.further("serier").to_dict("records")
    return {
        (str(row["indikator"]), str(row["gruppe"]), str(row["enhet"])): RunLimits(
            mean=float(row["snitt"]),
            reach=float(row["rekkevidde"]),
            follows_n=row["diagram"] == LANEY,
            months=int(row["maneder"]),
            better=frozenset(str(row["bedre"]).split()),
            worse=frozenset(str(row["svakere"]).split()),
        )
        for row in rows
    }
