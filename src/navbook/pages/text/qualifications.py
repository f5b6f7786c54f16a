"""What must be said with a verdict, in the same sentence, because it changes how the verdict is read."""

from navbook.pages.format import number
from navbook.pages.text.sentences import count_text
from navbook.pages.text.verdict_notes import DECIDED, TESTED, WITHOUT_FURLOUGHED
from navbook.pages.view import HIDDEN, TOO_FEW, WITHOUT_BASE, Cell, LetterSeries, View

_ANSWERS = {
    "oppfylt": "er det oppfylt",
    "ikke_oppfylt": "er det ikke oppfylt",
    "kan_ikke_avgjores": "kan det ikke avgjøres",
    TOO_FEW: "er det for få til å vurdere det",
    WITHOUT_BASE: "kan det ikke vurderes",
}
_OF_SHARE = {
    "oppfylt": "for andelen er kravet oppfylt",
    "ikke_oppfylt": "for andelen er kravet ikke oppfylt",
    "kan_ikke_avgjores": "for andelen kan det ikke avgjøres",
    TOO_FEW: "for andelen er det for få til å vurdere det",
    WITHOUT_BASE: "for andelen kan det ikke vurderes",
}


def qualification(view: View, series: LetterSeries, cell: Cell) -> str:
    """A clause for the sentence of a verdict, with its comma; empty if nothing qualifies it."""
    if not cell.shown or cell.vurdering not in TESTED:
        return ""
    return _without_furloughed(view, series, cell) or _size_of_group(view, series, cell)


def _without_furloughed(view: View, series: LetterSeries, cell: Cell) -> str:
    """The answer without furloughed persons, if it is another: the letter looks to that most."""
    if series.gruppe == WITHOUT_FURLOUGHED:
        return ""
    for other in view.siblings(series):
        if other.gruppe != WITHOUT_FURLOUGHED:
            continue
        without = view.cell(other.indikator, other.gruppe, cell.enhet)
        note = "" if series.judged_by else view.footnote(series.parameter, "permitter")
        weight = f", og brevet legger mest vekt på det (fotnote {note})" if note else ""
        decided = {cell.vurdering, without.vurdering} & set(DECIDED)
        if without.status == HIDDEN and decided:
            return f", men tallet uten permitterte er skjult{weight}"
        if decided and without.vurdering in _ANSWERS and without.vurdering != cell.vurdering:
            return f", men uten permitterte {_ANSWERS[without.vurdering]}{weight}"
    return ""


def _size_of_group(view: View, series: LetterSeries, cell: Cell) -> str:
    """That the group itself shrank or grew, if a count moved with it and the share does not agree."""
    if series.measure != "antall" or cell.vurdering not in DECIDED:
        return ""
    for other in view.siblings(series):
        share = view.cell(other.indikator, other.gruppe, cell.enhet)
        if other.measure != "andel" or share.vurdering == cell.vurdering or not share.shown:
            continue
        before = view.cells.get(other.indikator, other.gruppe, cell.enhet, cell.basis_periode)
        if share.n is None or before.n is None or (share.n - before.n) * (cell.endring or 0) <= 0:
            continue
        moved = "mindre" if share.n < before.n else "større"
        sizes = f"fra {number(before.n / before.divisor)} til {count_text(share, share.n)}"
        monthly = " i snitt per måned" if share.divisor > 1 else ""
        answer = _OF_SHARE.get(share.vurdering)
        return f", men gruppen ble også {moved} ({sizes}{monthly})" + (f", og {answer}" if answer else "")
    return ""
