"""Notes on a verdict: smallest detectable change, expected range, and false positive rates."""

from collections.abc import Sequence
from math import exp, lgamma, log, log1p

from navbook.edition.schema import IKKE_OPPFYLT, KAN_IKKE_AVGJORES, OPPFYLT
from navbook.pages.format import number, percent, period_text, range_text
from navbook.pages.templates import sentence
from navbook.pages.view import FIXED_LIMIT, Cell, LetterSeries, VerdictContext

DECIDED = (OPPFYLT, IKKE_OPPFYLT)
TESTED = (*DECIDED, KAN_IKKE_AVGJORES)
# of those without a true change, this part gets a verdict in each direction: half of 5 per cent
FALSE_EACH_WAY = 0.025
# the false positive rate above which the page adds a note
FALSE_AT_MOST = 0.03
WITHOUT_FURLOUGHED = "uten_permitterte"


def context_sentence(
    cell: Cell, series: LetterSeries, context: VerdictContext | None, where: str = "i landet"
) -> str:
    """The notes that the edition holds on the verdict of a cell; empty if there are none.

    `where` names the top level, as in `Area.where`.
    """
    if context is None or not cell.shown or not series.judged:
        return ""
    sentences = []
    if context.reached and cell.vurdering in TESTED:
        year = series.rule.get("level_year") or "Utgangs"
        sentences.append(sentence("setninger.tillegg.niva_nadd", ar=year))
    if cell.vurdering == KAN_IKKE_AVGJORES and context.smallest is not None:
        points = number(100 * context.smallest, cell.decimals)
        sentences.append(sentence("setninger.tillegg.minste_endring", prosent=points))
    if cell.vurdering in DECIDED:
        sentences.append(_expected(cell, context, where))
    return " ".join(filter(None, sentences))


def _expected(cell: Cell, context: VerdictContext, area: str) -> str:
    if context.lower is None or context.upper is None or cell.verdi is None:
        return ""
    limits = range_text(percent(context.lower, cell.decimals), percent(context.upper, cell.decimals))
    side = 1 if cell.verdi > context.upper else -1 if cell.verdi < context.lower else 0
    base = period_text(cell.basis_periode)
    return sentence("setninger.tillegg.ventet", basis=base, hvor=area, grenser=limits, side=side)


def limit_sentence(cell: Cell, series: LetterSeries) -> str:
    """How often chance alone would put a share beyond its fixed limit, if that is more often than the rule
    intends; else empty.

    Wilson's interval is too narrow for few cases and a small share. The counts must be cases.
    """
    limit, x, n = cell.krav, cell.x, cell.n
    if series.kind != FIXED_LIMIT or cell.vurdering != OPPFYLT or limit is None or x is None or n is None:
        return ""
    chance = _chance_beyond(int(x), int(n), limit, series.polarity)
    if chance <= FALSE_AT_MOST:
        return ""
    high = series.polarity > 0
    words = {"grense": percent(limit), "prosent": percent(chance)}
    return sentence("setninger.tillegg.ved_grensen", opp=high, **words)


def _chance_beyond(x: int, n: int, share: float, polarity: int) -> float:
    """The binomial probability of x or more of n (x or fewer if low is good) when the true share is `share`
    (0–1).
    """

    def chance(k: int) -> float:
        ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
        return exp(ways + k * log(share) + (n - k) * log1p(-share))

    return sum(map(chance, range(x, n + 1) if polarity > 0 else range(x + 1)))


def furlough_sentence(everyone: Cell, without: Cell) -> str:
    """What the two series of footnote 18 show together: with and without furloughed persons."""
    if not (everyone.shown and without.shown) or {everyone.vurdering, without.vurdering} - set(TESTED):
        return ""
    if everyone.vurdering == without.vurdering:
        return sentence("setninger.tillegg.likt_uten_permitterte")
    return sentence("setninger.tillegg.annet_uten_permitterte")


def chance_sentence(cells: Sequence[Cell], of: str) -> str:
    """The expected number of false verdicts in a table if nothing had changed; empty without a verdict."""
    tested = sum(cell.shown and cell.vurdering in TESTED for cell in cells)
    if not tested:
        return ""
    clear = round(2 * tested * FALSE_EACH_WAY)
    return sentence("setninger.tillegg.tilfeldig", antall=clear, blant=of)
