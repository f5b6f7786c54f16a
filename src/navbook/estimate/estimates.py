"""From counts to the true values of every row of an edition. Private."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from navbook.edition.schema import FYLKE, KEY, KONTOR, LANDET
from navbook.estimate.casemix import CaseMix, no_casemix
from navbook.estimate.courses import INDICATOR, roll_up_courses
from navbook.estimate.cube import Cube, Flags, known_months, sum_up
from navbook.estimate.expected import with_expected
from navbook.estimate.joined_offices import join_small_offices
from navbook.estimate.judge import judge
from navbook.estimate.layout import Layout, all_periods, lay_out
from navbook.estimate.model_table import model_table
from navbook.estimate.requirements import Letters
from navbook.estimate.series import Series, edition_series
from navbook.estimate.timeline import Timeline, cover_months, timeline
from navbook.estimate.units import Units, roll_up
from navbook.extract.manifest import Manifest
from navbook.extract.register import OfficeRegister
from navbook.indicators.casemix import SERIES
from navbook.indicators.definition.declaration import Indicator, Sammenheng
from navbook.letters import Letter
from navbook.runtime.periods import Period, month_of


@dataclass(frozen=True)
class Estimates:
    """Everything the gate decides on: the rows with their true values, and the cube of counts behind them.

    `rows` has the columns of `tall` and the index of each row in the cube (`_series`, `_unit`, `_period`,
    `_base`, `_level`); `listed` flags the units of the cube that have rows. `model` is the model table, for
    the country only; `courses` has the first events of `u30_8uker` by day; `sammenhenger` holds the sums
    that bind the series, each with the indicator that declares it. Private: only the gate publishes
    anything of it.
    """

    period: Period
    letter: Letter | None
    units: Units
    series: tuple[Series, ...]
    timelines: tuple[Timeline, ...]
    cube: Cube
    layout: Layout
    listed: Flags
    rows: pd.DataFrame
    model: pd.DataFrame
    courses: pd.DataFrame
    sammenhenger: tuple[tuple[str, Sammenheng], ...] = ()


def estimate(
    counts: pd.DataFrame,
    register: OfficeRegister,
    manifest: Manifest,
    letter: Letter | None,
    indicators: Mapping[str, Indicator],
    period: Period,
    tables: Collection[str] | None = None,
    casemix: CaseMix | None = None,
    forlop: pd.DataFrame | None = None,
    join_below: float = 0,
) -> Estimates:
    """Roll `counts` (the count table as a frame) up to units and periods, and judge them.

    `letter` is the one in force; a period of an earlier year is judged by the letter of that year.

    `manifest` says which days the extract covers. `tables` are those the extract has: they distinguish a
    series that is not in the extract from one without a known month (None: a series without counts is not in
    it). Without `casemix` no row has an expected share. `forlop` is the day-by-day table counted with
    `u30_8uker`; without it there are no courses. Offices without any number of the letter from `join_below`
    up are counted together with a neighbour.
    """
    series = edition_series(letter, indicators)
    units = roll_up(register, counts["enhetsnr"].unique(), period, manifest.omrade)
    units = join_small_offices(units, counts, series, period, join_below)
    known = known_months(counts)
    months = cover_months(month_of(manifest.dekker_fom), _last_full_month(manifest.dekker_tom), period)
    letters = Letters(period.year, letter)
    timelines = [timeline(line, period, known.get(line.source, ()), months, letters) for line in series]
    averaged = {line.source for line in series if line.averaged}
    sources = [line.source for line in series]
    cube = sum_up(counts, sources, units, all_periods(timelines), averaged)
    layout = lay_out(series, timelines, cube)
    present = np.array([_is_present(line, known, indicators, tables) for line in series])
    named = set(units.frame["enhet"])
    listed = np.array([unit in named for unit in cube.units])
    rows = judge(series, layout, cube, present, listed)
    casemix = casemix or no_casemix()
    rows = with_expected(rows, series, cube, units, casemix, layout.compared | layout.plain)
    return Estimates(
        period=period,
        letter=letter,
        units=units,
        series=tuple(series),
        timelines=tuple(timelines),
        cube=cube,
        layout=layout,
        listed=listed,
        rows=_with_keys(rows, series, cube),
        model=model_table(casemix, _shown(series, timelines, period)),
        courses=roll_up_courses(forlop, units, _shown_of(INDICATOR, series, timelines, period)),
        sammenhenger=_sums(series, indicators),
    )


def _sums(series: list[Series], indicators: Mapping[str, Indicator]) -> tuple[tuple[str, Sammenheng], ...]:
    named = sorted({line.indikator for line in series if line.declared})
    return tuple((name, relation) for name in named for relation in indicators[name].sammenhenger)


def _shown_of(
    indikator: str, series: Sequence[Series], timelines: Sequence[Timeline], period: Period
) -> Period:
    """The period that the book shows of an indicator; `period` if it has no series."""
    lines = zip(series, timelines, strict=True)
    return next((times.shown for line, times in lines if line.indikator == indikator), period)


def _shown(series: Sequence[Series], timelines: Sequence[Timeline], period: Period) -> Period:
    """The period that the book shows of the modelled series."""
    modelled = (line.shown for each, line in zip(series, timelines, strict=True) if each.source in SERIES)
    return next(modelled, period)


def _last_full_month(last: date) -> str:
    return (
        month_of(last)
        if month_of(date.fromordinal(last.toordinal() + 1)) != month_of(last)
        else _before(last)
    )


def _before(day: date) -> str:
    return month_of(date.fromordinal(day.replace(day=1).toordinal() - 1))


def _is_present(
    line: Series,
    known: Mapping[tuple[str, str], Collection[str]],
    indicators: Mapping[str, Indicator],
    tables: Collection[str] | None,
) -> bool:
    if not line.declared:
        return False
    if line.source in known:
        return True
    indicator = indicators[line.indikator]
    # what lacks an optional column has no rows for that reason, whatever tables there are
    return tables is not None and not indicator.kolonner and set(indicator.tabeller) <= set(tables)


def _with_keys(rows: pd.DataFrame, series: list[Series], cube: Cube) -> pd.DataFrame:
    place, unit, period = (rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    levels = np.full(len(cube.units), FYLKE, dtype=object)
    levels[: cube.leaves], levels[cube.country] = KONTOR, LANDET
    keys = {
        "indikator": np.array([line.indikator for line in series], dtype=object)[place],
        "gruppe": np.array([line.gruppe for line in series], dtype=object)[place],
        "niva": levels[unit],
        "enhet": np.array(cube.units, dtype=object)[unit],
        "periode": np.array([each.name for each in cube.periods], dtype=object)[period],
    }
    return rows.assign(**keys).sort_values(list(KEY), ignore_index=True)
