"""Process and outcome of the same group: what was done, and how it went."""

from navbook.pages.format import Fragment, GroupHeader, TableColumn, TableRow, escape, paragraph, table
from navbook.pages.sections.results import row_notes
from navbook.pages.templates import sentence
from navbook.pages.text import change_value, share_value
from navbook.pages.view import NOT_IN_EXTRACT, IndicatorDefinition, LetterSeries, UnitView


def _columns(view: UnitView) -> list[TableColumn]:
    return [
        TableColumn("Tall"),
        TableColumn(sentence("kolonner.andel"), True, f"{view.root}metode/intervaller.html"),
        TableColumn(sentence("kolonner.endring"), True, f"{view.root}metode/endring.html"),
    ]


def pairs(view: UnitView) -> list[tuple[IndicatorDefinition, list[IndicatorDefinition]]]:
    """Each outcome with the processes that name it as their partner: they count the same group.

    The process is the one that is known first. An outcome that names a process counts a wider group, so the
    two are no pair.
    """
    found: dict[str, list[IndicatorDefinition]] = {}
    for process in view.definitions:
        for partner in process.par:
            if partner in view.definitions and process.lag < view.definitions.get(partner).lag:
                found.setdefault(partner, []).append(process)
    shares = {key: [p for p in group if p.record.get("type") != "antall"] for key, group in found.items()}
    return [(view.definitions.get(outcome), group) for outcome, group in shares.items() if group]


def _main_series(view: UnitView, definition: IndicatorDefinition) -> list[LetterSeries]:
    every = [s for s in view.letter_series + view.other_series if s.indikator == definition.id]
    return [series for series in every if _main(series, view)]


def pair_rows(view: UnitView, wanted: list[LetterSeries]) -> list[TableRow]:
    """A row with share, interval and change for each series that the extract has."""
    found = []
    for series in wanted:
        cell = view.own(series)
        if cell.status != NOT_IN_EXTRACT:
            head = escape(view.series_name(series)) + row_notes(view, cell)
            found.append(TableRow(head, [share_value(cell), change_value(cell)], cell.keys))
    return found


def _over(side: str) -> GroupHeader:
    return GroupHeader(sentence(f"enheter.par.{side}"))


def pair_table(view: UnitView, caption: str, done: list[TableRow], went: list[TableRow]) -> str:
    """A table of the processes over the outcomes; HTML."""
    rows: list[TableRow | GroupHeader] = [_over("innsats"), *done, _over("resultat"), *went]
    return table(caption, _columns(view), rows, stacks=True)


def _main(series: LetterSeries, view: UnitView) -> bool:
    judged = {(s.indikator, s.gruppe) for s in view.letter_series if s.judged}
    of_indicator = {key for key in judged if key[0] == series.indikator}
    return (series.indikator, series.gruppe) in of_indicator or (not of_indicator and series.gruppe == "alle")


def process_and_outcome(view: UnitView) -> Fragment:
    """A table for each outcome, with the processes of the same group first."""
    parts = []
    for outcome, processes in pairs(view):
        done = pair_rows(view, [s for process in processes for s in _main_series(view, process)])
        went = pair_rows(view, _main_series(view, outcome))
        if done and went:
            caption = sentence("enheter.par.tabell", navn=outcome.kortnavn)
            parts.append(pair_table(view, caption, done, went))
    if not parts:
        return Fragment(paragraph(sentence("enheter.par.ingen")), "par")
    note = paragraph(sentence("enheter.par.slik"))
    return Fragment("".join(parts) + note, "par")
