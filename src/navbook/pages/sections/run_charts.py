"""Run charts: the months of some series as small multiples, each told in words too.

A month that is not shown is a gap, and so is the change from one definition to another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from navbook.pages.charts import MonthValues, RunChart, figure, figure_panel, run_chart_svg
from navbook.pages.format import Fragment, month_text, percent, series_attributes
from navbook.pages.text import limits_text
from navbook.pages.view import Cell, Event, RunLimits
from navbook.periods import Period, add_months, month_range

MARKED = 12  # the latest months: what was unusual long ago is told by the words, and crowds the drawing
_LEAST_SPAN = 20.0  # per cent: a smaller axis makes noise look like news


@dataclass(frozen=True)
class RunChartPanel:
    """One series over time: its title, its months, the events that concern it, and its limits if it has
    some."""

    title: str
    months: Sequence[Cell]
    events: Sequence[Event] = ()
    limits: RunLimits | None = None

    @cached_property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.months if cell.shown and cell.share is not None]

    @property
    def redefined(self) -> list[str]:
        """The shown months that begin another definition than the month shown before them."""
        return [now.periode for was, now in pairwise(self.shown) if was.definisjon != now.definisjon]


def _limits(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    slack = max((_LEAST_SPAN - (high - low)) / 2, 2.0)
    return max(0.0, low - slack), min(100.0, high + slack)


def _chart(panel: RunChartPanel, months: tuple[str, ...], period: Period, base: Period | None) -> RunChart:
    place = {month: k for k, month in enumerate(months)}
    course = [(place[cell.periode], 100 * float(cell.share or 0)) for cell in panel.shown]
    runs = _runs(course, {place[month] for month in panel.redefined})
    mean, limits = _limit_lines(panel, place)
    low, high = _limits([value for line in (course, *limits) for _, value in line])
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
    """The parts of runs that lie in a period."""
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
    """Those of the latest shown months that are unusual."""
    latest = list(zip(panel.shown, course, strict=True))[-MARKED:]
    return [point for cell, point in latest if cell.periode in months]


def _event_numbers(panel: RunChartPanel, place: dict[str, int]) -> dict[int, str]:
    """The numbers of the events of each drawn month."""
    numbers: dict[int, list[str]] = {}
    for event in sorted(panel.events, key=lambda event: (event.month, event.number)):
        if event.month in place:
            numbers.setdefault(place[event.month], []).append(str(event.number))
    return {month: ", ".join(every) for month, every in numbers.items()}


def _month_marks(months: tuple[str, ...], shown: set[int]) -> dict[int, str]:
    """What stands along the axis, by position: the years at their January; or, where no month is shown
    between two of those, the first and the last month by their whole names, so that nobody takes a month
    for its year.
    """
    januaries = [k for k, month in enumerate(months) if month.endswith("-01")]
    if januaries and any(januaries[0] < k < januaries[-1] for k in shown.difference(januaries)):
        return {k: months[k][:4] for k in januaries}
    return {k: months[k] for k in (0, len(months) - 1)}


def panel_text(panel: RunChartPanel) -> str:
    """A panel in words: first and last month shown, lowest and highest, and how many months are not shown."""
    shown = panel.shown
    first, last = shown[0], shown[-1]
    lowest = min(shown, key=lambda cell: cell.share or 0)
    highest = max(shown, key=lambda cell: cell.share or 0)
    words = f"{panel.title}: fra {_at(first)} til {_at(last)}; lavest {_at(lowest)}, høyest {_at(highest)}"
    if hidden := len(panel.months) - len(shown):
        words += f"; {hidden} {'måned' if hidden == 1 else 'måneder'} vises ikke"
    for month in panel.redefined:
        words += f"; definisjonen er endret fra {month_text(month)}, og linjen brytes der"
    words += f"; {limits_text(panel.limits, shown)}"
    return f"{words}."


def _at(cell: Cell) -> str:
    return f"{percent(cell.share or 0, cell.decimals)} prosent i {month_text(cell.periode)}"


def run_charts(
    caption: str, panels: Sequence[RunChartPanel], period: Period, base: Period | None
) -> Fragment:
    """One figure of small multiples, each told in words as its alternative text.

    The panels stand beside each other where there is room, else under each other; all have the same months
    along the axis. Panels without a shown month are left out. Raises ValueError if nothing is left to draw.
    """
    drawn = [panel for panel in panels if panel.shown]
    if not drawn:
        raise ValueError("a figure has no month to draw: ask for one only where months are shown")
    every = [cell.periode for panel in drawn for cell in panel.shown]
    # an axis has two ends: a month alone stands beside the one before it
    months = month_range(min(min(every), add_months(max(every), -1)), max(every))
    parts = [
        figure_panel(
            panel.title,
            run_chart_svg(_chart(panel, months, period, base), panel_text(panel)),
            series_attributes(panel.months[0].keys),
        )
        for panel in drawn
    ]
    return Fragment(figure(parts, caption), "figur", figures=1)
