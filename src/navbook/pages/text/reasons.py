"""Why a requirement has no verdict: every reason has its own words, the same on all pages."""

from dataclasses import dataclass

from navbook.pages.format import period_text
from navbook.pages.templates import sentence
from navbook.pages.view import (
    HIDDEN,
    NOT_COMPUTABLE,
    REDEFINED,
    TOO_FEW,
    WITHOUT_BASE,
    Cell,
    LetterSeries,
    View,
)


@dataclass(frozen=True)
class Reason:
    """One reason in three lengths: `word` in a table, `clause` after a count, `sentence` alone."""

    word: str
    clause: str
    sentence: str


# what is the matter with the base → the key of its words
_BASE = {HIDDEN: "skjult", NOT_COMPUTABLE: "ikke_beregnbar", REDEFINED: "endret_definisjon", "": "ukjent"}


def _reason(key: str, **words: str) -> Reason:
    of = f"setninger.grunn.{key}"
    return Reason(sentence(f"{of}.ord"), sentence(f"{of}.ledd"), sentence(f"{of}.setning", **words))


def reason_of(view: View, cell: Cell, series: LetterSeries) -> Reason | None:
    """Why a shown, judged cell has no verdict; None if it has one."""
    if cell.vurdering == TOO_FEW:
        return _reason("for_fa")
    if cell.vurdering != WITHOUT_BASE:
        return None
    missing, base = view.missing_base(cell, series)
    named = period_text(base) if base else sentence("setninger.grunn.perioden_for")
    return _reason(_BASE[missing], basis=named)
