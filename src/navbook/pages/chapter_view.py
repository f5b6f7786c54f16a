"""An edition as one chapter sees it: the country, its counties, and the series that the chapter names."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from navbook.edition import Edition
from navbook.errors import UsageError
from navbook.pages.cells import NOT_IN_EXTRACT
from navbook.pages.chapter_plan import Chapter, chapter_plan
from navbook.pages.requirements import Series, catalogue_series
from navbook.pages.view import COUNTRY, UnitView, unit_view


@dataclass(frozen=True)
class ChapterView(UnitView):
    """The country as a chapter shows it."""

    chapter: Chapter

    @property
    def root(self) -> str:
        return "../"

    def every_series(self, name: str) -> list[Series]:
        """The series that a name of the chapter stands for, those the extract lacks included."""
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

    @cached_property
    def all_present(self) -> list[Series]:
        """The main series of all names that the extract has, each once, in the order of the chapter."""
        found = [series for name in self.chapter.names for series in self.present(name)]
        return list({(series.indikator, series.gruppe): series for series in found}.values())

    @cached_property
    def indicators(self) -> list[str]:
        """The ids of the indicators that the chapter shows, each once."""
        return list(dict.fromkeys(series.indikator for series in self.all_present))

    @cached_property
    def lacking(self) -> list[str]:
        """The names of the chapter that the edition shows nothing of."""
        return [name for name in self.chapter.names if not self.present(name)]

    def called(self, name: str) -> str:
        """What a name of the chapter is called in running text."""
        if name in self.definitions:
            return self.definitions.get(name).kortnavn
        if present := self.present(name):
            return self.definitions.get(present[0].indikator).kortnavn
        return str(self.entries[name]["hva"]) if name in self.entries else name


def chapter_view(edition: Edition, kapittel: str) -> ChapterView:
    """The view of one chapter. Raises UsageError for a chapter that the book does not have."""
    known = {chapter.id: chapter for chapter in chapter_plan()}
    if kapittel not in known:
        raise UsageError(f"there is no chapter '{kapittel}': use one of {', '.join(known)}")
    country = unit_view(edition, COUNTRY, "landet")
    return ChapterView(country.edition, country.rows, country.unit, known[kapittel])
