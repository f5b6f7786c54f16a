"""The requirements of an office with what stands beside them: the county's and the country's cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from navbook.edition.schema import COUNTRY
from navbook.pages.charts import Strip
from navbook.pages.format import number, percent
from navbook.pages.templates import sentence, sentence_or
from navbook.pages.text import count_text, share_text, verdict_word
from navbook.pages.view import Cell, LetterSeries, UnitView


@dataclass(frozen=True)
class Line:
    """One series: the office's own cell, and the cells of its county and the country."""

    series: LetterSeries
    own: Cell
    county: Cell
    country: Cell

    @property
    def keys(self) -> tuple[str, str]:
        return self.series.indikator, self.series.gruppe


def line_of(view: UnitView, series: LetterSeries) -> Line:
    """The line of one series."""
    key = series.indikator, series.gruppe
    return Line(series, view.own(series), view.cell_of(view.unit.fylke, *key), view.cell_of(COUNTRY, *key))


def required_lines(view: UnitView) -> list[Line]:
    """A line for each requirement of the letter, in its order; the book's additions are left out."""
    return [line_of(view, s) for s in view.letter_series if s.judged and not s.supplement]


def short_name(view: UnitView, series: LetterSeries) -> str:
    """The name of a series in a narrow column, as plain text."""
    return sentence_or(f"kontor.navn.{series.indikator}.{series.gruppe}", view.series_name(series))


def phrase(view: UnitView, series: LetterSeries) -> str:
    """The series as the subject of a sentence, in lower case: `andelen unge under 30 som kom i arbeid,`."""
    key = f"kontor.ledd.{series.indikator}.{series.gruppe}"
    return sentence_or(key, sentence("kontor.ledd.annet", navn=view.series_name(series)))


def one_word(view: UnitView, line: Line) -> str:
    """The verdict in one word, or the reason why there is none; a dash for neither."""
    word = verdict_word(view, line.own, line.series) or "–"
    return word if line.series.judged_by else sentence_or(f"kontor.krav.ord.{line.own.vurdering}", word)


def value_text(cell: Cell) -> str:
    """The share in per cent, or the count; the reason if it is not shown."""
    return count_text(cell, cell.x) if cell.is_count else share_text(cell)


def in_brackets(limits: str) -> str:
    """The printed limits of an interval in brackets; empty for none."""
    return "" if limits == "–" else f"({limits})"


def before_text(cell: Cell) -> str:
    """The share in per cent, or the count, of the base period; a dash if there is none."""
    if cell.is_count and cell.endring is not None and cell.x is not None:
        return number((cell.x - cell.endring) / cell.divisor)
    if cell.basis_verdi is None:
        return "–"
    return percent(cell.base_share or cell.basis_verdi, cell.decimals)


def strip_of(line: Line, *, expected: bool = False) -> Strip | None:
    """The strip of a line in per cent; None for counts, which have no axis in common."""
    own = line.own
    if own.share is None:
        return None
    return Strip(
        100 * float(own.share),
        _per_cent(own.nedre),
        _per_cent(own.ovre),
        None if expected else _per_cent(own.basis_verdi),
        None if expected else _share(line.county),
        None if expected else _share(line.country),
        _per_cent(own.forventet) if expected else None,
    )


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _share(cell: Cell) -> float | None:
    return None if cell.share is None else 100 * float(cell.share)


def names_of(view: UnitView, lines: Sequence[Line]) -> list[str]:
    """The short names of some lines."""
    return [short_name(view, line.series) for line in lines]
