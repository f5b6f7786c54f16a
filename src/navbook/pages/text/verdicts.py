"""The verdict of a cell as a page prints it: with its reason, or with what qualifies it."""

from navbook.pages.templates import sentence
from navbook.pages.text.qualifications import qualification
from navbook.pages.text.reasons import reason_of
from navbook.pages.text.sentences import verdict_sentence
from navbook.pages.view import Cell, LetterSeries, View

VERDICT_WORDS = {
    "oppfylt": "oppfylt",
    "ikke_oppfylt": "ikke oppfylt",
    "kan_ikke_avgjores": "kan ikke avgjøres",
    "ikke_relevant": "vurderes ikke",
}


def full_verdict(view: View, cell: Cell, series: LetterSeries) -> str:
    """The verdict in a sentence, or why there is none; empty for a cell that is not judged or not shown.

    A letter other than the one in force is named, with its requirement.
    """
    if not cell.shown:
        return ""
    if not series.judged:
        return _not_judged(series)
    other = ""
    if series.judged_by:
        other = sentence("setninger.annet_brev.vurdert", ar=series.judged_by, krav=series.requirement) + " "
    if reason := reason_of(view, cell, series):
        return other + reason.sentence
    return other + verdict_sentence(cell, series, qualification(view, series, cell))


def _not_judged(series: LetterSeries) -> str:
    """That the letter of the period shown has no requirement; empty if it is the letter in force."""
    if series.judged_by is None:
        return ""
    if not series.judged_by:
        return sentence("setninger.annet_brev.ingen")
    return sentence("setninger.annet_brev.uten_krav", ar=series.judged_by)


def verdict_word(view: View, cell: Cell, series: LetterSeries) -> str:
    """The verdict or the reason in a few words, for tables; empty for a cell without either."""
    reason = reason_of(view, cell, series)
    word = reason.word if reason else VERDICT_WORDS.get(cell.vurdering, "")
    return f"{word} (brevet for {series.judged_by})" if word and series.judged_by else word
