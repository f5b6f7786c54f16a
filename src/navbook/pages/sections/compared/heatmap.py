"""Units against requirements, as heatmaps in number order."""

from collections import Counter

from navbook.pages.charts import MOST_ROWS, Heading, HeatCell, heatmap_svg, wide_figure
from navbook.pages.format import Fragment, escape, paragraph, period_text
from navbook.pages.sections.compared.verdict_cells import CLEAR, judged_series, plain_units, verdict_cell
from navbook.pages.templates import sentence, sentence_or
from navbook.pages.view import FIXED_LIMIT, LetterSeries, Unit, UnitView

UNITS = {"fylke": ("kontorene", "ett kontor"), "landet": ("fylkene", "ett fylke")}
NAME = {"fylke": "Kontorene og kravene", "landet": "Fylkene og kravene"}


def requirements_heatmap(view: UnitView) -> Fragment:
    """A heatmap of the subunits and the judged requirements; a sentence if no figure is shown.

    A requirement that no subunit shows has no column, and is named under the figure. Many units are drawn in
    several heatmaps.
    """
    units, (plural, single) = plain_units(view), UNITS[view.niva]
    every = judged_series(view)
    columns = [s for s in every if any(view.cell(s.indikator, s.gruppe, u.enhet).shown for u in units)]
    if not columns:
        return Fragment(paragraph(escape(sentence("figurer.varmekart.ingen", enhetene=plural))), "varmekart")
    headings, names = [_column(view, s) for s in columns], [view.series_name(s) for s in columns]
    parts = []
    for start in range(0, len(units), MOST_ROWS):
        part = units[start : start + MOST_ROWS]
        cells = [[_cell(view, series, unit) for series in columns] for unit in part]
        title = _title(cells, plural)
        alt = sentence("figurer.varmekart.alt", tittel=title, mest=_clearest(names, cells))
        rows = [Heading(unit.navn, {"enhet": unit.enhet}) for unit in part]
        svg = heatmap_svg(rows, headings, cells, alt)
        last = start + MOST_ROWS >= len(units)
        parts.append(
            wide_figure(svg, NAME[view.niva], _caption(view, columns, plural, single) if last else "", title)
        )
    absent = [view.series_name(series) for series in every if series not in columns]
    if absent:
        parts.append(paragraph(escape(sentence("figurer.varmekart.tomme", navn=absent, enhetene=plural))))
    return Fragment("".join(parts), "varmekart", figures=1)


def _column(view: UnitView, series: LetterSeries) -> Heading:
    keys = {
        "indikator": series.indikator,
        "gruppe": series.gruppe,
        "periode": view.shown_period(series.indikator),
    }
    # a name on one line: slanted names on two lines run into each other
    name, key = view.series_name(series), f"{series.indikator}.{series.gruppe}"
    return Heading(sentence_or(f"figurer.kolonne.{key}", sentence_or(f"kontor.navn.{key}", name)), keys)


def _cell(view: UnitView, series: LetterSeries, unit: Unit) -> HeatCell:
    return verdict_cell(view.cell(series.indikator, series.gruppe, unit.enhet), series)


def _title(cells: list[list[HeatCell]], plural: str) -> str:
    found = Counter(cell.code for row in cells for cell in row if cell.code != "uten")
    return sentence(
        "figurer.varmekart.tittel",
        alle=found.total(),
        klare=sum(found[code] for code in CLEAR),
        oppfylt=found["oppfylt"],
        ikke=found["ikke_oppfylt"],
        enhetene=plural,
    )


def _clearest(columns: list[str], cells: list[list[HeatCell]]) -> str:
    """The requirement with most clear verdicts; empty if none is clear."""
    counts = [sum(row[k].code in CLEAR for row in cells) for k in range(len(columns))]
    return columns[counts.index(max(counts))] if any(counts) else ""


def _caption(view: UnitView, columns: list[LetterSeries], plural: str, single: str) -> str:
    period, base = view.compared_periods(columns[0].indikator)
    counts = list(dict.fromkeys(_short_name(view, s) for s in columns if s.measure == "antall"))
    fixed = list(dict.fromkeys(_short_name(view, s) for s in columns if s.kind == FIXED_LIMIT))
    return sentence(
        f"figurer.varmekart.under{'' if fixed else '_uten_faste'}",
        enheten=single,
        enhetene=plural,
        periode=period_text(period.name),
        basis=period_text(base.name) if base else "perioden før",
        antall=" og ".join(counts) or "antall",
        faste=" og ".join(fixed),
    )


def _short_name(view: UnitView, series: LetterSeries) -> str:
    name = view.definitions.get(series.indikator).kortnavn
    return name[:1].lower() + name[1:]
