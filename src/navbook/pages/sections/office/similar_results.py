"""«Kontorer som ligner»: five similar offices with their results and intervals, as links."""

from markupsafe import Markup

from navbook.pages.format import Fragment, link, period_text
from navbook.pages.sections.office.lines import in_brackets, short_name
from navbook.pages.sections.similar_offices import similar_offices
from navbook.pages.templates import part, sentence
from navbook.pages.text import count_text, interval_text, share_text, status_word
from navbook.pages.view import PORTFOLIO, Cell, LetterSeries, UnitView

# the results that the offices are set beside each other by; those of which nobody's is shown are left out
RESULTS = (("ota_arbs", "alle"), ("ota_nedsatt", "alle"), ("ota_u30", "alle"), ("langtid_aktivitet", "alle"))


def similar_results(view: UnitView) -> Fragment:
    """The office and those that are most like it in number order: size, results with intervals."""
    numbers = similar_numbers(view)
    if not numbers:
        return Fragment("", "lignende")
    order = sorted({*numbers, view.unit.enhet})
    series = [s for s in _series(view) if any(_cell(view, enhet, s).shown for enhet in order)]
    if not series:
        return Fragment("", "lignende")
    names = {unit.enhet: unit.navn for unit in view.units}
    html = part(
        "kontor_lignende",
        root=view.root,
        tittel=sentence("kontor.lignende.tittel", navn=view.unit.navn, periode=period_text(view.periode)),
        kolonner=[
            {"navn": short_name(view, s), "adresse": f"{view.root}indikator/{s.indikator}.html"}
            for s in series
        ],
        rader=[_row(view, enhet, names.get(enhet, ""), series) for enhet in order],
        mer=Markup(similar_offices(view).html),
    )
    return Fragment(html, "lignende")


def similar_numbers(view: UnitView) -> list[str]:
    """The numbers of the similar offices, without the office itself, in number order."""
    rows = view.edition.further("lignende")
    others = rows.loc[rows["enhet"] == view.unit.enhet, "lignende"].astype(str)
    return sorted(set(others) - {view.unit.enhet})


def _series(view: UnitView) -> list[LetterSeries]:
    known = {(s.indikator, s.gruppe): s for s in view.letter_series}
    return [known[name] for name in RESULTS if name in known]


def _cell(view: UnitView, enhet: str, series: LetterSeries) -> Cell:
    if enhet == view.unit.enhet:
        return view.own(series)
    return view.cell_of(enhet, series.indikator, series.gruppe)


def _row(view: UnitView, enhet: str, navn: str, series: list[LetterSeries]) -> dict[str, object]:
    own = enhet == view.unit.enhet
    stock = view.cell(PORTFOLIO, "alle", enhet) if own else view.cell_of(enhet, PORTFOLIO, "alle")
    return {
        "enhet": enhet,
        "egen": own,
        "navn": Markup(link(f"{enhet}.html", navn or enhet)) if not own else navn,
        "personer": count_text(stock, stock.x) if stock.shown else status_word(stock.status),
        "bestand": stock.keys,
        "celler": [_value(_cell(view, enhet, one)) for one in series],
    }


def _value(cell: Cell) -> dict[str, object]:
    return {
        "keys": {"indikator": cell.indikator, "gruppe": cell.gruppe, "periode": cell.periode},
        "tekst": share_text(cell),
        "intervall": in_brackets(interval_text(cell)) if cell.shown else "",
        "felt": "verdi nedre ovre" if cell.shown else "status",
    }
