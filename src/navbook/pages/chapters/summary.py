"""The first thing of a chapter: how many people it is about, and what its outcomes did.

A chapter with lines of its own in the plan has them instead: each sets the same figure of several groups
beside each other.
"""

from navbook.pages.chapters.plan import SummaryLine
from navbook.pages.chapters.view import ChapterView
from navbook.pages.format import Fragment, bullets, escape, paragraph, period_text
from navbook.pages.sections.compared.verdict_cells import short_change
from navbook.pages.templates import sentence
from navbook.pages.text import count_text, full_verdict, share_text
from navbook.pages.view import PORTFOLIO, Cell, LetterSeries

MOST_GROUPS, MOST_FIGURES = 2, 4


def chapter_summary(view: ChapterView) -> Fragment:
    """The size of the chapter's first groups, then its outcomes and, with room left, its other figures."""
    if view.chapter.kort:
        lines = [text for line in view.chapter.kort if (text := _beside(view, line))]
    else:
        lines = [_size(view, cell) for cell in _groups(view)]
        lines += [_figure(view, series, view.own(series)) for series in _first(view)]
    body = bullets(lines) if lines else paragraph(escape(sentence("figurer.kapittel.ingen")))
    return Fragment(f'<div class="nb-kort">{body}</div>', "kort sagt")


def _groups(view: ChapterView) -> list[Cell]:
    cells = [view.cell(PORTFOLIO, gruppe, view.unit.enhet) for gruppe in view.chapter.grupper]
    return [cell for cell in cells if cell.shown][:MOST_GROUPS]


def _first(view: ChapterView) -> list[LetterSeries]:
    """The shown outcomes of the chapter before its other shown figures."""
    outcomes = {name for pair in view.chapter.par for name in pair.resultat}
    shown = [series for series in view.available if view.own(series).shown]
    ordered = sorted(shown, key=lambda series: series.indikator not in outcomes)
    return ordered[:MOST_FIGURES]


def _size(view: ChapterView, cell: Cell) -> str:
    return escape(
        sentence(
            "figurer.kapittel.storrelse",
            gruppe=view.definitions.get(PORTFOLIO).group_name(cell.gruppe) or "Alle under oppfølging",
            antall=count_text(cell, cell.x),
            snitt=cell.divisor > 1,
            endring=short_change(cell),
        )
    )


def _beside(view: ChapterView, line: SummaryLine) -> str:
    """The series of a line beside each other, then those not shown; empty if the extract has none."""
    labels = dict(line.tall)
    named = {name: label if len(labels) > 1 else "" for name, label in labels.items()}
    found = [(named[name], view.own(series)) for name in labels for series in view.available_series(name)]
    if not found:
        return ""
    items = [
        sentence(
            "figurer.kapittel.ledd",
            navn=label,
            andel=share_text(cell),
            endring=short_change(cell) if _surely_changed(cell) else "",
            basis=period_text(cell.basis_periode) if cell.basis_periode else "",
        )
        for label, cell in found
        if cell.shown
    ]
    words = sentence("figurer.kapittel.ved_siden", navn="\0", ledd=items, mangler=_not_shown(found))
    return escape(words).replace("\0", view.indicator_link(found[0][1].indikator, line.om))


def _not_shown(found: list[tuple[str, Cell]]) -> list[str]:
    """The labels that have no number, with the reason, in a clause for each reason."""
    reasons = dict.fromkeys(cell.status for _, cell in found if not cell.shown)
    return [
        sentence(
            "figurer.kapittel.mangler",
            navn=[label for label, cell in found if cell.status == reason and label],
            ord=sentence(f"sammendrag.status.{reason}"),
        )
        for reason in reasons
    ]


def _surely_changed(cell: Cell) -> bool:
    if cell.endring_nedre is None or cell.endring_ovre is None:
        return False
    return not cell.endring_nedre <= 0 <= cell.endring_ovre


def _figure(view: ChapterView, series: LetterSeries, cell: Cell) -> str:
    words = sentence(
        f"figurer.kapittel.tall{'_antall' if cell.is_count else ''}",
        navn="\0",
        andel=share_text(cell),
        antall=count_text(cell, cell.x),
        endring=short_change(cell),
        basis=period_text(cell.basis_periode) if cell.basis_periode else "",
        svar=full_verdict(view, cell, series) if series.judged else "",
    )
    name = view.indicator_link(series.indikator, view.series_name(series))
    return escape(words).replace("\0", name)
