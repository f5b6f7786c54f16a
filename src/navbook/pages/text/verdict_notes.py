"""What stands beside a verdict in words: what could have shown, what was to be expected, whether a level is
reached."""

from collections.abc import Sequence
from math import exp, lgamma, log, log1p

from navbook.edition.schema import IKKE_OPPFYLT, KAN_IKKE_AVGJORES, OPPFYLT
from navbook.pages.format import number, percent, period_text, range_text
from navbook.pages.view import FIXED_LIMIT, Cell, LetterSeries, VerdictContext

DECIDED = (OPPFYLT, IKKE_OPPFYLT)
TESTED = (*DECIDED, KAN_IKKE_AVGJORES)
# of those that did not change, this part is told to have moved each way: half of 5 per cent
FALSE_EACH_WAY = 0.025
# what a rule may say falsely on average; beyond it a page owns to it
FALSE_AT_MOST = 0.03
WITHOUT_FURLOUGHED = "uten_permitterte"


def context_sentence(cell: Cell, series: LetterSeries, beside: VerdictContext | None) -> str:
    """What is worth knowing beside the verdict of a cell; empty where there is nothing."""
    if beside is None or not cell.shown or not series.judged:
        return ""
    told = []
    if beside.reached and cell.vurdering in TESTED:
        told.append(f"{series.rule.get('level_year') or 'Utgangs'}-nivået er nådd.")
    if cell.vurdering == KAN_IKKE_AVGJORES and beside.smallest is not None:
        points = number(100 * beside.smallest, cell.decimals)
        told.append(f"Minste endring tallet kunne ha vist: om lag {points} prosentpoeng.")
    if cell.vurdering in DECIDED:
        told.append(_expected(cell, beside))
    return " ".join(filter(None, told))


def _expected(cell: Cell, beside: VerdictContext) -> str:
    if beside.lower is None or beside.upper is None or cell.verdi is None:
        return ""
    limits = range_text(percent(beside.lower, cell.decimals), percent(beside.upper, cell.decimals))
    where = "over" if cell.verdi > beside.upper else "under" if cell.verdi < beside.lower else "innenfor"
    base = period_text(cell.basis_periode)
    return (
        f"Ut fra tallet i {base} og utviklingen i landet var {limits} prosent å vente. Tallet ligger {where}."
    )


def limit_sentence(cell: Cell, series: LetterSeries) -> str:
    """What chance alone would give of a share beyond a fixed limit, where that is more than it should: of few
    cases and a small share Wilson's limits leave out too little. Empty elsewhere; x of n are cases.
    """
    limit, x, n = cell.krav, cell.x, cell.n
    if series.kind != FIXED_LIMIT or cell.vurdering != OPPFYLT or limit is None or x is None or n is None:
        return ""
    chance = _chance_beyond(int(x), int(n), limit, series.polarity)
    if chance <= FALSE_AT_MOST:
        return ""
    end = "høyt" if series.polarity > 0 else "lavt"
    return (
        f"Var den sanne andelen {percent(limit)} prosent, ville tilfeldigheter alene gitt et så {end} tall "
        f"{percent(chance)} av 100 ganger."
    )


def _chance_beyond(x: int, n: int, share: float, polarity: int) -> float:
    """The binomial chance of x or more of n (x or fewer where low is good) when `share` (0-1) is true."""

    def chance(k: int) -> float:
        ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
        return exp(ways + k * log(share) + (n - k) * log1p(-share))

    return sum(map(chance, range(x, n + 1) if polarity > 0 else range(x + 1)))


def furlough_sentence(whole: Cell, without: Cell) -> str:
    """What the two series of footnote 18 say together: with and without those who are furloughed."""
    if not (whole.shown and without.shown) or {whole.vurdering, without.vurdering} - set(TESTED):
        return ""
    if whole.vurdering == without.vurdering:
        return "Svaret er det samme med og uten permitterte."
    return (
        "Svaret er et annet uten permitterte enn med. Brevet sier at kravet særlig bør ses i forhold til "
        "arbeidssøkere som ikke er permittert."
    )


def chance_sentence(cells: Sequence[Cell], of: str) -> str:
    """How many verdicts of a table chance alone would give when nothing had changed; empty without a
    verdict."""
    tested = sum(cell.shown and cell.vurdering in TESTED for cell in cells)
    if not tested:
        return ""
    wrong = tested * FALSE_EACH_WAY
    shown = number(wrong, 1) if wrong < 10 else number(wrong)
    return (
        f"Om ingenting hadde endret seg, ville tilfeldigheter alene gitt om lag {shown} «oppfylt» og "
        f"like mange "
        f"«ikke oppfylt» blant {of}."
    )
