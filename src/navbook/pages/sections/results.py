"""The letter's rows with the unit's figures, each under the letter's wording as a title."""

from collections.abc import Sequence

from markupsafe import Markup

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
from navbook.pages.sections.development import curve_sentences
from navbook.pages.sections.local_target import local_target
from navbook.pages.sections.standardised import standardised_sentences
from navbook.pages.templates import html_sentence, sentence, sentences_under
from navbook.pages.text import (
    WITHOUT_FURLOUGHED,
    chance_sentence,
    change_value,
    context_sentence,
    count_values,
    furlough_sentence,
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
        notes.append(sentence("enheter.i_snitt"))
    if cell.shown and (unit := view.definitions.get(cell.indikator).unit_of_count):
        notes.append(unit)
    return f'<br><span class="nb-delrad">{escape("; ".join(notes))}</span>' if notes else ""


def parameter_head(view: UnitView, parameter: LetterRow) -> GroupHeader:
    """A row of the letter as a header over its series: title, requirement, and the unit's local
    target.
    """
    wording = view.indicator_link(parameter.series[0].indikator, parameter.title)
    required = ""
    if parameter.requirement:
        words = sentence("enheter.resultater.krav", krav=parameter.requirement)
        required = f' <span class="nb-krav">{escape(words)}</span>'
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
            escape(sentence("enheter.resultater.fotnote", id=parameter.id, nr=nr, ordlyd=words))
            for parameter in parameters
            for nr, words in parameter.footnotes
        ],
        "nb-fotnoter",
    )


def results(view: UnitView) -> Fragment:
    """Every row of the letter with its series: counts, share, interval, change, requirement and verdict."""
    if not view.letter_rows:
        return Fragment(paragraph(sentence("enheter.resultater.uten_brev")), "resultater")
    ways = {
        name: Markup(link(f"{view.root}metode/{name}.html", label))
        for name, label in sentences_under("enheter.resultater.metode").items()
    }
    guide = paragraph(html_sentence("enheter.resultater.slik", **ways))
    rows: list[TableRow | GroupHeader] = []
    for parameter in view.letter_rows:
        required = [series for series in parameter.series if not _is_extra(series)]
        rows += _parameter_rows(view, parameter, required)
    period = period_text(view.periode)
    caption = sentence("enheter.resultater.tabell", navn=view.unit.navn, periode=period)
    letter = Markup(link(f"{view.root}metode/brevet.html", sentence("enheter.resultater.brevet")))
    cells = [view.own(series) for series in view.letter_series if not _is_extra(series)]
    chance = chance_sentence(cells, sentence("enheter.resultater.svarene"))
    mixed = bullets(standardised_sentences(view), "nb-fotnoter")
    note = paragraph(escape(chance)) if chance else ""
    reading = paragraph(html_sentence("enheter.resultater.lesing", lenke=letter))
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
        if found := _rows_of(view, _of_level(view, extra), missing):
            rows += [GroupHeader(f"{escape(parameter.id)} {escape(parameter.title)}"), *found]
    if found := _rows_of(view, _of_level(view, view.other_series), missing, by_name=True):
        which = sentence(f"enheter.resultater.{'utenfor' if rows else 'alle'}")
        rows += [GroupHeader(which), *found]
    caption = sentence("enheter.resultater.uten_krav")
    shown = table(caption, columns(view), rows, stacks=True) if rows else ""
    if missing:
        shown += paragraph(escape(sentence("enheter.resultater.ikke_i_uttrekket", navn=missing)))
    if len(_of_level(view, view.other_series)) < len(view.other_series):
        shown += paragraph(sentence(f"enheter.resultater.bare_storre.{view.niva}"))
    shown += bullets(curve_sentences(view), "nb-fotnoter")
    return Fragment(shown or paragraph(sentence("enheter.resultater.ingen")), "andre tall")


def _of_level(view: UnitView, wanted: Sequence[LetterSeries]) -> list[LetterSeries]:
    """The series that units of the view's level have figures of, by their definition."""
    return [s for s in wanted if view.definitions.get(s.indikator).has_level(s.gruppe, view.niva)]


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
