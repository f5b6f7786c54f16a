"""Limits of the run charts: how much a share usually swings from month to month, from the months that are
shown.

Moving ranges (XmR), or Laney's p' where the number of persons changes much: its limits follow each month's n.
Months that are hidden, provisional, small, or of years that are left out for a written reason take no part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict

from navbook.edition.schema import KONTOR, RUN_CHART_COLUMNS, VIST
from navbook.estimate import Estimates
from navbook.estimate.series import Series
from navbook.paths import DATA
from navbook.statistics import xmr
from navbook.statistics.xmr import CONCERN, IMPROVEMENT

FILE = DATA / "utvikling.yml"
XMR, LANEY = "xmr", "laney"
# n that more than doubles makes one pair of limits too narrow for some months and too wide for others
MUCH = 2.0
MONTH = r"\d{4}-\d{2}"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LeftOut(_Frozen):
    """Months that are no basis for limits, and why."""

    fom: str
    tom: str
    grunn: str


class NewStart(_Frozen):
    """A month from which an indicator's limits begin anew, and why."""

    indikator: str
    fom: str
    grunn: str


class Basis(_Frozen):
    """What limits rest on, as `data/utvikling.yml` has it."""

    minste_maneder: int
    minste_n: float
    utelatt: tuple[LeftOut, ...]
    ny_start: tuple[NewStart, ...]

    def holds(self, indikator: str, months: pd.Series) -> np.ndarray:
        """Which months may be part of an indicator's limits."""
        kept = np.ones(len(months), dtype=bool)
        for each in self.utelatt:
            kept &= ~months.between(each.fom, each.tom).to_numpy()
        for start in self.ny_start:
            if start.indikator == indikator:
                kept &= (months >= start.fom).to_numpy()
        return kept


@cache
def load_basis(path: Path = FILE) -> Basis:
    """The settings of the run charts."""
    return Basis(**yaml.safe_load(path.read_text(encoding="utf-8")))


def run_limits(tall: pd.DataFrame, estimates: Estimates, basis: Basis | None = None) -> pd.DataFrame:
    """A row (RUN_CHART_COLUMNS) for each series and unit whose months have limits, in per unit shares 0-1.

    Series without a requirement have them for counties and the country only.
    """
    basis = basis or load_basis()
    rows = [
        row for line, months in _months_of(tall, estimates) if (row := _row(line, months, basis)) is not None
    ]
    return pd.DataFrame(rows, columns=list(RUN_CHART_COLUMNS))


def _months_of(tall: pd.DataFrame, estimates: Estimates) -> Iterator[tuple[Series, pd.DataFrame]]:
    lines = {(line.indikator, line.gruppe): line for line in estimates.series if not line.count_only}
    judged = pd.MultiIndex.from_tuples([key for key, line in lines.items() if line.judged] or [("", "")])
    monthly = tall[tall["periode"].str.fullmatch(MONTH) & (tall["status"] == VIST) & tall["verdi"].notna()]
    wanted = (monthly["niva"] != KONTOR) | pd.MultiIndex.from_frame(monthly[["indikator", "gruppe"]]).isin(
        judged
    )
    monthly = monthly[wanted].sort_values("periode")
    for key, rows in monthly.groupby(["indikator", "gruppe", "niva", "enhet"], sort=True):
        if line := lines.get((str(key[0]), str(key[1]))):
            yield line, rows


@dataclass(frozen=True)
class _Chart:
    """What one pair of limits is made of: the kind, the mean, and the reach on the scale of the kind."""

    kind: str
    mean: float
    reach: float
    label: pd.Series


def _row(line: Series, months: pd.DataFrame, basis: Basis) -> dict[str, object] | None:
    holds = basis.holds(line.indikator, months["periode"])
    holds &= (months["n"] >= basis.minste_n).to_numpy() & ~months["forelopig"].fillna(False).to_numpy(bool)
    if holds.sum() < basis.minste_maneder:
        return None
    chart = _chart(months, holds, line.polarity)
    names = months["periode"].to_numpy()
    label = chart.label.to_numpy()
    first = months.iloc[0]
    return {
        **{name: first[name] for name in ("indikator", "gruppe", "niva", "enhet")},
        "diagram": chart.kind,
        "bedre": " ".join(names[label == IMPROVEMENT]),
        "svakere": " ".join(names[label == CONCERN]),
        "maneder": int(holds.sum()),
        "snitt": chart.mean,
        "rekkevidde": chart.reach,
    }


def _chart(months: pd.DataFrame, holds: np.ndarray, polarity: int) -> _Chart:
    """XmR of the shares, or of their z where n changes much (Laney, Quality Engineering 2002;14:531-537).

    What takes no part is missing in the series, so that no range runs across it.
    """
    x, n = (np.where(holds, months[name].to_numpy(float), np.nan) for name in ("x", "n"))
    share = x / n
    if np.nanmax(n) <= MUCH * np.nanmin(n):
        found = xmr(share, polarity)
        return _Chart(
            XMR, found["mean"].iloc[0], found["upper"].iloc[0] - found["mean"].iloc[0], found["label"]
        )
    # counts of the months that are shown: nobody or everybody in all of them cannot be, so the error is not 0
    mean = float(np.nansum(x) / np.nansum(n))
    error = np.sqrt(mean * (1 - mean) / n)
    found = xmr((share - mean) / error, polarity)
    return _Chart(LANEY, mean, found["upper"].iloc[0] - found["mean"].iloc[0], found["label"])
