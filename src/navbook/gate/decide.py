"""Decide which numbers of the estimates are published: the rows of the edition, and the values withheld."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.disclosure import DisclosureSettings, ResultCache, SuppressionResult, verify
from navbook.disclosure.array_types import Flags
from navbook.edition.schema import VIST
from navbook.estimate import Estimates
from navbook.estimate.casemix import load_settings as casemix_settings
from navbook.gate.redact import published_rows
from navbook.gate.releases import refuse_rows
from navbook.gate.suppression import (
    Choice,
    EarlierReleases,
    GivenUp,
    choose,
    expected_to_omit,
    given_up,
    own_cells,
    statement_table,
)
from navbook.gate.withheld import withheld_values

NAMED_BY = ("indikator", "gruppe", "enhet", "periode")


@dataclass(frozen=True)
class Decision:
    """What is published and what is not.

    `tall` is what may be published. `withheld` (private) holds every true value that may not: indikator,
    gruppe, niva, enhet, periode, felt (a value column, or `n-x`), verdi. `hidden_cells` counts the hidden
    rows of the system, and `protected` describes how they were chosen. `statements` is what the edition says
    of hidden rows (STATEMENT_COLUMNS), and `given_up` how many rows of each class are hidden for others.
    """

    tall: pd.DataFrame
    withheld: pd.DataFrame
    hidden_cells: int
    protected: SuppressionResult
    statements: pd.DataFrame
    given_up: tuple[GivenUp, ...]


def decide(
    estimates: Estimates,
    settings: DisclosureSettings,
    profile: str,
    answers: ResultCache | None = None,
    workers: int = 1,
    earlier: EarlierReleases | None = None,
) -> Decision:
    """Choose the rows to hide, verify that nothing gives them away, and split the estimates accordingly.

    `earlier` is what has been published before, `answers` results of earlier calls by content. Raises
    DisclosureRefused if a sensitive number cannot be protected.
    """
    choice = choose(estimates, settings, settings.minimum(profile), answers, workers, earlier)
    _verify(choice, estimates)
    hidden = _of_series(choice.hidden, estimates)
    omitted = _omitted(estimates, hidden, settings)
    tall = published_rows(estimates, hidden, omitted)
    return Decision(
        tall=tall,
        withheld=withheld_values(estimates, hidden, settings, omitted),
        hidden_cells=int(choice.protected.hidden.sum()),
        protected=choice.protected,
        statements=statement_table(tall, choice, estimates),
        given_up=given_up(choice, estimates, settings),
    )


def _verify(choice: Choice, estimates: Estimates) -> None:
    """Raise DisclosureRefused if a sensitive number is shown or can be worked out.

    The complete edition is checked, without the cached results of its parts.
    """
    verify(choice.edition.system, choice.protected.hidden, choice.protected.disclosed)
    rows = estimates.rows
    places = tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    disclosed = rows[_of_series(choice.disclosed, estimates)[places]]
    if len(disclosed):
        refuse_rows(sorted(disclosed[list(NAMED_BY)].agg("/".join, axis=1)))


def _omitted(estimates: Estimates, hidden: Flags, settings: DisclosureSettings) -> Flags:
    """The shown rows of the estimates whose expected share must not be published."""
    rows = estimates.rows
    places = tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    with_expected = (rows["status"] == VIST).to_numpy() & rows["forventet"].notna().to_numpy()
    shown = np.zeros_like(hidden)
    shown[tuple(axis[with_expected] for axis in places)] = True
    fewest = casemix_settings().minste_antall
    return expected_to_omit(estimates, settings, shown & ~hidden, fewest)[places]


def _of_series(cells: Flags, estimates: Estimates) -> Flags:
    """Flags by (series, unit, period) with those of the series that each is counted as."""
    return cells[own_cells(estimates)]


def audit_table(decision: Decision) -> pd.DataFrame:
    """What it took to protect each independent part of the edition (private).

    Columns rows, primary, hidden, cells, equations, sensitive, fallback; parts with nothing hidden are left
    out.
    """
    names = ["rows", "primary", "cells", "equations", "sensitive", "fallback"]
    parts = [part for part in decision.protected.components if part.hidden.any()]
    table = pd.DataFrame([{name: getattr(part, name) for name in names} for part in parts], columns=names)
    table.insert(2, "hidden", [int(part.hidden.sum()) for part in parts])
    return table
