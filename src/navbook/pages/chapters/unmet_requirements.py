"""Requirements that are not met, in the letter's order and without ranking.

The letter asks to be informed of essential deviations at any time.
"""

from collections import Counter
from typing import Any

from navbook.edition import Edition
from navbook.edition.schema import COUNTRY, KONTOR
from navbook.pages.chapters.unmet_since import unmet_since
from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    date_text,
    escape,
    folded,
    heading,
    link,
    paragraph,
    raw_html,
    table,
)
from navbook.pages.sections import edition_line, row_notes
from navbook.pages.templates import sentence
from navbook.pages.text import change_value, full_verdict, share_value
from navbook.pages.view import Cell, LetterSeries, Unit, UnitView, unit_view, units

NOT_MET = "ikke_oppfylt"
DUTY = "R07"


def unmet_table(view: UnitView, among: list[Unit], caption: str, whom: str) -> str:
    """A table of the judged series that are not met in the units `among`, named `whom`; else a sentence.

    HTML.
    """
    unmet = view.rows[view.rows["vurdering"] == NOT_MET]
    # only cells with such a row in some period are looked up: they are few
    somewhere = set(zip(unmet["indikator"], unmet["gruppe"], unmet["enhet"], strict=True))
    rows = [row for unit in among for row in _rows(view, unit, somewhere)]
    if not rows:
        return paragraph(escape(sentence("avvik.ingen", hvem=whom)))
    columns = [
        TableColumn("Tall"),
        TableColumn("Enhet"),
        TableColumn(sentence("kolonner.andel_eller_antall"), True, f"{view.root}metode/intervaller.html"),
        TableColumn(sentence("kolonner.endring"), True, f"{view.root}metode/endring.html"),
    ]
    return table(caption, columns, rows, stacks=True)


def _rows(view: UnitView, unit: Unit, somewhere: set[tuple[str, str, str]]) -> list[TableRow]:
    found = []
    for series in view.letter_series:
        if not series.judged or (series.indikator, series.gruppe, unit.enhet) not in somewhere:
            continue
        cell = view.cell(series.indikator, series.gruppe, unit.enhet)
        if cell.vurdering != NOT_MET:
            continue
        where = _where(view, unit)
        said = TableCell(_said(view, cell, series), "vurdering", css="nb-ord")
        name = view.indicator_link(series.indikator, view.series_name(series))
        head = name + row_notes(view, cell) + _requirement(series)
        values = [TableCell(where), share_value(cell), change_value(cell)]
        found.append(TableRow(head, values, cell.keys, said))
    return found


def _said(view: UnitView, cell: Cell, series: LetterSeries) -> str:
    """The verdict, and since when the requirement is not met."""
    texts = [full_verdict(view, cell, series), unmet_since(view, cell, series)]
    return escape(" ".join(filter(None, texts)))


def _requirement(series: LetterSeries) -> str:
    """The requirement in the letter's words; empty where another letter judges, which the verdict names."""
    if series.judged_by:
        return ""
    words = sentence("avvik.krav", krav=series.requirement)
    return f'<br><span class="nb-delrad">{escape(words)}</span>'


def _where(view: UnitView, unit: Unit) -> str:
    """The unit's name as a link to its page, where an office also has its own words."""
    if unit.special or unit.niva == "kontor":
        return view.unit_link(unit)
    return link(f"{view.root}{'landet' if unit.niva == 'landet' else f'fylke/{unit.enhet}'}.html", unit.navn)


def _offices(edition: Edition, view: UnitView, reported: list[str]) -> str:
    """How many offices of each county have a requirement that is not met, and where they are listed; HTML."""
    judged = {(series.indikator, series.gruppe) for series in view.letter_series if series.judged}
    unmet = edition.tall[(edition.tall["vurdering"] == NOT_MET) & (edition.tall["niva"] == KONTOR)]
    keys = zip(unmet["indikator"], unmet["gruppe"], unmet["enhet"], unmet["periode"], strict=True)
    offices = {
        enhet
        for indikator, gruppe, enhet, periode in keys
        if (indikator, gruppe) in judged and periode == view.shown_period(indikator)
    }
    counts = Counter(unit.fylke for unit in units(edition) if unit.enhet in offices and not unit.special)
    folder = "" if reported else "../fylke/"
    listed = [
        sentence(
            "avvik.kontor.fylke",
            antall=counts[county.enhet],
            lenke=link(f"{folder}{county.enhet}.html", county.navn),
        )
        for county in view.subunits
        if counts[county.enhet]
    ]
    if not listed:
        return paragraph(sentence("avvik.kontor.ingen"))
    line = paragraph(sentence("avvik.kontor.hvor_mange", fylker=listed, rapporter=bool(reported)))
    with_any = [county for county in view.subunits if counts[county.enhet]]
    return line + ("" if reported else _office_tables(edition, with_any))


def _office_tables(edition: Edition, counties: list[Unit]) -> str:
    """A folded table of the offices of each county, for a period that counties write no report on; HTML."""
    tables = []
    for county in counties:
        found = unit_view(edition, county.enhet, county.niva)
        view = _UnitInFolder(found.edition, found.rows, found.unit)
        offices = [unit for unit in view.subunits if not unit.special]
        title = sentence("avvik.tabell.kontorene", fylket=county.navn)
        unmet = unmet_table(view, offices, title, sentence("avvik.hvem.kontorene"))
        tables.append((title, Fragment(unmet)))
    return folded(tables).html


class _UnitInFolder(UnitView):
    """The country or a county, on a page that is in a folder of the site."""

    @property
    def root(self) -> str:
        return "../"


def unmet_requirements_chapter(edition: Edition, reported: list[str]) -> str:
    """The chapter as Markdown, with links to the reports of the counties `reported`."""
    country = unit_view(edition, COUNTRY, "landet")
    view = _UnitInFolder(country.edition, country.rows, country.unit)
    krav: dict[str, Any] = edition.krav
    duty = next((str(entry["ordlyd"]) for entry in krav.get("katalog") or [] if entry["id"] == DUTY), "")
    plan = krav.get("rapport") or {}
    deadlines = [
        f"{escape(deadline['navn'])}: {date_text(deadline['frist'])}"
        for deadline in plan.get("frister") or []
        if not deadline["periode"].endswith("T3")
    ]
    names = {unit.enhet: unit.navn for unit in view.units}
    among = [view.unit, *view.subunits]
    links = [link(f"{number}.html", names[number]) for number in reported]
    parts = [
        heading(1, sentence("avvik.tittel")),
        raw_html(edition_line(view)),
        raw_html(paragraph(escape(sentence("avvik.brevet", ordlyd=duty))) if duty else ""),
        raw_html(paragraph(escape(sentence("avvik.hva_er_med")))),
        heading(2, sentence("avvik.ikke_oppfylt")),
        raw_html(
            unmet_table(
                view,
                among,
                sentence("avvik.tabell.landet", topp=view.area.name),
                sentence("avvik.hvem.landet", topp=view.area.name),
            )
        ),
        raw_html(_offices(edition, view, reported)),
    ]
    if deadlines:
        parts += [heading(2, sentence("avvik.frister")), raw_html(bullets(deadlines))]
    if links:
        guide = paragraph(sentence("avvik.rapporter.ingress"))
        parts += [heading(2, sentence("avvik.rapporter.tittel")), raw_html(guide + bullets(links))]
    return "\n".join(parts)
