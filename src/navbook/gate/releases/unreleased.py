"""What earlier releases left out: cells next to those they published, which they must have hidden.

The ledger does not name what was hidden, so it is derived: where a release published a series and a period
for some of its offices, the other offices were hidden or had no row. The same holds for its counties, and
for the country where it published any unit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.releases import OfficeSet
from navbook.gate.releases.grid import ReleaseGrid
from navbook.gate.releases.release import Release


@dataclass(frozen=True)
class Unreleased:
    """The cells that a release left out; `where` holds their index arrays (series, unit, period)."""

    release: Release
    grid: ReleaseGrid
    where: tuple[Indices, ...]

    def only(self, kept: Flags) -> "Unreleased":
        """The cells for which `kept` is true."""
        return replace(self, where=tuple(axis[kept] for axis in self.where))

    def names(self) -> list[str]:
        """The name of each cell, with the release that left it out."""
        rows = self.release.rows
        keys = [name.split("/") for name in rows["name"]]
        enhet = {members: key[2] for members, key in zip(rows["members"], keys, strict=True)}
        periode = {months: key[3] for months, key in zip(rows["months"], keys, strict=True)}
        sources, units, periods = list(self.grid.sources), list(self.grid.units), list(self.grid.periods)
        return [
            "/".join(
                (*sources[s], enhet.get(units[u], " ".join(sorted(units[u]))), periode.get(periods[p], ""))
            )
            + f" of {self.release.name}"
            for s, u, p in zip(*(axis.tolist() for axis in self.where), strict=True)
        ]


def unreleased_cells(
    releases: Sequence[Release], grid: ReleaseGrid, country: OfficeSet, present: Flags
) -> Iterator[Unreleased]:
    """For each release the cells it left out that no release, and no row flagged in `present`, publishes."""
    published = present.copy()
    for release in releases:
        published[grid.places(release)] = True
    for release in releases:
        own = np.zeros(grid.shape, dtype=bool)
        own[grid.places(release)] = True
        left_out = np.zeros_like(own)
        if country in grid.units:
            left_out[:, grid.units[country]] = own.any(axis=1)
        for family in (release.leaves, release.counties):
            units = [grid.units[unit] for unit in family if unit in grid.units]
            left_out[:, units] |= own[:, units].any(axis=1, keepdims=True)
        left_out &= ~published
        published |= left_out
        yield Unreleased(release, grid, np.nonzero(left_out))
