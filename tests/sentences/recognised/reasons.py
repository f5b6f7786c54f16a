"""Why there is no verdict, or no number; verdicts and reasons as a word."""

import re

from claims import Claim
from facts import COUNTRY
from printed import period_text

from recognised.planning import goals, of_municipality
from recognised.says import says
from recognised.verdicts import missing, names_its_letter


@says(r"Kan ikke vurderes: tallet bygger på for få personer til å si noe sikkert\.")
def too_few(claim: Claim, _found: re.Match[str]) -> bool:
    return claim.verdict == "for_fa" and names_its_letter(claim)


@says(
    r"Kan ikke vurderes: tallet for (?P<base>.+?), som det skal sammenlignes med, er "
    r"(?P<why>skjult|ikke kjent)\."
)
def base_missing(claim: Claim, found: re.Match[str]) -> bool:
    periode, why = missing(claim)
    return (
        claim.verdict == "uten_grunnlag"
        and (found["base"], found["why"]) == (period_text(periode), why)
        and names_its_letter(claim)
    )


@says(r"Tallet er skjult for å verne enkeltpersoner\.|skjult")
def hidden(claim: Claim, _found: re.Match[str]) -> bool:
    if claim.block.keys.kommune:
        return any(row["status"] == "skjult" for row in of_municipality(claim))
    if claim.key is None and claim.block.keys.indikator:  # a column of a table names its group
        return True
    return claim.row.status == "skjult"


@says(r"Tallet kan ikke beregnes for perioden, fordi minst én måned mangler\.|kan ikke beregnes")
def not_computable(claim: Claim, _found: re.Match[str]) -> bool:
    if claim.block.keys.kommune:
        return any(row["status"] == "ikke_beregnbar" for row in of_municipality(claim))
    return claim.row.status == "ikke_beregnbar"


@says(r"ikke i uttrekket|Tallet finnes ikke i uttrekket\.|Dette tallet er ikke i uttrekket\.")
def not_in_extract(claim: Claim, _found: re.Match[str]) -> bool:
    return claim.row.status == "ikke_i_uttrekket"


@says(r".+: Tallet vises ikke for landet: (?P<word>skjult|kan ikke beregnes|ikke i uttrekket)\.")
def country_not_shown(claim: Claim, found: re.Match[str]) -> bool:
    name = claim.sentence.partition(": Tallet vises ikke")[0]
    words = {
        "skjult": "skjult",
        "kan ikke beregnes": "ikke_beregnbar",
        "ikke i uttrekket": "ikke_i_uttrekket",
    }
    key = claim.page.series_names[name]
    return claim.facts.row(key.indikator, key.gruppe, COUNTRY).status == words[found["word"]]


@says(r"Brevet for (?P<year>\d{4}) stiller ikke krav til dette tallet\.")
def no_requirement(claim: Claim, found: re.Match[str]) -> bool:
    year, demand = claim.facts.letter_year(claim.known_key.periode), claim.demand
    return found["year"] == str(year) and not (demand and demand.judged)


@says(r"Ingen brev gjelder for perioden, så tallet vurderes ikke\.")
def no_letter_for_the_period(claim: Claim, _found: re.Match[str]) -> bool:
    return claim.facts.letter_year(claim.known_key.periode) is None


@says(
    r"(?P<word>oppfylt|ikke oppfylt|kan ikke avgjøres|vurderes ikke|for få|grunnlaget er "
    r"skjult|grunnlaget er ikke kjent)"
    r"(?: \(brevet for (?P<letter>\d{4})\))?"
)
def verdict_as_word(claim: Claim, found: re.Match[str]) -> bool:
    codes = {
        "kan ikke avgjøres": "kan_ikke_avgjores",
        "ikke oppfylt": "ikke_oppfylt",
        "vurderes ikke": "ikke_relevant",
        "for få": "for_fa",
        "oppfylt": "oppfylt",
    }
    if claim.page.kind == "plan" and not claim.block.keys.felt:  # the verdict on a local goal
        return {row["vurdering"] for row in goals(claim)} == {codes[found["word"].lower()]}
    word, year = found["word"].lower(), claim.facts.letter_year(claim.known_key.periode)
    other = str(year) if year and year != claim.facts.letter_year(claim.facts.period) else None
    if word.startswith("grunnlaget"):
        return claim.verdict == "uten_grunnlag" and word == f"grunnlaget er {missing(claim)[1]}"
    if claim.demand is None:  # a goal outside the table
        other = found["letter"]
    return claim.verdict == codes[word] and found["letter"] == other
