"""One part for each priority group: effort over result, one chart, and what the letter asks."""

from markupsafe import Markup

from navbook.pages.format import Fragment, period_text
from navbook.pages.sections.development import level_chart, run_chart_panel
from navbook.pages.sections.office.first_screen import group_name, size_words
from navbook.pages.sections.office.group_plan import PRIORITY_GROUPS, Name, PriorityGroup
from navbook.pages.sections.office.lines import (
    Line,
    in_brackets,
    line_of,
    phrase,
    short_name,
    value_text,
)
from navbook.pages.templates import part, sentence
from navbook.pages.text import breakable, change_text, interval_text
from navbook.pages.view import NOT_IN_EXTRACT, PORTFOLIO, LetterSeries, UnitView


def priority_groups(view: UnitView) -> Fragment:
    """The groups with something to tell, and one sentence for those without."""
    told, silent = [], []
    for group in PRIORITY_GROUPS:
        effort, result = (group_lines(view, names) for names in (group.effort, group.result))
        if any(line.own.shown for line in (*effort, *result)):
            told.append(_part(view, group, effort, result))
        elif effort or result:
            silent.append(sentence(f"kontor.grupper.{group.key}.ledd"))
    if not told:
        return Fragment("", "grupper")
    html = part(
        "kontor_grupper",
        root=view.root,
        grupper=told,
        skjulte=sentence("kontor.grupper.skjult", grupper=silent) if silent else "",
    )
    return Fragment(html, "grupper", figures=html.count("<figure"))


def group_lines(view: UnitView, names: tuple[Name, ...]) -> list[Line]:
    """The lines of some figures of a group, without those that the letter or the extract lacks."""
    known = {(s.indikator, s.gruppe): s for s in [*view.letter_series, *view.other_series]}
    lines = [line_of(view, known[name]) for name in names if name in known]
    return [line for line in lines if line.own.status != NOT_IN_EXTRACT]


def _part(view: UnitView, group: PriorityGroup, effort: list[Line], result: list[Line]) -> dict[str, object]:
    shown = [[line for line in lines if line.own.shown] for lines in (effort, result)]
    heads = (sentence("kontor.grupper.innsats"), sentence("kontor.grupper.resultat"))
    lines = [*effort, *result]
    now = next(line.own.periode for line in lines if line.own.shown)
    return {
        "navn": group_name(group.key),
        "id": f"gruppe-{group.key}",
        "storrelse": _size(view, group),
        "bestand": view.cell(PORTFOLIO, group.portfolio, view.unit.enhet).keys,
        "tittel": sentence("kontor.grupper.tabell", gruppe=group_name(group.key)),
        "periode": period_text(now),
        "deler": [
            {"navn": head, "rader": [_row(view, line) for line in part_lines]}
            for head, part_lines in zip(heads, shown, strict=True)
            if part_lines
        ],
        "figur": Markup(_chart(view, group)),
        "brevet": _asked(view, lines),
    }


def _size(view: UnitView, group: PriorityGroup) -> str:
    cell = view.cell(PORTFOLIO, group.portfolio, view.unit.enhet)
    return sentence("kontor.grupper.storrelse", **size_words(cell)) if cell.shown else ""


def _row(view: UnitView, line: Line) -> dict[str, object]:
    own = line.own
    count = own.is_count
    return {
        "keys": own.keys,
        "navn": Markup(view.indicator_link(line.series.indikator, short_name(view, line.series))),
        "na": value_text(own),
        "intervall": "" if count else in_brackets(interval_text(own)),
        "felt": "x" if count else "verdi nedre ovre",
        "endring": Markup(breakable(change_text(own))),
        "fylket": {
            "enhet": line.county.enhet,
            "tekst": value_text(line.county),
            "felt": "x" if line.county.is_count else "verdi" if line.county.shown else "status",
        },
    }


def _asked(view: UnitView, lines: list[Line]) -> str:
    """The requirements of the group, each once, by number and wording."""
    rows = {(s.indikator, s.gruppe): row for row in view.letter_rows for s in row.series}
    asked = {rows[line.keys].id: rows[line.keys].requirement for line in lines if line.keys in rows}
    by_words: dict[str, list[str]] = {}
    for number, words in asked.items():
        if words:
            by_words.setdefault(words, []).append(number)
    return " ".join(
        sentence("kontor.grupper.brevet", id=sorted(ids), krav=words) for words, ids in by_words.items()
    )


def _chart(view: UnitView, group: PriorityGroup) -> str:
    known = {(s.indikator, s.gruppe): s for s in [*view.letter_series, *view.other_series]}
    for name in group.drawn:
        if name in known and (shown := _chart_of(view, known[name])):
            return shown
    return ""


def _chart_of(view: UnitView, series: LetterSeries) -> str:
    cell = view.own(series)
    months = view.cells.months(series.indikator, series.gruppe, view.unit.enhet)
    panel = run_chart_panel(view, short_name(view, series), series.indikator, months)
    if panel is None or not cell.shown:
        return ""
    title = sentence(
        f"kontor.figur.tittel.{_direction(cell.endring_nedre, cell.endring_ovre)}", ledd=_name(view, series)
    )
    base = cell.basis_verdi is not None
    what = sentence(
        "kontor.figur.hva" if base else "kontor.figur.hva_uten_basis",
        basis=period_text(cell.basis_periode) if base else "",
        periode=period_text(cell.periode),
    )
    return level_chart(panel, cell, title, what, view.compared_periods(series.indikator))


def _direction(lower: float | None, upper: float | None) -> str:
    if lower is None or upper is None:
        return "uten_basis"
    return "opp" if lower > 0 else "ned" if upper < 0 else "usikker"


def _name(view: UnitView, series: LetterSeries) -> str:
    """The phrase of the series; a clause keeps its comma before a verb."""
    return phrase(view, series)
