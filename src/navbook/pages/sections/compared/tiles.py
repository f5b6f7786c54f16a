"""Tile grids of the counties: one for each of the letter's first requirements."""

from collections import Counter

from navbook.pages.charts import Tile, figure, figure_panel, tile_grid_svg
from navbook.pages.format import Fragment, percent, period_text
from navbook.pages.sections.compared.verdict_cells import CLEAR, judged_series, short_change, verdict_cell
from navbook.pages.templates import sentence
from navbook.pages.view import LetterSeries, UnitView

MOST_GRIDS = 4


def county_tiles(view: UnitView) -> Fragment:
    """A tile grid for each of the first shares with a requirement that some county shows; else empty."""
    shares = [
        series
        for series in judged_series(view)
        if series.measure == "andel"
        and any(view.cell(series.indikator, series.gruppe, unit.enhet).shown for unit in view.subunits)
    ][:MOST_GRIDS]
    if not shares:
        return Fragment("", "fliser")
    grids = [(series, _tiles(view, series)) for series in shares]
    found = Counter(tile.code for _, grid in grids for tile in grid if tile.code != "uten")
    title = sentence(
        "figurer.fliser.tittel",
        klare=sum(found[code] for code in CLEAR),
        oppfylt=found["oppfylt"],
        ikke=found["ikke_oppfylt"],
        alle=found.total(),
    )
    period, base = view.compared_periods(shares[0].indikator)
    caption = sentence(
        "figurer.fliser.under",
        periode=period_text(period.name),
        basis=period_text(base.name) if base else "perioden før",
    )
    panels = [
        figure_panel(view.series_name(series), tile_grid_svg(grid, _alt(view, series, grid)))
        for series, grid in grids
    ]
    return Fragment(figure(panels, caption, title), "fliser", figures=1)


def _tiles(view: UnitView, series: LetterSeries) -> list[Tile]:
    made = []
    for unit in view.subunits:
        cell = view.cell(series.indikator, series.gruppe, unit.enhet)
        shown = cell.shown and cell.share is not None
        text = percent(cell.share or 0, cell.decimals) if shown else "vises ikke"
        made.append(
            Tile(unit.enhet, unit.navn, verdict_cell(cell, series).code, text, short_change(cell), cell.keys)
        )
    return made


def _alt(view: UnitView, series: LetterSeries, tiles: list[Tile]) -> str:
    each = [
        sentence("figurer.fliser.alt_uten", navn=tile.name)
        if tile.code == "uten"
        else sentence(
            "figurer.fliser.alt_fylke",
            navn=tile.name,
            andel=tile.text,
            svar=sentence(f"figurer.svar.{tile.code}"),
        )
        for tile in tiles
    ]
    return sentence("figurer.fliser.alt", navn=view.series_name(series), fylker=each)
