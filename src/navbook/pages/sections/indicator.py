"""The page of one indicator: definition, the letter's words, and downloads."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from navbook.edition import Edition
from navbook.pages.format import Fragment, bullets, escape, link, paragraph
from navbook.pages.templates import sentence
from navbook.pages.text import definition_box, entry_box, parameter_box, readings
from navbook.pages.view import Definitions, LetterRow, LetterSeries, View
from navbook.runtime.errors import UsageError


@dataclass(frozen=True)
class IndicatorView(View):
    """What the page of one indicator sees of an edition."""

    indikator: str

    @cached_property
    def own_series(self) -> list[LetterSeries]:
        """The indicator's series that have rows: those of the letter, then the others in the definition's
        order.
        """
        have = {gruppe for _, gruppe in self.cells.series_keys()}
        named = [s for s in self.letter_series if s.indikator == self.indikator and s.gruppe in have]
        known = {series.gruppe for series in named}
        definition = self.definitions.get(self.indikator)
        rest = sorted(have - known, key=lambda gruppe: (definition.group_place(gruppe), gruppe))
        return named + [
            LetterSeries(self.indikator, g, wording=definition.navn, part=definition.group_name(g))
            for g in rest
        ]

    @property
    def own_letter_rows(self) -> list[LetterRow]:
        """The rows of the letter that ask for the indicator."""
        return [p for p in self.letter_rows if any(s.indikator == self.indikator for s in p.series)]

    @property
    def own_entries(self) -> list[dict[str, Any]]:
        """The letter's entries outside its table that the indicator answers."""
        entries = self.edition.krav.get("katalog") or []
        return [e for e in entries if any(s["indikator"] == self.indikator for s in e["serier"])]


def indicator_view(edition: Edition, indikator: str) -> IndicatorView:
    """The view of one indicator. Raises UsageError if the edition neither defines it nor has rows of it."""
    rows = edition.tall[edition.tall["indikator"] == indikator]
    if rows.empty and indikator not in Definitions(edition.definisjoner):
        raise UsageError(
            f"the edition of {edition.utgave['periode']} has no indicator '{indikator}': "
            "use an id from its definisjoner.json"
        )
    return IndicatorView(edition, rows, indikator)


def indicator_definition(view: IndicatorView) -> Fragment:
    """The definition box of the indicator."""
    if view.indikator not in view.definitions:
        return Fragment(paragraph(sentence("kapittel.indikator.uten_definisjon")), "definisjon")
    box = definition_box(view, view.definitions.get(view.indikator))
    return Fragment(f'<div class="nb-definisjon">{box}</div>', "definisjon")


def indicator_letter(view: IndicatorView) -> Fragment:
    """The letter's wording, requirement, rule and footnotes, and what its text leaves open."""
    if not view.own_letter_rows:
        entries = "".join(entry_box(entry) for entry in view.own_entries)
        said = sentence(f"kapittel.indikator.{'uten_krav' if entries else 'uten_rad'}")
        return Fragment(entries + paragraph(said), "brevet")
    boxes = "".join(parameter_box(parameter) for parameter in view.own_letter_rows)
    judging = {series.judged_by for series in view.own_series}
    for year, rows in view.other_letter_rows.items():
        if year not in judging:  # it judges other indicators
            continue
        own = [row for row in rows if any(s.indikator == view.indikator for s in row.series)]
        lead = paragraph(sentence("kapittel.indikator.annet_brev", ar=year))
        boxes += (lead if own else "") + "".join(parameter_box(row) for row in own)
    return Fragment(boxes + readings(view.edition.krav, view.own_letter_rows), "brevet")


def indicator_caveats(view: IndicatorView) -> Fragment:
    """What the number does not measure."""
    own = view.definitions.get(view.indikator).maler_ikke
    lines = [*own, sentence("nederst.indikator")]
    return Fragment(bullets([escape(line) for line in lines]), "forbehold")


def indicator_downloads(view: IndicatorView) -> Fragment:
    """Downloads of the indicator's numbers."""
    place, every = f"../data/indikator/{view.indikator}", sentence("nederst.fil.alle_enheter")
    return Fragment(
        bullets(
            [
                link(f"{place}.xlsx", sentence("nederst.fil.excel", navn=every)),
                link(f"{place}.csv", sentence("nederst.fil.csv", navn=every)),
                link("../data.html", sentence("nederst.fil.alle")),
                link("../data/definisjoner.json", sentence("nederst.fil.definisjoner")),
            ],
            "nb-nedlasting",
        ),
        "nedlasting",
    )
