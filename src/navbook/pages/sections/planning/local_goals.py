"""The office's own goals with the figures they are judged by, and the verdicts."""

from navbook.edition.schema import FOR_FA, IKKE_OPPFYLT, KAN_IKKE_AVGJORES, OPPFYLT
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
from navbook.pages.text.table_cells import share_value
from navbook.pages.view import UnitView

NONE = "Uttrekket har ingen egne mål for kontoret i perioden."
VERDICTS = {
    OPPFYLT: "nådd",
    IKKE_OPPFYLT: "ikke nådd",
    KAN_IKKE_AVGJORES: "kan ikke avgjøres",
    FOR_FA: "for få til å vurdere",
}
NOT_JUDGED = "vurderes ikke: tallet vises ikke for perioden"


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
        return Fragment(paragraph(NONE), "egne mål")
    columns = [
        TableColumn("Krav i brevet"),
        TableColumn("Kontorets mål", True, f"{view.root}metode/vurdering.html"),
        TableColumn("Tall (95 % intervall)", True, f"{view.root}metode/intervaller.html"),
        TableColumn("Målet er"),
    ]
    note = paragraph(
        "Egne mål vurderes etter samme regel som en fast grense i brevet: hele intervallet må ligge på "
        "riktig side."
    )
    return Fragment(table("Kontorets egne mål", columns, rows) + note, "egne mål")


def _verdict(view: UnitView, parameter: str, indikator: str, gruppe: str) -> str:
    return VERDICTS.get(view.goal_verdicts.get((parameter, indikator, gruppe), ""), NOT_JUDGED)
