"""The letter's rows with the unit's figures, each under the letter's wording as a title."""

from navbook.pages.format import (
    Fragment,
    GroupHeader,
    TableColumn,
    TableRow,
    bullets,
    escape,
    link,
    paragraph,
    period_text,
    table,
)
from navbook.pages.sections.local_target import local_target
from navbook.pages.sections.standardised import standardised_sentences
from navbook.pages.sections.time_to_activity import curve_sentences
from navbook.pages.text import (
    WITHOUT_FURLOUGHED,
    chance_sentence,
    change_value,
    context_sentence,
    count_values,
    furlough_sentence,
    join_names,
    limit_sentence,
    number_columns,
    status_value,
    status_word,
    verdict_value,
)
from navbook.pages.view import NOT_IN_EXTRACT, Cell, LetterRow, LetterSeries, UnitView, View


def columns(view: UnitView) -> list[TableColumn]:
    """The column headers of a table of series."""
    return [TableColumn("Styringsparameter"), *number_columns(view.root)]


def series_head(view: UnitView, series: LetterSeries) -> str:
    """The header of a row: the wording of the sub-row, or the series' name if there is no sub-row."""
    if series.part and series.part != series.wording:
        return escape(series.part)
    return escape(view.series_name(series))


def row_notes(view: View, cell: Cell) -> str:
    """Notes on a row's numbers: another period than the page's, a monthly mean, another unit than persons;
    HTML.
    """
    notes = []
    if cell.periode != view.periode:
        notes.append(period_text(cell.periode))
    if cell.shown and cell.divisor > 1:
        notes.append("i snitt per måned")
    if cell.shown and (unit := view.definitions.get(cell.indikator).unit_of_count):
        notes.append(unit)
    return f'<br><span class="nb-delrad">{escape("; ".join(notes))}</span>' if notes else ""


def parameter_head(view: UnitView, parameter: LetterRow) -> GroupHeader:
    """A row of the letter as a header over its series: title, requirement, and the unit's local
    target.
    """
    wording = view.indicator_link(parameter.series[0].indikator, parameter.title)
    required = (
        f' <span class="nb-krav">Krav i brevet: «{escape(parameter.requirement)}»</span>'
        if parameter.requirement
        else ""
    )
    goal = local_target(view, parameter)
    own = f' <span class="nb-eget-mal">{escape(goal)}</span>' if goal else ""
    return GroupHeader(f"{escape(parameter.id)} {wording}.{required}{own}")


def series_row(view: UnitView, series: LetterSeries, head: str = "") -> TableRow:
    """A row of the results table. `head` is its name as HTML if it is under no row of the letter."""
    cell = view.own(series)
    head = (head or series_head(view, series)) + row_notes(view, cell)
    if not cell.shown:
        return TableRow(head, [status_value(cell, len(columns(view)) - 1)], cell.keys)
    verdict = verdict_value(view, cell, series, verdict_context_notes(view, series, cell))
    return TableRow(head, [*count_values(cell), change_value(cell)], cell.keys, verdict)


def verdict_context_notes(view: UnitView, series: LetterSeries, cell: Cell) -> str:
    """What the edition holds on the verdict of a row, and what the row without furloughed persons adds."""
    notes = context_sentence(cell, series, view.verdict_context(cell), view.area.where)
    if not view.definitions.get(cell.indikator).unit_of_count:  # working days are not cases
        notes = " ".join(filter(None, (notes, limit_sentence(cell, series))))
    if series.gruppe != WITHOUT_FURLOUGHED:
        return notes
    everyone = view.cell(series.indikator, "alle", view.unit.enhet)
    return " ".join(filter(None, (notes, furlough_sentence(everyone, cell))))


def _footnotes(parameters: list[LetterRow]) -> str:
    return bullets(
        [
            f"{escape(parameter.id)}, fotnote {escape(nr)} i brevet: «{escape(words)}»"
            for parameter in parameters
            for nr, words in parameter.footnotes
        ],
        "nb-fotnoter",
    )


def results(view: UnitView) -> Fragment:
    """Every row of the letter with its series: counts, share, interval, change, requirement and verdict."""
    if not view.letter_rows:
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
            "tilbakegang": "Det som var å vente",
        }.items()
    }
    guide = paragraph(
        f"{ways['intervaller']} viser hvor mye tallet kan svinge av tilfeldige grunner. "
        f"{ways['endring']} er i prosentpoeng, eller i antall der brevet spør om antall. "
        f"{ways['vurdering']} følger brevets egen regel. "
        f"{ways['tilbakegang']}, tar hensyn til at uvanlige tall sjelden gjentar seg. "
        f"«{ways['skjuling']}» står der tallet er for lite til å vises, eller kan røpe et slikt tall."
    )
    rows: list[TableRow | GroupHeader] = []
    for parameter in view.letter_rows:
        required = [series for series in parameter.series if not _is_extra(series)]
        rows += _parameter_rows(view, parameter, required)
    caption = f"Styringsparameterne for {view.unit.navn}, {period_text(view.periode)}"
    letter = link(f"{view.root}metode/brevet.html", "brevet")
    cells = [view.own(series) for series in view.letter_series if not _is_extra(series)]
    chance = chance_sentence(cells, "svarene i tabellen")
    mixed = bullets(standardised_sentences(view), "nb-fotnoter")
    note = paragraph(escape(chance)) if chance else ""
    reading = paragraph(f"Alle kravene, og hvordan boken leser dem, står i {letter}.")
    shown = table(caption, columns(view), rows, stacks=True)
    return Fragment(guide + shown + note + mixed + _footnotes(view.letter_rows) + reading, "resultater")


def _parameter_rows(
    view: UnitView, parameter: LetterRow, required: list[LetterSeries]
) -> list[TableRow | GroupHeader]:
    """The letter's wording over its series; a single line if the extract has none of them."""
    if all(view.own(series).status == NOT_IN_EXTRACT for series in required):
        wording = view.indicator_link(parameter.series[0].indikator, parameter.title)
        missing = f'<span class="nb-status">{escape(status_word(NOT_IN_EXTRACT))}</span>'
        return [GroupHeader(f"{escape(parameter.id)} {wording}: {missing}")]
    return [parameter_head(view, parameter), *(series_row(view, series) for series in required)]


def _is_extra(series: LetterSeries) -> bool:
    """Whether the book has added the series to the letter's row, without a requirement."""
    return series.supplement and not series.judged


def other_results(view: UnitView) -> Fragment:
    """Figures without a requirement: the book's own subgroups, and what the letter mentions outside its
    table.
    """
    rows: list[TableRow | GroupHeader] = []
    missing: list[str] = []
    for parameter in view.letter_rows:
        extra = [series for series in parameter.series if _is_extra(series)]
        if found := _rows_of(view, extra, missing):
            rows += [GroupHeader(f"{escape(parameter.id)} {escape(parameter.title)}"), *found]
    if found := _rows_of(view, view.other_series, missing, by_name=True):
        rows += [GroupHeader("Utenfor styringsparameterne" if rows else "Alle tall"), *found]
    shown = table("Tall uten krav i brevet", columns(view), rows, stacks=True) if rows else ""
    if missing:
        shown += paragraph(f"Ikke i uttrekket: {escape(join_names(missing))}.")
    shown += bullets(curve_sentences(view), "nb-fotnoter")
    return Fragment(shown or paragraph("Utgaven har ingen slike tall."), "andre tall")


def _rows_of(
    view: UnitView, wanted: list[LetterSeries], missing: list[str], *, by_name: bool = False
) -> list[TableRow]:
    """The rows of the series that the extract has; the names of the others are added to `missing`.

    `by_name`: the header is the series' full name, linked to its indicator.
    """
    absent = [series for series in wanted if view.own(series).status == NOT_IN_EXTRACT]
    missing += [view.series_name(series) for series in absent]
    return [
        series_row(
            view,
            series,
            view.indicator_link(series.indikator, view.series_name(series)) if by_name else "",
        )
        for series in wanted
        if series not in absent
    ]
