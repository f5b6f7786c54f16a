"""The answer: the difference in differences, the same at placebo dates, and adjusted for who left."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.change_effect.adjusted import adjusted_changes, adjusted_periods
from navbook.edition.change_effect.question import Question, comparison_offices, refuse_wrong
from navbook.edition.change_effect.windows import (
    Months,
    Windows,
    changes,
    shown_months,
    whole_periods,
    windows_at,
)
from navbook.edition.read import Edition
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import add_months
from navbook.statistics import Change, Effect, difference_in_differences, variance_between

FEWEST_COMPARED = 2
NO_PLACEBO = pd.DataFrame({"dato": [], "verdi": [], "nedre": [], "ovre": []})
INCREASE, DECREASE, NONE_SHOWN, COMPOSITION = "okning", "nedgang", "ingen_pavist", "sammensetning"


@dataclass(frozen=True)
class Analysis:
    """What was found. Shares are 0-1, effects differences of shares (`Effect`).

    compared: the offices compared with. left_out: those without the months that are needed.
    offices: enhet, endret (true for the offices in question), x0, n0, x1, n1; means of months for stocks.
    placebo: dato, verdi, nedre, ovre for each earlier date, oldest first; empty if none fits.
    months: maned, and the share of either side as `endret` and `andre`; nan where an office hides the month.
    adjusted: the effect on the deviation from the expected share, and the periods it compares, where known.
    """

    question: Question
    compared: tuple[str, ...]
    left_out: tuple[str, ...]
    windows: Windows
    offices: pd.DataFrame
    effect: Effect
    placebo: pd.DataFrame
    months: pd.DataFrame
    adjusted: Effect | None
    adjusted_periods: tuple[str, tuple[str, ...]] | None

    @property
    def answer(self) -> str:
        """INCREASE or DECREASE if the interval excludes 0, by the adjusted effect where there is one.

        COMPOSITION if the unadjusted interval excludes 0 and the adjusted does not; else NONE_SHOWN.
        """
        decisive = self.adjusted or self.effect
        if decisive.lower > 0:
            return INCREASE
        if decisive.upper < 0:
            return DECREASE
        return COMPOSITION if self.effect.lower > 0 or self.effect.upper < 0 else NONE_SHOWN

    @property
    def placebo_finds(self) -> int:
        """The number of placebo dates at which the interval excludes 0."""
        return int(((self.placebo["nedre"] > 0) | (self.placebo["ovre"] < 0)).sum())


def analyse(edition: Edition, question: Question) -> Analysis:
    """Compare the change of the offices with that of others; raises UsageError, with the remedy.

    The variance between offices comes from all local offices that show the months, except those in question.
    """
    refuse_wrong(question, edition)
    wanted, months = comparison_offices(question, edition), shown_months(edition, question)
    table, windows, compared = _compared(edition, question, wanted, months)
    counts, change = changes(table, windows)
    offices = counts.loc[[*question.kontor, *compared]].rename_axis("enhet").reset_index()
    offices.insert(1, "endret", offices["enhet"].isin(question.kontor))
    periods = adjusted_periods(edition, question)
    return Analysis(
        question=question,
        compared=compared,
        left_out=tuple(office for office in wanted if office not in compared),
        windows=windows,
        offices=offices,
        effect=_effect(counts.index, change, question.kontor, compared),
        placebo=_placebo(months, question, compared) if table is months else NO_PLACEBO,
        months=_sides(months, question.kontor, compared),
        adjusted=_adjusted(edition, question, periods, compared),
        adjusted_periods=periods,
    )


def _compared(
    edition: Edition, question: Question, wanted: tuple[str, ...], months: Months
) -> tuple[Months, Windows, tuple[str, ...]]:
    """The rows to compare, the windows, and the offices to compare with that show them.

    Months, unless the office or more than half of those to compare with lack them; then whole periods.
    """
    at_months = windows_at(months, question.kontor, question.dato, question.vindu)
    choices = [(months, at_months)] if at_months else []
    if periods := whole_periods(edition, question):
        choices.append(periods)
    found = []
    for table, windows in choices:
        counts = changes(table, windows)[0]
        usable = counts.index[counts["n1"].notna() & counts["n0"].notna()]
        if set(question.kontor) <= set(usable):
            found.append((table, windows, tuple(office for office in wanted if office in usable)))
    if not found:
        raise UsageError(
            f"{', '.join(question.kontor)} shows too little of {question.indikator} around {question.dato}: "
            "choose a larger group of persons, another date, or the first month of the edition's period"
        )
    best = next((choice for choice in found if 2 * len(choice[2]) >= len(wanted)), found[0])
    if len(best[2]) < FEWEST_COMPARED:
        raise UsageError(f"only {len(best[2])} of the offices to compare with show the figures: name others")
    return best


def _effect(index: pd.Index, change: Change, treated: tuple[str, ...], compared: tuple[str, ...]) -> Effect:
    def of(flags: np.ndarray) -> Change:
        return Change(change.value[flags], change.variance[flags])

    ours = index.isin(treated)
    return difference_in_differences(of(ours), of(index.isin(compared)), variance_between(of(~ours)))


def _placebo(months: Months, question: Question, compared: tuple[str, ...]) -> pd.DataFrame:
    """The effect at every earlier date whose windows end before the change."""
    rows = []
    first = months.n.index[0]
    date = add_months(question.dato, -question.vindu)
    while add_months(date, -question.vindu) >= first:
        windows = windows_at(months, question.kontor, date, question.vindu)
        if windows is not None:
            effect = _effect(months.n.columns, changes(months, windows)[1], question.kontor, compared)
            rows.append((date, effect.value, effect.lower, effect.upper))
        date = add_months(date, -1)
    found = pd.DataFrame(rows[::-1], columns=["dato", "verdi", "nedre", "ovre"])
    return found.dropna(subset="verdi").reset_index(drop=True)


def _sides(months: Months, treated: tuple[str, ...], compared: tuple[str, ...]) -> pd.DataFrame:
    def share(offices: tuple[str, ...]) -> pd.Series:
        x, n = (t.reindex(columns=list(offices)).sum(axis=1, skipna=False) for t in (months.x, months.n))
        return x / n.where(n > 0)

    sides = pd.DataFrame({"endret": share(treated), "andre": share(compared)})
    return sides.rename_axis("maned").reset_index()


def _adjusted(
    edition: Edition,
    question: Question,
    periods: tuple[str, tuple[str, ...]] | None,
    compared: tuple[str, ...],
) -> Effect | None:
    if periods is None:
        return None
    offices, change = adjusted_changes(edition, question, *periods)
    effect = _effect(offices, change, question.kontor, compared)
    missing = len(set(question.kontor) - set(offices)) > 0
    return None if missing or effect.value != effect.value else effect
