"""Observed against expected, what was to be expected of a change, and groups of one size."""

import re

from claims import Claim
from facts import Row
from printed import per_cent, printed

from recognised.says import N, says

LIMITS = rf"(?P<value>{N}) \((?P<low>{N})(?: til |–)(?P<high>{N})\)"


def _effort(claim: Claim) -> Row:
    """The row of the model that also knows the innsatsgruppe."""
    key = claim.known_key
    return next(
        Row(row)
        for row in claim.facts.table("innsats")
        if all(row[name] == getattr(key, name) for name in key._fields)
    )


def _points(claim: Claim, row: Row, *names: str) -> list[str]:
    return [per_cent(row.number(name), claim.decimals, True) for name in names]


@says(rf"Hele landets avvik er (?P<value>{N})\.")
def of_the_country(claim: Claim, found: re.Match[str]) -> bool:
    return [found["value"]] == _points(claim, _effort(claim), "landet")


@says(rf"Når modellen også kjenner innsatsgruppen: {LIMITS}\.")
def with_effort(claim: Claim, found: re.Match[str]) -> bool:
    expected = _points(claim, _effort(claim), "avvik", "avvik_nedre", "avvik_ovre")
    return [found["value"], found["low"], found["high"]] == expected


@says(r"For få til å si noe\.?")
def too_few_for_the_model(claim: Claim, _found: re.Match[str]) -> bool:
    n = claim.row.number("n")
    return n is not None and n < 30


@says(r"Utgaven har ingen forventede tall for denne enheten\.")
def nothing_expected(claim: Claim, _found: re.Match[str]) -> bool:
    facts = claim.facts
    return not any(
        row.number("forventet") is not None
        for key, row in facts.rows.items()
        if key.enhet == claim.page.unit and key.periode == facts.shown_period(key.indikator)
    )


def _note(claim: Claim) -> Row:
    return claim.facts.notes[claim.known_key]


@says(rf"Endringen måtte vært minst om lag (?P<points>{N}) prosentpoeng for å kunne påvises\.")
def smallest_change(claim: Claim, found: re.Match[str]) -> bool:
    smallest = _note(claim).number("minste_endring")
    return claim.verdict == "kan_ikke_avgjores" and found["points"] == printed(100 * smallest, claim.decimals)


@says(
    rf"Ut fra tallet i (?P<base>.+?) og utviklingen i landet var (?P<low>{N})(?: til |–)(?P<high>{N}) "
    rf"prosent å vente\."
)
def to_be_expected(claim: Claim, found: re.Match[str]) -> bool:
    note = _note(claim)
    limits = [per_cent(note.number(f"ventet_{end}"), claim.decimals) for end in ("nedre", "ovre")]
    return found["base"] == claim.base_period and [found["low"], found["high"]] == limits


@says(
    rf"Var den sanne andelen (?P<limit>{N}) prosent, ville tilfeldigheter alene gitt et så "
    rf"(?P<end>høyt|lavt) tall (?P<chance>{N}) av 100 ganger\."
)
def chance_beyond_limit(claim: Claim, found: re.Match[str]) -> bool:
    from math import comb

    assert claim.demand is not None
    share, high = claim.demand.rule["limit"], claim.demand.rule["operator"] == ">"
    x, n = int(claim.row.number("x")), int(claim.row.number("n"))
    tail = range(x, n + 1) if high else range(x + 1)
    chance = sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in tail)
    return (
        claim.verdict == "oppfylt"
        and (found["limit"], found["chance"]) == (per_cent(share, 1), per_cent(chance, 1))
        and found["end"] == ("høyt" if high else "lavt")
    )


def _together(claim: Claim) -> Row:
    indikator = claim.known_key.indikator
    return next(
        Row(row)
        for row in claim.facts.table("samlet")
        if (row["indikator"], row["enhet"]) == (indikator, claim.page.unit)
    )


@says(rf"(?:.+: )?Innsatsgruppene samlet endret seg (?P<value>{N}) prosentpoeng\.")
def groups_together(claim: Claim, found: re.Match[str]) -> bool:
    return found["value"] == per_cent(_together(claim).number("endring"), 1, True)


@says(rf"Hadde gruppene vært like store som i landet i begge perioder, ville endringen vært {LIMITS}\.")
def same_mix(claim: Claim, found: re.Match[str]) -> bool:
    row = _together(claim)
    names = [f"standardisert_endring{end}" for end in ("", "_nedre", "_ovre")]
    expected = [per_cent(row.number(name), 1, True) for name in names]
    return [found["value"], found["low"], found["high"]] == expected
