"""Which periods of a series stand in an edition, and what each is there for."""

from collections.abc import Collection
from dataclasses import dataclass, field

from navbook.letters import JudgementRule
from navbook.periods import Period, month_range

YEAR = 12
TOWARDS_LEVEL = "towards_level"


@dataclass(frozen=True)
class Comparison:
    """A period that is compared with its base, and under a rule towards a level also with the level's
    period.
    """

    period: Period
    base: Period
    level: Period | None


@dataclass(frozen=True)
class Timeline:
    """The periods of one series.

    `compared` are shown with a change (the period asked for, its tertials, the latest known one), `plain`
    stand for themselves, `months` run through the cover, `behind` have no row but show through another
    row's base or level.
    """

    shown: Period
    compared: tuple[Comparison, ...]
    plain: tuple[Period, ...]
    months: tuple[Period, ...]
    behind: tuple[Period, ...] = field(default=())

    @property
    def periods(self) -> set[Period]:
        return {*(each.period for each in self.compared), *self.plain, *self.months, *self.behind}


def cover_months(first: str, last: str, period: Period) -> tuple[str, ...]:
    """The months from `first` to `last`, but none after the end of `period`."""
    return month_range(first, min(last, period.last))


def timeline(
    period: Period,
    rule: JudgementRule | None,
    known: Collection[str],
    months: Collection[str],
    level_year: int | None = None,
    *,
    tertials: bool = True,
) -> Timeline:
    """The periods of a series that is `known` in some months, in an edition for `period` with these cover
    `months`.

    Where the series is not known for the whole period, the latest known run of the same length stands
    beside it. Under a letter that looks to the level of a year, `level_year`, that year's period has a row
    in every series, judged by it or not. Without `tertials` the period is not split up.
    """
    shown = _latest_known(period, known) or period
    asked = [period] if shown == period else [period, shown]
    compared = [_comparison(each, rule) for each in asked]
    plain = {each.base for each in compared}
    if level_year is not None:
        plain |= {_in_year(each, level_year) for each in asked}
    parts = [_comparison(each, rule) for each in (period.tertials() if tertials else ())]
    behind = {each for one in parts for each in (one.base, one.level) if each}
    named = {each.period for each in (*compared, *parts)}
    return Timeline(
        shown=shown,
        compared=(*compared, *parts),
        plain=tuple(sorted(plain - named)),
        months=tuple(each for each in map(_month, months) if each not in named | plain),
        behind=tuple(sorted(behind - named - plain - set(map(_month, months)))),
    )


def _comparison(period: Period, rule: JudgementRule | None) -> Comparison:
    level = None
    if rule is not None and rule.kind == TOWARDS_LEVEL and rule.level_year is not None:
        level = _in_year(period, rule.level_year)
    return Comparison(period, period.shifted(-YEAR), level)


def _in_year(period: Period, year: int) -> Period:
    return period.shifted(YEAR * (year - period.year))


def _latest_known(period: Period, known: Collection[str]) -> Period | None:
    months = set(known)
    if not months:
        return None
    earliest = min(months)
    candidate = period
    while candidate.first >= earliest:
        if months.issuperset(candidate.months):
            return candidate
        candidate = candidate.shifted(-1)
    return None


def _month(month: str) -> Period:
    return Period(month, month)
