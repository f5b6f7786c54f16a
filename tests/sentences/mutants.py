"""A sentence as a mistake would leave it: another verdict, another reason, another number."""

import re
from collections.abc import Iterator

from claims import Claim
from printed import WORDS

# a phrase → what a mistake could put in its place
SWAPS = (
    ("Kravet er oppfylt", "Kravet er ikke oppfylt"),
    ("Kravet er ikke oppfylt", "Kravet er oppfylt"),
    ("Kan ikke avgjøres: endringen", "Kravet er oppfylt: endringen"),
    ("er oppfylt", "kan ikke avgjøres"),
    ("kan ikke avgjøres", "er oppfylt"),
    ("ikke oppfylt", "oppfylt"),
    ("er skjult", "ikke er kjent"),
    ("er skjult", "kan ikke avgjøres"),
    ("bygger på for få personer", "er skjult"),
    ("for få", "skjult"),
    ("skjult", "ikke i uttrekket"),
    ("skjult", "kan ikke beregnes"),
    ("økte", "gikk ned"),
    ("gikk antallet ned", "økte antallet"),
    ("gikk andelen ned", "økte andelen"),
    ("andelen", "antallet"),
    ("økningen", "nedgangen"),
    ("nedgangen", "økningen"),
    ("mindre", "større"),
    ("beveget seg mot", "beveget seg bort fra"),
    ("ligger over", "ligger under"),
    ("innenfor, og skiller seg ikke sikkert fra landet", "over den øvre grensen"),
    (" (med forbehold)", ""),
    ("Ingen av kontorene skiller seg ut", "Ingen av kontorene i fylket skiller seg ut"),
    ("lavest", "høyest"),
    ("i snitt ", ""),
    (" per måned", ""),
    ("hver måned", "hvert år"),
    ("prosentpoeng", "prosent"),
    ("flere", "færre"),
    ("færre", "flere"),
    ("lavere", "høyere"),
    ("skiller seg ut", "skiller seg ikke ut"),
    ("fra landet", "fra fylket"),
    (", landet på", ", fylket på"),
    ("+", "−"),
    ("−", "+"),
)
_YEAR = re.compile(r"\b20\d\d\b")
_QUOTED = re.compile("«[^«»]*»")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(WORDS[1:])})\b", re.IGNORECASE)


def mutants(claim: Claim) -> Iterator[str]:
    """The sentence with one thing changed, in every way there is; names and quotations are left alone.

    A year is changed in a name too: the name of a period is a claim.
    """
    sentence = claim.sentence
    protected = [found.span() for found in claim.page.protected(sentence)]

    def free(start: int, end: int) -> bool:
        return not any(start < to and end > at for at, to in protected)

    for phrase, other in SWAPS:
        at = sentence.find(phrase)
        if at >= 0 and free(at, at + len(phrase)):
            yield sentence[:at] + other + sentence[at + len(phrase) :]
    quoted = [found.span() for found in _QUOTED.finditer(sentence)]
    for found in _YEAR.finditer(sentence):
        # the rounded level of a panel may be the same in another year
        by_chance = sentence.startswith("I hele ")
        if not by_chance and not any(found.start() < to and found.end() > at for at, to in quoted):
            yield sentence[: found.start()] + str(int(found[0]) - 1) + sentence[found.end() :]
    for found in _NUMBER_WORD.finditer(sentence):
        if free(*found.span()):
            word = WORDS[(WORDS.index(found[0].lower()) + 1) % len(WORDS)]
            word = word.capitalize() if found[0][0].isupper() else word
            yield sentence[: found.start()] + word + sentence[found.end() :]
    for found in re.finditer(r"\d", sentence):
        last = not sentence[found.end() : found.end() + 1].isdigit()
        if last and free(*found.span()):
            yield sentence[: found.start()] + str((int(found[0]) + 1) % 10) + sentence[found.end() :]
