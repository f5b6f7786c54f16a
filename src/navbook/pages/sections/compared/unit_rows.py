"""Units on one axis: a row for each, with its share, its interval and the share of the year before."""

from collections.abc import Sequence

from navbook.edition.schema import COUNTRY
from navbook.pages.charts import OfficeRow, OfficeRows, figure, figure_panel, office_rows_svg
from navbook.pages.format import Fragment, percent, period_text
from navbook.pages.sections.compared.verdict_cells import judged_series, plain_units
from navbook.pages.sections.funnels import read_funnels
from navbook.pages.templates import sentence
from navbook.pages.view import Cell, LetterSeries, Unit, UnitView

MOST_PANELS = 4
PLURAL = {"fylke": "kontor", "landet": "fylker"}


def unit_rows(view: UnitView) -> Fragment:
    """The shares with a requirement that most subunits show, in the letter's order; at most four panels."""
    shares = [series for series in judged_series(view) if series.measure == "andel"]
    counts = [len(_shown(view, series, plain_units(view))) for series in shares]
    most = sorted(range(len(shares)), key=lambda k: (-counts[k], k))[:MOST_PANELS]
    return rows_of_units(view, [shares[k] for k in sorted(most)])


def rows_of_units(view: UnitView, series: Sequence[LetterSeries]) -> Fragment:
    """A panel for each series that some subunit shows; empty if there is none."""
    units = plain_units(view)
    found = [(line, cells) for line in series if (cells := _shown(view, line, units))]
    if not found:
        return Fragment("", "rader")
    top, names = view.area.name, {unit.enhet: unit.navn for unit in units}
    panels = [_panel(view, line, cells, names, top) for line, cells in found]
    period, base = view.compared_periods(found[0][0].indikator)
    caption = sentence(
        "figurer.kontorrader.under",
        periode=period_text(period.name),
        basis=period_text(base.name) if base else "perioden før",
        toppen=top,
        med_topp=any(_country(view, line) is not None for line, _ in found),
    )
    return Fragment(figure(panels, caption, _title(view, found, top)), "rader", figures=1)


def _shown(view: UnitView, series: LetterSeries, units: Sequence[Unit]) -> list[Cell]:
    cells = [view.cell(series.indikator, series.gruppe, unit.enhet) for unit in units]
    return [cell for cell in cells if cell.verdi is not None and cell.nedre is not None]


def _panel(
    view: UnitView, series: LetterSeries, cells: Sequence[Cell], names: dict[str, str], top: str
) -> str:
    country = _country(view, series)
    rows = [
        OfficeRow(
            cell.enhet,
            names[cell.enhet],
            cell.verdi or 0.0,
            cell.nedre or 0.0,
            cell.ovre or 0.0,
            cell.basis_verdi,
        )
        for cell in cells
    ]
    keys = {"indikator": series.indikator, "gruppe": series.gruppe}
    before = next((cell.basis_periode for cell in cells if cell.basis_periode), "")
    chart = OfficeRows(rows, country, top, {**keys, "periode": cells[0].periode}, {**keys, "periode": before})
    shares = [cell.verdi or 0.0 for cell in cells]
    alt = sentence(
        "figurer.kontorrader.alt",
        navn=view.series_name(series),
        antall=len(rows),
        enhetene=PLURAL[view.niva],
        lav=percent(min(shares)),
        hoy=percent(max(shares)),
        toppen=top,
        midt="" if country is None else percent(country),
        utenfor=_apart(cells, country),
    )
    return figure_panel(view.series_name(series), office_rows_svg(chart, alt))


def _row(cell: Cell, name: str) -> OfficeRow:
    share, lower, upper = cell.verdi or 0.0, cell.nedre or 0.0, cell.ovre or 0.0
    return OfficeRow(cell.enhet, name, share, lower, upper, cell.basis_verdi)


def _country(view: UnitView, series: LetterSeries) -> float | None:
    """The share of the top level: its own row, else the table of funnels; None if neither is shown."""
    key = (series.indikator, series.gruppe)
    cell = view.own(series) if view.niva == "landet" else view.cell_of(COUNTRY, *key)
    if cell.verdi is not None:
        return cell.verdi
    funnel = read_funnels(view.edition).get(key)
    return funnel.target if funnel else None


def _apart(cells: Sequence[Cell], country: float | None) -> int:
    """How many intervals do not reach the country."""
    if country is None:
        return 0
    return sum(not (cell.nedre or 0.0) <= country <= (cell.ovre or 1.0) for cell in cells)


def _title(view: UnitView, found: Sequence[tuple[LetterSeries, list[Cell]]], top: str) -> str:
    tops = [_country(view, line) for line, _ in found]
    counts = [_apart(cells, country) for (_, cells), country in zip(found, tops, strict=True)]
    most = counts.index(max(counts))
    return sentence(
        "figurer.kontorrader.tittel",
        klare=counts[most],
        med_topp=len(tops) - tops.count(None),
        uten_topp=tops.count(None),
        enhet="kontor" if view.niva == "fylke" else "fylke",
        toppen=top,
        navn=view.series_name(found[most][0]),
    )
