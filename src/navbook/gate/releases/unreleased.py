"""What earlier releases left out: numbers beside those they told, that they must have hidden.

The ledger names nothing that was hidden, so it is worked out again: where a release told a series and a
period of some of its offices, the others of them were hidden or are no rows, likewise for its counties, and
for the country where it told any unit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.releases import OfficeSet
from navbook.gate.releases.grid import Grid
from navbook.gate.releases.release import Release


@dataclass(frozen=True)
class Gap:
    """What a release left out, and `where` that is in the grid."""

    release: Release
    grid: Grid
    where: tuple[Indices, ...]

    def only(self, some: Flags) -> "Gap":
        """Some of it."""
        return replace(self, where=tuple(each[some] for each in self.where))

    def names(self) -> list[str]:
        """What each is called, and of which release."""
        rows = self.release.rows
        key = [name.split("/") for name in rows["name"]]
        enhet = {members: each[2] for members, each in zip(rows["members"], key, strict=True)}
        periode = {months: each[3] for months, each in zip(rows["months"], key, strict=True)}
        sources, units, periods = list(self.grid.sources), list(self.grid.units), list(self.grid.periods)
        return [
            "/".join(
                (*sources[s], enhet.get(units[u], " ".join(sorted(units[u]))), periode.get(periods[p], ""))
            )
            + f" of {self.release.name}"
            for s, u, p in zip(*(each.tolist() for each in self.where), strict=True)
        ]


def gaps(releases: Sequence[Release], grid: Grid, country: OfficeSet, present: Flags) -> Iterator[Gap]:
    """For each release what it left out that no release, and no row that is `present`, tells."""
    told = present.copy()
    for release in releases:
        told[grid.places(release)] = True
    for release in releases:
        its = np.zeros(grid.shape, dtype=bool)
        its[grid.places(release)] = True
        left_out = np.zeros_like(its)
        if country in grid.units:
            left_out[:, grid.units[country]] = its.any(axis=1)
        for family in (release.leaves, release.counties):
            units = [grid.units[unit] for unit in family if unit in grid.units]
            left_out[:, units] |= its[:, units].any(axis=1, keepdims=True)
        left_out &= ~told
        told |= left_out
        yield Gap(release, grid, np.nonzero(left_out))
