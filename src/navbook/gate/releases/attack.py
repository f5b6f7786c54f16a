"""Attack an edition together with everything that has been published before it.

The same true counts are behind every edition. What an earlier one published of other months, other borders or
the same months before a correction is therefore combined with the new one and attacked as one table.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

import numpy as np
import pandas as pd

from navbook.edition.schema import SKJULT
from navbook.estimate import Estimates
from navbook.gate.releases.combined import combine_releases
from navbook.gate.releases.release import CLOSE, Release, earlier_releases, new_release
from navbook.runtime.errors import DisclosureRefused

TOGETHER = "the earlier releases together"
_NAMED = 10


def refuse_rows(rows: Sequence[str], source: Callable[[str], str] = lambda _: TOGETHER) -> NoReturn:
    """Raise DisclosureRefused naming the first of the rows, with the `source` that discloses each."""
    named = [f"{row} (by {source(row)})" for row in rows[:_NAMED]]
    raise DisclosureRefused(
        f"{len(rows)} hidden cells can be worked out from what is published, so the edition must not be: "
        + "; ".join(named)
        + "; hide more by --profile streng or publish a period that shares no months with the release named"
    )


class DisclosedRows(NamedTuple):
    """Hidden rows with a number whose interval is narrower than required, and with one known exactly."""

    narrow: set[str]
    exact: set[str]

    def beyond(self, other: "DisclosedRows") -> set[str]:
        """The rows of which more is disclosed than in `other`."""
        return (self.exact - other.exact) | (self.narrow - other.narrow)


def disclosed_rows(
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
    by_all_equations: bool = True,
    workers: int = 1,
) -> DisclosedRows:
    """The hidden rows of the first release, and the cells the others left out, that the releases disclose.

    With `by_all_equations` all equations are used together, else each by itself with its bounds passed on.
    """
    combined = combine_releases(releases, estimates, counts, minimum)
    shown = releases[0].rows["shown"].to_numpy(dtype=bool)
    narrow, exact = np.zeros((2, len(combined.targets.names)), dtype=bool)
    widths = combined.widths(shown, by_all_equations, workers)
    for known, width in zip(combined.knowledge, widths, strict=True):
        exact |= width < CLOSE
        narrow |= width < known.required_width
    names = np.array(combined.targets.names, dtype=object)
    return DisclosedRows(set(names[narrow]), set(names[exact]))


def refuse_disclosed(
    tall: pd.DataFrame,
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
    ledger: pd.DataFrame,
    workers: int = 1,
) -> int:
    """The number of hidden rows attacked; raises DisclosureRefused if what is published discloses one.

    `tall` is what the edition publishes, `counts` the count table behind it, `ledger` what was published
    before (no rows: the edition is attacked by itself). A row is disclosed if the interval of a sensitive
    number in it is narrower than required, or if any hidden number of it is known exactly. By itself the
    edition is attacked for the latter only, since `decide` has attacked it with all equations. The message
    names the earlier release that discloses a row, if one does so without the others.
    """
    present = new_release(tall, estimates, counts)
    earlier = earlier_releases(ledger, estimates, counts)
    alone = disclosed_rows([present], estimates, counts, minimum, by_all_equations=False)
    found = alone.exact
    if earlier:
        together = disclosed_rows([present, *earlier], estimates, counts, minimum, workers=workers)
        found = found | together.beyond(alone)
    if found:
        _refuse(sorted(found), alone, [present, *earlier], estimates, counts, minimum)
    return int((tall["status"] == SKJULT).sum())


def _refuse(
    found: list[str],
    alone: DisclosedRows,
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
) -> NoReturn:
    """Name the rows and, for each, the earlier release that discloses it, if one does so by itself."""
    present, *earlier = releases
    suspects = earlier if set(found) - alone.exact else []
    disclosed_by = {"the edition itself": alone.exact}
    for release in suspects:
        pair = disclosed_rows([present, release], estimates, counts, minimum)
        disclosed_by[release.name] = pair.beyond(alone)
    refuse_rows(
        found, lambda row: next((name for name, rows in disclosed_by.items() if row in rows), TOGETHER)
    )
