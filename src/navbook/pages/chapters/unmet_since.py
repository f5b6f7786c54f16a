"""Since when a requirement has not been met: months in a row, and the tertials of the year.

A single month has no verdict of its own. Its share or count is set against the same month of the year before,
or against the limit, without regard to uncertainty.
"""

from collections.abc import Callable
from fractions import Fraction

from navbook.pages.format import month_text, percent, period_text
from navbook.pages.templates import sentence
from navbook.pages.view import FIXED_LIMIT, Cell, LetterSeries, UnitView
from navbook.runtime.periods import add_months, parse_period

HIGHER = "higher_than_base"
NOT_MET = "ikke_oppfylt"
Better = Callable[[str], bool | None]


def unmet_since(view: UnitView, cell: Cell, series: LetterSeries) -> str:
    """Since when the requirement of `cell` is not met, in sentences; empty if nothing is known of it."""
    return " ".join(filter(None, [_months(view, cell, series), _tertials(view, cell)]))


def _months(view: UnitView, cell: Cell, series: LetterSeries) -> str:
    """How many of the last months in a row were on the wrong side, the last month of the period included."""
    last = parse_period(cell.periode).months[-1]
    better = _rule(view, cell, series)
    if better is None or better(last) is None:
        return ""
    month = last
    while better(month) is False:
        month = add_months(month, -1)
    before, row = better(month), _between(month, last)
    side = _side(series, better=not row)
    if not row:
        return sentence("avvik.siden.ingen", maned=month_text(last), side=side)
    key = f"avvik.siden.{'en' if row == 1 else 'flere'}{'_minst' if before is None else ''}"
    values = {"maned": month_text(last), "side": side} | ({"rad": row} if row > 1 else {})
    return sentence(key, **values)


def _between(first: str, last: str) -> int:
    years = int(last[:4]) - int(first[:4])
    return 12 * years + int(last[5:]) - int(first[5:])


def _rule(view: UnitView, cell: Cell, series: LetterSeries) -> Better | None:
    """Whether a month is on the right side, None for a month that is not known; None for other rules."""
    months = {each.periode: each for each in view.cells.months(cell.indikator, cell.gruppe, cell.enhet)}
    sign = 1 if series.polarity > 0 else -1

    def above_last_year(month: str) -> bool | None:
        now, then = months.get(month), months.get(add_months(month, -12))
        if now is None or then is None or now.definisjon != then.definisjon:
            return None
        new, old = _value(now, series), _value(then, series)
        return None if new is None or old is None else sign * (new - old) > 0

    def within_limit(month: str) -> bool | None:
        now = months.get(month)
        value = None if now is None else _value(now, series)
        if value is None:
            return None
        limit = Fraction(str(series.rule["limit"]))
        return value > limit if _upwards(series) else value < limit

    return {HIGHER: above_last_year, FIXED_LIMIT: within_limit}.get(series.kind)


def _value(cell: Cell, series: LetterSeries) -> Fraction | None:
    if not cell.shown or cell.x is None:
        return None
    if series.measure == "antall":
        return Fraction(str(cell.x))
    return Fraction(str(cell.x)) / Fraction(str(cell.n)) if cell.n else None


def _upwards(series: LetterSeries) -> bool:
    return series.polarity > 0 if series.kind == HIGHER else series.rule["operator"] == ">"


def _side(series: LetterSeries, better: bool) -> str:
    if series.kind == HIGHER:
        return sentence(f"avvik.side.{'bedre' if better else 'ikke_bedre'}", opp=_upwards(series))
    limit = percent(float(series.rule["limit"]), 1)
    return sentence(f"avvik.side.{'innenfor' if better else 'utenfor'}", opp=_upwards(series), grense=limit)


def _tertials(view: UnitView, cell: Cell) -> str:
    """The tertials of the year in which the requirement is not met either."""
    if not cell.periode.isdigit():
        return ""
    parts = [f"{cell.periode}-T{number}" for number in (1, 2, 3)]
    found = [view.cells.get(cell.indikator, cell.gruppe, cell.enhet, part) for part in parts]
    names = [period_text(part.periode) for part in found if part.shown and part.vurdering == NOT_MET]
    return sentence("avvik.tertialer", tertialer=names) if names else ""
