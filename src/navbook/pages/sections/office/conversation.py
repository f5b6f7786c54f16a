"""«Til samtalen»: three questions from the page's own signals, and the office's own words."""

from collections.abc import Iterator
from itertools import islice

from navbook.pages.format import Fragment, percent
from navbook.pages.sections.comments import comment
from navbook.pages.sections.office.changes import clear_lines
from navbook.pages.sections.office.expected_picture import expected_series, sides
from navbook.pages.sections.office.first_screen import GROUPS, MOST_WITHHELD
from navbook.pages.sections.office.lines import Line, phrase, required_lines
from navbook.pages.sections.office.similar_results import similar_numbers
from navbook.pages.templates import part, sentence
from navbook.pages.view import FIXED_LIMIT, HIDDEN, PORTFOLIO, UnitView

QUESTIONS = 3
# a group that has changed by less than this part of its size gets no question
WORTH_ASKING = 0.10
# the share of long-term unemployed without activity that gets a question
MANY_INACTIVE = 0.25


def conversation(view: UnitView) -> Fragment:
    """Three questions, room for notes, and the words of the office if it has written any."""
    html = part("kontor_samtale", sporsmal=list(islice(questions(view), QUESTIONS)))
    return Fragment(html, "samtale")


def own_words(view: UnitView) -> Fragment:
    """The office's comment; empty without one."""
    written = view.edition.kommentarer.get(view.unit.enhet, "").strip()
    return comment(view) if written else Fragment("", "egne ord")


def questions(view: UnitView) -> Iterator[str]:
    """The questions that the page's figures raise, the most pressing first; more than are asked."""
    lines = required_lines(view)
    hidden = sum(line.own.status == HIDDEN for line in lines)
    if lines and hidden > MOST_WITHHELD * len(lines):
        yield sentence("kontor.samtale.skjult")
        yield sentence("kontor.samtale.fylket")
    clear = clear_lines(view, lines)
    yield from islice(_of_changes(view, clear), 1)
    yield from islice(_of_expected(view), 1)
    yield from islice(_of_groups(view), 1)
    yield from _of_inactive(view)
    yield from _of_similar(view)
    undecided = sum(line.own.vurdering == "kan_ikke_avgjores" for line in lines)
    if undecided:
        yield sentence("kontor.samtale.uavgjort", antall=undecided)
    yield sentence("kontor.samtale.mangler")


def _of_changes(view: UnitView, clear: list[Line]) -> Iterator[str]:
    for line in clear:
        kind = "opp" if (line.own.endring or 0) > 0 else "ned"
        if line.series.kind == FIXED_LIMIT:
            if line.own.vurdering == "oppfylt":
                continue
            kind = "grense"
        yield sentence(f"kontor.samtale.{kind}", ledd=phrase(view, line.series))


def _of_expected(view: UnitView) -> Iterator[str]:
    found = sides(view, expected_series(view))
    for side, key in (("under", "faerre"), ("over", "flere")):
        for name in found[side]:
            if name not in found["som_landet"]:
                yield sentence(f"kontor.samtale.{key}", hvem=name, hvor=view.area.where)


def _of_groups(view: UnitView) -> Iterator[str]:
    """The priority group whose size has changed most, relative to its size the year before."""
    changed = []
    for group, name in GROUPS:
        cell = view.cell(PORTFOLIO, group, view.unit.enhet)
        if cell.shown and cell.x is not None and cell.endring and cell.x > cell.endring:
            changed.append((cell.endring / (cell.x - cell.endring), name))
    for part_of_size, name in sorted(changed, key=lambda found: -abs(found[0])):
        if abs(part_of_size) >= WORTH_ASKING:
            kind = "vokst" if part_of_size > 0 else "krympet"
            who = sentence(f"kontor.grupper.{name}.ledd")
            yield sentence(f"kontor.samtale.{kind}", hvem=who, prosent=percent(abs(part_of_size), 0))


def _of_inactive(view: UnitView) -> Iterator[str]:
    cell = view.cell("langtid_aktivitet", "alle", view.unit.enhet)
    if cell.share is not None and 1 - float(cell.share) >= MANY_INACTIVE:
        yield sentence("kontor.samtale.uten_aktivitet", prosent=percent(1 - float(cell.share), 0))


def _of_similar(view: UnitView) -> Iterator[str]:
    names = {unit.enhet: unit.navn for unit in view.units}
    if numbers := similar_numbers(view):
        yield sentence("kontor.samtale.lignende", kontorer=[names.get(n, n) for n in numbers[:2]])
