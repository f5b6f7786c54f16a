"""The change in how far an office is from what was expected of those who left, period by period."""

import numpy as np
import pandas as pd

from navbook.edition.change_effect.question import Question
from navbook.edition.offices import local_offices
from navbook.edition.read import Edition
from navbook.edition.schema import VIST
from navbook.runtime.periods import parse_period
from navbook.statistics import Change
from navbook.statistics.intervals import quantile

LEVEL = 0.95


def adjusted_periods(edition: Edition, question: Question) -> tuple[str, tuple[str, ...]] | None:
    """The base period and the periods after the change for which the edition knows what was expected.

    After the change is the edition's own period if it begins with the change, else the tertials of it that
    begin with or after the change. None where no period begins with the change or nothing is expected.
    """
    rows = _rows(edition, question)
    known = set(rows["periode"])
    own = edition.navn
    bases = set(rows.loc[rows["periode"] == own, "basis_periode"]) & known
    if own not in known or len(bases) != 1:
        return None
    base = bases.pop()
    if parse_period(own).first == question.dato:
        return base, (own,)
    inside = parse_period(own)
    parts = sorted(name for name in known - {own, base} if _within(name, inside.first, inside.last))
    after = tuple(name for name in parts if parse_period(name).first >= question.dato)
    return (base, after) if after and parse_period(after[0]).first == question.dato else None


def adjusted_changes(
    edition: Edition, question: Question, before: str, after: tuple[str, ...]
) -> tuple[pd.Index, Change]:
    """The offices that show all the periods, and the change of their deviation, per person, as a share.

    A deviation is observed less expected over n; its variance is read from its 95 per cent limits.
    """
    rows = _rows(edition, question).set_index(["periode", "enhet"])
    first = _deviation(rows, (before,))
    second = _deviation(rows, after)
    offices = first.index.intersection(second.index).sort_values()
    value = second.loc[offices, "avvik"] - first.loc[offices, "avvik"]
    variance = second.loc[offices, "varians"] + first.loc[offices, "varians"]
    return offices, Change(value.to_numpy(dtype=np.float64), variance.to_numpy(dtype=np.float64))


def _rows(edition: Edition, question: Question) -> pd.DataFrame:
    rows = edition.tall.iloc[edition.positions("indikator")[question.indikator]]
    shown = rows[(rows["gruppe"] == question.gruppe) & (rows["status"] == VIST)]
    return local_offices(shown[shown[["avvik", "avvik_nedre", "avvik_ovre", "n"]].notna().all(axis=1)])


def _deviation(rows: pd.DataFrame, periods: tuple[str, ...]) -> pd.DataFrame:
    """The deviation over some periods together and its variance, for the offices that show them all."""
    parts = [rows.loc[period] for period in periods]
    offices = parts[0].index
    for part in parts[1:]:
        offices = offices.intersection(part.index)
    together = pd.concat([part.reindex(offices) for part in parts])
    error = (together["avvik_ovre"] - together["avvik_nedre"]) / (2 * quantile(LEVEL))
    n = together["n"]
    persons = pd.DataFrame({"n": n, "avvik": n * together["avvik"], "varians": (n * error) ** 2})
    total = persons.groupby(level=0).sum()
    return pd.DataFrame({"avvik": total["avvik"] / total["n"], "varians": total["varians"] / total["n"] ** 2})


def _within(name: str, first: str, last: str) -> bool:
    period = parse_period(name)
    return len(period.months) > 1 and first <= period.first and period.last <= last
