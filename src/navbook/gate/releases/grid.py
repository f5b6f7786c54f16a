"""The units and periods of several releases as one grid, and which of them are sums of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.releases import Months, OfficeSet, SumRelation, split_periods
from navbook.gate.releases.release import Release


@dataclass(frozen=True)
class Grid:
    """Where each series, unit and period stands."""

    sources: Mapping[tuple[str, str], int]
    units: Mapping[OfficeSet, int]
    periods: Mapping[Months, int]

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.sources), len(self.units), len(self.periods)

    def places(self, release: Release) -> tuple[Indices, ...]:
        """Where the rows of a release stand."""
        columns = (("source", self.sources), ("members", self.units), ("months", self.periods))
        return tuple(np.asarray(release.rows[name].map(at), dtype=np.intp) for name, at in columns)


def bound_by_sums(
    cells: Flags, periods: list[Months], of_units: Sequence[tuple[int, list[int]]]
) -> tuple[Flags, list[Months], list[SumRelation]]:
    """The cells that equations bind: those there are rows for, the months their periods are made of, and in
    the same months the units that theirs are made of, until there are no more. With all periods that takes,
    and the sums of them.
    """
    while True:
        periods, sums = _period_sums(cells, periods)
        more = _with_periods(cells, len(periods))
        for each in sums:
            more[each.series[:, None], each.unit[:, None], each.parts] = True
        for whole, parts in of_units:
            split = more[:, whole] & more[:, parts].any(axis=1)
            more[:, parts] |= split[:, None]
        if np.array_equal(more, cells):
            return cells, periods, sums
        cells = more


def _with_periods(flags: Flags, count: int) -> Flags:
    """The flags with places for as many periods."""
    return np.pad(flags, ((0, 0), (0, 0), (0, count - flags.shape[2])))


def _period_sums(present: Flags, periods: list[Months]) -> tuple[list[Months], list[SumRelation]]:
    """The periods with the runs of months they are made of, and the sums for each (series, unit)."""
    shape = present.shape
    patterns, which = np.unique(present.reshape(-1, shape[2]), axis=0, return_inverse=True)
    every = dict.fromkeys(periods)
    sums = []
    for number, pattern in enumerate(patterns):
        atoms, made = split_periods([periods[k] for k in np.flatnonzero(pattern)])
        every |= dict.fromkeys(atoms)
        places = np.flatnonzero(which.ravel() == number)
        series, unit = np.unravel_index(places, shape[:2])
        sums += [(whole, parts, series, unit) for whole, parts in made]
    at = {period: k for k, period in enumerate(every)}
    return list(every), [
        SumRelation(at[whole], [at[each] for each in parts], s, u) for whole, parts, s, u in sums
    ]


def splits(releases: Sequence[Release], everything: OfficeSet) -> list[tuple[OfficeSet, list[OfficeSet]]]:
    """Each unit that other units make up, with those and what they leave over."""
    splits: dict[tuple[OfficeSet, ...], tuple[OfficeSet, list[OfficeSet]]] = {}
    leaves = [release.leaves for release in releases]
    counties = [release.counties for release in releases]
    wholes = [
        (whole, leaves) for whole in dict.fromkeys(each for some in (*leaves, *counties) for each in some)
    ]
    for whole, finer in [*wholes, (everything, counties)]:
        for family in finer:
            parts = sorted((part for part in family if part < whole), key=sorted)
            if not parts:
                continue
            rest = whole - frozenset().union(*parts)
            found = (whole, [*parts, rest] if rest else parts)
            splits[(whole, *found[1])] = found
    return list(splits.values())
