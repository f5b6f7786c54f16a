"""The letter's rows with the unit's figures, each under the letter's own words."""

from navbook.pages.cells import Cell
from navbook.pages.fragments import Fragment, bullets, link, paragraph, text
from navbook.pages.letter import readings
from navbook.pages.numbers import period_text
from navbook.pages.requirements import Parameter, Series
from navbook.pages.tables import Column, GroupHead, Row, table
from navbook.pages.values import change_value, count_values, verdict_value
from navbook.pages.view import UnitView, View

COLUMNS = [
    Column("Styringsparameter"),
    Column("Teller", True),
    Column("Nevner", True),
    Column("Andel (prosent)", True),
    Column("95 % intervall", True),
    Column("Endring (intervall)", True),
]


def series_head(view: UnitView, series: Series) -> str:
    """The head of a row: the words of the sub-row, or the name of the series where the row has one only."""
    if series.part and series.part != series.wording:
        return text(series.part)
    return text(view.series_name(series))


def row_notes(view: View, cell: Cell) -> str:
    """What must stand beside the numbers of a row: another period than the page's, a stock's monthly mean."""
    notes = []
    if cell.periode != view.periode:
        notes.append(period_text(cell.periode))
    if cell.shown and cell.divisor > 1:
        notes.append("i snitt per måned")
    return f'<br><span class="nb-delrad">{text("; ".join(notes))}</span>' if notes else ""


def parameter_head(view: UnitView, parameter: Parameter) -> GroupHead:
    """A row of the letter as a head over its series: exact wording and requirement."""
    wording = view.indicator_link(parameter.series[0].indikator, parameter.wording)
    required = f" Krav i brevet: «{text(parameter.requirement)}»" if parameter.requirement else ""
    return GroupHead(f"{text(parameter.id)} {wording}.{required}")


def series_row(view: UnitView, series: Series) -> Row:
    """A row of the results table."""
    cell = view.own(series)
    head = series_head(view, series) + row_notes(view, cell)
    said = verdict_value(cell, series) if cell.shown else None
    return Row(head, [*count_values(cell), change_value(cell)], cell.keys, said)


def _footnotes(parameters: list[Parameter]) -> str:
    return bullets(
        [
            f"{text(parameter.id)}, fotnote {text(nr)} i brevet: «{text(words)}»"
            for parameter in parameters
            for nr, words in parameter.footnotes
        ],
        "nb-fotnoter",
    )


def results(view: UnitView) -> Fragment:
    """Every row of the letter with its series: counts, share, interval, change, requirement and verdict."""
    if not view.parameters:
        return Fragment(
            paragraph("Det finnes ikke noe brev for dette året, så ingen krav vurderes."), "resultater"
        )
    ways = {
        name: link(f"{view.root}metode/{name}.html", label)
        for name, label in {
            "intervaller": "Intervallet",
            "endring": "Endringen",
            "vurdering": "Vurderingen",
            "skjuling": "Skjult",
        }.items()
    }
    guide = paragraph(
        f"{ways['intervaller']} viser hvor mye tallet kan svinge av tilfeldige grunner. "
        f"{ways['endring']} er i prosentpoeng, eller i antall der brevet spør om antall. "
        f"{ways['vurdering']} følger brevets egen regel. "
        f"«{ways['skjuling']}» står der tallet er for lite til å vises, eller kan røpe et slikt tall."
    )
    rows: list[Row | GroupHead] = []
    for parameter in view.parameters:
        required = [series for series in parameter.series if not _is_extra(series)]
        rows += [parameter_head(view, parameter), *(series_row(view, series) for series in required)]
    caption = f"Styringsparameterne for {view.unit.navn}, {period_text(view.periode)}"
    notes = _footnotes(view.parameters) + readings(view.edition.krav)
    return Fragment(guide + table(caption, COLUMNS, rows) + notes, "resultater")


def _is_extra(series: Series) -> bool:
    """Whether the book adds the series to the letter's row without a requirement."""
    return series.supplement and not series.judged


def other_results(view: UnitView) -> Fragment:
    """What nothing is required of: the book's own subgroups, and what the letter says elsewhere."""
    rows: list[Row | GroupHead] = []
    for parameter in view.parameters:
        if extra := [series_row(view, series) for series in parameter.series if _is_extra(series)]:
            rows += [GroupHead(f"{text(parameter.id)} {text(parameter.wording)}"), *extra]
    if view.other_series:
        rows.append(GroupHead("Utenfor styringsparameterne" if rows else "Alle tall"))
        rows += [series_row(view, series) for series in view.other_series]
    if not rows:
        return Fragment(paragraph("Utgaven har ingen slike tall."), "andre tall")
    return Fragment(table("Tall uten krav i brevet", COLUMNS, rows), "andre tall")
