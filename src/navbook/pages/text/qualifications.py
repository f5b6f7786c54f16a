"""What must be said with a verdict, in the same sentence, because it changes how the verdict is read."""

from navbook.pages.format import number
from navbook.pages.templates import sentence, sentence_or
from navbook.pages.text.sentences import count_text
from navbook.pages.text.verdict_notes import DECIDED, TESTED, WITHOUT_FURLOUGHED
from navbook.pages.view import HIDDEN, Cell, LetterSeries, View


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
        weight = sentence("setninger.forbehold.vekt", fotnote=note) if note else ""
        decided = {cell.vurdering, without.vurdering} & set(DECIDED)
        if without.status == HIDDEN and decided:
            return sentence("setninger.forbehold.permitterte_skjult", vekt=weight)
        answer = sentence_or(f"setninger.forbehold.svar.{without.vurdering}", "")
        if decided and answer and without.vurdering != cell.vurdering:
            return sentence("setninger.forbehold.uten_permitterte", svar=answer, vekt=weight)
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
        return sentence(
            "setninger.forbehold.gruppen",
            opp=share.n > before.n,
            fra=number(before.n / before.divisor),
            til=count_text(share, share.n),
            snitt=share.divisor > 1,
            svar=sentence_or(f"setninger.forbehold.andel.{share.vurdering}", ""),
        )
    return ""
