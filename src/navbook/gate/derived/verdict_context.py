"""Context of a verdict, from shown rows: the smallest detectable change, whether the level is reached, and
what regression to the mean alone would lead one to expect.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.offices import is_local_office
from navbook.edition.schema import COUNTRY, KEY, VERDICT_CONTEXT_COLUMNS, VIST
from navbook.estimate.series import Series
from navbook.estimate.timeline import YEAR, Comparison
from navbook.estimate.verdicts import TOWARDS_LEVEL
from navbook.gate.derived.published import SeriesRows, months_averaged
from navbook.letters import JudgementRule
from navbook.statistics import expected_next, overdispersion
from navbook.statistics.verdict import MINIMUM, smallest_detectable_change, towards_level

# fewer offices say too little of how much offices differ
LEAST_OFFICES = 10
VALUES = [column for column in VERDICT_CONTEXT_COLUMNS if column not in KEY]
SIDES = ("x", "n", "x0", "n0", "xr", "nr")


@dataclass(frozen=True)
class ComparedRows:
    """The shown rows of one series in one period, joined to their base and level.

    `rows` has KEY and the counts x, n (the period), x0, n0 (base) and xr, nr (level), as monthly means for
    stocks. `months` is the length of the period.
    """

    rule: JudgementRule
    months: int
    rows: pd.DataFrame


def verdict_context(published: SeriesRows) -> pd.DataFrame:
    """A row (VERDICT_CONTEXT_COLUMNS) for each judged share that has any context; shares 0-1."""
    parts = [_context(compared) for compared in _compared(published)]
    parts = [part.dropna(subset=VALUES, how="all") for part in parts]
    if not parts:
        return pd.DataFrame(columns=list(VERDICT_CONTEXT_COLUMNS))
    return pd.concat(parts, ignore_index=True).loc[:, list(VERDICT_CONTEXT_COLUMNS)]


def _compared(published: SeriesRows) -> Iterator[ComparedRows]:
    for line, comparison in published.compared():
        rule = comparison.requirement.rule
        if rule is not None and comparison.comparable and not line.count_only and not line.averaged:
            found = _joined(published, line, comparison)
            if found is not None:
                yield ComparedRows(rule, len(comparison.period.months), found)


def _joined(published: SeriesRows, line: Series, comparison: Comparison) -> pd.DataFrame | None:
    """The `rows` of ComparedRows; None where the series has no rows for the period or its base."""

    def part(period: str, suffix: str) -> pd.DataFrame | None:
        rows = published.of(line, period)
        if rows is None:
            return None
        shown = rows[rows["status"] == VIST].set_index("enhet")
        return (shown[["x", "n"]].astype(float) / months_averaged(line, comparison)).add_suffix(suffix)

    name = comparison.period.name
    rows, now, base = published.of(line, name), part(name, ""), part(comparison.base.name, "0")
    if rows is None or now is None or base is None:
        return None
    level = part(comparison.level.name, "r") if comparison.level else None
    joined = now.join(base).join(level) if level is not None else now.join(base).assign(xr=np.nan, nr=np.nan)
    joined = joined.join(rows.set_index("enhet")[["niva"]]).rename_axis("enhet").reset_index()
    return joined.assign(indikator=line.indikator, gruppe=line.gruppe, periode=name)


def _context(compared: ComparedRows) -> pd.DataFrame:
    rows = compared.rows
    x, n, x0, n0, xr, nr = (rows[name].to_numpy(float) for name in SIDES)
    enough = (n >= MINIMUM) & (n0 >= MINIMUM)
    context = rows.loc[:, list(KEY)].assign(
        minste_endring=np.where(enough, smallest_detectable_change(x, n, x0, n0), np.nan),
        niva_nadd=np.nan,
        ventet=np.nan,
        ventet_nedre=np.nan,
        ventet_ovre=np.nan,
    )
    if compared.rule.kind == TOWARDS_LEVEL:
        judged = towards_level(x, n, x0, n0, xr, nr)
        gap = np.asarray(judged.direction, dtype=float) != 0
        reached = np.asarray(judged.reached, dtype=float)
        context["niva_nadd"] = np.where(enough & (nr >= MINIMUM) & gap, reached, np.nan)
    if compared.months >= YEAR:
        _add_expected_next(context, rows, enough)
    return context


def _add_expected_next(context: pd.DataFrame, rows: pd.DataFrame, enough: np.ndarray) -> None:
    """Fill in the share to expect of each office given last year's, by how much offices differed then."""
    country = rows[rows["enhet"] == COUNTRY]
    offices = enough & is_local_office(rows).to_numpy()
    if country.empty or country[["n", "n0"]].isna().any(axis=None) or offices.sum() < LEAST_OFFICES:
        return
    target1, target0 = (float((country[x] / country[n]).iloc[0]) for x, n in (("x", "n"), ("x0", "n0")))
    x0, n0, n1 = (rows.loc[offices, name].to_numpy(float) for name in ("x0", "n0", "n"))
    # scores are not winsorised: that would make the offices look too similar, and the limits too narrow
    tau2 = overdispersion(x0, n0, target0, winsorise=0.0).tau2
    found = expected_next(x0, n0, n1, target0, target1, tau2)
    context.loc[offices, ["ventet", "ventet_nedre", "ventet_ovre"]] = np.column_stack(found)
