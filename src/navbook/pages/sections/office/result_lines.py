"""«Resultatene»: one line for each requirement; the count, the reasons and the definition fold out."""

from markupsafe import Markup

from navbook.pages.format import (
    Fragment,
    TableColumn,
    TableRow,
    bullets,
    escape,
    paragraph,
    period_text,
    table,
)
from navbook.pages.sections.local_target import local_target
from navbook.pages.sections.office.lines import (
    Line,
    before_text,
    line_of,
    one_word,
    required_lines,
    short_name,
    value_text,
)
from navbook.pages.sections.results import row_notes, verdict_context_notes
from navbook.pages.sections.standardised import standardised_sentences
from navbook.pages.templates import part, sentence
from navbook.pages.text import (
    chance_sentence,
    change_interval_sentence,
    change_text,
    change_value,
    count_values,
    figures_sentence,
    full_verdict,
    number_columns,
)
from navbook.pages.view import FIXED_LIMIT, LetterRow, UnitView


def result_lines(view: UnitView) -> Fragment:
    """A line that folds out for each requirement that is shown, and what holds for all of them."""
    lines = [line for line in required_lines(view) if line.own.shown]
    if not lines:
        return Fragment("", "resultater")
    rows = {(s.indikator, s.gruppe): row for row in view.letter_rows for s in row.series}
    # lines of older periods name their own: the head then names no base
    same = all(line.own.periode == view.periode for line in lines)
    bases = [line.own.basis_periode for line in lines if line.own.basis_periode]
    folded = part(
        "kontor_linjer",
        linjer=[_folded(view, line, rows[line.keys]) for line in lines],
        periode=period_text(view.periode),
        basis=period_text(max(bases)) if bases and same else sentence("kontor.krav.aret_for"),
    )
    chance = chance_sentence([view.own(s) for s in view.letter_series if s.judged], "svarene i tabellen")
    notes = bullets(standardised_sentences(view), "nb-fotnoter")
    return Fragment(folded + (paragraph(escape(chance)) if chance else "") + notes, "resultater")


def _folded(view: UnitView, line: Line, row: LetterRow) -> dict[str, object]:
    own, series = line.own, line.series
    return {
        "keys": own.keys,
        "navn": short_name(view, series)
        + ("" if own.periode == view.periode else f" ({period_text(own.periode)})"),
        "na": value_text(own),
        "enhet": "" if own.is_count else " %",
        "for": before_text(own),
        "endring": change_text(own),
        "fylket": value_text(line.county),
        "landet": value_text(line.country),
        "vurdering": own.vurdering,
        "ord": one_word(view, line),
        "setninger": _sentences(view, line),
        "ordlyd": sentence("kontor.resultat.ordlyd", id=row.id, ordlyd=row.wording),
        "krav": sentence("kontor.resultat.krav", krav=row.requirement) if row.requirement else "",
        "mal": local_target(view, row),
        "fotnoter": [f"Fotnote {nr}: «{words}»" for nr, words in row.footnotes],
        "tabell": Markup(_count_table(view, line, row)),
        "indikator": f"{view.root}indikator/{series.indikator}.html",
        "metode": f"{view.root}metode/vurdering.html",
    }


def _sentences(view: UnitView, line: Line) -> str:
    own, series = line.own, line.series
    spread = "" if series.kind == FIXED_LIMIT else change_interval_sentence(own)
    said = (
        figures_sentence(own),
        full_verdict(view, own, series),
        spread,
        verdict_context_notes(view, series, own),
    )
    return " ".join(filter(None, said))


def _count_table(view: UnitView, line: Line, row: LetterRow) -> str:
    """Counts, interval and change of the series, of what the book adds to it, and of county and country."""
    added = [other for other in row.series if other.supplement and other.indikator == line.series.indikator]
    lines = [
        line,
        *(line_of(view, other) for other in added if view.own(other).shown and line.series.gruppe == "alle"),
    ]
    rows = [
        TableRow(
            escape(short_name(view, one.series)) + row_notes(view, one.own),
            [*count_values(one.own), change_value(one.own)],
            one.own.keys,
        )
        for one in lines
    ]
    for cell, name in ((line.county, "Fylket"), (line.country, escape(view.area.subject))):
        if cell.shown:
            rows.append(TableRow(name, [*count_values(cell), change_value(cell)], cell.keys))
    caption = sentence(
        "kontor.resultat.tellinger",
        navn=short_name(view, line.series),
        periode=period_text(line.own.periode),
    )
    columns = [TableColumn("Tall"), *number_columns(view.root)]
    return table(caption, columns, rows, stacks=True)
