"""Which letter judges a series in a period, and by what rule (contract 3).

A period is judged by the letter of its own year, also where an edition of a later year shows it because the
outcome is known late. The year of a period is that of its last month.
"""

from dataclasses import dataclass, field

from navbook.edition.schema import IKKE_I_BREVET, KRAV_GJELDER, UTEN_BREV, UTEN_KRAV
from navbook.estimate.series import COUNT, Series, judging_rule
from navbook.letters import JudgementRule, Letter, letter_for
from navbook.runtime.periods import Period


@dataclass(frozen=True)
class Requirement:
    """What a letter requires of a series in a period.

    `letter` is the year of the letter (None: no letter covers the period). `code` is KRAV_GJELDER, and then
    there is a `rule`, or says why there is none: UTEN_KRAV, IKKE_I_BREVET or UTEN_BREV. `redefined`: the
    letter means something else by the series than the letter before.
    """

    letter: int | None
    code: str
    rule: JudgementRule | None = None
    redefined: bool = False


@dataclass
class Letters:
    """The letters of an edition for `year`: its own, `current`, and those of earlier years when asked for."""

    year: int
    current: Letter | None
    _others: dict[int, Letter | None] = field(default_factory=dict)

    def of(self, period: Period) -> Letter | None:
        """The letter that judges a period; None before the first letter."""
        if period.year == self.year:
            return self.current
        if period.year not in self._others:
            self._others[period.year] = letter_for(period.year)
        return self._others[period.year]

    def requirement(self, line: Series, period: Period) -> Requirement:
        """What the letter of the period requires of a series."""
        letter = self.of(period)
        if letter is None:
            return Requirement(None, UTEN_BREV)
        for owner, reference in letter.series():
            same = (reference.indikator, reference.gruppe) == (line.indikator, line.gruppe)
            if same and (reference.maal == COUNT) == line.count_only:
                rule = judging_rule(owner, reference)
                code = KRAV_GJELDER if rule else UTEN_KRAV
                return Requirement(letter.year, code, rule, owner.ny_definisjon)
        return Requirement(letter.year, IKKE_I_BREVET)

    def comparable(self, requirement: Requirement, base: Period) -> bool:
        """Whether a series with this requirement may be compared with a base period: not one that an earlier
        letter covers, or none, if the letter has redefined the series.
        """
        letter = self.of(base)
        return not requirement.redefined or (letter is not None and letter.year == requirement.letter)

    def level_year(self, period: Period) -> int | None:
        """The year whose level the letter of the period looks to, if any of its rules does."""
        letter = self.of(period)
        if letter is None:
            return None
        return next((row.rule.level_year for row in letter.parameters if row.rule.level_year), None)
