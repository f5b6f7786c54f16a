"""Is a hidden cell of an edition given away by all that has been published, earlier editions included?

The same true counts stand behind every edition, so what an earlier one told of other months, other borders
or the same months before a correction is put beside the new one and attacked as one table.
"""

from collections.abc import Sequence
from typing import NoReturn

import numpy as np
import pandas as pd

from navbook.disclosure.union import Members
from navbook.edition.schema import COUNTRY, FYLKE, KONTOR, SKJULT, VIST
from navbook.errors import DisclosureRefused
from navbook.estimate import Estimates
from navbook.gate.given_away import Given, Release, given_away
from navbook.periods import parse_period

_TOLD = 10
NOW = ""


def refuse_given_away(
    tall: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame, minimum: float, ledger: pd.DataFrame
) -> int:
    """How many hidden rows were looked at; DisclosureRefused if what was published gives one of them away.

    `tall` is what the edition tells, `counts` the count table behind it, `ledger` what was published before
    (no rows: the edition is attacked by itself). A row is given away if a number of it that may not be told
    is known more closely than such numbers are, or if any hidden number of it is known exactly. By itself the
    edition is asked for the latter only: the gate has attacked it, with all that binds its cells. The message
    says which earlier release does it, if one does without the others.
    """
    present = _now(tall, estimates, counts)
    earlier = _before(ledger, estimates, counts)
    alone = given_away([present], estimates, counts, minimum, by_all_equations=False)
    found = alone.exact
    if earlier:
        together = given_away([present, *earlier], estimates, counts, minimum)
        found = found | together.beyond(alone)
    if found:
        _refuse(sorted(found), alone, [present, *earlier], estimates, counts, minimum)
    return int((tall["status"] == SKJULT).sum())


def _refuse(
    found: list[str],
    alone: Given,
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
) -> NoReturn:
    """Say what is given away, and by which earlier release if one does it without the others."""
    present, *earlier = releases
    asked = earlier if set(found) - alone.exact else []
    by = {each.name: given_away([present, each], estimates, counts, minimum).beyond(alone) for each in asked}
    by = {"the edition itself": alone.exact} | by
    told = []
    for row in found[:_TOLD]:
        whose = next((name for name, rows in by.items() if row in rows), "the earlier releases together")
        told.append(f"{row} (by {whose})")
    raise DisclosureRefused(
        f"{len(found)} hidden cells can be worked out from what is published, so the edition must not be: "
        + "; ".join(told)
        + "; hide more by --profile streng or publish a period that shares no months with the release named"
    )


def _now(tall: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame) -> Release:
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
    rows = tall[tall["status"].isin([VIST, SKJULT])]
    return Release(
        NOW,
        _rows(rows, rows["enhet"].map(held), estimates).assign(told=(rows["status"] == VIST).to_numpy()),
        leaves=frozenset(held[leaf] for leaf in members if held[leaf]),
        counties=frozenset(held[name] for name in units.counties),
    )


def _before(ledger: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame) -> list[Release]:
    counted = set(counts["enhetsnr"])
    # the mark for the special units of a county is taken to hold what it holds now
    special: dict[str, frozenset[str]] = {}
    for number, leaf in estimates.units.leaf_of.items():
        if leaf not in estimates.units.leaf_of:
            special[leaf] = special.get(leaf, frozenset()) | {number}

    def held(text: str) -> Members:
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


def _counted(members: Members, counted: set[str]) -> Members:
    """The members that have counts; those without any make no other set."""
    return frozenset(members & counted) or members
