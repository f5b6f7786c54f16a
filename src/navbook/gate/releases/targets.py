"""The numbers that several releases together must not disclose.

These are the numbers of the rows that the new release hides, those that earlier ones left out, and what is
left of a wider group where all releases together tell both groups.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables import ABSENT
from navbook.gate.releases.grid import ReleaseGrid
from navbook.gate.releases.numbers import TOLERANCE, Numbers
from navbook.gate.releases.release import CLOSE
from navbook.gate.releases.unreleased import Unreleased
from navbook.gate.series_sums import FIELDS, N


@dataclass(frozen=True)
class Targets:
    """One entry for each number: its name, its place `where` (number, unit, period), and the row of the new
    release that shows it, ABSENT if none does.
    """

    names: list[str]
    where: tuple[Indices, ...]
    row: Indices

    @classmethod
    def joined(cls, parts: Iterable["Targets"]) -> "Targets":
        parts = list(parts)
        axes = zip(*(part.where for part in parts), strict=True)
        return cls(
            [name for part in parts for name in part.names],
            tuple(np.concatenate(axis) for axis in axes),
            np.concatenate([part.row for part in parts]),
        )

    def only(self, kept: Flags) -> "Targets":
        """Those for which `kept` is true."""
        names = [name for name, keep in zip(self.names, kept.tolist(), strict=True) if keep]
        return Targets(names, tuple(axis[kept] for axis in self.where), self.row[kept])


def targets_of(
    rows: pd.DataFrame,
    own: int,
    where: tuple[Indices, ...],
    left_out: Sequence[Unreleased],
    numbers: Numbers,
    grid: ReleaseGrid,
    values: Floats,
    small: Flags,
) -> Targets:
    """The numbers to protect. `rows` are those of all releases, at `where` (series, unit, period), the first
    `own` of the new one; `small` flags the numbers below the threshold.
    """
    own_places = tuple(axis[:own] for axis in where)
    hidden = [
        _of_rows(rows["name"].iloc[:own].tolist(), np.arange(own), numbers.of_rows(own_places)),
        *(_of_rows(cells.names(), None, numbers.of_rows(cells.where)) for cells in left_out),
    ]
    found = Targets.joined(hidden)
    number = found.where[0]
    # a denominator is a secret only where it is small, and not where anyone may add it up
    secret = (number % len(FIELDS) != FIELDS.index(N)) | (
        small[found.where] & ~np.isin(number, sorted(numbers.added_up))
    )
    found = found.only(np.isfinite(values[found.where]) & secret)
    told = np.zeros(values.shape, dtype=bool)
    for places in (where, *(cells.where for cells in left_out)):
        told[numbers.of_rows(places)] = True
    return Targets.joined([found, *_rests(rows, numbers, grid, told & np.isfinite(values), small)])


def _of_rows(names: list[str], row: Indices | None, places: tuple[Indices, ...]) -> Targets:
    row = np.full(len(names), ABSENT, dtype=np.intp) if row is None else row
    return Targets(names * len(FIELDS), tuple(axis.ravel() for axis in places), np.tile(row, len(FIELDS)))


def _rests(
    rows: pd.DataFrame, numbers: Numbers, grid: ReleaseGrid, told: Flags, small: Flags
) -> Iterator[Targets]:
    """The small rests of sums of which the releases have rows of all other numbers, shown or not."""
    keys = [name.split("/") for name in rows["name"]]
    enhet = {members: key[2] for members, key in zip(rows["members"], keys, strict=True)}
    periode = {months: key[3] for months, key in zip(rows["months"], keys, strict=True)}
    units, periods = list(grid.units), list(grid.periods)
    for each in numbers.sums:
        if each.rest == ABSENT:
            continue
        others = each.numbers[each.numbers < len(FIELDS) * len(grid.sources)]
        unit, period = np.nonzero(told[others].all(axis=0) & small[each.rest])
        names = [
            "/".join(
                (
                    numbers.names[each.rest],
                    enhet.get(units[u], " ".join(sorted(units[u]))),
                    periode.get(periods[p], ""),
                )
            )
            for u, p in zip(unit.tolist(), period.tolist(), strict=True)
        ]
        number = np.full(len(unit), each.rest, dtype=np.intp)
        yield Targets(names, (number, unit, period), np.full(len(unit), ABSENT, dtype=np.intp))


def required_widths(values: Floats, targets: Targets, minimum: float, months: Floats) -> Floats:
    """How wide the feasibility interval of each target must be if it is hidden; 0 for any width.

    `months` is what each is divided by.
    """
    value = values[targets.where]
    sensitive = value < minimum * months - TOLERANCE
    # the width does not grow with the number of months that a sum runs over
    exact = np.where(np.abs(value - np.round(value)) <= TOLERANCE, 1.0, CLOSE)
    required = np.where(sensitive, np.maximum(minimum - 1, exact), exact) - TOLERANCE
    # what others left out is sensitive only if it is small, or an amount, whose size says nothing
    with np.errstate(invalid="ignore"):
        amount = np.any(np.abs(values - np.round(values)) > TOLERANCE, axis=(1, 2))
    required[(targets.row == ABSENT) & ~(sensitive | amount[targets.where[0]])] = 0.0
    return required
