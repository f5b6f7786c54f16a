"""The limits of run charts: how far a month usually lies from the mean, and which months lie unusually."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from navbook.edition import Edition
from navbook.pages.format.numbers import month_text, percent
from navbook.pages.text.sentences import listed
from navbook.pages.view.cells import Cell

LANEY = "laney"
Key = tuple[str, str, str]
MOST_TOLD = 3


@dataclass(frozen=True)
class RunLimits:
    """The limits of one series in one unit, shares 0-1.

    `reach` is how far they lie from the mean: in shares, or, where they follow the number of persons, in
    standard errors of the month.
    """

    mean: float
    reach: float
    follows_n: bool
    months: int
    better: frozenset[str]
    worse: frozenset[str]

    def at(self, cell: Cell) -> tuple[float, float]:
        """The lower and the upper limit of a month, within 0-1."""
        reach = self.reach
        if self.follows_n:
            reach *= math.sqrt(self.mean * (1 - self.mean) / cell.n) if cell.n else math.nan
        return max(0.0, self.mean - reach), min(1.0, self.mean + reach)


def run_limits_of(edition: Edition) -> Mapping[Key, RunLimits]:
    """Every pair of limits of an edition, by (indikator, gruppe, enhet)."""
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


def limits_words(limits: RunLimits | None, months: Sequence[Cell]) -> str:
    """The limits in words, with the latest unusual months; why there are none where there are none."""
    if limits is None:
        return "for få måneder til å si hva som er vanlig"
    if not months:
        return ""
    # whole per cents: a limit is no share of anybody, and should not look like one
    lower, upper = (percent(limit, 0) for limit in limits.at(months[-1]))
    words = f"månedene ligger vanligvis mellom {lower} og {upper}"
    told = [
        f"{word} {listed([month_text(month) for month in sorted(found)[-MOST_TOLD:]])}"
        for word, found in (("uvanlig gode", limits.better), ("uvanlig svake", limits.worse))
        if found
    ]
    return f"{words}; sist {' og '.join(told)}" if told else f"{words}; ingen er uvanlige"
