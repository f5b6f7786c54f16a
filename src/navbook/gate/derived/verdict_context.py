"""What stands beside a verdict, from rows that are shown: the smallest change that could have been found,
whether the level is reached, and what regression to the mean alone would lead one to expect.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.offices import is_local_office
from navbook.edition.schema import COUNTRY, KEY, VERDICT_CONTEXT_COLUMNS, VIST
from navbook.estimate.judge import TOWARDS_LEVEL
from navbook.estimate.series import Series
from navbook.estimate.timeline import YEAR, Comparison
from navbook.gate.derived.published import Told, months_in
from navbook.statistics import expected_next, overdispersion
from navbook.statistics.verdict import MINIMUM, smallest_detectable_change, towards_level

# fewer offices tell too little of how much offices differ
LEAST_OFFICES = 10
VALUES = [column for column in VERDICT_CONTEXT_COLUMNS if column not in KEY]
SIDES = ("x", "n", "x0", "n0", "xr", "nr")


@dataclass(frozen=True)
class Compared:
    """The shown rows of one series in one period beside their base and level: monthly means x, n; x0, n0;
    xr, nr."""

    line: Series
    months: int
    rows: pd.DataFrame


def beside_verdicts(told: Told) -> pd.DataFrame:
    """A row (VERDICT_CONTEXT_COLUMNS) for each judged share with something to say beside its verdict."""
    parts = [_beside(each) for each in _compared(told)]
    parts = [part.dropna(subset=VALUES, how="all") for part in parts]
    if not parts:
        return pd.DataFrame(columns=list(VERDICT_CONTEXT_COLUMNS))
    return pd.concat(parts, ignore_index=True).loc[:, list(VERDICT_CONTEXT_COLUMNS)]


def _compared(told: Told) -> Iterator[Compared]:
    for line, each in told.compared():
        if line.judged and not line.count_only and not line.averaged:
            found = _joined(told, line, each)
            if found is not None:
                yield found


def _joined(told: Told, line: Series, each: Comparison) -> Compared | None:
    def part(period: str, suffix: str) -> pd.DataFrame | None:
        rows = told.of(line, period)
        if rows is None:
            return None
        shown = rows[rows["status"] == VIST].set_index("enhet")
        return (shown[["x", "n"]].astype(float) / months_in(line, each)).add_suffix(suffix)

    rows, now, base = told.of(line, each.period.name), part(each.period.name, ""), part(each.base.name, "0")
    if rows is None or now is None or base is None:
        return None
    level = part(each.level.name, "r") if each.level else None
    joined = now.join(base).join(level) if level is not None else now.join(base).assign(xr=np.nan, nr=np.nan)
    joined = joined.join(rows.set_index("enhet")[["niva"]]).rename_axis("enhet").reset_index()
    named = joined.assign(indikator=line.indikator, gruppe=line.gruppe, periode=each.period.name)
    return Compared(line, len(each.period.months), named)


def _beside(each: Compared) -> pd.DataFrame:
    rows = each.rows
    x, n, x0, n0, xr, nr = (rows[name].to_numpy(float) for name in SIDES)
    enough = (n >= MINIMUM) & (n0 >= MINIMUM)
    made = rows.loc[:, list(KEY)].assign(
        minste_endring=np.where(enough, smallest_detectable_change(x, n, x0, n0), np.nan),
        niva_nadd=np.nan,
        ventet=np.nan,
        ventet_nedre=np.nan,
        ventet_ovre=np.nan,
    )
    if each.line.rule is not None and each.line.rule.kind == TOWARDS_LEVEL:
        judged = towards_level(x, n, x0, n0, xr, nr)
        gap = np.asarray(judged.direction, dtype=float) != 0
        reached = np.asarray(judged.reached, dtype=float)
        made["niva_nadd"] = np.where(enough & (nr >= MINIMUM) & gap, reached, np.nan)
    if each.months >= YEAR:
        _expect(made, rows, enough)
    return made


def _expect(made: pd.DataFrame, rows: pd.DataFrame, enough: np.ndarray) -> None:
    """Fill in what to expect of each office after last year's share, by how much offices differed then."""
    country = rows[rows["enhet"] == COUNTRY]
    offices = enough & is_local_office(rows).to_numpy()
    if country.empty or country[["n", "n0"]].isna().any(axis=None) or offices.sum() < LEAST_OFFICES:
        return
    target1, target0 = (float((country[x] / country[n]).iloc[0]) for x, n in (("x", "n"), ("x0", "n0")))
    x0, n0, n1 = (rows.loc[offices, name].to_numpy(float) for name in ("x0", "n0", "n"))
    # no score is drawn in: that makes the offices look more alike than they are, and the limits too narrow
    tau2 = overdispersion(x0, n0, target0, winsorise=0.0).tau2
    found = expected_next(x0, n0, n1, target0, target1, tau2)
    made.loc[offices, ["ventet", "ventet_nedre", "ventet_ovre"]] = np.column_stack(found)
