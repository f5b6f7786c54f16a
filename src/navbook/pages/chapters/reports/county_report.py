"""The draft report of a county: the letter's headings with filled-in tables; the county writes the text."""

from dataclasses import dataclass
from typing import Any

from navbook.edition import Edition, part_of_units
from navbook.edition.schema import COUNTRY
from navbook.pages.chapters.reports.county_texts import CountyText, own_words, place_text
from navbook.pages.chapters.unmet_requirements import unmet_table
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    date_text,
    escape,
    heading,
    link,
    paragraph,
    period_text,
    raw_html,
    table,
)
from navbook.pages.sections import edition_line, older_periods, portfolio, row_notes
from navbook.pages.templates import sentence
from navbook.pages.text import change_value, missing_sentences, share_value, verdict_word_value
from navbook.pages.view import PORTFOLIO, LetterSeries, SeriesLookupView, Unit, has_report, unit_view, units

FOLDER, OVERVIEW = "rapport", "oversikt"
TO_WRITE = '<p class="nb-skriv">Fylkets vurdering:</p>'


@dataclass(frozen=True)
class ReportView(SeriesLookupView):
    """A county with its offices, and the country for comparison."""

    @property
    def root(self) -> str:
        return "../"


def reports(edition: Edition) -> dict[str, str]:
    """The report of each county: address without suffix → Markdown; none unless the period is a year or
    tertial.
    """
    if not has_report(str(edition.utgave["periode"])) or not edition.krav.get("rader"):
        return {}
    counties = [unit for unit in units(edition) if unit.niva == "fylke"]
    return {f"{FOLDER}/{unit.enhet}": _report(_view(edition, unit)) for unit in counties}


def county_text(edition: Edition, county: Unit) -> CountyText:
    """The county's own text, placed under the headings of the letter's report."""
    headings = [section["overskrift"] for section in _sections(edition)]
    return place_text(edition.tekster["rapport"].get(county.enhet, ""), headings)


def _sections(edition: Edition) -> list[dict[str, Any]]:
    return (edition.krav.get("rapport") or {}).get("deler") or []


def _view(edition: Edition, county: Unit) -> ReportView:
    own = {unit.enhet for unit in units(edition) if unit.fylke == county.enhet}
    part = part_of_units(edition, {COUNTRY, county.enhet} | own, comments={county.enhet})
    found = unit_view(part, county.enhet, county.niva)
    return ReportView(part, part.tall, found.unit)


def headings_to_write(edition: Edition) -> list[str]:
    """The headings under which a county writes, in the order of the letter."""
    sections = _sections(edition)
    return [
        section["overskrift"]
        for place, section in enumerate(sections, start=1)
        if section["tall"] or not _has_parts(sections, place)
    ]


def _report(view: ReportView) -> str:
    plan: dict[str, Any] = view.edition.krav.get("rapport") or {}
    parts = [
        heading(1, sentence("rapport.tittel", fylket=view.unit.navn, periode=period_text(view.periode))),
        raw_html(edition_line(view) + older_periods(view)),
        raw_html(deadline_words(view.edition.krav, view.periode) + _origin(view, plan)),
    ]
    sections = _sections(view.edition)
    text = county_text(view.edition, view.unit)
    if text.before:
        parts.append(raw_html(own_words(text.before, view.unit.navn)))
    tables = 0
    for place, section in enumerate(sections, start=1):
        tables += bool(_lines(view, section["tall"]))
        title = sentence("rapport.tabell", nr=tables, fylket=view.unit.navn, hele=view.area.whole)
        parts.append(heading(section["niva"], section["overskrift"]))
        if section["tall"] or not _has_parts(sections, place):
            written = own_words(text.placed.get(section["overskrift"], ""), view.unit.navn)
            parts.append(raw_html(_section(view, section["tall"], title) + (written or TO_WRITE)))
        elif written := own_words(text.placed.get(section["overskrift"], ""), view.unit.navn):
            parts.append(raw_html(written))
    for words, body in text.elsewhere.items():
        title = words.strip() or sentence("rapport.uten_overskrift")
        parts += [heading(2, title), raw_html(own_words(body, view.unit.navn))]
    own, caption = [view.unit, *view.subunits], sentence("avvik.tabell.fylket", fylket=view.unit.navn)
    parts += [
        heading(2, sentence("rapport.avvik")),
        raw_html(
            paragraph(escape(sentence("avvik.hva_er_med")))
            + unmet_table(view, own, caption, sentence("avvik.hvem.fylket"))
        ),
        heading(2, sentence("rapport.les_videre")),
        raw_html(bullets(_further(view))),
    ]
    return "\n".join(parts)


def _has_parts(sections: list[dict[str, Any]], place: int) -> bool:
    """Whether the heading before `place` only gathers those that follow it: they take its text."""
    return place < len(sections) and sections[place]["niva"] > sections[place - 1]["niva"]


def _further(view: ReportView) -> list[str]:
    page = sentence("rapport.siden_for", fylket=view.unit.navn)
    return [
        link(f"../fylke/{view.unit.enhet}.html", page),
        link(f"../data/{FOLDER}/{view.unit.enhet}.docx", sentence("rapport.fil.word")),
        link(f"../data/fylke/{view.unit.enhet}.csv", sentence("rapport.fil.csv")),
        link(f"{OVERVIEW}.html", sentence("rapport.oversikt.tittel")),
    ]


def deadline_words(krav: dict[str, Any], periode: str) -> str:
    """A paragraph with the deadline that the letter sets for a report on the period, or that it sets none."""
    plan: dict[str, Any] = krav.get("rapport") or {}
    for deadline in plan.get("frister") or []:
        if deadline["periode"] == periode:
            line = sentence("rapport.frist", navn=deadline["navn"], dato=date_text(deadline["frist"]))
            return paragraph(f"<strong>{escape(line)}</strong>")
    return paragraph(escape(sentence("rapport.ingen_frist", periode=period_text(periode))))


def _origin(view: ReportView, plan: dict[str, Any]) -> str:
    year = plan.get("overskrifter_fra")
    letter = view.edition.krav.get("brev")
    told = sentence("rapport.overskriftene", fra=year, brev="" if year == letter else letter)
    return paragraph(escape(told))


def _section(view: ReportView, names: list[str], title: str) -> str:
    groups = portfolio(view).html if PORTFOLIO in names else ""
    names, lines = [name for name in names if name != PORTFOLIO], _lines(view, names)
    absent = [name for name in names if not view.available_series(name)]
    shown = groups + (_table(view, title, lines) if lines else "")
    lacking = "".join(paragraph(escape(line)) for line in missing_sentences(view, absent))
    return shown + lacking


def _lines(view: ReportView, names: list[str]) -> list[LetterSeries]:
    """The series of a section's table that the extract has."""
    return [series for name in names if name != PORTFOLIO for series in view.available_series(name)]


def _table(view: ReportView, title: str, lines: list[LetterSeries]) -> str:
    columns = [
        TableColumn("Tall"),
        TableColumn(sentence("rapport.kolonne.fylket"), True, f"{view.root}metode/intervaller.html"),
        TableColumn(sentence("kolonner.endring"), True, f"{view.root}metode/endring.html"),
        TableColumn(view.area.heading, True, f"{view.root}metode/intervaller.html"),
        TableColumn("Vurdering", False, f"{view.root}metode/vurdering.html"),
        TableColumn(sentence("rapport.kolonne.risiko")),
    ]
    return table(title, columns, [_row(view, series) for series in lines], stacks=True)


def _row(view: ReportView, series: LetterSeries) -> TableRow:
    own, country = view.own(series), view.cell(series.indikator, series.gruppe, COUNTRY)
    values = [
        share_value(own),
        change_value(own) if own.shown else TableCell("–"),
        share_value(country, {"enhet": COUNTRY}),
        verdict_word_value(view, own, series),
        TableCell(""),
    ]
    head = view.indicator_link(series.indikator, view.series_name(series)) + row_notes(view, own)
    return TableRow(head, values, own.keys)
