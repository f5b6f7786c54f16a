"""Which periods of a series are in an edition, and the purpose of each."""

from collections.abc import Collection
from dataclasses import dataclass, field

from navbook.letters import JudgementRule
from navbook.periods import Period, month_range

YEAR = 12
TOWARDS_LEVEL = "towards_level"


@dataclass(frozen=True)
class Comparison:
    """A period with its base, and with the level's period under a rule towards a level."""

    period: Period
    base: Period
    level: Period | None


@dataclass(frozen=True)
class Timeline:
    """The periods of one series.

    `shown` is the period that the book shows. `compared` have a change from their base: the requested period,
    its tertials and the latest known period. `plain` have rows without a comparison, `months` run through the
    cover, and `behind` have no row but are another row's base or level.
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
    """The periods of a series that is `known` in some months, in an edition for `period`.

    `months` are those of the cover. If the series is not known for the complete period, the latest known run
    of the same length is included. Under a letter that refers to the level of a year, `level_year`, that
    year's period has a row in every series, judged by it or not. Without `tertials` the period is not split.
    """
    shown = _latest_known(period, known) or period
    requested = [period] if shown == period else [period, shown]
    compared = [_comparison(each, rule) for each in requested]
    plain = {each.base for each in compared}
    if level_year is not None:
        plain |= {_in_year(each, level_year) for each in requested}
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
