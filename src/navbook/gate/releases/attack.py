"""Is a hidden cell of an edition given away by all that has been published, earlier editions included?

The same true counts stand behind every edition, so what an earlier one told of other months, other borders
or the same months before a correction is put beside the new one and attacked as one table.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

import numpy as np
import pandas as pd

from navbook.edition.schema import SKJULT
from navbook.errors import DisclosureRefused
from navbook.estimate import Estimates
from navbook.gate.releases.combined import CLOSE, put_together
from navbook.gate.releases.release import Release, told_before, told_now

TOGETHER = "the earlier releases together"
_TOLD = 10


def refuse_rows(rows: Sequence[str], whose: Callable[[str], str] = lambda _: TOGETHER) -> NoReturn:
    """DisclosureRefused that names the first of the rows and `whose` release gives each away."""
    told = [f"{row} (by {whose(row)})" for row in rows[:_TOLD]]
    raise DisclosureRefused(
        f"{len(rows)} hidden cells can be worked out from what is published, so the edition must not be: "
        + "; ".join(told)
        + "; hide more by --profile streng or publish a period that shares no months with the release named"
    )


class Given(NamedTuple):
    """The hidden rows of which a number is known more closely than it may be, and those of which one is
    known exactly.
    """

    narrow: set[str]
    exact: set[str]

    def beyond(self, other: "Given") -> set[str]:
        """The rows of which more is known than by `other`."""
        return (self.exact - other.exact) | (self.narrow - other.narrow)


def given_away(
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
    by_all_equations: bool = True,
    workers: int = 1,
) -> Given:
    """What all releases together give away of the hidden rows of the first, and what the first gives away of
    those that the others left out: by all equations together, or by each and what it tells the others.
    """
    together = put_together(releases, estimates, counts, minimum)
    shown = releases[0].rows["told"].to_numpy(dtype=bool)
    narrow, exact = np.zeros((2, len(together.names)), dtype=bool)
    found = together.widths(shown, by_all_equations, workers)
    for known, width in zip(together.known, found, strict=True):
        exact |= width < CLOSE
        narrow |= width < known.need
    names = np.array(together.names, dtype=object)
    return Given(set(names[narrow]), set(names[exact]))


def refuse_given_away(
    tall: pd.DataFrame,
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
    ledger: pd.DataFrame,
    workers: int = 1,
) -> int:
    """How many hidden rows were looked at; DisclosureRefused if what was published gives one of them away.

    `tall` is what the edition tells, `counts` the count table behind it, `ledger` what was published before
    (no rows: the edition is attacked by itself). A row is given away if a number of it that may not be told
    is known more closely than such numbers are, or if any hidden number of it is known exactly. By itself the
    edition is asked for the latter only: the gate has attacked it, with all that binds its cells. The message
    says which earlier release does it, if one does without the others.
    """
    present = told_now(tall, estimates, counts)
    earlier = told_before(ledger, estimates, counts)
    alone = given_away([present], estimates, counts, minimum, by_all_equations=False)
    found = alone.exact
    if earlier:
        together = given_away([present, *earlier], estimates, counts, minimum, workers=workers)
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
    refuse_rows(found, lambda row: next((name for name, rows in by.items() if row in rows), TOGETHER))
