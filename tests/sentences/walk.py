"""Every claim of a page, checked: recognised and so, recognised and not so, or not recognised."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from claims import Claim, Page
from facts import Facts
from page_text import sentences
from printed import strings
from recognised import RECOGNISED

from navbook.runtime.paths import PROJECT

GENERAL = Path(__file__).with_name("general.txt")
PLANS = ("src/navbook/pages/chapters/kapitler.yml",)


class Fault(NamedTuple):
    """A sentence that is not so (`why` says which derivation denies it), or that nothing recognises."""

    page: str
    sentence: str
    why: str
    keys: tuple[str, ...]


UNKNOWN = (
    "not recognised: add its pattern and derivation to tests/sentences/recognised/, or, if it explains the "
    "book and says nothing of this edition, the sentence to tests/sentences/general.txt"
)


def faults(page: Page) -> list[Fault]:
    """What is wrong with the claims of a page."""
    return [
        Fault(page.address, claim.sentence, why, tuple(claim.block.keys))
        for claim in page.claims()
        if (why := fault_of(claim))
    ]


def fault_of(claim: Claim) -> str:
    """Why a claim is not so, or that nothing recognises it; empty if it is so."""
    for pattern, derive in RECOGNISED:
        found = pattern.fullmatch(claim.sentence)
        if found is None:
            continue
        try:
            so, more = derive(claim, found), ""
        except (AssertionError, KeyError, StopIteration, TypeError, ValueError) as error:
            so, more = False, f": {type(error).__name__} {error}"
        return "" if so else f"not so, by {derive.__name__}{more}"
    return "" if explains(claim) else UNKNOWN


@cache
def general() -> frozenset[str]:
    """The sentences that explain the book."""
    return frozenset(filter(None, GENERAL.read_text(encoding="utf-8").splitlines()))


def explains(claim: Claim) -> bool:
    """Whether a sentence is general, or stands word for word in what the edition explains itself with."""
    sentence = claim.sentence
    if sentence in general():
        return True
    text = explanations(claim.facts)
    _, _, after_name = sentence.partition(": ")
    return sentence in text or after_name in text


_TEXTS: dict[Path, frozenset[str]] = {}


def explanations(facts: Facts) -> frozenset[str]:
    """The texts of the definitions, the letters that judge a period shown, and the chapter plan, whole and
    by sentence.
    """
    if facts.folder not in _TEXTS:
        years = {facts.letter_year(facts.period)}
        years |= {facts.letter_year(facts.shown_period(id)) for id in facts.utgave["perioder"]}
        plans = [yaml.safe_load((PROJECT / name).read_text(encoding="utf-8")) for name in PLANS]
        letters = [
            letter for year, letter in facts.letter_files.items() if year in years or _lends(year, facts)
        ]
        found = set()
        for text in strings([list(facts.definitions.values()), letters, plans]):
            for id, definition in facts.definitions.items():
                text = re.sub(rf"\b{id}\b", f"«{definition['kortnavn']}»", text)
            text = re.sub(r"\s+", " ", text).strip()
            found |= {text, *sentences(text)}
        _TEXTS[facts.folder] = frozenset(filter(None, found))
    return _TEXTS[facts.folder]


def _lends(year: int, facts: Facts) -> bool:
    """Whether a letter lends the report's headings to the letter in force, which lists none."""
    in_force = facts.letter_year(facts.period)
    if in_force is None or year > in_force:
        return False
    listed = [y for y, letter in facts.letter_files.items() if (letter.get("report") or {}).get("sections")]
    return year == max((y for y in listed if y <= in_force), default=None)
