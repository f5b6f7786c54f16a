"""«Kort sagt»: the page in a few sentences."""

from collections import Counter

from navbook.pages.format import Fragment, bullets, count_word, escape, link, paragraph
from navbook.pages.sections.portfolio import size_sentence
from navbook.pages.templates import sentence, sentences_under
from navbook.pages.text import (
    capitalised,
    change_interval_sentence,
    figures_sentence,
    full_verdict,
    join_clauses,
    qualification,
    reason_of,
)
from navbook.pages.view import (
    FIXED_LIMIT,
    HIDDEN,
    NOT_IN_EXTRACT,
    TOO_FEW,
    WITHOUT_BASE,
    Cell,
    LetterSeries,
    UnitView,
)

SIGNALS = 4
Judged = list[tuple[LetterSeries, Cell]]

_VERDICTS = sentences_under("sammendrag.vurdering")
_STATUSES = sentences_under("sammendrag.status")
_CLEAR = ("oppfylt", "ikke_oppfylt")


def judged_requirements(view: UnitView) -> Judged:
    """The judged series that the letter itself asks for; the book's additions are in the tables only."""
    return [(s, view.own(s)) for s in view.letter_series if s.judged and not s.supplement]


def _clause(view: UnitView, series: LetterSeries, cell: Cell) -> str:
    """What became of one requirement, as a clause after a count; empty for a month, which is not judged."""
    if not cell.shown:
        return _STATUSES[cell.status]
    reason = reason_of(view, cell, series)
    return reason.clause if reason else _VERDICTS.get(cell.vurdering, "")


def count_of_verdicts(view: UnitView, judged: Judged) -> str:
    """A sentence on how many requirements got which verdict, and how many got none and why.

    Each requirement is counted once; those whose verdict is qualified are counted in the same clause.
    """
    clauses = [_clause(view, series, cell) for series, cell in judged]
    counts = Counter(filter(None, clauses))
    qualified = Counter(
        clause for clause, found in zip(clauses, judged, strict=True) if qualification(view, *found)
    )
    order = [*_VERDICTS.values(), *sorted(set(counts) - {*_VERDICTS.values(), *_STATUSES.values()})]
    parts = [
        _with_reservation(f"{count_word(counts[clause])} {clause}", qualified[clause], counts[clause])
        for clause in [*order, *_STATUSES.values()]
        if counts[clause]
    ]
    others = sorted({series.judged_by for series, _ in judged if series.judged_by})
    letters = sentence("sammendrag.brev")
    if others:
        years = [str(year) for year in (*others, view.edition.krav["brev"])]
        letters = sentence("sammendrag.brevene", ar=years)
    asked = sentence("sammendrag.krav", brev=letters, antall=len(judged), hvem=view.level_word)
    return f"{asked} {capitalised(join_clauses(parts))}." if parts else asked


def _with_reservation(clause: str, qualified: int, of: int) -> str:
    return sentence("sammendrag.med_forbehold", ledd=clause, med=qualified, av=of)


def _clear(view: UnitView, judged: Judged) -> Judged:
    """The requirements with a clear verdict, for all persons or for those the letter looks to most."""
    return [
        (series, cell)
        for series, cell in judged
        if cell.shown and (cell.vurdering in _CLEAR or qualification(view, series, cell))
    ]


def signal_requirements(view: UnitView, judged: Judged) -> Judged:
    """The clear verdicts that a summary names."""
    return _signals(_clear(view, judged))


def _signals(clear: Judged) -> Judged:
    """A few clear verdicts in the letter's order; if there are more, those not met take precedence."""
    first = sorted(clear, key=lambda found: found[1].vurdering != "ikke_oppfylt")[:SIGNALS]
    return [found for found in clear if found in first]


def _signal(view: UnitView, series: LetterSeries, cell: Cell) -> str:
    name = view.indicator_link(series.indikator, view.series_name(series))
    css = f"nb-vurdering nb-{escape(cell.vurdering)}"
    verdict = f'<span class="{css}">{escape(full_verdict(view, cell, series))}</span>'
    # a fixed limit is not judged by the change, so its interval says nothing about the verdict
    spread = "" if series.kind == FIXED_LIMIT else escape(change_interval_sentence(cell))
    return f"{name}. {escape(figures_sentence(cell))} {verdict} {spread}".rstrip()


def nothing_clear(view: UnitView, judged: list[Cell]) -> str:
    """Why no requirement has a clear verdict: nothing shown, no grounds, or possibly chance; HTML."""
    if not any(cell.shown for cell in judged):
        return _nothing_shown(view, judged)
    verdicts = {cell.vurdering for cell in judged if cell.shown}
    if not verdicts & {"kan_ikke_avgjores", "ikke_relevant"}:
        reasons = {frozenset({TOO_FEW}): "for_fa", frozenset({WITHOUT_BASE}): "uten_grunnlag"}
        why = sentence(f"sammendrag.ingen_fordi.{reasons.get(frozenset(verdicts), 'begge')}")
        return sentence("sammendrag.ingen_vurdert", hva=why)
    return sentence("sammendrag.ingen_klare")


def _nothing_shown(view: UnitView, judged: list[Cell]) -> str:
    statuses = {cell.status for cell in judged}
    if HIDDEN not in statuses:
        missing = "ingen_i_uttrekket" if statuses == {NOT_IN_EXTRACT} else "ingen_beregnet"
        return sentence(f"sammendrag.{missing}")
    hidden = sentence("sammendrag.alle_skjult")
    if view.niva == "landet":
        return hidden
    above = next((unit for unit in view.units if unit.enhet == view.unit.fylke), None)
    where = link("../landet.html", sentence("sammendrag.siden_for", navn=view.area.whole))
    if view.niva == "kontor" and above:
        name = sentence("sammendrag.siden_for", navn=above.navn)
        where = link(f"../fylke/{above.enhet}.html", name)
    return f"{hidden} {sentence('sammendrag.i_summene', siden=where)}"


def summary(view: UnitView) -> Fragment:
    """Group size, the count of verdicts, and a few clear signals in the letter's order."""
    judged = judged_requirements(view)
    items = [escape(size_sentence(view))]
    if judged:
        items.append(escape(count_of_verdicts(view, judged)))
    clear = _clear(view, judged)
    items += [_signal(view, series, cell) for series, cell in _signals(clear)]
    if more := max(0, len(clear) - SIGNALS):
        items.append(sentence("sammendrag.flere", antall=more))
    if judged and not clear:
        items.append(nothing_clear(view, [cell for _, cell in judged]))
    note = paragraph(sentence("sammendrag.merknad"))
    return Fragment(f'<div class="nb-kort">{bullets(items)}{note}</div>', "kort sagt")
