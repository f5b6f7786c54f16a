"""Choose which rows of an edition to hide, given what earlier releases have published.

Without earlier releases this is one call of `protect`. With them the choice is a search for a fixed point.
Each round protects the edition against its own equations, then attacks it together with all earlier releases.
If that discloses a hidden row, the round adds rows to hide. A number that no hiding can protect, and that may
be published, is published. The search ends when a round adds nothing.
"""

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
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.edition.schema import VIST
from navbook.estimate import Estimates
from navbook.gate.releases.combined import CombinedReleases, combine_releases
from navbook.gate.releases.protect import ReleaseRows, implied_by_releases, protect_from_releases
from navbook.gate.releases.release import (
    earlier_releases,
    last_published,
    new_release,
    published_unchanged,
)
from navbook.gate.suppression.cell_status import own_cells
from navbook.gate.suppression.corrections import without_small_changes
from navbook.gate.suppression.costs import costs
from navbook.gate.suppression.statements import NOTHING_SAID, Statements, with_statements
from navbook.gate.suppression.system import EditionSystem, edition_system


@dataclass(frozen=True)
class EarlierReleases:
    """The release `ledger`, and the count table behind the new edition (`counts`)."""

    ledger: pd.DataFrame
    counts: pd.DataFrame


@dataclass(frozen=True)
class Choice:
    """The system of an edition, the rows of it that are hidden, and what is said of some of them."""

    edition: EditionSystem
    protected: SuppressionResult
    statements: Statements = NOTHING_SAID

    @property
    def hidden(self) -> Flags:
        """The hidden rows, by (series, unit, period)."""
        return self.edition.in_cube(self.protected.hidden)

    @property
    def left_out(self) -> Flags:
        """The hidden rows that are left out by design, by (series, unit, period)."""
        return self.hidden & self.edition.left_out

    @property
    def disclosed(self) -> Flags:
        """The rows that earlier releases disclose although they are hidden, by (series, unit, period)."""
        return self.edition.showing(self.protected.disclosed)


def choose(
    estimates: Estimates,
    settings: DisclosureSettings,
    minimum: float,
    answers: ResultCache | None = None,
    workers: int = 1,
    earlier: EarlierReleases | None = None,
) -> Choice:
    """The rows to hide so that no sensitive number of `estimates` can be worked out.

    `minimum` is the smallest number that may be shown. `answers` holds earlier results by content, so that an
    unchanged part is not protected again. `earlier` is what has been published before.
    """
    edition = edition_system(estimates, settings, minimum)
    if earlier is None or earlier.ledger.empty:
        if settings.utsagn:
            told, statements = with_statements(edition, estimates, minimum)
            return Choice(told, protect(told.system, answers, workers), statements)
        return Choice(edition, protect(edition.system, answers, workers))
    releases = earlier_releases(earlier.ledger, estimates, earlier.counts)
    published = last_published(releases, estimates, earlier.counts)
    edition = without_small_changes(edition, estimates, settings, published)
    search = _search(edition, estimates, settings, minimum, earlier, workers)
    state = search.start()
    while True:
        state, system = search.with_implied(state)
        protected = protect(system.system, answers, workers, system.of_rows(state.hidden))
        choice = Choice(system, protected)
        following = search.following(state, choice)
        if following is None:
            return choice
        state = following


def primary_rows(
    estimates: Estimates, settings: DisclosureSettings, minimum: float, earlier: EarlierReleases | None = None
) -> Flags:
    """The rows that are hidden in every choice, by (series, unit, period).

    They show a number below `minimum`, a rule hides them, or they would tell a small change of what `earlier`
    has published.
    """
    edition = edition_system(estimates, settings, minimum)
    if earlier is not None and not earlier.ledger.empty:
        releases = earlier_releases(earlier.ledger, estimates, earlier.counts)
        published = last_published(releases, estimates, earlier.counts)
        edition = without_small_changes(edition, estimates, settings, published)
    return edition.too_small | edition.in_cube(edition.system.forced)


@dataclass(frozen=True)
class _SearchState:
    """What the rounds so far have settled. It only ever grows, so the search ends.

    `known` flags the numbers (series, unit, period) that an attacker knows and may know, `hidden` the rows to
    hide because of earlier releases, and `narrowed` the cells (numbered as in `Quantities`) that earlier
    releases leave less than the full width.
    """

    known: Flags
    hidden: Flags
    narrowed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Search:
    """What stays the same in every round.

    `edition` is the system with nothing known, `combined` all releases as one table, `unchanged` flags the
    numbers that an earlier release published as they are now. `rows` and `cost` say where the rows of the
    new release lie in the cube (flat), and what hiding each place costs. `month_width` is the required width
    of a sensitive number of one month.
    """

    edition: EditionSystem
    combined: CombinedReleases
    unchanged: Flags
    rows: Indices
    cost: Floats
    month_width: float
    workers: int

    def start(self) -> _SearchState:
        """What earlier releases disclose by themselves. A number too small to publish stays hidden."""
        state = _SearchState(self.unchanged & ~self.edition.too_small, np.zeros_like(self.unchanged))
        implied = implied_by_releases(self.combined, self._release_rows(state, state.hidden))
        implied = implied.reshape(state.known.shape)
        return replace(state, known=state.known | (implied & ~self.edition.sensitive))

    def with_implied(self, state: _SearchState) -> tuple[_SearchState, EditionSystem]:
        """The state with every number that follows from the known ones and may be known, and its system."""
        system = self._eased(self.edition.given(state.known), state.narrowed)
        while (implied := system.showing(disclosed_by_released(system.system)) & ~system.sensitive).any():
            state = replace(state, known=state.known | implied)
            system = self._eased(self.edition.given(state.known), state.narrowed)
        return state, system

    def following(self, state: _SearchState, choice: Choice) -> _SearchState | None:
        """The state of the next round; None if nothing is disclosed that can be helped."""
        system, lost = choice.edition, choice.protected.disclosed
        releases = self._release_rows(state, choice.hidden)
        remedy = protect_from_releases(self.combined, releases, self.workers)
        unprotectable = choice.disclosed | remedy.unprotectable.reshape(state.known.shape)
        publish = unprotectable & ~state.known & ~system.sensitive
        narrowed = system.cells[lost & (system.system.required_width > self.month_width)]
        if not (remedy.hide.any() or publish.any() or len(narrowed)):
            return None
        return _SearchState(
            known=state.known | publish,
            hidden=state.hidden | remedy.hide.reshape(state.hidden.shape),
            narrowed=state.narrowed.union(narrowed.tolist()),
        )

    def _release_rows(self, state: _SearchState, hidden: Flags) -> ReleaseRows:
        return ReleaseRows(self.rows, hidden.ravel(), state.known.ravel(), self.cost)

    def _eased(self, edition: EditionSystem, narrowed: frozenset[int]) -> EditionSystem:
        """The edition in which a sum of months needs only the width of one month, where it cannot have more.

        That is where known numbers leave it less, or where it is among the `narrowed`.
        """
        system = edition.system
        short = (max_feasible_width(system) < system.required_width) | np.isin(
            edition.cells, sorted(narrowed)
        )
        return edition.with_width(
            np.where(short, np.minimum(system.required_width, self.month_width), system.required_width)
        )


def _search(
    edition: EditionSystem,
    estimates: Estimates,
    settings: DisclosureSettings,
    minimum: float,
    earlier: EarlierReleases,
    workers: int,
) -> _Search:
    rows = estimates.rows[estimates.rows["status"] == VIST]
    series, unit, period = (rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    places = np.ravel_multi_index((own_cells(estimates)[series], unit, period), edition.shape)
    releases = earlier_releases(earlier.ledger, estimates, earlier.counts)
    present = new_release(rows, estimates, earlier.counts)
    cost, _ = costs(estimates, settings)
    return _Search(
        edition=edition,
        combined=combine_releases([present, *releases], estimates, earlier.counts, minimum),
        unchanged=published_unchanged(releases, estimates, earlier.counts),
        rows=places,
        cost=cost.ravel(),
        month_width=minimum - 1,
        workers=workers,
    )
