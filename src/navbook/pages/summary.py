"""«Kort sagt»: one screen, a handful of signals, in words."""

from navbook.pages.cells import Cell
from navbook.pages.fragments import Fragment, bullets, paragraph, text
from navbook.pages.portfolio import size_sentence
from navbook.pages.requirements import Series
from navbook.pages.sentences import figures_sentence, spread_sentence, verdict_sentence
from navbook.pages.view import LEVEL_WORDS, UnitView

SIGNALS = 4


_WORDS = {
    "oppfylt": "oppfylt",
    "ikke_oppfylt": "ikke oppfylt",
    "kan_ikke_avgjores": "kan ikke avgjøres",
    "for_fa": "har for få personer til å vurderes",
    "ikke_relevant": "har ingen avstand å ta igjen",
}
_CLEAR = ("oppfylt", "ikke_oppfylt")


def _judged(view: UnitView) -> list[tuple[Series, Cell]]:
    """The letter's own judged series; what the book adds to them is told in the tables only."""
    return [(s, view.own(s)) for s in view.letter_series if s.judged and not s.supplement]


def _verdict_count(judged: list[tuple[Series, Cell]], who: str) -> str:
    verdicts = [cell.vurdering for _, cell in judged if cell.shown]
    parts = [f"{verdicts.count(key)} {word}" for key, word in _WORDS.items() if key in verdicts]
    if rest := len(judged) - sum(verdict in _WORDS for verdict in verdicts):
        parts.append(f"{rest} er skjult, ikke kjent eller ikke i uttrekket")
    return f"Brevet stiller krav til {len(judged)} tall for {who}: {', '.join(parts)}."


def _signal(view: UnitView, series: Series, cell: Cell) -> str:
    name = view.indicator_link(series.indikator, view.series_name(series))
    css = f"nb-vurdering nb-{text(cell.vurdering)}"
    said = f'<span class="{css}">{text(verdict_sentence(cell, series))}</span>'
    return f"{name}: {text(figures_sentence(cell))} {said} {text(spread_sentence(cell))}"


def summary(view: UnitView) -> Fragment:
    """Group size, how many requirements could be judged, and a few clear signals in the letter's order."""
    judged = _judged(view)
    items = [text(size_sentence(view))]
    if judged:
        items.append(text(_verdict_count(judged, LEVEL_WORDS[view.niva])))
    clear = [(series, cell) for series, cell in judged if cell.shown and cell.vurdering in _CLEAR]
    items += [_signal(view, series, cell) for series, cell in clear[:SIGNALS]]
    if len(clear) > SIGNALS:
        items.append(f"Flere klare utslag ({len(clear) - SIGNALS}) står i tabellen under «Resultatene».")
    if judged and not clear:
        items.append(
            "Ingen av endringene som kan vurderes, er store nok til å skilles fra tilfeldigheter. "
            "Det er et fullgodt svar, ikke et tegn på at noe er galt."
        )
    note = paragraph("Tallene er en pekepinn for samtalen om prioriteringer, ikke en karakter.")
    return Fragment(f'<div class="nb-kort">{bullets(items)}{note}</div>', "kort sagt")
