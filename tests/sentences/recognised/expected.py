"""The sentences on an office beside what was expected: who is over, who is under, and who are too few."""

import re

from claims import Claim
from facts import LEAST, Row

from recognised.offices import WORDS, _by_text, _listed
from recognised.says import says

PEOPLE = _by_text("hvem_gjelder")
_ONE = "|".join(map(re.escape, sorted(PEOPLE, key=len, reverse=True)))
WHO = rf"(?:{_ONE})(?:(?:, | og )(?:{_ONE}))*"


def _expected(claim: Claim) -> list[tuple[str, Row]]:
    """Who has an expected number in the unit, and its row, in the order of the letter."""
    return [
        (WORDS["hvem_gjelder"][demand.indikator][demand.gruppe], row)
        for demand in claim.facts.in_force
        if demand.judged
        and (row := claim.facts.row(demand.indikator, demand.gruppe, claim.page.unit)).shown
        and row.number("forventet") is not None
    ]


def _limits(row: Row) -> tuple[float, float] | None:
    """The limits of the deviation; None if there are too few persons, or none are published."""
    n, low, high = (row.number(name) for name in ("n", "avvik_nedre", "avvik_ovre"))
    return None if n is None or n < LEAST or low is None or high is None else (low, high)


def _beyond(claim: Claim, sign: int) -> list[str]:
    """Who is clearly over (+1) or under (−1) the expected."""
    return [
        who
        for who, row in _expected(claim)
        if (limits := _limits(row)) and min(sign * end for end in limits) > 0
    ]


@says(rf"For (?P<who>{WHO}) er det for få til å si noe\.")
def too_few_left(claim: Claim, found: re.Match[str]) -> bool:
    few = [who for who, row in _expected(claim) if (n := row.number("n")) is not None and n < LEAST]
    return found["who"].lower() == _listed(few).lower()


@says(
    rf"(?P<side>Flere|Færre) enn forventet kom i arbeid av (?P<who>{WHO})"
    rf"(?:, og færre enn forventet av (?P<under>{WHO}))?\."
)
def beyond_the_expected(claim: Claim, found: re.Match[str]) -> bool:
    more = found["side"].lower() == "flere"
    own, other = _beyond(claim, 1 if more else -1), _beyond(claim, -1 if more else 1)
    if "Hva " in claim.block.text:  # a question is about one of them
        return found["under"] is None and found["who"].lower() in map(str.lower, own)
    said_other = (found["under"] or "").lower()
    return found["who"].lower() == _listed(own).lower() and said_other == (
        _listed(other).lower() if other else ""
    )


@says(r"Av dem som gikk ut av oppfølging, kom omtrent så mange i arbeid som forventet\.")
def as_expected(claim: Claim, _found: re.Match[str]) -> bool:
    limits = [found for _, row in _expected(claim) if (found := _limits(row))]
    return bool(limits) and all(low <= 0 <= high for low, high in limits)
