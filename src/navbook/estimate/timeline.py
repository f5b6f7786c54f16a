"""Which periods of a series are in an edition, and the purpose of each."""

from collections.abc import Collection
from dataclasses import dataclass, field

from navbook.estimate.requirements import Letters, Requirement
from navbook.estimate.series import Series
from navbook.runtime.periods import Period, month_range

YEAR = 12
TOWARDS_LEVEL = "towards_level"


@dataclass(frozen=True)
class Comparison:
    """A period with its base and its letter's requirement, and the level's period if the rule has one.

    `comparable` is false where the letter has redefined the series since the base.
    """

    period: Period
    base: Period
    level: Period | None
    requirement: Requirement
    comparable: bool = True


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
    line: Series,
    period: Period,
    known: Collection[str],
    months: Collection[str],
    letters: Letters,
) -> Timeline:
    """The periods of a series that is `known` in some months, in an edition for `period`.

    `months` are those of the cover. If the series is not known for the complete period, the latest known run
    of the same length is included, judged by the letter of its own year. Under a letter that refers to the
    level of a year, that year's period has a row in every series, judged by it or not.
    """
    shown = _latest_known(period, known) or period
    requested = [period] if shown == period else [period, shown]
    compared = [_comparison(line, part, letters) for part in requested]
    plain = {comparison.base for comparison in compared}
    for part in requested:
        if (year := letters.level_year(part)) is not None:
            plain.add(_in_year(part, year))
    shown_months = () if line.without_months else tuple(map(_month, months))
    tertials = () if line.whole_only else period.tertials()
    parts = [_comparison(line, part, letters) for part in tertials]
    behind = {other for part in parts for other in (part.base, part.level) if other}
    named = {comparison.period for comparison in (*compared, *parts)}
    return Timeline(
        shown=shown,
        compared=(*compared, *parts),
        plain=tuple(sorted(plain - named)),
        months=tuple(month for month in shown_months if month not in named | plain),
        behind=tuple(sorted(behind - named - plain - set(shown_months))),
    )


def _comparison(line: Series, period: Period, letters: Letters) -> Comparison:
    requirement, level = letters.requirement(line, period), None
    rule = requirement.rule
    if rule is not None and rule.kind == TOWARDS_LEVEL and rule.level_year is not None:
        level = _in_year(period, rule.level_year)
    base = period.shifted(-YEAR)
    return Comparison(period, base, level, requirement, letters.comparable(requirement, base))


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
