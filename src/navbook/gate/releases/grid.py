"""The series, units and periods of several releases as one grid, and which of them are sums of others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.releases import Months, OfficeSet, SumRelation, split_periods
from navbook.gate.releases.release import Release

Source = tuple[str, str]
Name = TypeVar("Name")
# a unit, and the units that make it up
Split = tuple[OfficeSet, list[OfficeSet]]


@dataclass(frozen=True)
class ReleaseGrid:
    """The place of each series, unit and period on its axis."""

    sources: Mapping[Source, int]
    units: Mapping[OfficeSet, int]
    periods: Mapping[Months, int]

    @classmethod
    def of(
        cls, sources: Iterable[Source], units: Iterable[OfficeSet], periods: Iterable[Months]
    ) -> "ReleaseGrid":
        """The grid with these axes, each in the order given and without repeats."""
        return cls(_places_of(sources), _places_of(units), _places_of(periods))

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.sources), len(self.units), len(self.periods)

    def places(self, release: Release) -> tuple[Indices, ...]:
        """The index arrays (series, unit, period) of the rows of a release."""
        axes = (("source", self.sources), ("members", self.units), ("months", self.periods))
        return tuple(np.asarray(release.rows[name].map(axis), dtype=np.intp) for name, axis in axes)


def _places_of(names: Iterable[Name]) -> dict[Name, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def cells_in_sums(
    cells: Flags,
    periods: list[Months],
    unit_sums: Sequence[tuple[int, list[int]]],
    linked: Sequence[Indices],
) -> tuple[Flags, list[Months], list[SumRelation]]:
    """The cells that equations bind, the periods they need, and the sums of those periods.

    `cells` flags (number, unit, period) with a row. Added are the runs of months their periods are made of
    and, in the same months, the units in `unit_sums` (a unit and its parts) and the `linked` numbers of which
    two are there, until nothing more is added.
    """
    while True:
        periods, sums = _period_sums(cells, periods)
        more = _with_periods(cells, len(periods))
        for group in sums:
            more[group.number[:, None], group.unit[:, None], group.parts] = True
        for total, parts in unit_sums:
            split = more[:, total] & more[:, parts].any(axis=1)
            more[:, parts] |= split[:, None]
        for numbers in linked:
            more[numbers] |= np.count_nonzero(more[numbers], axis=0) >= 2
        if np.array_equal(more, cells):
            return cells, periods, sums
        cells = more


def _with_periods(flags: Flags, count: int) -> Flags:
    """The flags padded to `count` periods."""
    return np.pad(flags, ((0, 0), (0, 0), (0, count - flags.shape[2])))


def _period_sums(present: Flags, periods: list[Months]) -> tuple[list[Months], list[SumRelation]]:
    """The periods with the runs of months they are made of, and the sums for each (number, unit)."""
    shape = present.shape
    patterns, which = np.unique(present.reshape(-1, shape[2]), axis=0, return_inverse=True)
    every = dict.fromkeys(periods)
    sums = []
    for number, pattern in enumerate(patterns):
        atoms, totals = split_periods([periods[place] for place in np.flatnonzero(pattern)])
        every |= dict.fromkeys(atoms)
        places = np.flatnonzero(which.ravel() == number)
        series, unit = np.unravel_index(places, shape[:2])
        sums += [(total, parts, series, unit) for total, parts in totals]
    place_of = {period: place for place, period in enumerate(every)}
    return list(every), [
        SumRelation(place_of[total], [place_of[part] for part in parts], series, unit)
        for total, parts, series, unit in sums
    ]


def unit_splits(releases: Sequence[Release], country: OfficeSet) -> list[Split]:
    """Each unit that other units of a release make up, with those units and the rest, if any."""
    splits: dict[tuple[OfficeSet, ...], Split] = {}
    leaves = [release.leaves for release in releases]
    counties = [release.counties for release in releases]
    units = dict.fromkeys(unit for family in (*leaves, *counties) for unit in family)
    for unit, families in [*((unit, leaves) for unit in units), (country, counties)]:
        for family in families:
            parts = sorted((part for part in family if part < unit), key=sorted)
            if not parts:
                continue
            rest = unit - frozenset().union(*parts)
            split = (unit, [*parts, rest] if rest else parts)
            splits[(unit, *split[1])] = split
    return list(splits.values())
