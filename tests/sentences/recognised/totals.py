"""How many requirements got which verdict, and how many got none and why."""

import re
from collections import Counter

from claims import Claim
from printed import in_words

from recognised.says import W, says
from recognised.verdicts import CLEAR, due, missing

WORDS = {
    "oppfylt": "er oppfylt",
    "ikke_oppfylt": "er ikke oppfylt",
    "kan_ikke_avgjores": "kan ikke avgjøres",
    "ikke_relevant": "har ingen avstand å ta igjen",
    "for_fa": "bygger på for få personer",
    "skjult": "er skjult",
    "ikke_beregnbar": "kan ikke beregnes for perioden",
    "ikke_i_uttrekket": "er ikke i uttrekket",
}
WITHOUT = "kan ikke vurderes fordi det vi sammenligner med, "
CLAUSE = rf"{W} (?:{'|'.join(WORDS.values())}|{WITHOUT}(?:er skjult|ikke er kjent))(?: \([^)]*forbehold\))?"


def judged(claim: Claim) -> list[Claim]:
    """The series that some letter judges for the period shown, without those the book has added."""
    found = []
    for demand in claim.facts.in_force:
        own = claim.facts.demand(demand.indikator, demand.gruppe)
        if own and own.judged and not demand.supplement:
            found.append(claim.about(demand.indikator, demand.gruppe))
    return found


def clause(about: Claim) -> tuple[str, bool]:
    """What became of one requirement, in words, and whether its verdict is qualified."""
    if not about.row.shown:
        return WORDS[about.row.status], False
    verdict = about.verdict
    if verdict == "uten_grunnlag":
        why = missing(about)[1]
        return WITHOUT + ("er skjult" if why == "skjult" else "ikke er kjent"), False
    tested = verdict in (*CLEAR, "kan_ikke_avgjores")
    return WORDS[verdict], tested and any(due(about))


@says(
    rf"(?:Brevet|Brevene for (?P<years>[\d, og]+)) stiller krav til (?P<count>{W}) tall for "
    rf"(?P<who>.+)\."
)
def how_many_are_judged(claim: Claim, found: re.Match[str]) -> bool:
    series = judged(claim)
    facts = claim.facts
    years = {facts.letter_year(about.known_key.periode) for about in series}
    in_force = facts.letter_year(facts.period)
    named = set(map(int, re.findall(r"\d{4}", found["years"] or "")))
    return (
        found["count"].lower() == in_words(len(series))
        and named == (years | {in_force} if years != {in_force} else set())
        and found["who"] == {"kontor": "kontoret", "fylke": "fylket", "landet": facts.top}[claim.page.level]
    )


@says(rf"{CLAUSE}(?:, (?:og )?{CLAUSE})*\.")
def how_many_of_each(claim: Claim, found: re.Match[str]) -> bool:
    due_clauses: Counter[str] = Counter()
    qualified: Counter[str] = Counter()
    for about in judged(claim):
        words, reserved = clause(about)
        due_clauses[words] += 1
        qualified[words] += reserved
    said = {}
    for part in re.findall(CLAUSE, found[0], re.IGNORECASE):
        count, _, words = part.partition(" ")
        words, _, reserve = words.partition(" (")
        said[words] = (count.lower(), reserve)
    expected = {}
    for words, count in due_clauses.items():
        some = qualified[words]
        reserve = (
            "" if not some else "med forbehold)" if count == 1 else f"{in_words(some)} av dem med forbehold)"
        )
        expected[words] = (in_words(count), reserve)
    assert said == expected, f"{expected}"
    return True


def clear(claim: Claim) -> int:
    """How many requirements have a clear verdict, for all or for those that the letter looks to most."""
    return sum(about.row.shown and (about.verdict in CLEAR or any(due(about))) for about in judged(claim))


@says(rf"Tabellen under «Alle tallene» viser (?P<count>{W}) (?:klart|klare) utslag til\.")
def more_signals(claim: Claim, found: re.Match[str]) -> bool:
    listed = sum(
        block.tag == "li"
        and "nivået" not in block.text[:0]
        and bool(re.search(r"Kravet er (?:ikke )?oppfylt:|uten permitterte", block.text))
        for block in claim.page.blocks
        if not block.keys.indikator
    )
    return found["count"].lower() == in_words(clear(claim) - listed)


@says(r"Ingen av endringene som kan vurderes, er store nok til å skilles fra tilfeldigheter\.")
def nothing_clear(claim: Claim, _found: re.Match[str]) -> bool:
    verdicts = {about.verdict for about in judged(claim) if about.row.shown}
    return not clear(claim) and bool(verdicts & {"kan_ikke_avgjores", "ikke_relevant"})


@says(r"Tallene som vises, bygger på for få personer til at de kan vurderes\.")
def all_too_few(claim: Claim, _found: re.Match[str]) -> bool:
    return {about.verdict for about in judged(claim) if about.row.shown} == {"for_fa"}


@says(
    r"Tallene som vises, kan ikke vurderes, fordi det vi sammenligner med, ikke kan vises eller ikke "
    r"er kjent\."
)
def all_without_base(claim: Claim, _found: re.Match[str]) -> bool:
    return {about.verdict for about in judged(claim) if about.row.shown} == {"uten_grunnlag"}


@says(
    r"Tallene som vises, kan ikke vurderes: noen bygger på for få personer, og for andre mangler det "
    r"vi sammenligner med\."
)
def few_and_without_base(claim: Claim, _found: re.Match[str]) -> bool:
    return {about.verdict for about in judged(claim) if about.row.shown} == {"for_fa", "uten_grunnlag"}


@says(r"Ingen av disse tallene kan vises uten at de kan røpe enkeltpersoner\.")
def all_hidden(claim: Claim, _found: re.Match[str]) -> bool:
    statuses = {about.row.status for about in judged(claim)}
    return "skjult" in statuses and "vist" not in statuses


@says(
    rf"Tilfeldigheter alene kan gi (?P<count>mindre enn ett|omtrent {W}) (?:klart|klare) svar blant "
    rf"(?P<where>svarene i tabellen|kontorene som har fått et svar), også når ingenting har endret seg\."
)
def by_chance(claim: Claim, found: re.Match[str]) -> bool:
    """Of those without a true change, one in twenty gets a clear verdict."""
    tested = {*CLEAR, "kan_ikke_avgjores"}
    numbers = [sum(verdict in tested for verdict in verdicts) for verdicts in _tables(claim, found["where"])]
    words = {round(0.05 * count) for count in numbers if count}
    said = found["count"].lower().removeprefix("omtrent ")
    return said in {in_words(count) if count else "mindre enn ett" for count in words}


def _tables(claim: Claim, where: str) -> list[list[str]]:
    """The verdicts of each set of rows that the sentence may be about."""
    facts = claim.facts
    if claim.page.kind != "indikator":
        return [
            [
                about.verdict
                for about in (claim.about(d.indikator, d.gruppe) for d in facts.in_force if d.judged)
            ]
        ]
    units = [
        number
        for number, unit in facts.units.items()
        if (unit["niva"] == "kontor") == where.startswith("kontorene") and not number.endswith("S")
    ]
    return [
        [facts.verdict(d.indikator, d.gruppe, unit) for unit in units]
        for d in facts.in_force
        if d.indikator == claim.page.subject
    ]


@says(
    r"NAV-kontor med minst ett krav som ikke er oppfylt: (?P<list>.+)\.|Ingen NAV-kontor har et krav "
    r"med svaret «ikke oppfylt»\."
)
def offices_with_unmet(claim: Claim, found: re.Match[str]) -> bool:
    facts, expected = claim.facts, Counter()
    for number, unit in facts.units.items():
        if unit["niva"] == "kontor" and not number.endswith("S"):
            expected[facts.units[unit["fylke"]]["navn"]] += _unmet(claim, number)
    said = {
        name: count
        for count, name in re.findall(rf"({W}) i (.+?)(?:, | og (?={W} i )|$)", found["list"] or "")
    }
    return said == {name: in_words(count) for name, count in expected.items() if count}


def _unmet(claim: Claim, enhet: str) -> bool:
    return any(
        d.judged and claim.facts.verdict(d.indikator, d.gruppe, enhet) == "ikke_oppfylt"
        for d in claim.facts.in_force
    )


@says(
    r"Ingen krav har svaret «ikke oppfylt» for (?P<whom>landet eller noe fylke|fylket eller noen av "
    r"kontorene)\."
)
def no_unmet(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    if found["whom"].startswith("landet"):
        units = [number for number, unit in facts.units.items() if unit["niva"] != "kontor"]
    else:
        units = [number for number, unit in facts.units.items() if unit["fylke"] == claim.page.unit]
    return not any(_unmet(claim, unit) for unit in units)
