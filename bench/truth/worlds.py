"""Counts drawn from a known truth, for the offices and the numbers of people that an extract has.

The denominators are those that were counted; only numerators are drawn. So every size of office that the
extract knows is tried at every truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from navbook.periods import Period

Floats = npt.NDArray[np.float64]
Name = tuple[str, str]
# kinds of series by what is drawn: independent cases, the same people again, events, amounts
FLOW, STOCK, COUNT, AVERAGED = "uavhengige", "beholdning", "antall", "snitt"


@dataclass(frozen=True)
class Design:
    """What stays as it was counted: for each series the rows of the count table, months by office.

    `people[name]` has the shape (offices, months); nan where the office has no row in the month.
    """

    offices: tuple[str, ...]
    months: tuple[str, ...]
    people: dict[Name, Floats]

    @property
    def half(self) -> int:
        """The first month of the period itself; those before are its base."""
        return len(self.months) // 2


@dataclass(frozen=True)
class World:
    """One drawn edition: its count table, and the true value of each series by office (base, now)."""

    counts: pd.DataFrame
    truth: dict[Name, tuple[Floats, Floats]]
    labels: dict[Name, dict[str, Any]]


def design(counts: pd.DataFrame, names: list[Name], period: Period, base: Period) -> Design:
    """The denominators of `names` in the count table, for the months of `base` and then of `period`."""
    months = (*base.months, *period.months)
    offices = tuple(sorted(counts["enhetsnr"].unique()))
    rows = counts[counts["maned"].isin(months)]
    people = {}
    for indikator, gruppe in names:
        mine = rows[(rows["indikator"] == indikator) & (rows["gruppe"] == gruppe)]
        wide = mine.pivot_table("n", "enhetsnr", "maned", "sum", dropna=False)
        people[indikator, gruppe] = wide.reindex(index=offices, columns=months).to_numpy(dtype=np.float64)
    return Design(offices, months, people)


def flow(rng: np.random.Generator, n: Floats, base: Floats, now: Floats, half: int) -> Floats:
    """Independent cases: binomial numbers, each month at its half's true share by office."""
    share = np.where(np.arange(n.shape[1])[None, :] < half, base[:, None], now[:, None])
    return np.where(np.isnan(n), np.nan, rng.binomial(np.nan_to_num(n).astype(np.int64), share))


def stock(
    rng: np.random.Generator, n: Floats, base: Floats, now: Floats, half: int, stays: float, keeps: float
) -> Floats:
    """The same people month after month: of those with and without, a share stays, and of these a share
    keeps its state; all others are drawn anew.
    """
    people = np.nan_to_num(n).astype(np.int64)
    x = np.zeros(n.shape)
    x[:, 0] = rng.binomial(people[:, 0], base)
    for month in range(1, n.shape[1]):
        share = base if month < half else now
        before = x[:, month - 1].astype(np.int64)
        left = np.minimum(rng.binomial(people[:, month - 1], stays), people[:, month])
        still = rng.hypergeometric(before, people[:, month - 1] - before, left)
        # a new truth reaches those who stay only as they are drawn anew; the first month of it draws all
        kept = keeps if month != half or np.array_equal(base, now) else 0.0
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
        for run in range(self.grid["runs"][scenario]):
            name = sorted(self.grid["runs"]).index(scenario)
            yield self._world(np.random.default_rng([self.grid["seed"], name, run]), scenario, run)

    def _world(self, rng: np.random.Generator, scenario: str, run: int) -> World:
        tables, truth, labels = [], {}, {}
        for place, name in enumerate(map(tuple, [*self.grid["flow"], *self.grid["stock"]])):
            n = self.design.people[name]
            base, now, label = self._truth(rng, scenario, run + place, len(n))
            if list(name) in self.grid["flow"]:
                x, label["slag"] = flow(rng, n, base, now, self.design.half), FLOW
            else:
                stays, keeps = self.grid["stays"][(run // len(self.grid["shares"])) % len(self.grid["stays"])]
                x = stock(rng, n, base, now, self.design.half, stays / 100, keeps / 100)
                label |= {"slag": STOCK, "stays": stays}
            tables.append(rows(name, self.design, x, n))
            truth[name], labels[name] = (base, now), label
        if scenario == "ingen_endring":
            for name, x, n, value, label in (self._placements(rng, run), self._sick_leave(rng)):
                tables.append(rows(name, self.design, x, n))
                truth[name], labels[name] = (value, value), label
        return World(pd.concat(tables, ignore_index=True), truth, labels)

    def _truth(
        self, rng: np.random.Generator, scenario: str, turn: int, offices: int
    ) -> tuple[Floats, Floats, dict[str, Any]]:
        shares = self.grid["shares"]
        share = shares[turn % len(shares)]
        if scenario in ("spredning", "plantet"):
            own = np.clip(rng.normal(share, self.grid["spread"], offices), 0.01, 0.99)
            if scenario == "plantet":
                planted = np.arange(offices) % self.grid["planted"]["every"] == 0
                side = -1 if share > 0.5 else 1
                own[planted] = np.clip(own[planted] + side * self.grid["planted"]["away"], 0.01, 0.99)
            return own, own, {"sann": share}
        base = np.full(offices, share)
        if scenario == "ingen_endring":
            return base, base, {"sann": share, "change": 0.0}
        step = self.grid["changes"][(turn // len(shares)) % len(self.grid["changes"])]
        change = step if share + step < 1 else -step
        return base, base + change, {"sann": share, "change": change}

    def _placements(
        self, rng: np.random.Generator, run: int
    ) -> tuple[Name, Floats, None, Floats, dict[str, Any]]:
        a_year = self.grid["placements"][run % len(self.grid["placements"])]
        shape = (len(self.design.offices), len(self.design.months))
        x = rng.poisson(a_year / self.design.half, shape).astype(np.float64)
        value = np.full(shape[0], float(a_year))
        return tuple(self.grid["counts"]), x, None, value, {"slag": COUNT, "sann": a_year, "change": 0.0}

    def _sick_leave(self, rng: np.random.Generator) -> tuple[Name, Floats, Floats, Floats, dict[str, Any]]:
        name, mean = tuple(self.grid["averaged"]), self.grid["sick_leave"]
        n = self.design.people[name]
        share = rng.normal(mean, mean * self.grid["sick_leave_spread"] / 100, n.shape)
        value = np.full(len(n), mean)
        label = {"slag": AVERAGED, "sann": mean, "change": 0.0}
        return name, np.clip(share, 0, 1) * n, n, value, label
