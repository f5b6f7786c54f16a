"""A view that finds series by the names that plans use: an indicator, or an entry of the letter (F02)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from navbook.pages.view.cells import NOT_IN_EXTRACT
from navbook.pages.view.requirements import LetterSeries, catalogue_series
from navbook.pages.view.unit_view import UnitView


@dataclass(frozen=True)
class SeriesLookupView(UnitView):
    """A unit whose series are looked up by name."""

    def all_series(self, name: str) -> list[LetterSeries]:
        """Every series of that name, including those that the extract lacks.

        A name is that of an indicator, of one of its groups (`aap_26u/under30`) or of an entry of the letter.
        """
        if name in self.catalogue_entries:
            return [s for s in catalogue_series(self.edition.krav) if s.parameter == name]
        known = [*self.letter_series, *self.other_series]
        indikator, _, gruppe = name.partition("/")
        return [s for s in known if s.indikator == indikator and gruppe in ("", s.gruppe)]

    def main_series(self, name: str) -> list[LetterSeries]:
        """The series that represent the figure: the judged ones, else the group of all, else all of them."""
        every = self.all_series(name)
        judged = [series for series in every if series.judged and not series.supplement]
        return judged or [series for series in every if series.gruppe == "alle"] or every

    def available_series(self, name: str) -> list[LetterSeries]:
        """The main series of that name that the extract has."""
        return [series for series in self.main_series(name) if self.own(series).status != NOT_IN_EXTRACT]

    @cached_property
    def catalogue_entries(self) -> dict[str, dict[str, Any]]:
        """The letter's entries outside its table, by number."""
        return {str(entry["id"]): entry for entry in self.edition.krav.get("katalog") or []}

    def display_name(self, name: str) -> str:
        """The name in running text."""
        indikator, _, gruppe = name.partition("/")
        if indikator in self.definitions:
            definition = self.definitions.get(indikator)
            return definition.series_name(gruppe) if gruppe else definition.kortnavn
        shown = {series.indikator for series in self.available_series(name)}
        if len(shown) == 1:
            return self.definitions.get(shown.pop()).kortnavn
        if name in self.catalogue_entries:
            return str(self.catalogue_entries[name]["hva"])
        return self._wording_in_other_letters(name) or self._goal_in_other_letters(name) or name

    def in_letter(self, name: str) -> bool:
        """Whether the letter in force has an entry of that name, or a series of that indicator."""
        series = [*self.letter_series, *catalogue_series(self.edition.krav)]
        indikator = name.partition("/")[0]
        return name in self.catalogue_entries or any(line.indikator == indikator for line in series)

    def _wording_in_other_letters(self, name: str) -> str:
        """The wording of an indicator's row in the latest letter that has it; empty if none has."""
        sides = [
            row[side]
            for transition in self.edition.krav.get("overganger") or []
            for side in ("fra", "til")
            for row in transition["rader"]
            if row[side] and name in row[side]["indikatorer"]
        ]
        return str(sides[-1]["ordlyd"]) if sides else ""

    def _goal_in_other_letters(self, name: str) -> str:
        """What a goal or deadline of that id is about, in the latest letter that has it; empty if none."""
        goals = [
            goal
            for transition in self.edition.krav.get("overganger") or []
            for side in ("utgatte_mal", "nye_mal")
            for goal in transition[side]
            if goal["id"] == name
        ]
        return str(goals[-1]["hva"]) if goals else ""
