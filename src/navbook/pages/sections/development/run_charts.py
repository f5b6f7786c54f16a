"""Run charts: the months of some series as small multiples, each described in its alternative text.

A line has a gap at a month that is not shown and at a change of definition.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from navbook.pages.charts import (
    MonthValues,
    PeriodLevel,
    RunChart,
    figure,
    figure_panel,
    padded,
    run_chart_svg,
    single_figure,
)
from navbook.pages.format import Fragment, month_text, percent, series_attributes
from navbook.pages.templates import sentence, sentence_or
from navbook.pages.text import limits_text
from navbook.pages.view import Cell, Event, RunLimits
from navbook.runtime.periods import Period, add_months, month_range

MARKED = 12  # of the latest months; older unusual months are in the alternative text only
_HEADROOM = 0.2  # of the axis, for the labels of the levels
_LEAST_SPAN = 20.0  # per cent: a shorter axis exaggerates noise


@dataclass(frozen=True)
class RunChartPanel:
    """One series over time: title, months, the events that concern it, and its limits if it has any."""

    title: str
    months: Sequence[Cell]
    events: Sequence[Event] = ()
    limits: RunLimits | None = None

    @cached_property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.months if cell.shown and cell.share is not None]

    @property
    def redefined(self) -> list[str]:
        """The shown months that begin another definition than the shown month before them."""
        return [now.periode for was, now in pairwise(self.shown) if was.definisjon != now.definisjon]


def _chart(panel: RunChartPanel, months: tuple[str, ...], period: Period, base: Period | None) -> RunChart:
    place = {month: k for k, month in enumerate(months)}
    course = [(place[cell.periode], 100 * float(cell.share or 0)) for cell in panel.shown]
    runs = _runs(course, {place[month] for month in panel.redefined})
    mean, limits = _limit_lines(panel, place)
    low, high = padded([value for line in (course, *limits) for _, value in line], _LEAST_SPAN, 2.0)
    return RunChart(
        len(months),
        low,
        high,
        runs,
        own=_inside(runs, months, period),
        base=_inside(runs, months, base) if base else [],
        mean=mean,
        limits=limits,
        better=_unusual(panel, course, panel.limits.better) if panel.limits else [],
        worse=_unusual(panel, course, panel.limits.worse) if panel.limits else [],
        events=_event_numbers(panel, place),
        named=_month_marks(months, set(dict(course))),
    )


def _runs(course: MonthValues, redefined: set[int]) -> list[list[tuple[int, float]]]:
    """Unbroken runs of shown months of one definition."""
    runs: list[list[tuple[int, float]]] = []
    for month, value in course:
        if not runs or month != runs[-1][-1][0] + 1 or month in redefined:
            runs.append([])
        runs[-1].append((month, value))
    return runs


def _inside(runs: Sequence[MonthValues], months: tuple[str, ...], period: Period) -> list[MonthValues]:
    """The parts of runs that are in a period."""
    parts = [[point for point in run if period.first <= months[point[0]] <= period.last] for run in runs]
    return [part for part in parts if part]


def _limit_lines(panel: RunChartPanel, place: dict[str, int]) -> tuple[MonthValues, list[MonthValues]]:
    """The mean of a panel, and its lower and upper limits, in the shown months."""
    if panel.limits is None:
        return [], []
    cells = panel.shown if panel.limits.follows_n else [panel.shown[0], panel.shown[-1]]
    at = [(place[cell.periode], panel.limits.at(cell)) for cell in cells]
    mean = 100 * panel.limits.mean
    limits = [[(month, 100 * pair[side]) for month, pair in at] for side in (0, 1)]
    return [(at[0][0], mean), (at[-1][0], mean)], list[MonthValues](limits)


def _unusual(panel: RunChartPanel, course: MonthValues, months: frozenset[str]) -> list[tuple[int, float]]:
    """The unusual months among the latest shown."""
    latest = list(zip(panel.shown, course, strict=True))[-MARKED:]
    return [point for cell, point in latest if cell.periode in months]


def _event_numbers(panel: RunChartPanel, place: dict[str, int]) -> dict[int, str]:
    """Position → the numbers of that month's events."""
    numbers: dict[int, list[str]] = {}
    for event in sorted(panel.events, key=lambda event: (event.month, event.number)):
        if event.month in place:
            numbers.setdefault(place[event.month], []).append(str(event.number))
    return {month: ", ".join(every) for month, every in numbers.items()}


def _month_marks(months: tuple[str, ...], shown: set[int]) -> dict[int, str]:
    """Position → label along the axis: the year at each January.

    If no month is shown between two of those, the first and the last month by their full names instead, so
    that nobody takes a month for its year.
    """
    januaries = [k for k, month in enumerate(months) if month.endswith("-01")]
    if januaries and any(januaries[0] < k < januaries[-1] for k in shown.difference(januaries)):
        return {k: months[k][:4] for k in januaries}
    return {k: months[k] for k in (0, len(months) - 1)}


def panel_text(panel: RunChartPanel) -> str:
    """The alternative text of a panel: first and last month shown, lowest and highest, and how many are not
    shown.
    """
    shown = panel.shown
    first, last = shown[0], shown[-1]
    lowest = min(shown, key=lambda cell: cell.share or 0)
    highest = max(shown, key=lambda cell: cell.share or 0)
    return sentence(
        "utvikling.alt",
        tittel=panel.title,
        fra=_at(first),
        til=_at(last),
        lavest=_at(lowest),
        hoyest=_at(highest),
        skjult=len(panel.months) - len(shown),
        nye=[month_text(month) for month in panel.redefined],
        vanlig=limits_text(panel.limits, shown),
    )


def _at(cell: Cell) -> str:
    share = percent(cell.share or 0, cell.decimals)
    return sentence("utvikling.punkt", prosent=share, maned=month_text(cell.periode))


def run_charts(
    caption: str, panels: Sequence[RunChartPanel], period: Period, base: Period | None
) -> Fragment:
    """One figure of small multiples with a common axis of months.

    Panels without a shown month are left out. Raises ValueError if there is nothing left to draw.
    """
    drawn = [panel for panel in panels if panel.shown]
    if not drawn:
        raise ValueError("a figure has no month to draw: ask for one only where months are shown")
    months = _axis_months(drawn)
    parts = [
        figure_panel(
            panel.title,
            run_chart_svg(_chart(panel, months, period, base), panel_text(panel)),
            series_attributes(panel.months[0].keys),
        )
        for panel in drawn
    ]
    return Fragment(figure(parts, caption), "figur", figures=1)


def level_chart(
    panel: RunChartPanel, cell: Cell, title: str, what: str, compared: tuple[Period, Period | None]
) -> str:
    """A figure of one series with the levels of the two periods compared and the names of the events.

    `cell` is the row of the period shown; `title` says what is seen, `what` what is plotted. HTML.
    """
    period, base = compared
    # to the end of the period, so that its level has room even if its last months are not shown
    shown = _axis_months([panel])
    months = month_range(shown[0], max(shown[-1], period.last))
    # limits and unusual months are on the indicator pages, with what explains them
    chart = _chart(replace(panel, limits=None), months, period, base)
    place = {month: k for k, month in enumerate(months)}
    levels = [_level(period, cell.share, "egen", cell.decimals, place)]
    if base and cell.basis_verdi is not None:
        levels.append(_level(base, cell.basis_verdi, "basis", cell.decimals, place))
    happened = [
        (place[event.month], name)
        for event in panel.events
        if event.month in place and (name := sentence_or(f"kontor.hendelse.{event.id}", ""))
    ]
    drawn = [level for level in levels if level is not None]
    low, high = padded([chart.low + 2, chart.high - 2, *(level.value for level in drawn)], _LEAST_SPAN, 2.0)
    chart = replace(
        chart,
        low=low,
        high=high + _HEADROOM * (high - low),
        levels=drawn,
        happened=happened,
        events={},
        gap=sentence("kontor.figur.vises_ikke"),
    )
    svg = run_chart_svg(chart, panel_text(panel))
    return single_figure(title, what, svg, series_attributes(panel.months[0].keys))


def _axis_months(panels: Sequence[RunChartPanel]) -> tuple[str, ...]:
    """The months along the axis that some panels share."""
    every = [cell.periode for panel in panels for cell in panel.shown]
    # an axis has two ends: a single month is drawn with the month before it
    return month_range(min(min(every), add_months(max(every), -1)), max(every))


def _level(
    period: Period, share: float | Decimal | None, css: str, decimals: int, place: dict[str, int]
) -> PeriodLevel | None:
    """The level of a period on the axis; None if the axis does not hold all of its months."""
    if share is None or period.first not in place or period.last not in place:
        return None
    text = sentence("kontor.figur.nivaa", prosent=percent(share, decimals))
    return PeriodLevel(place[period.first], place[period.last], 100 * float(share), css, text, period.name)
