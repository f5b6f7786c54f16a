"""Editions as releases to be put together: the one that is to be, and those of the ledger."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure.releases import OfficeSet
from navbook.edition.schema import COUNTRY, FYLKE, KONTOR, SKJULT, VIST
from navbook.estimate import Estimates
from navbook.periods import parse_period

NOW = ""


@dataclass(frozen=True)
class Release:
    """What one edition tells: its rows (source, members, months, told, x, n) and how its units are made up.

    `leaves` are its offices and special units, `counties` its counties, each by what it holds.
    """

    name: str
    rows: pd.DataFrame
    leaves: frozenset[OfficeSet]
    counties: frozenset[OfficeSet]


def told_now(tall: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame) -> Release:
    """The rows of `tall` that are shown or hidden, as a release: the edition that is to be."""
    held = held_now(estimates, counts)
    rows = tall[tall["status"].isin([VIST, SKJULT])]
    return Release(
        NOW,
        _rows(rows, rows["enhet"].map(held), estimates).assign(told=(rows["status"] == VIST).to_numpy()),
        leaves=frozenset(held[leaf] for leaf in estimates.units.leaf_of.values() if held[leaf]),
        counties=frozenset(held[name] for name in estimates.units.counties),
    )


def held_now(estimates: Estimates, counts: pd.DataFrame) -> dict[str, OfficeSet]:
    """What each unit of the edition holds: the numbers that are counted in it."""
    units = estimates.units
    counted = set(counts["enhetsnr"])
    members: dict[str, set[str]] = {}
    for number, leaf in units.leaf_of.items():
        members.setdefault(leaf, set()).add(number)
    held = {leaf: _counted(frozenset(each), counted) for leaf, each in members.items()}
    county = dict(zip(units.leaves["enhet"], units.leaves["fylke"], strict=True))
    for name in units.counties:
        held[name] = frozenset().union(*(held[leaf] for leaf in members if county[leaf] == name))
    held[COUNTRY] = frozenset(counted)
    return held


def told_before(ledger: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame) -> list[Release]:
    """The releases of a ledger, each with the rows that it was the first to tell in just these numbers."""
    counted = set(counts["enhetsnr"])
    # the mark for the special units of a county is taken to hold what it holds now
    special: dict[str, frozenset[str]] = {}
    for number, leaf in estimates.units.leaf_of.items():
        if leaf not in estimates.units.leaf_of:
            special[leaf] = special.get(leaf, frozenset()) | {number}

    def held(text: str) -> OfficeSet:
        parts = [special.get(each, frozenset({each})) for each in text.split()]
        return _counted(frozenset().union(*parts), counted) if parts else frozenset(counted)

    sets = {text: held(text) for text in ledger["medlemmer"].unique()}
    releases = []
    for nr, part in ledger.groupby("utgivelse", sort=True):
        release = f"release {nr}, {part['utgave'].iloc[0]} of {part['uttrekksdato'].iloc[0]}"
        by_level = {
            level: frozenset(sets[text] for text in part.loc[part["niva"] == level, "medlemmer"].unique())
            for level in (KONTOR, FYLKE)
        }
        rows = _rows(part, part["medlemmer"].map(sets), estimates).assign(told=True)
        releases.append(Release(release, rows, by_level[KONTOR], by_level[FYLKE]))
    return releases


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
    """The members that have counts; those without any make no other set."""
    return frozenset(members & counted) or members
