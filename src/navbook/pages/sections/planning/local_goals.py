"""The office's own goals with the figures they are judged by, and the verdicts."""

from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    escape,
    number,
    paragraph,
    percent,
    table,
)
from navbook.pages.templates import sentence, sentence_or
from navbook.pages.text.table_cells import share_value
from navbook.pages.view import UnitView


def local_goals_section(view: UnitView) -> Fragment:
    """The goals that the office has set itself, with the verdict for each judged series of the row."""
    rows = [
        TableRow(
            escape(f"{parameter.id} {view.series_name(series)}"),
            [
                TableCell(escape(f"{percent(goal)} %" if goal <= 1 else number(goal)), "mal"),
                share_value(view.own(series)),
                TableCell(escape(_verdict(view, parameter.id, series.indikator, series.gruppe))),
            ],
            view.own(series).keys,
        )
        for parameter in view.letter_rows
        if parameter.id in view.local_targets
        for series in parameter.series
        for goal in [view.local_targets[parameter.id][1]]
        if series.judged and (series.measure == "antall") == (goal > 1)
    ]
    if not rows:
        return Fragment(paragraph(escape(sentence("egne_mal.ingen"))), "egne mål")
    columns = [
        TableColumn(sentence("egne_mal.kolonne.krav")),
        TableColumn(sentence("egne_mal.kolonne.mal"), True, f"{view.root}metode/vurdering.html"),
        TableColumn(sentence("egne_mal.kolonne.tall"), True, f"{view.root}metode/intervaller.html"),
        TableColumn(sentence("egne_mal.kolonne.svar")),
    ]
    note = paragraph(escape(sentence("egne_mal.slik")))
    return Fragment(table(sentence("egne_mal.tabell"), columns, rows, stacks=True) + note, "egne mål")


def _verdict(view: UnitView, parameter: str, indikator: str, gruppe: str) -> str:
    verdict = view.goal_verdicts.get((parameter, indikator, gruppe), "")
    return sentence_or(f"egne_mal.svar.{verdict}", sentence("egne_mal.ikke_vurdert"))
