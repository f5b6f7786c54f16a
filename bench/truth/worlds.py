"""Counts drawn from a known truth, for the offices and the numbers of people that an extract has.

The denominators are those that were counted; only numerators are drawn. So every size of office that the
extract knows is tried at every truth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from navbook.estimate.series import COUNT as NUMBER
from navbook.runtime.periods import Period

Floats = npt.NDArray[np.float64]
Name = tuple[str, str]
# kinds of series by what is drawn: independent cases, the same people again (as a share and as a number),
# events, amounts
FLOW, STOCK, STOCK_COUNT = "uavhengige", "beholdning", "beholdning_antall"
COUNT, AVERAGED = "antall", "snitt"
STILL, MOVED, SPREAD, PLANTED, TOWARDS = "ingen_endring", "endring", "spredning", "plantet", "mot_2019"
YEAR = 12


@dataclass(frozen=True)
class Design:
    """What stays as it was counted: for each series the rows of the count table, months by office.

    `months` are those of whole years, the last being the period. `people[name]` has the shape (offices,
    months); nan where the office has no row in the month.
    """

    offices: tuple[str, ...]
    months: tuple[str, ...]
    people: dict[Name, Floats]

    @property
    def years(self) -> int:
        """How many years a world runs over."""
        return len(self.months) // YEAR


@dataclass(frozen=True)
class World:
    """One drawn edition: its count table, and the true value of each series, (years, offices)."""

    counts: pd.DataFrame
    truth: dict[Name, Floats]
    labels: dict[Name, dict[str, Any]]


def design(counts: pd.DataFrame, grid: dict[str, Any], years: Sequence[Period]) -> Design:
    """The denominators of the grid's series in the count table, for the months of these years.

    A series whose number is judged too has the period's denominators in every year: else the number would
    change with them, whatever the share does.
    """
    months = tuple(month for year in years for month in year.months)
    offices = tuple(sorted(counts["enhetsnr"].unique()))
    rows = counts[counts["maned"].isin(months)]
    people = {}
    for name in map(tuple, [*grid["flow"], *grid["stock"], grid["averaged"]]):
        mine = rows[(rows["indikator"] == name[0]) & (rows["gruppe"] == name[1])]
        wide = mine.pivot_table("n", "enhetsnr", "maned", "sum", dropna=False)
        n = wide.reindex(index=offices, columns=months).to_numpy(dtype=np.float64)
        people[name] = np.tile(n[:, -YEAR:], len(years)) if name == tuple(grid["numbered"]) else n
    return Design(offices, months, people)


def flow(rng: np.random.Generator, n: Floats, truth: Floats) -> Floats:
    """Independent cases: binomial numbers, each month at its year's true share (`truth`: years, offices)."""
    share = truth[np.arange(n.shape[1]) // YEAR].T
    return np.where(np.isnan(n), np.nan, rng.binomial(np.nan_to_num(n).astype(np.int64), share))


def stock(rng: np.random.Generator, n: Floats, truth: Floats, stays: float, keeps: float) -> Floats:
    """The same people month after month: of those with and without, a share stays, and of these a share
    keeps its state; all others are drawn anew.
    """
    people = np.nan_to_num(n).astype(np.int64)
    x = np.zeros(n.shape)
    x[:, 0] = rng.binomial(people[:, 0], truth[0])
    for month in range(1, n.shape[1]):
        share, last = truth[month // YEAR], truth[(month - 1) // YEAR]
        before = x[:, month - 1].astype(np.int64)
        left = np.minimum(rng.binomial(people[:, month - 1], stays), people[:, month])
        still = rng.hypergeometric(before, people[:, month - 1] - before, left)
        # a new truth reaches those who stay only as they are drawn anew; the first month of it draws all
        kept = keeps if np.array_equal(share, last) else 0.0
        with_it, without = rng.binomial(still, kept), rng.binomial(left - still, kept)
        x[:, month] = with_it + rng.binomial(people[:, month] - with_it - without, share)
    return np.where(np.isnan(n), np.nan, x)


def rows(name: Name, design: Design, x: Floats, n: Floats | None) -> pd.DataFrame:
    """Rows of the count table for one series; offices without a row in a month have none here either."""
    there = ~np.isnan(x)
    office, month = np.nonzero(there)
    return pd.DataFrame(
        {
            "indikator": name[0],
            "gruppe": name[1],
            "enhetsnr": np.array(design.offices, dtype=object)[office],
            "maned": np.array(design.months, dtype=object)[month],
            "x": x[there],
            "n": np.nan if n is None else n[there],
            "forelopig": False,
        }
    )


class Draws:
    """Worlds of a grid: `grid` as in grid.yml, a `design` for its series, and a way the truth moves."""

    def __init__(self, grid: dict[str, Any], design: Design) -> None:
        self.grid, self.design = grid, design

    def worlds(self, scenario: str) -> Iterator[World]:
        """The worlds of a scenario, each from its own seed, the truths of the grid in turn."""
        name = sorted(self.grid["runs"]).index(scenario)
        for run in range(self.grid["runs"][scenario]):
            yield self._world(np.random.default_rng([self.grid["seed"], name, run]), scenario, run)

    def _world(self, rng: np.random.Generator, scenario: str, run: int) -> World:
        tables, truth, labels = [], {}, {}
        for place, name in enumerate(map(tuple, [*self.grid["flow"], *self.grid["stock"]])):
            n = self.design.people[name]
            true, label = self._truth(rng, scenario, run + place, len(n))
            if list(name) in self.grid["flow"]:
                x, label["slag"] = flow(rng, n, true), FLOW
            else:
                stays, keeps = self.grid["stays"][(run // len(self.grid["shares"])) % len(self.grid["stays"])]
                x = stock(rng, n, true, stays / 100, keeps / 100)
                label |= {"slag": STOCK, "stays": stays}
            tables.append(rows(name, self.design, x, n))
            truth[name], labels[name] = true, label
            if name == tuple(self.grid["numbered"]):
                sums = np.nansum(n[:, -YEAR:], axis=1)
                truth[name[0], NUMBER], labels[name[0], NUMBER] = true * sums, label | {"slag": STOCK_COUNT}
        others = {STILL: (self._placements, self._sick_leave), TOWARDS: (self._placements,)}
        for draw in others.get(scenario, ()):
            name, x, n, true, label = draw(rng, scenario, run)
            tables.append(rows(name, self.design, x, n))
            truth[name], labels[name] = true, label
        return World(pd.concat(tables, ignore_index=True), truth, labels)

    def _truth(
        self, rng: np.random.Generator, scenario: str, turn: int, offices: int
    ) -> tuple[Floats, dict[str, Any]]:
        """The true shares of one series, (years, offices), and what is derived from them."""
        shares = self.grid["shares"]
        share, later = shares[turn % len(shares)], turn // len(shares)
        every = np.full((self.design.years, offices), share)
        if scenario in (SPREAD, PLANTED):
            own = np.clip(rng.normal(share, self.grid["spread"], offices), 0.01, 0.99)
            if scenario == PLANTED:
                planted = np.arange(offices) % self.grid["planted"]["every"] == 0
                side = -1 if share > 0.5 else 1
                own[planted] = np.clip(own[planted] + side * self.grid["planted"]["away"], 0.01, 0.99)
            return np.tile(own, (self.design.years, 1)), {"sann": share, "change": 0.0}
        if scenario == MOVED:
            step = self.grid["changes"][later % len(self.grid["changes"])]
            change = step if share + step < 1 else -step
            every[-1] += change
            return every, {"sann": share, "change": change}
        if scenario == TOWARDS:
            gap = self.grid["gaps"][later % len(self.grid["gaps"])]
            every[0] += gap if share + gap < 1 else -gap
            return every, {"sann": share, "change": 0.0, "gap": gap}
        return every, {"sann": share, "change": 0.0}

    def _placements(
        self, rng: np.random.Generator, scenario: str, run: int
    ) -> tuple[Name, Floats, None, Floats, dict[str, Any]]:
        a_year = self.grid["placements"][run % len(self.grid["placements"])]
        value = np.full((self.design.years, len(self.design.offices)), float(a_year))
        label = {"slag": COUNT, "sann": a_year, "change": 0.0}
        if scenario == TOWARDS:
            label["gap"] = self.grid["gaps"][run // len(self.grid["placements"]) % len(self.grid["gaps"])]
            value[0] *= 1 + label["gap"]
        months = value[np.arange(len(self.design.months)) // YEAR].T / YEAR
        return tuple(self.grid["counts"]), rng.poisson(months).astype(np.float64), None, value, label

    def _sick_leave(
        self, rng: np.random.Generator, _scenario: str, _run: int
    ) -> tuple[Name, Floats, Floats, Floats, dict[str, Any]]:
        name, mean = tuple(self.grid["averaged"]), self.grid["sick_leave"]
        n = self.design.people[name]
        share = rng.normal(mean, mean * self.grid["sick_leave_spread"] / 100, n.shape)
        label = {"slag": AVERAGED, "sann": mean, "change": 0.0}
        return name, np.clip(share, 0, 1) * n, n, np.full((self.design.years, len(n)), mean), label
