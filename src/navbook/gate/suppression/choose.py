"""What an edition hides, chosen with all that was told before in view.

Its own numbers are protected with all the equations that bind them, where what was told before is known. What
that hides is then asked for by what all releases tell together: where they give a hidden row away, more is
hidden beside it. What no hiding helps and may be told is told. Then all begins again, until nothing is given
away, or only what the earlier releases give away by themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from navbook.disclosure import (
    DisclosureSettings,
    ResultCache,
    SuppressionResult,
    disclosed_by_released,
    max_feasible_width,
    protect,
)
from navbook.disclosure.array_types import Flags, Floats
from navbook.disclosure.releases import OfficeSet
from navbook.edition.schema import VIST
from navbook.estimate import Estimates
from navbook.gate.releases.combined import CLOSE, put_together
from navbook.gate.releases.release import Release, held_now, told_before, told_now
from navbook.gate.releases.secondary import Rows, help_for, known_anyway
from navbook.gate.suppression.cell_status import own_cells
from navbook.gate.suppression.costs import worth
from navbook.gate.suppression.system import EditionSystem, system_of


@dataclass(frozen=True)
class Before:
    """What was published before: the `ledger`, and the `counts` behind the edition that is to be."""

    ledger: pd.DataFrame
    counts: pd.DataFrame


@dataclass(frozen=True)
class Chosen:
    """The system of an edition and what was found for it."""

    edition: EditionSystem
    found: SuppressionResult

    @property
    def hidden(self) -> Flags:
        """What is hidden, by (series, unit, period)."""
        return self.edition.hidden_cube(self.found.hidden)

    @property
    def disclosed(self) -> Flags:
        """What is hidden and known all the same, by what was told before."""
        return self.edition.counting(self.found.disclosed)


def choose(
    estimates: Estimates,
    settings: DisclosureSettings,
    minimum: float,
    answers: ResultCache | None = None,
    workers: int = 1,
    before: Before | None = None,
) -> Chosen:
    """What is hidden of `estimates`, by themselves or together with what was published `before`."""
    edition = system_of(estimates, settings, minimum)
    if before is None or before.ledger.empty:
        return Chosen(edition, protect(edition.system, answers, workers))
    rows = estimates.rows[estimates.rows["status"] == VIST]
    at = tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    cell = np.ravel_multi_index((own_cells(estimates)[at[0]], *at[1:]), estimates.cube.x.shape)
    earlier = told_before(before.ledger, estimates, before.counts)
    present = told_now(rows, estimates, before.counts)
    together = put_together([present, *earlier], estimates, before.counts, minimum)
    price, _ = worth(estimates, settings)
    # what is too small is not told again, whoever told it
    told = _told(estimates, earlier, held_now(estimates, before.counts)) & ~edition.small
    begin = np.zeros_like(told)

    def rows_when(hidden: Flags) -> Rows:
        return Rows(cell, hidden.ravel(), told.ravel(), price.ravel())

    anyhow = known_anyway(together, rows_when(begin)).reshape(told.shape)
    told |= anyhow & ~edition.secret
    close: set[int] = set()
    while True:
        # what follows from what was told, and may be told, is told
        while True:
            edition = _eased(system_of(estimates, settings, minimum, told), minimum - 1, close)
            more = edition.counting(disclosed_by_released(edition.system)) & ~edition.secret
            if not more.any():
                break
            told |= more
        found = protect(edition.system, answers, workers, edition.hidden_rows(begin))
        helped = help_for(together, rows_when(edition.hidden_cube(found.hidden)), workers)
        tell = edition.counting(found.disclosed) | helped.hopeless.reshape(told.shape)
        tell &= ~told & ~edition.secret
        lost = set(edition.cells[found.disclosed & (edition.system.required_width > minimum - 1)].tolist())
        if not (helped.hide.any() or tell.any() or lost):
            return Chosen(edition, found)
        close |= lost
        begin, told = begin | helped.hide.reshape(told.shape), told | tell


def _eased(edition: EditionSystem, room: float, close: set[int]) -> EditionSystem:
    """The system in which a sum of months keeps the `room` of one where what was told leaves it less than
    that of all of them; `close` are cells of which that is known.
    """
    system = edition.system
    short = (max_feasible_width(system) < system.required_width) | np.isin(edition.cells, sorted(close))
    width = np.where(short, np.minimum(system.required_width, room), system.required_width)
    return replace(edition, system=replace(system, required_width=width))


def _told(estimates: Estimates, releases: Sequence[Release], held: Mapping[str, OfficeSet]) -> Flags:
    """The numbers of the edition that releases told as they are now, by (series, unit, period)."""
    cube = estimates.cube
    told = np.zeros(cube.x.shape, dtype=bool)
    series = {line.source: k for k, line in enumerate(estimates.series)}
    series |= {(line.indikator, line.gruppe): k for k, line in enumerate(estimates.series)}
    units = pd.DataFrame({"members": [held[name] for name in cube.units], "unit": range(len(cube.units))})
    periods = {each.months: k for k, each in enumerate(cube.periods)}
    for release in releases:
        rows = release.rows.assign(
            series=release.rows["source"].map(series), period=release.rows["months"].map(periods)
        )
        rows = rows.dropna(subset=["series", "period"]).merge(units, on="members")
        at = tuple(rows[name].to_numpy(dtype=np.intp) for name in ("series", "unit", "period"))
        same = [_same(rows[name].to_numpy(), of[at]) for name, of in (("x", cube.x), ("n", cube.n))]
        told[tuple(each[same[0] & same[1]] for each in at)] = True
    return told


def _same(number: Floats, now: Floats) -> Flags:
    return np.asarray((np.abs(number - now) <= CLOSE) | (np.isnan(number) & np.isnan(now)))
