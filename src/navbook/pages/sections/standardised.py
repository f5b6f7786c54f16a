"""All innsatsgrupper of an indicator together: crude, and standardised to the same mix in both periods."""

from collections.abc import Callable

from markupsafe import Markup

from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    escape,
    link,
    paragraph,
    percent,
    period_text,
    range_text,
    signed_points,
    table,
)
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.templates import html_sentence, sentence, sentences_under
from navbook.pages.text import breakable
from navbook.pages.view import Unit, UnitView, View

Record = dict[str, float | str]
# the smallest difference between the two changes that gets a sentence
WORTH_NOTING = 0.01


def _records(view: View) -> list[Record]:
    return [{str(k): v for k, v in row.items()} for row in view.edition.further("samlet").to_dict("records")]


def standardised_table(view: IndicatorView) -> Fragment:
    """Total and change of the groups, crude and standardised, for the country and the counties."""
    every = {str(row["enhet"]): row for row in _records(view) if row["indikator"] == view.indikator}
    order = view.country_and_counties
    rows = [_row(view, unit, every[unit.enhet]) for unit in order if unit.enhet in every]
    if not rows:
        return Fragment("", "samlet")
    method = f"{view.root}metode/standardisering.html"
    columns = [
        TableColumn("Enhet"),
        *(TableColumn(head, True, method) for head in sentences_under("enheter.samlet.kolonne").values()),
    ]
    period = period_text(view.shown_period(view.indikator))
    shown = table(sentence("enheter.samlet.tabell", periode=period), columns, rows, stacks=True)
    against = [unit.navn for unit in order if unit.enhet in every and every[unit.enhet]["mot_summen"]]
    return Fragment(shown + paragraph(_guide(view)) + _warning(against), "samlet")


def _guide(view: View) -> str:
    way = Markup(link(f"{view.root}metode/standardisering.html", sentence("enheter.samlet.metode")))
    return html_sentence("enheter.samlet.slik", hvor=view.area.where, lenke=way)


def _warning(names: list[str]) -> str:
    if not names:
        return ""
    return paragraph(escape(sentence("enheter.samlet.pass_pa", navn=names)), "nb-merknad")


def _row(view: IndicatorView, unit: Unit, row: Record) -> TableRow:
    values = [
        _cell(row, "verdi", percent),
        _cell(row, "endring", signed_points),
        _cell(row, "standardisert", percent),
        _cell(row, "standardisert_endring", signed_points),
    ]
    return TableRow(view.unit_link(unit), values)


def _limits(row: Record, name: str) -> tuple[float, float, float] | None:
    value, lower, upper = (float(row[f"{name}{end}"]) for end in ("", "_nedre", "_ovre"))
    return None if value != value else (value, lower, upper)


def _cell(row: Record, name: str, printed: Callable[[float], str]) -> TableCell:
    """A value of `samlet` with its interval, formatted by `printed`; the reason if it has none."""
    found = _limits(row, name)
    if found is None:
        return TableCell("for få")
    value, lower, upper = map(printed, found)
    return TableCell(breakable(f"{value} ({range_text(lower, upper)})"))


def standardised_sentences(view: UnitView) -> list[str]:
    """A sentence for each indicator where the mix of innsatsgrupper affects the unit's change; HTML."""
    sentences = []
    for row in _records(view):
        if row["enhet"] != view.unit.enhet:
            continue
        plain, same_mix = _limits(row, "endring"), _limits(row, "standardisert_endring")
        name = view.definitions.get(str(row["indikator"])).kortnavn
        linked = Markup(view.indicator_link(str(row["indikator"]), name))
        if row["mot_summen"]:
            sentences.append(html_sentence("enheter.samlet.mot_summen", navn=linked))
        elif plain and same_mix and abs(plain[0] - same_mix[0]) >= WORTH_NOTING:
            sentences.append(
                html_sentence(
                    "enheter.samlet.endring",
                    navn=linked,
                    endring=signed_points(plain[0]),
                    topp=view.area.name,
                    standardisert=signed_points(same_mix[0]),
                    grenser=range_text(*(signed_points(limit) for limit in same_mix[1:])),
                )
            )
    return sentences
