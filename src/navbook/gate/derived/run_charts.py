"""Limits of the run charts: how much a share usually varies from month to month, from shown months.

XmR limits, or Laney's p' where the number of persons varies much: its limits follow each month's n. Months
that are hidden, provisional, small, or excluded for a stated reason are not used.
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
from navbook.runtime.paths import own_file
from navbook.statistics import xmr
from navbook.statistics.xmr import CONCERN, IMPROVEMENT

FILE = own_file("data/utvikling.yml")
XMR, LANEY = "xmr", "laney"
# with n that more than doubles, one pair of limits is too narrow for some months and too wide for others
MUCH = 2.0
MONTH = r"\d{4}-\d{2}"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExcludedMonths(_Frozen):
    """Months that limits are not based on, and why."""

    fom: str
    tom: str
    grunn: str


class Rebaseline(_Frozen):
    """A month from which an indicator's limits are computed anew, and why."""

    indikator: str
    fom: str
    grunn: str


class RunChartSettings(_Frozen):
    """The settings in `data/utvikling.yml`: which months limits are based on."""

    minste_maneder: int
    minste_n: float
    utelatt: tuple[ExcludedMonths, ...]
    ny_start: tuple[Rebaseline, ...]

    def includes(self, indikator: str, months: pd.Series) -> np.ndarray:
        """Flags by month (`YYYY-MM`): whether it may be part of the indicator's limits."""
        kept = np.ones(len(months), dtype=bool)
        for span in self.utelatt:
            kept &= ~months.between(span.fom, span.tom).to_numpy()
        for start in self.ny_start:
            if start.indikator == indikator:
                kept &= (months >= start.fom).to_numpy()
        return kept


@cache
def load_run_chart_settings(path: Path = FILE) -> RunChartSettings:
    """The settings in a YAML file; pydantic's ValidationError names every field that is wrong."""
    return RunChartSettings(**yaml.safe_load(path.read_text(encoding="utf-8")))


def run_limits(
    tall: pd.DataFrame, estimates: Estimates, settings: RunChartSettings | None = None
) -> pd.DataFrame:
    """A row (RUN_CHART_COLUMNS) for each series and unit whose months have limits; shares 0-1.

    A series without a requirement has limits for counties and the country only.
    """
    settings = settings or load_run_chart_settings()
    rows = [
        row
        for line, months in _months_of(tall, estimates)
        if (row := _row(line, months, settings)) is not None
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
    """The kind of chart, its mean, the distance from mean to limit on the chart's scale, and the labels."""

    kind: str
    mean: float
    reach: float
    label: pd.Series


def _row(line: Series, months: pd.DataFrame, settings: RunChartSettings) -> dict[str, object] | None:
    used = settings.includes(line.indikator, months["periode"])
    used &= (months["n"] >= settings.minste_n).to_numpy() & ~months["forelopig"].fillna(False).to_numpy(bool)
    if used.sum() < settings.minste_maneder:
        return None
    chart = _chart(months, used, line.polarity)
    names = months["periode"].to_numpy()
    label = chart.label.to_numpy()
    first = months.iloc[0]
    return {
        **{name: first[name] for name in ("indikator", "gruppe", "niva", "enhet")},
        "diagram": chart.kind,
        "bedre": " ".join(names[label == IMPROVEMENT]),
        "svakere": " ".join(names[label == CONCERN]),
        "maneder": int(used.sum()),
        "snitt": chart.mean,
        "rekkevidde": chart.reach,
    }


def _chart(months: pd.DataFrame, used: np.ndarray, polarity: int) -> _Chart:
    """XmR of the shares, or of their z where n changes much (Laney, Quality Engineering 2002;14:531-537).

    A month that is not used is missing in the series, so that no moving range spans it.
    """
    x, n = (np.where(used, months[name].to_numpy(float), np.nan) for name in ("x", "n"))
    share = x / n
    if np.nanmax(n) <= MUCH * np.nanmin(n):
        found = xmr(share, polarity)
        return _Chart(
            XMR, found["mean"].iloc[0], found["upper"].iloc[0] - found["mean"].iloc[0], found["label"]
        )
    # shown months never count nobody or everybody in all of them, so the error is not 0
    mean = float(np.nansum(x) / np.nansum(n))
    error = np.sqrt(mean * (1 - mean) / n)
    found = xmr((share - mean) / error, polarity)
    return _Chart(LANEY, mean, found["upper"].iloc[0] - found["mean"].iloc[0], found["label"])
