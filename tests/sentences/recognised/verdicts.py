"""Verdicts on a requirement, with their reason and what qualifies them."""

import re

from claims import Claim, exact
from printed import per_cent, printed

from recognised.says import N, says

QUALIFIED = (
    r"(?P<men>, men (?:uten permitterte (?P<uten>er det oppfylt|er det ikke oppfylt|kan det ikke avgjøres|"
    r"er det for få til å vurdere det|kan det ikke vurderes)|tallet uten permitterte er (?P<hid>skjult)|"
    rf"gruppen ble også (?P<moved>mindre|større) \(fra (?P<from>{N}) til (?P<to>{N})(?: i snitt per måned)?\)"
    r"(?:, og for andelen (?P<andel>er kravet oppfylt|er kravet ikke oppfylt|kan det ikke avgjøres|"
    r"er det for få til å vurdere det|kan det ikke vurderes))?)"
    r"(?:, og brevet legger mest vekt på det \(fotnote (?P<note>\d+)\))?)?"
)
ANSWERS = {
    "er det oppfylt": "oppfylt",
    "er kravet oppfylt": "oppfylt",
    "er det ikke oppfylt": "ikke_oppfylt",
    "er kravet ikke oppfylt": "ikke_oppfylt",
    "kan det ikke avgjøres": "kan_ikke_avgjores",
    "er det for få til å vurdere det": "for_fa",
    "kan det ikke vurderes": "uten_grunnlag",
}
CLEAR = ("oppfylt", "ikke_oppfylt")


@says(rf"Kravet er (?P<not>ikke )?oppfylt: (?P<why>.+?){QUALIFIED}\.")
def decided(claim: Claim, found: re.Match[str]) -> bool:
    return (
        claim.verdict == ("ikke_oppfylt" if found["not"] else "oppfylt")
        and _why(claim, found["why"])
        and _qualified(claim, found)
    )


@says(rf"Kan ikke avgjøres: (?P<why>.+?){QUALIFIED}\.")
def undecided(claim: Claim, found: re.Match[str]) -> bool:
    return claim.verdict == "kan_ikke_avgjores" and _why(claim, found["why"]) and _qualified(claim, found)


def _why(claim: Claim, why: str) -> bool:
    """Whether the reason given is that of the letter's rule, with its direction and limit."""
    demand = claim.demand
    assert demand is not None
    rule, verdict = demand.rule, claim.verdict
    if rule["kind"] == "fixed_limit":
        limit = per_cent(rule["limit"], 1)
        if claim.row.number("nedre") is None:
            return why == "én måned alene viser ikke hvor sikkert tallet er"
        if verdict == "kan_ikke_avgjores":
            return why == f"usikkerheten går på begge sider av {limit} prosent"
        side = "under" if (rule["operator"] == "<") == (verdict == "oppfylt") else "over"
        return why == f"andelen ligger {side} {limit} prosent, også når vi regner med usikkerheten"
    if rule["kind"] == "towards_level":
        year = rule["level_year"]
        return (
            why
            == {
                "oppfylt": f"tallet har beveget seg mot {year}-nivået",
                "ikke_oppfylt": f"tallet har beveget seg bort fra {year}-nivået",
                "kan_ikke_avgjores": "endringen er så liten at vi ikke kan si om tallet har beveget seg mot "
                f"{year}-nivået",
            }[verdict]
        )
    if verdict == "kan_ikke_avgjores":
        return why == "endringen er ikke større enn det tilfeldigheter alene kan gi"
    rises = (rule.get("polarity", 1) > 0) == (verdict == "oppfylt")
    direction = "økningen" if rises else "nedgangen"
    grew = exact(claim, claim.row) > exact(claim, claim.base)
    return rises == grew and why == f"{direction} er større enn det tilfeldigheter alene pleier å gi"


@says(r"(?P<year>\d{4})-nivået er (?P<at>[\d ,]+?)(?: prosent)?\.")
def level_is(claim: Claim, found: re.Match[str]) -> bool:
    demand, key = claim.demand, claim.known_key
    assert demand is not None
    year = demand.rule.get("level_year")
    back = 12 * (year - claim.facts.months(key.periode)[-1][0])
    row = claim.facts.row(*key._replace(periode=claim.facts.moved(key.periode, back)))
    return found["year"] == str(year) and found["at"] == claim.value(row)


@says(r"Ingen avstand å ta igjen: (?P<base>.+?) lå ikke påviselig unna (?P<year>\d{4})-nivået\.")
def no_gap(claim: Claim, found: re.Match[str]) -> bool:
    demand = claim.demand
    assert demand is not None
    assert demand.judged
    return (
        claim.verdict == "ikke_relevant"
        and found["base"] == claim.base_period
        and found["year"] == str(demand.rule["level_year"])
        and names_its_letter(claim)
    )


JUDGED_BY = re.compile(r"Vurdert etter brevet for (?P<letter>\d{4}) \(«(?P<krav>[^»]*)»\)\.")


@says(JUDGED_BY.pattern)
def judged_by(claim: Claim, found: re.Match[str]) -> bool:
    year, demand = claim.facts.letter_year(claim.known_key.periode), claim.demand
    return (
        year != claim.facts.letter_year(claim.facts.period)
        and demand is not None
        and (found["letter"], found["krav"]) == (str(year), demand.requirement)
    )


def names_its_letter(claim: Claim) -> bool:
    """Whether another letter than the one in force is named with the verdict, and only then."""
    year = claim.facts.letter_year(claim.known_key.periode)
    other = year != claim.facts.letter_year(claim.facts.period)
    return other == bool(JUDGED_BY.search(claim.block.text))


def _qualified(claim: Claim, found: re.Match[str]) -> bool:
    """Whether the clause that qualifies the verdict is the one that is due; none where none is."""
    return names_its_letter(claim) and [found[name] for name in CLAUSE] == due(claim)


CLAUSE = ("uten", "hid", "moved", "from", "to", "andel", "note")


def due(claim: Claim) -> list[str | None]:
    """What qualifies the verdict of a row: the answer without furloughed persons, or the size of the group.

    The groups CLAUSE of the pattern that are due, None for those that are not.
    """
    facts, key, demand = claim.facts, claim.known_key, claim.demand
    assert demand is not None
    own = claim.verdict
    nothing: list[str | None] = [None] * len(CLAUSE)
    judged = [
        d
        for d in facts.demands(facts.letter_year(key.periode))
        if d.judged
        and (d.parameter, d.indikator) == (demand.parameter, demand.indikator)
        and d.gruppe != key.gruppe
    ]
    words = {code: words for words, code in ANSWERS.items() if "kravet" not in words}
    shares = {
        code: words
        for words, code in ANSWERS.items()
        if "det oppfylt" not in words and "det ikke opp" not in words
    }
    for other in judged if key.gruppe != "uten_permitterte" else []:
        if other.gruppe != "uten_permitterte":
            continue
        row = facts.row(key.indikator, other.gruppe, key.enhet)
        verdict = facts.verdict(key.indikator, other.gruppe, key.enhet)
        note = next((str(nr) for nr, text in demand.footnotes if "permitter" in text), None)
        if facts.letter_year(key.periode) != facts.letter_year(facts.period):
            note = None
        if row.status == "skjult" and own in CLEAR:
            return [None, "skjult", *nothing[2:-1], note]
        if {own, verdict} & set(CLEAR) and verdict in words and verdict != own:
            return [words[verdict], *nothing[1:-1], note]
        return nothing
    if demand.maal == "antall" and own in CLEAR:
        for other in judged:
            row = facts.row(key.indikator, other.gruppe, key.enhet)
            verdict = facts.verdict(key.indikator, other.gruppe, key.enhet)
            if other.maal != "andel" or not row.shown or verdict == own:
                continue
            before = facts.row(key.indikator, other.gruppe, key.enhet, facts.moved(key.periode, -12))
            now, base = row.number("n"), before.number("n")
            if now is None or base is None:
                continue
            change = exact(claim, claim.row) - exact(claim, claim.base)
            if (now - base) * change > 0:
                sizes = [printed(size / claim.by) for size in (base, now)]
                moved = "mindre" if now < base else "større"
                return [None, None, moved, *sizes, shares.get(verdict), None]
    return nothing


def missing(claim: Claim) -> tuple[str, str]:
    """Which period the row lacks to be compared with, and why: `skjult` or `ikke kjent`."""
    facts, key, demand = claim.facts, claim.known_key, claim.demand
    assert demand is not None
    periods = [facts.moved(key.periode, -12)]
    if demand.rule["kind"] == "towards_level":
        back = 12 * (demand.rule["level_year"] - facts.months(key.periode)[-1][0])
        periods.append(facts.moved(key.periode, back))
    for periode in periods:
        row = facts.row(*key._replace(periode=periode))
        if not row.shown:
            return periode, "skjult" if row.status == "skjult" else "ikke kjent"
    raise AssertionError("nothing is missing")
