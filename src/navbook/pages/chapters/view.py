"""What a chapter sees of an edition: the country, its counties, and the series that the chapter names."""

from dataclasses import dataclass
from functools import cached_property

from navbook.edition import Edition
from navbook.edition.schema import COUNTRY
from navbook.pages.chapters.plan import Chapter, chapter_plan
from navbook.pages.view import LetterSeries, SeriesLookupView, unit_view
from navbook.runtime.errors import UsageError


@dataclass(frozen=True)
class ChapterView(SeriesLookupView):
    """The country as one chapter shows it."""

    chapter: Chapter

    @property
    def root(self) -> str:
        return "../"

    @cached_property
    def available(self) -> list[LetterSeries]:
        """The main series that the extract has, without repeats, in the order of the chapter."""
        found = [series for name in self.chapter.names for series in self.available_series(name)]
        return list({(series.indikator, series.gruppe): series for series in found}.values())

    @cached_property
    def indicators(self) -> list[str]:
        """The ids of the indicators that the chapter shows, without repeats."""
        return list(dict.fromkeys(series.indikator for series in self.available))

    @cached_property
    def missing(self) -> list[str]:
        """The names of the chapter that the edition has no figures for."""
        return [name for name in self.chapter.names if not self.available_series(name)]


def chapter_view(edition: Edition, kapittel: str) -> ChapterView:
    """The view of one chapter. Raises UsageError for a chapter that the book does not have."""
    known = {chapter.id: chapter for chapter in chapter_plan()}
    if kapittel not in known:
        raise UsageError(f"there is no chapter '{kapittel}': use one of {', '.join(known)}")
    country = unit_view(edition, COUNTRY, "landet")
    return ChapterView(country.edition, country.rows, country.unit, known[kapittel])
