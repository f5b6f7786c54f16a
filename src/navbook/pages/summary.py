"""«Kort sagt»: one screen, a handful of signals, in words."""

from navbook.pages.cells import Cell
from navbook.pages.fragments import Fragment, bullets, paragraph, text
from navbook.pages.portfolio import size_sentence
from navbook.pages.requirements import Series
from navbook.pages.sentences import figures_sentence, verdict_sentence
from navbook.pages.view import LEVEL_WORDS, UnitView

SIGNALS = 4


def _judged(view: UnitView) -> list[tuple[Series, Cell]]:
    return [(series, view.own(series)) for series in view.letter_series if series.judged]


def _verdict_count(judged: list[tuple[Series, Cell]], who: str) -> str:
    counts = dict.fromkeys(("oppfylt", "ikke_oppfylt", "kan_ikke_avgjores", "for_fa", "ikke_relevant"), 0)
    rest = 0
    for _, cell in judged:
        if cell.shown and cell.vurdering in counts:
            counts[cell.vurdering] += 1
        else:
            rest += 1
    words = {
        "oppfylt": "oppfylt",
        "ikke_oppfylt": "ikke oppfylt",
        "kan_ikke_avgjores": "kan ikke avgjøres",
        "for_fa": "har for få personer til å vurderes",
        "ikke_relevant": "har ingen avstand å ta igjen",
    }
    parts = [f"{counts[key]} {word}" for key, word in words.items() if counts[key]]
    if rest:
        parts.append(f"{rest} vises ikke eller er ikke i uttrekket")
    return f"Brevet stiller krav til {len(judged)} tall for {who}: {', '.join(parts)}."


def _signal(view: UnitView, series: Series, cell: Cell) -> str:
    name = view.indicator_link(series.indikator, view.series_name(series))
    css = f"nb-vurdering nb-{text(cell.vurdering)}"
    said = f'<span class="{css}">{text(verdict_sentence(cell, series))}</span>'
    return f"{name}: {text(figures_sentence(cell))} {said}"


def summary(view: UnitView) -> Fragment:
    """Group size, how many requirements could be judged, and a few clear signals in the letter's order."""
    judged = _judged(view)
    items = [text(size_sentence(view))]
    if judged:
        items.append(text(_verdict_count(judged, LEVEL_WORDS[view.niva])))
    clear = [(s, c) for s, c in judged if c.shown and c.vurdering in ("oppfylt", "ikke_oppfylt")]
    items += [_signal(view, series, cell) for series, cell in clear[:SIGNALS]]
    if len(clear) > SIGNALS:
        items.append(f"{len(clear) - SIGNALS} klare utslag til står i tabellene under «Resultatene».")
    if judged and not clear:
        items.append(
            "Ingen av endringene er store nok til å skilles fra tilfeldigheter. Det er et fullgodt svar, "
            "ikke et tegn på at noe er galt."
        )
    box = bullets(items)
    note = paragraph("Tallene er en pekepinn for samtalen om prioriteringer, ikke en karakter.")
    return Fragment(f'<div class="nb-kort">{box}{note}</div>', "kort sagt")
