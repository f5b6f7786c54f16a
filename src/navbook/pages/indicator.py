"""The page of one indicator: what it is, what the letter says, and its figures for all units."""

from dataclasses import dataclass
from functools import cached_property

from navbook.edition import Edition
from navbook.errors import UsageError
from navbook.pages.cells import Cell
from navbook.pages.definitions import Definitions, definition_box
from navbook.pages.figures import run_charts
from navbook.pages.fragments import Fragment, bullets, facts, link, paragraph, text
from navbook.pages.numbers import period_text
from navbook.pages.requirements import Parameter, Series
from navbook.pages.tables import Column, GroupHead, Row, table
from navbook.pages.trends import event_list, panel
from navbook.pages.values import change_value, count_values, verdict_value
from navbook.pages.view import COUNTRY, Unit, View
from navbook.periods import parse_period

PANELS = 6


@dataclass(frozen=True)
class IndicatorView(View):
    """An edition as the page of one indicator sees it."""

    indikator: str

    @cached_property
    def own_series(self) -> list[Series]:
        """The indicator's series that have rows, those of the letter first."""
        have = {gruppe for _, gruppe in self.cells.series()}
        named = [s for s in self.letter_series if s.indikator == self.indikator and s.gruppe in have]
        known = {series.gruppe for series in named}
        definition = self.definitions.get(self.indikator)
        rest = sorted(have - known)
        return named + [
            Series(self.indikator, g, wording=definition.navn, part=definition.group_name(g)) for g in rest
        ]

    @property
    def own_parameters(self) -> list[Parameter]:
        """The rows of the letter that the indicator answers to."""
        return [p for p in self.parameters if any(s.indikator == self.indikator for s in p.series)]


def indicator_view(edition: Edition, indikator: str) -> IndicatorView:
    """The view of one indicator. Raises UsageError if the edition neither defines it nor has rows of it."""
    rows = edition.tall[edition.tall["indikator"] == indikator]
    if rows.empty and indikator not in Definitions(edition.definisjoner):
        raise UsageError(
            f"the edition of {edition.utgave['periode']} has no indicator '{indikator}': "
            "use an id from its definisjoner.json"
        )
    return IndicatorView(edition, rows, indikator)


def definition(view: IndicatorView) -> Fragment:
    """The box that says what the number counts."""
    if view.indikator not in view.definitions:
        return Fragment(
            paragraph("Boken regner ikke ut dette tallet ennå. Det finnes ikke i uttrekket."), "definisjon"
        )
    box = definition_box(view.definitions.get(view.indikator))
    return Fragment(f'<div class="nb-definisjon">{box}</div>', "definisjon")


def letter(view: IndicatorView) -> Fragment:
    """The letter's wording, requirement, rule and footnotes, and what its text leaves open."""
    if not view.own_parameters:
        return Fragment(paragraph("Brevet har ingen styringsparameter for dette tallet."), "brevet")
    parts = []
    for parameter in view.own_parameters:
        rule = next((s.rule.get("text") for s in parameter.series if s.rule.get("text")), "")
        notes = [f"Fotnote {text(nr)}: «{text(words)}»" for nr, words in parameter.footnotes]
        parts.append(
            facts(
                [
                    ("Styringsparameter", f"{text(parameter.id)} «{text(parameter.wording)}»"),
                    ("Krav", f"«{text(parameter.requirement)}»" if parameter.requirement else ""),
                    ("Slik leser boken kravet", text(rule or "")),
                    ("Fotnoter i brevet", bullets(notes)),
                    ("Det brevet ikke sier", text(parameter.silent)),
                ]
            )
        )
    return Fragment("".join(parts), "brevet")


def trend(view: IndicatorView) -> Fragment:
    """The country's months, one panel for each series."""
    panels = []
    for series in view.own_series:
        months = view.cells.months(series.indikator, series.gruppe, COUNTRY)
        if drawable := panel(view, view.series_name(series), series.indikator, months):
            panels.append(drawable)
    if not panels:
        return Fragment(paragraph("Utgaven har ingen andel måned for måned for dette tallet."), "utvikling")
    period, base = view.shown_period(view.indikator), view.base_period(view.indikator)
    caption = f"Hele landet, andel i prosent hver måned: {period_text(period)} (blå prikker)"
    caption += f", sammenlignet med {period_text(base)} (brune firkanter)." if base else "."
    drawn = panels[:PANELS]
    made = run_charts(
        view.indikator, caption, drawn, parse_period(period), parse_period(base) if base else None
    )
    return Fragment(made.html + event_list(drawn), "utvikling", figures=1)


def _columns() -> list[Column]:
    heads = ("Teller", "Nevner", "Andel (prosent)", "95 % intervall", "Endring (intervall)")
    return [Column("Enhet"), *(Column(head, True) for head in heads), Column("Hva tallene sier")]


def _row(view: IndicatorView, series: Series, unit: Unit) -> Row:
    cell: Cell = view.cell(series.indikator, series.gruppe, unit.enhet)
    address = "landet.html" if unit.niva == "landet" else f"{unit.niva}/{unit.enhet}.html"
    name = unit.navn if unit.niva == "landet" else f"{unit.enhet} {unit.navn}"
    head = "Enheter utenom NAV-kontor" if unit.special else link(f"{view.root}{address}", name)
    return Row(head, [*count_values(cell), change_value(cell), verdict_value(cell, series)], cell.keys)


def _by_county(view: IndicatorView) -> list[Unit | str]:
    ordered: list[Unit | str] = [unit for unit in view.units if unit.niva == "landet"]
    for county in (unit for unit in view.units if unit.niva == "fylke"):
        offices = [u for u in view.units if u.niva == "kontor" and u.fylke == county.enhet]
        ordered += [county.navn, county, *sorted(offices, key=lambda u: (u.special, u.enhet))]
    return ordered


def all_units(view: IndicatorView) -> Fragment:
    """One table for each series: the country, then each county with its offices, in number order."""
    order = _by_county(view)
    parts = []
    for series in view.own_series:
        if not series.judged and series.measure == "andel" and _has_judged(view):
            continue
        rows = [GroupHead(text(u)) if isinstance(u, str) else _row(view, series, u) for u in order]
        period = period_text(view.shown_period(series.indikator))
        parts.append(table(f"{view.series_name(series)}, {period}", _columns(), rows))
    if not parts:
        return Fragment(paragraph("Utgaven har ingen rader for dette tallet."), "enheter")
    note = paragraph("Enhetene står i nummerrekkefølge, fylke for fylke. Tabellen er ikke en rangering.")
    return Fragment(note + "".join(parts), "enheter")


def _has_judged(view: IndicatorView) -> bool:
    return any(series.judged for series in view.own_series)


def not_measured(view: IndicatorView) -> Fragment:
    """What the number leaves out."""
    own = view.definitions.get(view.indikator).maler_ikke
    lines = [*own, "Tallet sier ikke hvorfor det har endret seg, og kan ikke brukes til å rangere kontor."]
    return Fragment(bullets([text(line) for line in lines]), "forbehold")


def downloads(view: IndicatorView) -> Fragment:
    """Where this indicator's numbers can be fetched."""
    return Fragment(
        bullets(
            [
                link(f"../data/indikator/{view.indikator}.csv", "Tallene på denne siden (CSV)"),
                link("../data/tall.csv", "Alle tall i utgaven (CSV)"),
                link("../data/definisjoner.json", "Definisjonene (JSON)"),
            ],
            "nb-nedlasting",
        ),
        "nedlasting",
    )
