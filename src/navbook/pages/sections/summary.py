"""«Kort sagt»: the page in a few sentences."""

from collections import Counter

from navbook.pages.format import Fragment, bullets, count_word, escape, link, paragraph
from navbook.pages.sections.portfolio import size_sentence
from navbook.pages.text import (
    capitalised,
    change_interval_sentence,
    figures_sentence,
    full_verdict,
    join_clauses,
    join_names,
    qualification,
    reason_of,
)
from navbook.pages.view import (
    FIXED_LIMIT,
    HIDDEN,
    NOT_COMPUTABLE,
    NOT_IN_EXTRACT,
    TOO_FEW,
    WITHOUT_BASE,
    Cell,
    LetterSeries,
    UnitView,
)

SIGNALS = 4
Judged = list[tuple[LetterSeries, Cell]]

_VERDICTS = {
    "oppfylt": "er oppfylt",
    "ikke_oppfylt": "er ikke oppfylt",
    "kan_ikke_avgjores": "kan ikke avgjøres",
    "ikke_relevant": "har ingen avstand å ta igjen",
}
_STATUSES = {
    HIDDEN: "er skjult",
    NOT_COMPUTABLE: "kan ikke beregnes for perioden",
    NOT_IN_EXTRACT: "er ikke i uttrekket",
}
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
        f"{count_word(counts[clause])} {clause}{_with_reservation(qualified[clause], counts[clause])}"
        for clause in [*order, *_STATUSES.values()]
        if counts[clause]
    ]
    who = view.level_word
    others = sorted({series.judged_by for series, _ in judged if series.judged_by})
    letters = "Brevet"
    if others:
        letters = f"Brevene for {join_names([str(year) for year in (*others, view.edition.krav['brev'])])}"
    sentence = f"{letters} stiller krav til {count_word(len(judged))} tall for {who}."
    return f"{sentence} {capitalised(join_clauses(parts))}." if parts else sentence


def _with_reservation(qualified: int, of: int) -> str:
    if not qualified:
        return ""
    return " (med forbehold)" if of == 1 else f" ({count_word(qualified)} av dem med forbehold)"


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
        why = {
            frozenset({TOO_FEW}): "bygger på for få personer til at de kan vurderes",
            frozenset({WITHOUT_BASE}): "kan ikke vurderes, fordi det vi sammenligner med, ikke kan vises "
            "eller ikke er kjent",
        }.get(
            frozenset(verdicts),
            "kan ikke vurderes: noen bygger på for få personer, og for andre mangler det vi sammenligner med",
        )
        return (
            f"Tallene som vises, {why}. Bruk dem til å se hvor mange det er snakk om, ikke til å si om det "
            "gikk bedre eller dårligere."
        )
    return (
        "Ingen av endringene som kan vurderes, er store nok til å skilles fra tilfeldigheter. "
        "Det er et fullgodt svar, ikke et tegn på at noe er galt."
    )


def _nothing_shown(view: UnitView, judged: list[Cell]) -> str:
    statuses = {cell.status for cell in judged}
    if HIDDEN not in statuses:
        if statuses == {NOT_IN_EXTRACT}:
            return "Uttrekket har ingen av tallene som brevet stiller krav til."
        return "Ingen av tallene som brevet stiller krav til, kan beregnes for perioden."
    sentence = "Ingen av disse tallene kan vises uten at de kan røpe enkeltpersoner."
    if view.niva == "landet":
        return sentence
    above = next((unit for unit in view.units if unit.enhet == view.unit.fylke), None)
    where = link("../landet.html", f"siden for {view.area.whole}")
    if view.niva == "kontor" and above:
        where = link(f"../fylke/{above.enhet}.html", f"siden for {above.navn}")
    return f"{sentence} De er med i summene på {where}, og det er der de kan brukes i samtalen."


def summary(view: UnitView) -> Fragment:
    """Group size, the count of verdicts, and a few clear signals in the letter's order."""
    judged = judged_requirements(view)
    items = [escape(size_sentence(view))]
    if judged:
        items.append(escape(count_of_verdicts(view, judged)))
    clear = _clear(view, judged)
    items += [_signal(view, series, cell) for series, cell in _signals(clear)]
    if more := max(0, len(clear) - SIGNALS):
        signals = "klart utslag" if more == 1 else "klare utslag"
        items.append(f"Tabellen under «Alle tallene» viser {count_word(more)} {signals} til.")
    if judged and not clear:
        items.append(nothing_clear(view, [cell for _, cell in judged]))
    note = paragraph("Tallene er en pekepinn for samtalen om prioriteringer, ikke en karakter.")
    return Fragment(f'<div class="nb-kort">{bullets(items)}{note}</div>', "kort sagt")
