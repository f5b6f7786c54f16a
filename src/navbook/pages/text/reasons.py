"""Why a requirement has no verdict: every reason has its own words, the same on all pages."""

from dataclasses import dataclass

from navbook.pages.format import period_text
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


FEW = Reason(
    "for få",
    "bygger på for få personer",
    "Kan ikke vurderes: tallet bygger på for få personer til å si noe sikkert.",
)
_WITHOUT_BASE = "kan ikke vurderes fordi det vi sammenligner med, "
_BASE = {
    HIDDEN: (
        "grunnlaget er skjult",
        "er skjult",
        "tallet for {base}, som det skal sammenlignes med, er skjult",
    ),
    NOT_COMPUTABLE: (
        "grunnlaget er ikke kjent",
        "ikke er kjent",
        "tallet for {base}, som det skal sammenlignes med, er ikke kjent",
    ),
    REDEFINED: ("ny definisjon", "har en annen definisjon", "definisjonen er endret siden {base}"),
    "": (
        "mangler grunnlag",
        "er skjult eller ikke kjent",
        "tallet for {base}, som det skal sammenlignes med, er skjult eller ikke kjent",
    ),
}


def reason_of(view: View, cell: Cell, series: LetterSeries) -> Reason | None:
    """Why a shown, judged cell has no verdict; None if it has one."""
    if cell.vurdering == TOO_FEW:
        return FEW
    if cell.vurdering != WITHOUT_BASE:
        return None
    missing, base = view.missing_base(cell, series)
    word, clause, sentence = _BASE[missing]
    named = sentence.format(base=period_text(base) if base else "perioden før")
    return Reason(word, f"{_WITHOUT_BASE}{clause}", f"Kan ikke vurderes: {named}.")
