"""Seeded tables of the national size: office in county in country, three groups, yes and no, all totals."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

OFFICES, COUNTIES = 264, 15
GROUPS = ("BFORM", "BATT", "IKVAL")
MEDIAN_SIZE, SPREAD = 100, 0.95
MIX = (6, 5, 2)
SHARES = (0.5, 0.35, 0.25)


def county_of_offices(seed: int) -> list[int]:
    """The county of each office; each county has at least one."""
    rng = np.random.default_rng([seed, 0])
    more = rng.integers(0, COUNTIES, OFFICES - COUNTIES)
    return np.sort(np.concatenate([np.arange(COUNTIES), more])).tolist()


def table(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells (cell, value) and equations (equation, cell, coef); a cell is named unit|group|outcome."""
    values = _values(seed)
    lines = list(_sums(county_of_offices(seed)))
    rows = [(f"e{number}", name, coef) for number, line in enumerate(lines) for name, coef in line]
    cells = pd.DataFrame({"cell": list(values), "value": list(values.values())})
    return cells, pd.DataFrame(rows, columns=["equation", "cell", "coef"])


def _values(seed: int) -> dict[str, int]:
    rng = np.random.default_rng([seed, 1])
    size = rng.lognormal(np.log(MEDIAN_SIZE), SPREAD, OFFICES)
    people = rng.poisson(size[:, None] * rng.dirichlet(MIX, OFFICES))
    yes = rng.binomial(people, np.clip(rng.normal(SHARES, 0.08, people.shape), 0.05, 0.95))
    values: dict[str, int] = {}
    for office, county in enumerate(county_of_offices(seed)):
        for at, group in enumerate(GROUPS):
            both = {"yes": int(yes[office, at]), "no": int(people[office, at] - yes[office, at])}
            both["n"] = int(people[office, at])
            for unit in (f"k{office:03d}", f"f{county:02d}", "land"):
                for name in (group, "alle"):
                    for outcome, count in both.items():
                        key = f"{unit}|{name}|{outcome}"
                        values[key] = values.get(key, 0) + count
    return values


def _sums(county: list[int]) -> Iterator[list[tuple[str, int]]]:
    units = ["land", *(f"f{at:02d}" for at in range(COUNTIES)), *(f"k{at:03d}" for at in range(OFFICES))]
    for unit in units:
        for group in (*GROUPS, "alle"):
            yield _sum(f"{unit}|{group}|n", [f"{unit}|{group}|{outcome}" for outcome in ("yes", "no")])
        for outcome in ("yes", "no", "n"):
            yield _sum(f"{unit}|alle|{outcome}", [f"{unit}|{group}|{outcome}" for group in GROUPS])
    for group in (*GROUPS, "alle"):
        for outcome in ("yes", "no", "n"):
            tail = f"{group}|{outcome}"
            yield _sum(f"land|{tail}", [f"f{at:02d}|{tail}" for at in range(COUNTIES)])
            for at in range(COUNTIES):
                offices = [f"k{office:03d}|{tail}" for office, its in enumerate(county) if its == at]
                yield _sum(f"f{at:02d}|{tail}", offices)


def _sum(total: str, parts: list[str]) -> list[tuple[str, int]]:
    return [(total, -1), *((part, 1) for part in parts)]
