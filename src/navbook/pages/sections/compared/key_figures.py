"""Key figures of a county or the country: a few numbers with their change, before any table."""

from navbook.pages.format import Fragment, escape, period_text
from navbook.pages.sections.compared.verdict_cells import judged_series, short_change
from navbook.pages.templates import sentence
from navbook.pages.text import count_text, share_text, verdict_word
from navbook.pages.view import PORTFOLIO, Cell, LetterSeries, UnitView

MOST = 7


def key_figures(view: UnitView) -> Fragment:
    """The people followed up, then the first shown shares with a requirement; empty if none is shown."""
    everybody = view.cell(PORTFOLIO, "alle", view.unit.enhet)
    cards = [_people(everybody)] if everybody.shown else []
    shown = [
        series
        for series in judged_series(view)
        if series.measure == "andel" and view.own(series).shown and view.own(series).share is not None
    ]
    cards += [_card(view, series, view.own(series)) for series in shown[:MOST]]
    return Fragment(f'<ul class="nb-nokkeltall">{"".join(cards)}</ul>\n' if cards else "", "nøkkeltall")


def _people(cell: Cell) -> str:
    label = sentence("figurer.nokkeltall.personer" if cell.divisor > 1 else "figurer.nokkeltall.personer_nå")
    return _written(cell, label, count_text(cell, cell.x), "", "")


def _card(view: UnitView, series: LetterSeries, cell: Cell) -> str:
    name = view.indicator_link(series.indikator, view.series_name(series))
    return _written(cell, name, share_text(cell), " %", verdict_word(view, cell, series), safe_name=True)


def _written(cell: Cell, name: str, value: str, unit: str, verdict: str, *, safe_name: bool = False) -> str:
    """A card; its value and change are named with their fields, so that the audit knows them."""
    keys = "".join(f' data-{key}="{escape(part)}"' for key, part in cell.keys.items())
    field = "verdi" if unit else "x"
    change = short_change(cell)
    if change:
        words = sentence("figurer.nokkeltall.endring", endring=change, basis=period_text(cell.basis_periode))
        change = f'<span class="nb-nokkel-endring" data-felt="endring">{escape(words)}</span>'
    said = f' <span class="nb-nokkel-svar">{escape(verdict)}</span>' if verdict else ""
    label = name if safe_name else escape(name)
    number = f'<span class="nb-nokkel-verdi" data-felt="{field}">{escape(value)}{unit}</span>'
    return f'<li{keys}><span class="nb-nokkel-navn">{label}</span> {number} {change}{said}</li>\n'
