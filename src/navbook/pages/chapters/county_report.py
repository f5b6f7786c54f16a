"""The county's report: the letter's own headings with the tables filled in, the words left to the county."""

from dataclasses import dataclass
from typing import Any

from navbook.edition import Edition, part_of_units
from navbook.pages.chapters.unmet_requirements import WHAT_IS_USED, deviation_table
from navbook.pages.format.fragments import bullets, link, paragraph, text
from navbook.pages.format.markdown import heading, raw
from navbook.pages.format.numbers import date_text, period_text
from navbook.pages.format.tables import Column, Row, Value, table
from navbook.pages.sections.header import edition_line, older_periods
from navbook.pages.sections.portfolio import portfolio
from navbook.pages.sections.results import row_notes
from navbook.pages.text.sentences import listed
from navbook.pages.text.table_cells import change_value, share_value, verdict_word_value
from navbook.pages.view.requirements import Series
from navbook.pages.view.series_lookup import NamingView
from navbook.pages.view.view import COUNTRY, PORTFOLIO, Unit, unit_view, units

FOLDER = "rapport"
TO_WRITE = '<p class="nb-skriv">Fylkets vurdering:</p>'


@dataclass(frozen=True)
class ReportView(NamingView):
    """A county with its offices, and the country to read it against."""

    @property
    def root(self) -> str:
        return "../"


def is_reported(periode: str) -> bool:
    """Whether counties report on a period of that name: a year or a tertial."""
    return periode.isdigit() or "-T" in periode


def reports(edition: Edition) -> dict[str, str]:
    """Address without suffix → Markdown of each county's report; none but for a year or a tertial."""
    if not is_reported(str(edition.utgave["periode"])) or not edition.krav.get("rader"):
        return {}
    counties = [unit for unit in units(edition) if unit.niva == "fylke"]
    return {f"{FOLDER}/{unit.enhet}": _report(_view(edition, unit)) for unit in counties}


def _view(edition: Edition, county: Unit) -> ReportView:
    own = {unit.enhet for unit in units(edition) if unit.fylke == county.enhet}
    part = part_of_units(edition, {COUNTRY, county.enhet} | own)
    found = unit_view(part, county.enhet, county.niva)
    return ReportView(part, part.tall, found.unit)


def _report(view: ReportView) -> str:
    plan: dict[str, Any] = view.edition.krav.get("rapport") or {}
    parts = [
        heading(1, f"Rapport for {view.unit.navn}, {period_text(view.periode)}"),
        raw(edition_line(view) + older_periods(view)),
        raw(deadline_words(view.edition.krav, view.periode) + _origin(view, plan)),
    ]
    for place, section in enumerate(plan.get("deler") or [], start=1):
        title = f"Tabell {place}: {view.unit.navn} og hele landet"
        parts += [
            heading(section["niva"], section["overskrift"]),
            raw(_section(view, section["tall"], title)),
        ]
    own, caption = [view.unit, *view.children], f"Krav som ikke er oppfylt: {view.unit.navn}"
    parts += [
        heading(2, "Avvik i fylket"),
        raw(paragraph(text(WHAT_IS_USED)) + deviation_table(view, own, caption)),
        heading(2, "Les videre"),
        raw(
            bullets([link(f"../fylke/{view.unit.enhet}.html", f"Siden for {view.unit.navn}"), *_files(view)])
        ),
    ]
    return "\n".join(parts)


def _files(view: ReportView) -> list[str]:
    return [link(f"../data/fylke/{view.unit.enhet}.csv", "Tallene for fylket (CSV)")]


def deadline_words(krav: dict[str, Any], periode: str) -> str:
    """When the report on a period is due by the letter, or that the letter sets no day for it."""
    plan: dict[str, Any] = krav.get("rapport") or {}
    for each in plan.get("frister") or []:
        if each["periode"] == periode:
            words = f"Frist for {each['navn']}: {date_text(each['frist'])}."
            return paragraph(f"<strong>{text(words)}</strong>")
    return paragraph(text(f"Brevet gir ingen frist for en rapport for {period_text(periode)}."))


def _origin(view: ReportView, plan: dict[str, Any]) -> str:
    year = plan.get("overskrifter_fra")
    listed_here = year == view.edition.krav.get("brev")
    source = "" if listed_here else f" Brevet for {view.edition.krav['brev']} lister ingen."
    return paragraph(
        text(
            f"Overskriftene er ordrett fra brevet for {year}.{source} Hvilke tall som står under "
            "hver av dem, er bokens valg. Teksten, risikoen og tiltakene skriver fylket."
        )
    )


def _section(view: ReportView, names: list[str], title: str) -> str:
    groups = portfolio(view).html if PORTFOLIO in names else ""
    names = [name for name in names if name != PORTFOLIO]
    lines = [series for name in names for series in view.present(name)]
    known = [name for name in names if name in view.definitions or name in view.entries]
    absent = [view.called(name) for name in known if not view.present(name)]
    shown = groups + (_table(view, title, lines) if lines else "")
    lacking = paragraph(text(f"Ikke i uttrekket: {listed(absent)}.")) if absent else ""
    return shown + lacking + TO_WRITE


def _table(view: ReportView, title: str, lines: list[Series]) -> str:
    columns = [
        Column("Tall"),
        Column("Fylket (95 % intervall)", True, f"{view.root}metode/intervaller.html"),
        Column("Endring (intervall)", True, f"{view.root}metode/endring.html"),
        Column("Hele landet", True, f"{view.root}metode/intervaller.html"),
        Column("Vurdering", False, f"{view.root}metode/vurdering.html"),
        Column("Risiko og tiltak"),
    ]
    return table(title, columns, [_row(view, series) for series in lines])


def _row(view: ReportView, series: Series) -> Row:
    own, whole = view.own(series), view.cell(series.indikator, series.gruppe, COUNTRY)
    values = [
        share_value(own),
        change_value(own) if own.shown else Value("–"),
        share_value(whole, {"enhet": COUNTRY}),
        verdict_word_value(own),
        Value(""),
    ]
    head = view.indicator_link(series.indikator, view.series_name(series)) + row_notes(view, own)
    return Row(head, values, own.keys)
