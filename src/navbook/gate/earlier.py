"""Is a hidden cell of an edition given away by all that has been published, earlier editions included?

The same true counts stand behind every edition, so what an earlier one told of other months, other borders
or the same months before a correction is put beside the new one and attacked as one table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import pandas as pd

from navbook.disclosure.cells import Flags, Floats
from navbook.disclosure.union import Grid, Members, Months, Sums, sums_of_periods, widths
from navbook.edition.schema import COUNTRY, FYLKE, KONTOR, SKJULT, VIST
from navbook.errors import DisclosureRefused
from navbook.estimate import Estimates
from navbook.periods import parse_period

TOLERANCE = 1e-6
# a hidden number that is not whole is exact if it is known this closely
CLOSE = 0.01
_TOLD = 10
NOW = ""


@dataclass(frozen=True)
class Release:
    """What one edition tells: its rows (source, members, months, told, x, n) and how its units are made up.

    `leaves` are its offices and special units, `counties` its counties, each by what it holds.
    """

    name: str
    rows: pd.DataFrame
    leaves: frozenset[Members]
    counties: frozenset[Members]


def refuse_given_away(
    tall: pd.DataFrame, estimates: Estimates, counts: pd.DataFrame, minimum: float, ledger: pd.DataFrame
) -> int:
    """How many hidden rows were looked at; DisclosureRefused if what was published gives one of them away.

    `tall` is what the edition tells, `counts` the count table behind it, `ledger` what was published before
    (no rows: the edition is attacked by itself). A row is given away if a number of it that may not be told
    is known more closely than such numbers are, or if any hidden number of it is known exactly. By itself the
    edition is asked for the latter only: the gate has attacked it, with all that binds its cells. The message
    names the earlier release that does it.
    """
    present = _now(tall, estimates, counts)
    earlier = _before(ledger, estimates, counts)
    alone, exact = _given_away([present], estimates, counts, minimum, bool(earlier))
    found = exact
    if earlier:
        together, exact = _given_away([present, *earlier], estimates, counts, minimum)
        found = exact | (together - alone)
    if found:
        _refuse(sorted(found), alone, [present, *earlier], estimates, counts, minimum)
    return int((tall["status"] == SKJULT).sum())


def _refuse(
    found: list[str],
    alone: set[str],
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
) -> NoReturn:
    """Say what is given away, and by which earlier release if one does it without the others."""
    present, *earlier = releases
    asked = earlier if set(found) - alone else []
    by = {each.name: _given_away([present, each], estimates, counts, minimum)[0] for each in asked}
    told = []
    for row in found[:_TOLD]:
        whose = next(
            (release for release, names in by.items() if row in names), "the earlier releases together"
        )
        told.append(f"{row} (by {'the edition itself' if row in alone else whose})")
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


@dataclass(frozen=True)
class _Places:
    """Where each series, unit and period stands in the grid."""

    sources: dict[tuple[str, str], int]
    units: dict[Members, int]
    periods: dict[Months, int]


def _given_away(
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
    by_all_equations: bool = True,
) -> tuple[set[str], set[str]]:
    """The hidden rows of the first release that all of them together give away, and those of them of which
    a number is known exactly; by all equations together, or by each and what it tells the others.
    """
    rows = pd.concat([release.rows for release in releases], ignore_index=True)
    splits = _splits(releases, frozenset(counts["enhetsnr"]))
    units = dict.fromkeys([*rows["members"], *(part for split in splits for part in (split[0], *split[1]))])
    sources = list(dict.fromkeys(rows["source"]))
    periods = list(dict.fromkeys(rows["months"]))
    places = _Places(*({each: k for k, each in enumerate(group)} for group in (sources, units, periods)))
    where = tuple(
        rows[name].map(at).to_numpy(dtype=np.intp)
        for name, at in (("source", places.sources), ("members", places.units), ("months", places.periods))
    )
    shape = (len(sources), len(places.units), len(periods))
    present, known = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    present[where] = True
    np.logical_or.at(known, where, rows["told"].to_numpy(dtype=bool))
    periods, of_periods = _period_sums(present, periods)
    extra = len(periods) - shape[2]
    present, known = (np.pad(flags, ((0, 0), (0, 0), (0, extra))) for flags in (present, known))
    of_units = [(places.units[whole], [places.units[part] for part in parts]) for whole, parts in splits]
    months = sorted({month for period in periods for month in period})
    stock = {line.source: line.stock for line in estimates.series}
    own = len(releases[0].rows)
    per = np.where(
        [stock.get(source, False) for source in rows["source"][:own]], rows["months"][:own].map(len), 1.0
    )
    hidden = ~rows["told"].to_numpy(dtype=bool)[:own]
    mine = tuple(each[:own] for each in where)
    unsafe, exactly = np.zeros(own, dtype=bool), np.zeros(own, dtype=bool)
    for values, told in _measures(counts, sources, list(places.units), periods, months, rows):
        values[where] = np.where(np.isnan(values[where]), told, values[where])
        value = values[mine]
        exact = np.where(np.abs(value - np.round(value)) <= TOLERANCE, 1.0, CLOSE)
        secret = value < minimum * per - TOLERANCE
        enough = np.where(secret, np.maximum((minimum - 1) * per, exact), exact) - TOLERANCE
        need = np.zeros(values.shape)
        need[mine] = np.where(hidden, enough, 0.0)
        for told_of in _what_is_known(known, where, rows, values, told):
            grid = Grid(tuple(places.units), tuple(periods), values, present, told_of)
            width = widths(grid, of_units, of_periods, need if by_all_equations else None)[mine]
            exactly |= hidden & (width < CLOSE)
            unsafe |= hidden & (width < enough)
    names = rows["name"][:own]
    return set(names[unsafe]), set(names[exactly])


def _what_is_known(
    known: Flags, where: tuple[np.ndarray, ...], rows: pd.DataFrame, values: Floats, told: Floats
) -> list[Flags]:
    """Which places an attacker knows: all that were ever told and, if some were corrected since, also only
    those whose number stands. A number told before its correction tells of the others, but not of itself.
    """
    found = ~np.isnan(values)
    stands = rows["told"].to_numpy(dtype=bool) & ~(np.abs(values[where] - told) > CLOSE)
    standing = np.zeros_like(known)
    np.logical_or.at(standing, where, stands)
    ever = known & found
    standing &= found
    return [ever] if np.array_equal(ever, standing) else [ever, standing]


def _measures(
    counts: pd.DataFrame,
    sources: list[tuple[str, str]],
    units: list[Members],
    periods: list[Months],
    months: list[str],
    rows: pd.DataFrame,
) -> list[tuple[Floats, Floats]]:
    """Numerator and complement at each place of the grid by the counts, and as each row was published."""
    numbers = sorted(set(counts["enhetsnr"]))
    of_source = {source: k for k, source in enumerate(sources)}
    series = [of_source.get(pair, -1) for pair in zip(counts["indikator"], counts["gruppe"], strict=True)]
    at = (
        np.array(series),
        pd.Index(numbers).get_indexer(pd.Index(counts["enhetsnr"])),
        pd.Index(months).get_indexer(pd.Index(counts["maned"])),
    )
    wanted = (at[0] >= 0) & (at[2] >= 0)
    at = (at[0][wanted], at[1][wanted], at[2][wanted])
    reported = np.zeros((len(sources), len(months)), dtype=bool)
    reported[at[0], at[2]] = True
    within = np.array([[month in set(period) for period in periods] for month in months], dtype=np.float64)
    holds = np.array([[number in unit for number in numbers] for unit in units], dtype=np.float64)
    unknown = (~reported).astype(np.float64) @ within > 0
    found = []
    for name in ("x", "rest"):
        column = counts["x"] if name == "x" else counts["n"] - counts["x"]
        monthly = np.zeros((len(sources), len(numbers), len(months)))
        np.add.at(monthly, at, column.to_numpy(dtype=np.float64, na_value=np.nan)[wanted])
        pure = np.isnan(monthly).any(axis=(1, 2))
        values = np.einsum("un,snm,mp->sup", holds, np.nan_to_num(monthly), within, optimize=True)
        values[np.broadcast_to(unknown[:, None, :], values.shape)] = np.nan
        values[pure] = np.nan
        told = rows["x"] if name == "x" else rows["n"] - rows["x"]
        found.append((values, told.to_numpy(dtype=np.float64)))
    return found


def _period_sums(present: Flags, periods: list[Months]) -> tuple[list[Months], list[Sums]]:
    """The periods with the runs of months they are made of, and the sums for each (series, unit)."""
    shape = present.shape
    patterns, which = np.unique(present.reshape(-1, shape[2]), axis=0, return_inverse=True)
    every = dict.fromkeys(periods)
    sums = []
    for number, pattern in enumerate(patterns):
        atoms, made = sums_of_periods([periods[k] for k in np.flatnonzero(pattern)])
        every |= dict.fromkeys(atoms)
        places = np.flatnonzero(which.ravel() == number)
        series, unit = np.unravel_index(places, shape[:2])
        sums += [(whole, parts, series, unit) for whole, parts in made]
    at = {period: k for k, period in enumerate(every)}
    return list(every), [Sums(at[whole], [at[each] for each in parts], s, u) for whole, parts, s, u in sums]


def _splits(releases: Sequence[Release], everything: Members) -> list[tuple[Members, list[Members]]]:
    """Each unit that other units make up, with those and what they leave over."""
    splits: dict[tuple[Members, ...], tuple[Members, list[Members]]] = {}
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
