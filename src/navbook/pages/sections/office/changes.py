"""«Hva har endret seg»: at most three sentences that can be lifted into a plan, and one for the rest."""

from math import inf

from navbook.pages.format import Fragment, escape, number, period_text, row_attributes
from navbook.pages.sections.office.lines import Line, before_text, phrase, required_lines, value_text
from navbook.pages.sections.summary import count_of_verdicts, nothing_clear
from navbook.pages.templates import sentence
from navbook.pages.text import interval_text, qualification
from navbook.pages.view import FIXED_LIMIT, Cell, UnitView

MOST = 3
CLEAR = ("oppfylt", "ikke_oppfylt")


def changes(view: UnitView) -> Fragment:
    """The strongest clear signals, how many more there are, and how many requirements got which verdict.

    Empty for an office of which nothing is shown: one sentence says so, over the county's figures.
    """
    lines = required_lines(view)
    if not any(line.own.shown for line in lines):
        return Fragment("", "endringer")
    clear = clear_lines(view, lines)
    items = [
        f"<li{row_attributes(line.own.keys)}>{escape(change_sentence(view, line))}</li>"
        for line in clear[:MOST]
    ]
    if not clear:
        items.append(f"<li>{nothing_clear(view, [line.own for line in lines])}</li>")
    rest = [count_of_verdicts(view, [(line.series, line.own) for line in lines])]
    if len(clear) > MOST:
        rest.append(sentence("kontor.endring.flere", antall=len(clear) - MOST))
    items.append(f"<li>{escape(' '.join(rest))}</li>")
    return Fragment(f'<div class="nb-endringer"><ul>{"".join(items)}</ul></div>', "endringer")


def clear_lines(view: UnitView, lines: list[Line]) -> list[Line]:
    """The lines with a clear verdict, for all persons or for those the letter looks to most; strongest first.

    The strength of a change is its size in half-widths of its interval.
    """
    found = [
        line
        for line in lines
        if line.own.shown and (line.own.vurdering in CLEAR or qualification(view, line.series, line.own))
    ]
    return sorted(found, key=lambda line: (line.own.vurdering not in CLEAR, -strength(line.own)))


def strength(cell: Cell) -> float:
    """The change in half-widths of its interval; infinite for a change without one, 0 without a change."""
    if not cell.endring:
        return 0.0
    if cell.endring_nedre is None or cell.endring_ovre is None:
        return 0.0
    half = (cell.endring_ovre - cell.endring_nedre) / 2
    return abs(cell.endring) / half if half else inf


def change_sentence(view: UnitView, line: Line) -> str:
    """What the figure did, its verdict and what qualifies it, in one sentence for a plan."""
    cell, series = line.own, line.series
    words = {
        "ledd": phrase(view, series),
        "til": value_text(cell),
        "periode": period_text(cell.periode),
        "svar": sentence(f"kontor.endring.svar.{cell.vurdering}"),
        "forbehold": qualification(view, series, cell),
    }
    if series.kind == FIXED_LIMIT:
        return _limit_sentence(line, words)
    moved = {
        "fra": before_text(cell),
        "basis": period_text(cell.basis_periode),
        "opp": (cell.endring or 0) > 0,
    }
    if cell.is_count:
        return sentence("kontor.endring.antall", snitt=cell.divisor > 1, **moved, **words)
    return sentence("kontor.endring.andel", **moved, **words)


def _limit_sentence(line: Line, words: dict[str, str]) -> str:
    rule, cell = line.series.rule, line.own
    lower, _, upper = interval_text(cell).partition("–")
    limit = cell.krav if cell.krav is not None else float(rule.get("limit") or 0)
    return sentence(
        "kontor.endring.grense",
        nedre=lower,
        ovre=upper,
        grense=number(100 * limit, 1),
        over=rule.get("operator") == ">",
        **words,
    )
