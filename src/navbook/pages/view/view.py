"""What one page sees of an edition: its figures, the letter, and their names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from navbook.edition import Area, Edition
from navbook.pages.format import escape, link
from navbook.pages.view.cells import Cell, Cells
from navbook.pages.view.definitions import Definitions
from navbook.pages.view.events import Event, dated_events
from navbook.pages.view.requirements import LetterRow, LetterSeries, catalogue_series, letter_rows
from navbook.pages.view.run_limits import Key, RunLimits, read_run_limits
from navbook.pages.view.units import Unit, units
from navbook.pages.view.verdict_context import (
    MISSING,
    VerdictContext,
    read_verdict_contexts,
    read_verdict_reasons,
)
from navbook.pages.view.verdict_context import Key as VerdictKey
from navbook.runtime.periods import Period, parse_period

PORTFOLIO = "portefolje"


@dataclass(frozen=True)
class View:
    """What one page sees of an edition."""

    edition: Edition
    rows: pd.DataFrame

    @cached_property
    def definitions(self) -> Definitions:
        return Definitions(self.edition.definisjoner)

    @cached_property
    def cells(self) -> Cells:
        return Cells(self.rows, self.definitions.stocks, self.edition.further("utsagn"))

    @cached_property
    def letter_rows(self) -> list[LetterRow]:
        rows = letter_rows(self.edition.krav)
        return [replace(row, series=[self._as_judged(series) for series in row.series]) for row in rows]

    @cached_property
    def other_letter_rows(self) -> dict[int, list[LetterRow]]:
        """The rows of each other letter that judges a period shown, by the year of the letter."""
        others = self.edition.krav.get("andre_brev") or []
        return {int(letter["brev"]): letter_rows(letter) for letter in others}

    def _as_judged(self, series: LetterSeries) -> LetterSeries:
        """The series with the requirement of the letter that judges the period shown of it."""
        in_force = self.edition.krav.get("brev")
        year: int | None = self._known(series.indikator, series.gruppe).get("brev", in_force)
        if year == in_force:
            return series
        key = (series.indikator, series.gruppe, series.measure)
        own = next(
            (
                other
                for row in self.other_letter_rows.get(year or 0, [])
                for other in row.series
                if (other.indikator, other.gruppe, other.measure) == key
            ),
            LetterSeries(series.indikator, series.gruppe),
        )
        return replace(
            series, judged=own.judged, requirement=own.requirement, rule=own.rule, judged_by=int(year or 0)
        )

    def _known(self, indikator: str, gruppe: str = "") -> dict[str, Any]:
        """What the edition says of the period shown of an indicator, or of one of its groups."""
        known: dict[str, Any] = self.edition.utgave.get("perioder", {}).get(indikator) or {}
        return known.get("grupper", {}).get(gruppe) or known

    @property
    def has_letter(self) -> bool:
        """Whether a letter is in force; a part of an edition may hold none of its rows even so."""
        return self.edition.krav.get("brev") is not None

    @cached_property
    def units(self) -> list[Unit]:
        return units(self.edition)

    @property
    def periode(self) -> str:
        return str(self.edition.utgave["periode"])

    @property
    def area(self) -> Area:
        """What the top level is called in headings and sentences."""
        return self.edition.area

    @property
    def root(self) -> str:
        """The relative path from the page to the root of the site."""
        return "../"

    @cached_property
    def events(self) -> list[Event]:
        return dated_events(self.edition.hendelser)

    @cached_property
    def run_limits(self) -> Mapping[Key, RunLimits]:
        return read_run_limits(self.edition)

    @cached_property
    def _reasons(self) -> Mapping[VerdictKey, str]:
        return read_verdict_reasons(self.edition)

    @cached_property
    def _verdict_contexts(self) -> Mapping[VerdictKey, VerdictContext]:
        return read_verdict_contexts(self.edition)

    def verdict_context(self, cell: Cell) -> VerdictContext | None:
        """What the edition holds on the verdict of a cell."""
        return self._verdict_contexts.get((cell.indikator, cell.gruppe, cell.enhet, cell.periode))

    def shown_period(self, indikator: str) -> str:
        """The period shown for an indicator: the edition's, or the latest known one before it."""
        return str(self._known(indikator).get("vist") or self.periode)

    def base_period(self, indikator: str) -> str:
        """The period that the shown one is compared with; empty if there is none."""
        return str(self._known(indikator).get("basis") or "")

    def compared_periods(self, indikator: str) -> tuple[Period, Period | None]:
        """The period shown and the one it is compared with, None if there is none."""
        base = self.base_period(indikator)
        return parse_period(self.shown_period(indikator)), parse_period(base) if base else None

    def cell(self, indikator: str, gruppe: str, enhet: str) -> Cell:
        """The cell of a series in a unit for the period that the book shows."""
        return self.cells.get(indikator, gruppe, enhet, self.shown_period(indikator))

    def missing_base(self, cell: Cell, series: LetterSeries) -> tuple[str, str]:
        """Why a cell without a verdict cannot be compared, as a code, and the period that is missing.

        The code is HIDDEN, NOT_COMPUTABLE or REDEFINED; empty if the edition gives no reason.
        """
        reason = self._reasons.get((cell.indikator, cell.gruppe, cell.enhet, cell.periode), "")
        code, of_level = MISSING.get(reason, ("", False))
        base = parse_period(cell.periode).shifted(-12).name
        return code, series.level_period(cell.periode) if of_level else base

    @cached_property
    def country_and_counties(self) -> list[Unit]:
        """The country, then the counties in number order."""
        country = [unit for unit in self.units if unit.niva == "landet"]
        return country + [unit for unit in self.units if unit.niva == "fylke"]

    def unit_link(self, unit: Unit) -> str:
        """A unit's number and name as a link to its page; a special row is named and not linked."""
        if unit.special:
            return "Enheter utenom NAV-kontor"
        if unit.niva == "landet":
            return link(f"{self.root}landet.html", unit.navn)
        return link(f"{self.root}{unit.niva}/{unit.enhet}.html", f"{unit.enhet} {unit.navn}")

    def indicator_link(self, indikator: str, label: str) -> str:
        """The label as a link to the indicator's page; plain text if the edition does not define it."""
        if indikator not in self.definitions:
            return escape(label)
        return link(f"{self.root}indikator/{indikator}.html", label)

    @cached_property
    def letter_series(self) -> list[LetterSeries]:
        """Every series under a row of the letter, in the letter's order."""
        return [series for parameter in self.letter_rows for series in parameter.series]

    def siblings(self, series: LetterSeries) -> list[LetterSeries]:
        """The other judged series of the same indicator under the same row of the letter."""
        return [
            other
            for other in self.letter_series
            if other.judged
            and (other.parameter, other.indikator) == (series.parameter, series.indikator)
            and other.gruppe != series.gruppe
        ]

    def footnote(self, parameter: str, about: str) -> str:
        """The number of the row's footnote with that text in it; empty if there is none."""
        rows = [row for row in self.letter_rows if row.id == parameter]
        return next((nr for row in rows for nr, text in row.footnotes if about in text), "")

    @cached_property
    def other_series(self) -> list[LetterSeries]:
        """The series of the edition outside the letter's table, except the portfolio: those of its entries
        first.
        """
        named = {(series.indikator, series.gruppe) for series in self.letter_series}
        of_entries = {(s.indikator, s.gruppe): s for s in catalogue_series(self.edition.krav)}
        rest = [key for key in self.cells.series_keys() if key not in named and key[0] != PORTFOLIO]
        rank = {key: place for place, key in enumerate(of_entries)}
        rest.sort(key=lambda key: rank.get(key, len(rank)))
        return [of_entries.get(key) or self._defined_series(*key) for key in rest]

    def _defined_series(self, indikator: str, gruppe: str) -> LetterSeries:
        definition = self.definitions.get(indikator)
        return LetterSeries(indikator, gruppe, wording=definition.navn, part=definition.group_name(gruppe))

    def series_name(self, series: LetterSeries) -> str:
        """A short name of a series for a panel or a sentence."""
        if series.indikator in self.definitions:
            return self.definitions.get(series.indikator).series_name(series.gruppe)
        return series.wording if series.part in ("", series.wording) else f"{series.wording} {series.part}"
