"""The verdict on each row by the letter of its period, or the reason why there is none."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from navbook.edition.schema import (
    BASIS_UKJENT,
    ENDRET_DEFINISJON,
    FOR_FA,
    IKKE_OPPFYLT,
    IKKE_RELEVANT,
    INGEN_AVSTAND,
    KAN_IKKE_AVGJORES,
    NIVA_UKJENT,
    OPPFYLT,
    UTEN_GRUNNLAG,
)
from navbook.estimate.cube import Flags, Floats, Places
from navbook.estimate.layout import Layout
from navbook.estimate.series import Series
from navbook.estimate.sides import RowIndex, Side, part_of, per_month
from navbook.letters import JudgementRule
from navbook.statistics import verdict, wilson

FIXED_LIMIT, TOWARDS_LEVEL, HIGHER = "fixed_limit", "towards_level", "higher_than_base"
CODES = {
    verdict.Result.MET.value: OPPFYLT,
    verdict.Result.NOT_MET.value: IKKE_OPPFYLT,
    verdict.Result.UNDECIDED.value: KAN_IKKE_AVGJORES,
    verdict.Result.TOO_FEW.value: FOR_FA,
    verdict.Result.NO_GAP.value: IKKE_RELEVANT,
}


class Verdicts(NamedTuple):
    """By row: the number compared with (nan: none), the code of the verdict, and why there is none (or None).

    `by_base` flags the rows whose verdict rests on the base or the level, and `few` those with an n of their
    own below the minimum (the monthly mean for stocks). Disclosure control needs both where it hides a base.
    """

    krav: Floats
    code: np.ndarray
    reason: np.ndarray
    by_base: Flags
    few: Flags


def verdicts(
    lines: Sequence[Series], layout: Layout, rows: RowIndex, sides: tuple[Side, Side, Side]
) -> Verdicts:
    """The verdicts on the rows, given the counts of the rows, of their bases and of their levels.

    A row that no letter judges has `ikke_relevant`.
    """
    found = Verdicts(
        krav=np.full(len(rows.series), np.nan),
        code=np.full(len(rows.series), IKKE_RELEVANT, dtype=object),
        reason=np.full(len(rows.series), None, dtype=object),
        by_base=np.zeros(len(rows.series), dtype=bool),
        few=np.zeros(len(rows.series), dtype=bool),
    )
    for line, rule, judged in _by_rule(lines, layout, rows):
        now, base, level = (part_of(side, judged) for side in sides)
        number, results = _verdict(line, rule, now, base, level)
        found.krav[judged] = np.where(now.known, number, np.nan)
        found.code[judged] = [CODES[str(result)] for result in results]
        found.few[judged] = per_month(now, np.full(len(judged), line.stock))[1] < verdict.MINIMUM
        if rule.kind != FIXED_LIMIT:
            found.by_base[judged] = True
            _note_reasons(found, rule, judged, base, level)
            redefined = layout.redefined[rows.series[judged], rows.period[judged]]
            found.reason[judged[redefined]] = ENDRET_DEFINISJON
    return found


def _by_rule(
    lines: Sequence[Series], layout: Layout, rows: RowIndex
) -> Iterator[tuple[Series, JudgementRule, Places]]:
    """Each series with each rule that judges some of its periods, and the rows it judges."""
    rules: dict[tuple[int, int | None], JudgementRule] = {}
    periods: dict[tuple[int, int | None], list[int]] = {}
    for (place, period), requirement in layout.requirements.items():
        if requirement.rule is not None:
            rules[place, requirement.letter] = requirement.rule
            periods.setdefault((place, requirement.letter), []).append(period)
    for (place, letter), rule in rules.items():
        judged = (rows.series == place) & np.isin(rows.period, periods[place, letter])
        yield lines[place], rule, np.flatnonzero(judged)


def _note_reasons(found: Verdicts, rule: JudgementRule, judged: Places, base: Side, level: Side) -> None:
    """Note which of the `judged` rows lack their base or level, or have no gap between the two."""
    lacks_base = ~base.known
    lacks_level = ~level.known if rule.kind == TOWARDS_LEVEL else np.zeros(len(judged), dtype=bool)
    lacking = (lacks_base | lacks_level) & ~found.few[judged]
    found.code[judged[lacking]] = UTEN_GRUNNLAG
    found.reason[judged[lacks_level]] = NIVA_UKJENT
    found.reason[judged[lacks_base]] = BASIS_UKJENT
    found.reason[judged[found.code[judged] == IKKE_RELEVANT]] = INGEN_AVSTAND


def _verdict(
    line: Series, rule: JudgementRule, now: Side, base: Side, level: Side
) -> tuple[Floats, np.ndarray]:
    """The number compared with and the result of the test, for rows of one series under one rule."""
    stock = np.full(now.x.shape, line.stock)
    (x1, n1), (x0, n0), (rx, rn) = (per_month(side, stock) for side in (now, base, level))
    nothing = np.full(now.x.shape, np.nan)
    if rule.kind == FIXED_LIMIT:
        limit = np.full(now.x.shape, float(rule.limit or 0.0))
        side = -1 if rule.operator == "<" else 1
        if line.averaged:
            return limit, _results(verdict.limits_against_target(*now.spread, n1, limit, side))
        return limit, _results(verdict.fixed_target(x1, n1, limit, side))
    if rule.kind == HIGHER:
        if line.count_only:
            return nothing, _results(verdict.count_higher_than_base(x1, x0, rule.polarity))
        return nothing, _results(verdict.better_than_base(x1, n1, x0, n0, rule.polarity))
    if line.count_only:
        return level.x, _count_towards_level(x1, x0, rx)
    return wilson(rx, rn)[0], _results(verdict.towards_level(x1, n1, x0, n0, rx, rn))


def _count_towards_level(x1: Floats, x0: Floats, rx: Floats) -> np.ndarray:
    """As `verdict.towards_level`, for counts without a denominator: the gap and the change by the
    conditional binomial.
    """
    gap = _results(verdict.count_higher_than_base(rx, x0))
    up, down = gap == verdict.Result.MET.value, gap == verdict.Result.NOT_MET.value
    moved = _results(verdict.count_higher_than_base(x1, x0, np.where(down, -1, 1)))
    unclear = np.where(gap == verdict.Result.TOO_FEW.value, gap, verdict.Result.NO_GAP.value)
    return np.where(up | down, moved, unclear)


def _results(judged: verdict.Verdict | verdict.LevelVerdict) -> np.ndarray:
    return np.asarray(judged.result, dtype=object)
