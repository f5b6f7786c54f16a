"""The planning sheet: local goals and what the municipalities count."""

import re

from claims import Claim
from printed import per_cent

from recognised.says import says


def goals(claim: Claim) -> list[dict[str, str]]:
    """The verdicts on the goals of the page's unit for the series that a text is about."""
    key = claim.known_key
    return [
        row
        for row in claim.facts.table("maloppnaelse")
        if (row["enhet"], row["indikator"], row["gruppe"]) == (key.enhet, key.indikator, key.gruppe)
    ]


def is_goal(claim: Claim, share: str) -> bool:
    """Whether a share is a goal of the unit for a parameter of the letter that holds the series."""
    key = claim.known_key
    parameters = {
        demand.parameter
        for demand in claim.facts.in_force
        if (demand.indikator, demand.gruppe) == (key.indikator, key.gruppe)
    }
    return any(
        per_cent(float(row["mal"].replace(",", ".")), 1) == share
        for row in claim.facts.table("lokale_mal")
        if row["enhet"] == key.enhet and row["parameter"] in parameters
    )


def of_municipality(claim: Claim) -> list[dict[str, str]]:
    """The rows of the municipality's figure that a text is about, now and a year before."""
    keys, facts = claim.block.keys, claim.facts
    periods = {facts.period, facts.moved(facts.period, -12)}
    return [
        row
        for row in facts.table("kommunale_tall")
        if (row["enhet"], row["kommunenr"], row["tall"]) == (claim.page.unit, keys.kommune, keys.tall)
        and row["periode"] in periods
    ]


@says(r"Utgaven har ingen egne mål for kontoret\.")
def no_goal(claim: Claim, _found: re.Match[str]) -> bool:
    return not any(row["enhet"] == claim.page.unit for row in claim.facts.table("lokale_mal"))


@says(r"vurderes ikke: tallet vises ikke for perioden")
def goal_not_judged(claim: Claim, _found: re.Match[str]) -> bool:
    return not goals(claim) and not claim.row.shown


@says(r"Utgaven har ingen tall fra kommunen\.")
def no_municipal_figures(claim: Claim, _found: re.Match[str]) -> bool:
    of_unit = [row for row in claim.facts.table("kommunale_tall") if row["enhet"] == claim.page.unit]
    named = [row for row in claim.facts.table("kommuner") if row["enhet"] == claim.page.unit]
    return len({row["kommunenr"] for row in of_unit}) < len(named)


@says(r"for få til å vurdere")
def goal_for_too_few(claim: Claim, _found: re.Match[str]) -> bool:
    return {row["vurdering"] for row in goals(claim)} == {"for_fa"}
