"""Run charts as inline SVG: small multiples, drawn by matplotlib without a window system or global state.

Text and axes take the page's own colour (`currentColor`), so that one drawing serves light and dark. Data
colours are of middle lightness and told apart by marker too. A month that is not shown is a gap, and so
is the change from one definition to another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from navbook.pages.cells import Cell
from navbook.pages.events import Event
from navbook.pages.fragments import Fragment, text
from navbook.pages.numbers import month_text, number, percent
from navbook.pages.run_limits import RunLimits, limits_words
from navbook.pages.svg import INK, STYLE, inline_svg, plain_frame
from navbook.pages.tables import series_attributes
from navbook.periods import Period, add_months, month_range

LINE, OWN, BASE = "#8a8f98", "#2176d4", "#b0691e"
_PANEL = (3.6, 1.6)  # inches
MARKED = 12  # the latest months: what was unusual long ago is told by the words, and costs a page too much
_LEAST_SPAN = 20.0  # per cent: a smaller axis makes noise look like news


@dataclass(frozen=True)
class Panel:
    """One series over time: its title, its months, the events that concern it, and its limits if it has
    some."""

    title: str
    months: Sequence[Cell]
    events: Sequence[Event] = ()
    limits: RunLimits | None = None

    @property
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


@dataclass(frozen=True)
class _Between:
    """The limits of the shown months: where each stands, and both limits in per cent."""

    positions: Sequence[int]
    lower: Sequence[float]
    upper: Sequence[float]


def _limit_lines(panel: Panel, months: tuple[str, ...]) -> _Between:
    if panel.limits is None:
        return _Between([], [], [])
    cells = panel.shown if panel.limits.follows_n else [panel.shown[0], panel.shown[-1]]
    pairs = [panel.limits.at(cell) for cell in cells]
    positions = [months.index(cell.periode) for cell in cells]
    return _Between(positions, [100 * lower for lower, _ in pairs], [100 * upper for _, upper in pairs])


def _draw_limits(axes: Axes, panel: Panel, months: tuple[str, ...], between: _Between) -> None:
    if panel.limits is None:
        return
    mean = 100 * panel.limits.mean
    ends = [between.positions[0], between.positions[-1]]
    axes.plot(ends, [mean, mean], color=INK, linewidth=0.5)
    for limit in (between.lower, between.upper):
        axes.plot(between.positions, limit, color=INK, linewidth=0.5, linestyle=(0, (4, 2)))
    for unusual, marker in ((panel.limits.better, "o"), (panel.limits.worse, "D")):
        cells = [cell for cell in panel.shown[-MARKED:] if cell.periode in unusual]
        if cells:
            xs = [months.index(cell.periode) for cell in cells]
            ys = [100 * float(cell.share or 0) for cell in cells]
            axes.plot(
                xs,
                ys,
                linestyle="",
                marker=marker,
                markersize=6.5,
                fillstyle="none",
                markeredgecolor=INK,
                markeredgewidth=0.8,
            )


def _segments(panel: Panel, months: tuple[str, ...]) -> list[tuple[list[int], list[float]]]:
    """Unbroken runs of shown months of one definition as (positions, per cents)."""
    shares = {cell.periode: 100 * float(cell.share) for cell in panel.shown if cell.share is not None}
    redefined = set(panel.redefined)
    runs: list[tuple[list[int], list[float]]] = []
    previous = -2
    for position, month in enumerate(months):
        if month not in shares:
            continue
        if position != previous + 1 or month in redefined:
            runs.append(([], []))
        runs[-1][0].append(position)
        runs[-1][1].append(shares[month])
        previous = position
    return runs


def _draw(axes: Axes, panel: Panel, months: tuple[str, ...], period: Period, base: Period | None) -> None:
    runs = _segments(panel, months)
    values = [value for _, run in runs for value in run]
    between = _limit_lines(panel, months)
    low, high = _limits([*values, *between.lower, *between.upper])
    _draw_limits(axes, panel, months, between)
    for positions, run in runs:
        # a month between two gaps is a line of no length: only a mark shows it
        axes.plot(
            positions, run, color=LINE, linewidth=1, marker="." if len(run) == 1 else None, markersize=3
        )
        for part, colour, marker in ((base, BASE, "s"), (period, OWN, "o")):
            inside = [
                k
                for k, position in enumerate(positions)
                if part and part.first <= months[position] <= part.last
            ]
            if inside:
                xs, ys = [positions[k] for k in inside], [run[k] for k in inside]
                axes.plot(xs, ys, color=colour, linewidth=1.4, marker=marker, markersize=3)
    for month in sorted({event.month for event in panel.events}):
        at = months.index(month)
        numbers = ", ".join(str(event.number) for event in panel.events if event.month == month)
        axes.axvline(at, color=INK, linewidth=0.7, linestyle=(0, (2, 2)))
        axes.text(at, high, numbers, ha="center", va="bottom", color=INK, fontsize=8)
    axes.set_ylim(low, high)
    axes.set_xlim(-0.5, len(months) - 0.5)
    _axes(axes, panel, months, low, high)


def _axes(axes: Axes, panel: Panel, months: tuple[str, ...], low: float, high: float) -> None:
    step = 10 if high - low <= 50 else 20
    ticks = [tick for tick in range(0, 101, step) if low <= tick <= high]
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    marks = _month_marks(panel, months)
    axes.set_xticks(list(marks), list(marks.values()))
    for at, label in zip(marks, axes.get_xticklabels(), strict=True):
        # the whole of a month's name has no room outside the last month
        label.set_horizontalalignment("right" if at == len(months) - 1 else "center")
    plain_frame(axes)


def _month_marks(panel: Panel, months: tuple[str, ...]) -> dict[int, str]:
    """What stands along the axis, by position: the years at their January; or, where no month is shown
    between two of those, the first and the last month by their whole names, so that nobody takes a month
    for its year.
    """
    januaries = [k for k, month in enumerate(months) if month.endswith("-01")]
    shown = {months.index(cell.periode) for cell in panel.shown}
    if januaries and any(januaries[0] < k < januaries[-1] for k in shown.difference(januaries)):
        return {k: months[k][:4] for k in januaries}
    return {k: months[k] for k in (0, len(months) - 1)}


def panel_words(panel: Panel) -> str:
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
    words += f"; {limits_words(panel.limits, shown)}"
    return f"{words}."


def _at(cell: Cell) -> str:
    return f"{percent(cell.share or 0, cell.decimals)} prosent i {month_text(cell.periode)}"


def run_charts(
    name: str, caption: str, panels: Sequence[Panel], period: Period, base: Period | None
) -> Fragment:
    """One figure of small multiples, each told in words as its alternative text.

    The panels stand beside each other where there is room, else under each other; all have the same months
    along the axis. `name` salts the ids of the drawings: two figures on a page need two names. Panels without
    a shown month are left out. Raises ValueError if nothing is left to draw.
    """
    drawn = [panel for panel in panels if panel.shown]
    if not drawn:
        raise ValueError(f"figure {name} has no month to draw: ask for a figure only where months are shown")
    every = [cell.periode for panel in drawn for cell in panel.shown]
    # an axis has two ends: a month alone stands beside the one before it
    months = month_range(min(min(every), add_months(max(every), -1)), max(every))
    axes = _empty_axes()
    parts = [
        f'<div class="nb-rute"{series_attributes(panel.months[0])}>'
        f'<p class="nb-rutetittel">{text(panel.title)}</p>\n'
        f"{_chart(axes, panel, months, period, base, f'navbook-{name}-{place}')}</div>\n"
        for place, panel in enumerate(drawn, start=1)
    ]
    html = (
        f'<figure class="nb-figur"><div class="nb-ruter">{"".join(parts)}</div>\n'
        f"<figcaption>{text(caption)}</figcaption></figure>\n"
    )
    return Fragment(html, "figur", figures=1)


def _empty_axes() -> Axes:
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=_PANEL)
        figure.subplots_adjust(left=0.07, right=0.99, top=0.9, bottom=0.12)
        return figure.add_subplot()


def _chart(
    axes: Axes, panel: Panel, months: tuple[str, ...], period: Period, base: Period | None, salt: str
) -> str:
    # The axes and their ticks are half the cost of a drawing: all panels of a figure take turns on them.
    for drawn in [*axes.lines, *axes.texts]:
        drawn.remove()
    inside = [event for event in panel.events if event.month in months]
    with matplotlib.rc_context(STYLE):
        _draw(axes, Panel(panel.title, panel.months, inside, panel.limits), months, period, base)
        return inline_svg(cast(Figure, axes.figure), salt, text(panel_words(panel)))
