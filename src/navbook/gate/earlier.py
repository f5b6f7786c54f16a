"""Is a hidden cell of an edition given away by all that has been published, earlier editions included?

The same true counts stand behind every edition, so what an earlier one told of other months, other borders
or the same months before a correction is put beside the new one and attacked as one table.
"""

from collections.abc import Sequence
from typing import NoReturn

import pandas as pd

from navbook.edition.schema import SKJULT
from navbook.estimate import Estimates
from navbook.gate.given_away import Given, given_away
from navbook.gate.refusal import TOGETHER, refuse_rows
from navbook.gate.releases import Release, told_before, told_now


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
