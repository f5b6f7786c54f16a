"""«Kort sagt»: the page in a few sentences."""

from navbook.pages.format import Fragment, bullets, count_word, escape, link, paragraph
from navbook.pages.sections.portfolio import size_sentence
from navbook.pages.text import (
    capitalised,
    change_interval_sentence,
    figures_sentence,
    join_clauses,
    verdict_sentence,
)
from navbook.pages.view import (
    HIDDEN,
    LEVEL_WORDS,
    NOT_COMPUTABLE,
    NOT_IN_EXTRACT,
    Cell,
    LetterSeries,
    UnitView,
)

SIGNALS = 4


_VERDICTS = {
    "oppfylt": "er oppfylt",
    "ikke_oppfylt": "er ikke oppfylt",
    "kan_ikke_avgjores": "kan ikke avgjøres",
    "for_fa": "gjelder for få til å vurderes",
    "ikke_relevant": "har ingen avstand å ta igjen",
}
_REASONS = {
    HIDDEN: "er skjult",
    NOT_COMPUTABLE: "kan ikke beregnes for perioden",
    NOT_IN_EXTRACT: "er ikke i uttrekket",
}
_CLEAR = ("oppfylt", "ikke_oppfylt")


def _judged(view: UnitView) -> list[tuple[LetterSeries, Cell]]:
    """The judged series that the letter itself asks for; the book's additions are in the tables only."""
    return [(s, view.own(s)) for s in view.letter_series if s.judged and not s.supplement]


def _verdict_count(judged: list[tuple[LetterSeries, Cell]], who: str) -> str:
    """A sentence on how many requirements got which verdict, and how many got none and why; each is counted
    once.
    """
    verdicts = [_VERDICTS[c.vurdering] for _, c in judged if c.shown and c.vurdering in _VERDICTS]
    verdicts += [_REASONS[c.status] for _, c in judged if not c.shown]
    order = [*_VERDICTS.values(), *_REASONS.values()]
    parts = [f"{count_word(verdicts.count(words))} {words}" for words in order if words in verdicts]
    sentence = f"Brevet stiller krav til {count_word(len(judged))} tall for {who}."
    return f"{sentence} {capitalised(join_clauses(parts))}." if parts else sentence


def _signals(judged: list[tuple[LetterSeries, Cell]]) -> list[tuple[LetterSeries, Cell]]:
    """A few clear verdicts in the letter's order; if there are more, those not met take precedence."""
    clear = [(series, cell) for series, cell in judged if cell.shown and cell.vurdering in _CLEAR]
    first = sorted(clear, key=lambda found: found[1].vurdering != "ikke_oppfylt")[:SIGNALS]
    return [found for found in clear if found in first]


def _signal(view: UnitView, series: LetterSeries, cell: Cell) -> str:
    name = view.indicator_link(series.indikator, view.series_name(series))
    css = f"nb-vurdering nb-{escape(cell.vurdering)}"
    verdict = f'<span class="{css}">{escape(verdict_sentence(cell, series))}</span>'
    # a fixed limit is not judged by the change, so its interval says nothing about the verdict
    spread = "" if series.kind == "fixed_limit" else escape(change_interval_sentence(cell))
    return f"{name}. {escape(figures_sentence(cell))} {verdict} {spread}".rstrip()


def _nothing_clear(view: UnitView, judged: list[Cell]) -> str:
    """Why no requirement has a clear verdict: nothing shown, too few persons, or possibly chance; HTML."""
    if not any(cell.shown for cell in judged):
        if not any(cell.status == HIDDEN for cell in judged):
            return "Uttrekket har ingen av tallene som brevet stiller krav til."
        above = next((unit.navn for unit in view.units if unit.enhet == view.unit.fylke), "")
        where = link(f"../fylke/{view.unit.fylke}.html", f"siden for {above}") if above else "landssiden"
        return (
            "Ingen av disse tallene kan vises uten at de kan røpe enkeltpersoner. "
            f"De er med i summene på {where}, og det er der de kan brukes i samtalen."
        )
    if not any(cell.vurdering in ("kan_ikke_avgjores", "ikke_relevant") for cell in judged):
        return (
            "Tallene som vises, gjelder for få til at de kan vurderes. Bruk dem til å se hvor mange det er "
            "snakk om, ikke til å si om det gikk bedre eller dårligere."
        )
    return (
        "Ingen av endringene som kan vurderes, er store nok til å skilles fra tilfeldigheter. "
        "Det er et fullgodt svar, ikke et tegn på at noe er galt."
    )


def summary(view: UnitView) -> Fragment:
    """Group size, the count of verdicts, and a few clear signals in the letter's order."""
    judged = _judged(view)
    items = [escape(size_sentence(view))]
    if judged:
        items.append(escape(_verdict_count(judged, LEVEL_WORDS[view.niva])))
    clear = sum(cell.shown and cell.vurdering in _CLEAR for _, cell in judged)
    items += [_signal(view, series, cell) for series, cell in _signals(judged)]
    if clear > SIGNALS:
        items.append(f"Tabellen under «Resultatene» viser {count_word(clear - SIGNALS)} klare utslag til.")
    if judged and not clear:
        items.append(_nothing_clear(view, [cell for _, cell in judged]))
    note = paragraph("Tallene er en pekepinn for samtalen om prioriteringer, ikke en karakter.")
    return Fragment(f'<div class="nb-kort">{bullets(items)}{note}</div>', "kort sagt")
