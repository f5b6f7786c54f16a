"""Editions as releases that can be attacked together: the new one and those of the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.releases import OfficeSet
from navbook.edition.schema import COUNTRY, FYLKE, KONTOR, SKJULT, VIST
from navbook.estimate import Estimates
from navbook.runtime.periods import parse_period

NOW = ""
# two numbers that are not whole are the same if they are this close
CLOSE = 0.01


@dataclass(frozen=True)
class Release:
    """What one edition publishes.

    `rows` has a row for each cell: source (indikator, gruppe), members (the office numbers of the unit),
    months, shown, x, n and name. `leaves` holds the members of each office and special unit, `counties` those
    of each county.
    """

    name: str
    rows: pd.DataFrame
    leaves: frozenset[OfficeSet]
    counties: frozenset[OfficeSet]


def new_release(tall: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame) -> Release:
    """The rows of `tall` that are shown or hidden, as the release that is about to be published."""
    members = unit_members(estimates, counts)
    # an office that is counted in another has no numbers of its own
    rows = tall[tall["status"].isin([VIST, SKJULT]) & tall["enhet"].isin(list(members))]
    return Release(
        NOW,
        _rows(rows, rows["enhet"].map(members), estimates).assign(shown=(rows["status"] == VIST).to_numpy()),
        leaves=frozenset(members[leaf] for leaf in estimates.units.leaf_of.values() if members[leaf]),
        counties=frozenset(members[name] for name in estimates.units.counties),
    )


def unit_members(estimates: Estimates, counts: pd.DataFrame) -> dict[str, OfficeSet]:
    """For each unit of the edition the office numbers whose counts it holds."""
    units = estimates.units
    counted = set(counts["enhetsnr"])
    numbers_of: dict[str, set[str]] = {}
    for number, leaf in units.leaf_of.items():
        numbers_of.setdefault(leaf, set()).add(number)
    members = {leaf: _counted(frozenset(numbers), counted) for leaf, numbers in numbers_of.items()}
    county = dict(zip(units.leaves["enhet"], units.leaves["fylke"], strict=True))
    for name in units.counties:
        members[name] = frozenset().union(*(members[leaf] for leaf in numbers_of if county[leaf] == name))
    members[COUNTRY] = frozenset(counted)
    return members


def earlier_releases(ledger: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame) -> list[Release]:
    """The releases of a ledger, each with the rows that it was the first to publish with these numbers."""
    counted = set(counts["enhetsnr"])
    special = _special_members(estimates)

    def members(text: str) -> OfficeSet:
        parts = [special.get(number, frozenset({number})) for number in text.split()]
        return _counted(frozenset().union(*parts), counted) if parts else frozenset(counted)

    members_of = {text: members(text) for text in ledger["medlemmer"].unique()}
    releases = []
    for nr, part in ledger.groupby("utgivelse", sort=True):
        name = f"release {nr}, {part['utgave'].iloc[0]} of {part['uttrekksdato'].iloc[0]}"
        leaves, counties = (
            frozenset(members_of[text] for text in part.loc[part["niva"] == level, "medlemmer"].unique())
            for level in (KONTOR, FYLKE)
        )
        rows = _rows(part, part["medlemmer"].map(members_of), estimates).assign(shown=True)
        releases.append(Release(name, rows, leaves, counties))
    return releases


def _special_members(estimates: Estimates) -> dict[str, OfficeSet]:
    """The office numbers of the special units of each county, which are taken to be the same as before."""
    special: dict[str, OfficeSet] = {}
    for number, leaf in estimates.units.leaf_of.items():
        if leaf not in estimates.units.leaf_of:
            special[leaf] = special.get(leaf, frozenset()) | {number}
    return special


def published_unchanged(releases: Sequence[Release], estimates: Estimates, counts: pd.DataFrame) -> Flags:
    """The numbers of the cube that some release published as they are now, by (series, unit, period)."""
    cube = estimates.cube
    published = np.zeros(cube.x.shape, dtype=bool)
    for places, x, n in _in_cube(releases, estimates, counts):
        same = _same(x, cube.x[places]) & _same(n, cube.n[places])
        published[tuple(axis[same] for axis in places)] = True
    return published


def last_published(
    releases: Sequence[Release], estimates: Estimates, counts: pd.DataFrame
) -> tuple[Floats, Floats]:
    """x and n as they were last published, by (series, unit, period) of the cube; nan where they were not."""
    x, n = np.full((2, *estimates.cube.x.shape), np.nan)
    for places, of_rows, persons in _in_cube(releases, estimates, counts):
        x[places], n[places] = of_rows, persons
    return x, n


def _in_cube(
    releases: Sequence[Release], estimates: Estimates, counts: pd.DataFrame
) -> Iterator[tuple[tuple[Indices, ...], Floats, Floats]]:
    """For each release the (series, unit, period) of its rows that lie in the cube, and their x and n."""
    cube = estimates.cube
    series = {line.source: place for place, line in enumerate(estimates.series)}
    series |= {(line.indikator, line.gruppe): place for place, line in enumerate(estimates.series)}
    members = unit_members(estimates, counts)
    present = [(members[name], place) for place, name in enumerate(cube.units) if name in members]
    units = pd.DataFrame(present, columns=["members", "unit"])
    periods = {period.months: place for place, period in enumerate(cube.periods)}
    for release in releases:
        rows = release.rows.assign(
            series=release.rows["source"].map(series), period=release.rows["months"].map(periods)
        )
        rows = rows.dropna(subset=["series", "period"]).merge(units, on="members")
        places = tuple(rows[name].to_numpy(dtype=np.intp) for name in ("series", "unit", "period"))
        yield places, rows["x"].to_numpy(), rows["n"].to_numpy()


def _same(number: Floats, now: Floats) -> Flags:
    return np.asarray((np.abs(number - now) <= CLOSE) | (np.isnan(number) & np.isnan(now)))


def _rows(rows: pd.DataFrame, members: pd.Series, estimates: Estimates) -> pd.DataFrame:
    sources = {(line.indikator, line.gruppe): line.source for line in estimates.series}
    months = {name: parse_period(name).months for name in rows["periode"].unique()}
    return pd.DataFrame(
        {
            "source": [
                sources.get(pair, pair) for pair in zip(rows["indikator"], rows["gruppe"], strict=True)
            ],
            "members": members.to_numpy(),
            "months": rows["periode"].map(months).to_numpy(),
            "x": rows["x"].to_numpy(dtype=np.float64),
            "n": rows["n"].to_numpy(dtype=np.float64),
            "name": (
                rows["indikator"] + "/" + rows["gruppe"] + "/" + rows["enhet"] + "/" + rows["periode"]
            ).to_numpy(),
        }
    )


def _counted(members: OfficeSet, counted: set[str]) -> OfficeSet:
    """The members that have counts: a member without counts does not make another set."""
    return frozenset(members & counted) or members
