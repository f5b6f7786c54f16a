"""A view that finds figures by the names that plans use: an indicator, or an entry of the letter (F02)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from navbook.pages.view.cells import NOT_IN_EXTRACT
from navbook.pages.view.requirements import Series, catalogue_series
from navbook.pages.view.view import UnitView


@dataclass(frozen=True)
class NamingView(UnitView):
    """A unit, asked for series by name."""

    def every_series(self, name: str) -> list[Series]:
        """The series that a name stands for, those the extract lacks included."""
        if name in self.entries:
            return [s for s in catalogue_series(self.edition.krav) if s.parameter == name]
        known = [*self.letter_series, *self.other_series]
        return [series for series in known if series.indikator == name]

    def series(self, name: str) -> list[Series]:
        """Those of them that stand for the whole figure: the judged ones, else the group of all, else all."""
        every = self.every_series(name)
        judged = [series for series in every if series.judged and not series.supplement]
        return judged or [series for series in every if series.gruppe == "alle"] or every

    def present(self, name: str) -> list[Series]:
        """The main series of a name that the extract has."""
        return [series for series in self.series(name) if self.own(series).status != NOT_IN_EXTRACT]

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """The letter's entries outside its table, by number."""
        return {str(entry["id"]): entry for entry in self.edition.krav.get("katalog") or []}

    def called(self, name: str) -> str:
        """What a name is called in running text."""
        if name in self.definitions:
            return self.definitions.get(name).kortnavn
        shown = {series.indikator for series in self.present(name)}
        if len(shown) == 1:
            return self.definitions.get(shown.pop()).kortnavn
        return str(self.entries[name]["hva"]) if name in self.entries else name
