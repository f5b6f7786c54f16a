"""The index of every period of every series in the cube, and which (series, unit, period) are rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from navbook.estimate.cube import Cube, Flags, Places
from navbook.estimate.requirements import Requirement
from navbook.estimate.series import Series
from navbook.estimate.timeline import Timeline
from navbook.runtime.periods import Period

NOWHERE = -1
# an office's months are shown for series with at least this many persons (or cases) a month
OFFICE_MONTHS_FROM = 30


@dataclass(frozen=True)
class Layout:
    """Flags and indices by (series, period), and the months of offices by (series, unit).

    `compared`, `plain`, `month`, `behind` are flags as in Timeline; `base` and `level` are indices of the
    cube's periods, NOWHERE for none; `redefined` flags those whose base is of another definition, by the
    letter; `months_shown` flags the units whose months have rows. `requirements` has
    what holds for each compared (series, period).
    """

    compared: Flags
    plain: Flags
    month: Flags
    behind: Flags
    base: Places
    level: Places
    redefined: Flags
    months_shown: Flags
    requirements: Mapping[tuple[int, int], Requirement]

    def rows(self, listed: Flags) -> tuple[Places, Places, Places]:
        """The index arrays (series, unit, period) of every row, for the units flagged in `listed`."""
        always = (self.compared | self.plain)[:, None, :] & listed[None, :, None]
        monthly = self.month[:, None, :] & self.months_shown[:, :, None] & listed[None, :, None]
        series, unit, period = np.nonzero(always | monthly)
        return series, unit, period


def lay_out(series: Sequence[Series], timelines: Sequence[Timeline], cube: Cube) -> Layout:
    """The layout of an edition with these series and their timelines."""
    shape = (len(series), len(cube.periods))
    at = {period: place for place, period in enumerate(cube.periods)}
    compared, plain, month, behind, redefined = (np.zeros(shape, dtype=bool) for _ in range(5))
    base, level = (np.full(shape, NOWHERE, dtype=np.intp) for _ in range(2))
    for row, line in enumerate(timelines):
        for flags, periods in (
            (plain, line.plain),
            (month, line.months),
            (behind, line.behind),
            (compared, tuple(comparison.period for comparison in line.compared)),
        ):
            flags[row, [at[period] for period in periods]] = True
        for comparison in line.compared:
            place = at[comparison.period]
            base[row, place] = at[comparison.base]
            redefined[row, place] = not comparison.comparable
            level[row, place] = at[comparison.level] if comparison.level else NOWHERE
    shown = [at[line.shown] for line in timelines]
    requirements = {
        (row, at[comparison.period]): comparison.requirement
        for row, line in enumerate(timelines)
        for comparison in line.compared
    }
    return Layout(
        compared=compared,
        plain=plain,
        month=month,
        behind=behind,
        base=base,
        level=level,
        redefined=redefined,
        months_shown=_months_shown(series, shown, cube),
        requirements=requirements,
    )


def all_periods(timelines: Sequence[Timeline]) -> list[Period]:
    """Every period of the timelines, sorted."""
    return sorted({period for line in timelines for period in line.periods | {line.shown}})


def _months_shown(series: Sequence[Series], shown: Sequence[int], cube: Cube) -> npt.NDArray[np.bool_]:
    rows = np.arange(len(series))
    mean = cube.n[rows, :, shown] / cube.length[shown][:, None]
    never = np.array([each.count_only or each.whole_only for each in series])
    with np.errstate(invalid="ignore"):
        large = cube.known[rows, :, shown] & (mean >= OFFICE_MONTHS_FROM) & ~never[:, None]
    sums = np.arange(len(cube.units)) >= cube.leaves
    return large | sums[None, :]
