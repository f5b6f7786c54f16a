"""What is asked: which offices changed something, when, and what they are compared with."""

from dataclasses import dataclass

from navbook.edition.offices import local_offices
from navbook.edition.read import Edition
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import parse_month

FEWEST_MONTHS, MOST_MONTHS = 4, 24
# amounts of days: the binomial variance does not apply to them
AMOUNTS = ("sykefravaer_etat",)


@dataclass(frozen=True)
class Question:
    """Offices that made a change from the month `dato` (`YYYY-MM`), and the series to look at.

    `sammenligning`: the offices to compare with; empty for those that the edition calls similar. `vindu`: the
    number of months before and after the date.
    """

    kontor: tuple[str, ...]
    dato: str
    indikator: str
    gruppe: str = "alle"
    sammenligning: tuple[str, ...] = ()
    vindu: int = 12


def refuse_wrong(question: Question, edition: Edition) -> None:
    """Raise UsageError for a question that the edition cannot be asked, with the remedy."""
    parse_month(question.dato)
    if not FEWEST_MONTHS <= question.vindu <= MOST_MONTHS:
        raise UsageError(f"a window of {question.vindu} months: give {FEWEST_MONTHS} to {MOST_MONTHS}")
    if not question.kontor:
        raise UsageError("no office is named: give the offices that made the change")
    offices = set(local_offices(edition.units_with_figures)["enhet"])
    for office in (*question.kontor, *question.sammenligning):
        if office not in offices:
            raise UsageError(f"there is no office {office} in the edition {edition.navn}")
    if both := sorted(set(question.kontor) & set(question.sammenligning)):
        raise UsageError(f"{', '.join(both)} cannot be compared with itself: name other offices")
    _refuse_series(question, edition)


def comparison_offices(question: Question, edition: Edition) -> tuple[str, ...]:
    """The offices to compare with: those named, else those similar to the offices in question."""
    if question.sammenligning:
        return tuple(sorted(set(question.sammenligning)))
    similar = edition.further("lignende")
    found = set(similar.loc[similar["enhet"].isin(question.kontor), "lignende"]) - set(question.kontor)
    if not found:
        named = ", ".join(question.kontor)
        raise UsageError(f"the edition names no offices similar to {named}: name those to compare with")
    return tuple(sorted(found))


def _refuse_series(question: Question, edition: Edition) -> None:
    groups = {record["id"]: [g["id"] for g in record["grupper"]] for record in edition.definisjoner}
    if question.indikator not in groups:
        raise UsageError(f"there is no indicator '{question.indikator}' in the edition {edition.navn}")
    if question.gruppe not in groups[question.indikator]:
        known = ", ".join(groups[question.indikator])
        raise UsageError(f"'{question.indikator}' has no group '{question.gruppe}': it has {known}")
    rows = edition.tall.iloc[edition.positions("indikator").get(question.indikator, [])]
    if question.indikator in AMOUNTS or rows["verdi"].notna().sum() == 0:
        raise UsageError(f"'{question.indikator}' is no share of persons: choose an indicator that is")
