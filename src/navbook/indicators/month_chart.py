"""The chart of a calculation notebook: the months of every series, as small panels in one SVG."""

import logging
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.registry import REGISTRY
from navbook.indicators.states.months import index_of
from navbook.runtime.paths import own_file

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import SVG

STYLE = own_file("data/figurer.mplstyle")
COLUMNS = 3
# with more groups than this, only the first of each indicator is drawn
MOST_PANELS = 12
# of a panel, in inches: width and height, and what of them is for the numbers, the title and the years
PANEL, WIDE_PANEL = (3.2, 1.85), (6.4, 2.4)
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 0.5, 0.1, 0.55, 0.25
TITLE_WIDTH = 38


def month_chart(table: pa.Table) -> "SVG":
    """A panel for each group of a count table: its sum over all counted offices, month by month.

    Shares are in per cent, pure counts in numbers; panels of shares of the same indicator have the same axis.
    A group that repeats the n of another is a dashed line in the panel of that one. A month without anyone
    in n is a gap, and a hollow mark is a month that may still change. Of more than MOST_PANELS groups only
    the first of each indicator is drawn. The same table gives the same bytes.
    """
    from IPython.display import SVG  # here, since counting needs no notebook

    panels = _panels(months_of_series(table))
    with _style():
        figure = _draw(panels)
        stream = StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    label = f"{len(panels)} figurer med tallene måned for måned"
    return SVG(stream.getvalue().replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))


def months_of_series(table: pa.Table) -> "pd.DataFrame":
    """What the chart draws: indikator, gruppe, maned, verdi and forelopig, sorted by the first three.

    `verdi` is per cent, or the number of a pure count; it is missing in a month without anyone in n.
    """
    counts = table.to_pandas()
    by = counts.groupby(["indikator", "gruppe", "maned"])
    sums = by[["x", "n"]].sum(min_count=1).assign(forelopig=by.forelopig.any()).reset_index()
    pure = sums.indikator.map({id: _is_pure(indicator) for id, indicator in REGISTRY.items()})
    share = 100 * sums.x / sums.n.where(sums.n > 0)
    return sums.assign(verdi=sums.x.where(pure, share))[
        ["indikator", "gruppe", "maned", "verdi", "forelopig"]
    ]


class _Panel:
    """A group to draw: its indicator, its months, and the months of the groups that repeat its n."""

    def __init__(self, indicator: Indicator, gruppe: str, months: dict[Any, "pd.DataFrame"]):
        self.indicator, self.gruppe = indicator, gruppe
        self.months = months[indicator.id, gruppe]
        own_name = indicator.group(gruppe).navn
        self.repeating = [
            (group.navn.removeprefix(f"{own_name}, "), months[indicator.id, group.id])
            for group in indicator.grupper
            if group.deler_n_med == gruppe and (indicator.id, group.id) in months
        ]

    @property
    def title(self) -> str:
        """The indicator's short name, with the group's own where there are several."""
        alone = len(self.indicator.grupper) == 1
        name = self.indicator.group(self.gruppe).navn
        title = self.indicator.kortnavn if alone else f"{self.indicator.kortnavn}: {name}"
        return "\n".join(textwrap.wrap(title, TITLE_WIDTH))

    @property
    def highest(self) -> float:
        """The highest value, 0 if no month has one."""
        return max(self.months.verdi.max(skipna=True), 0) if self.months.verdi.notna().any() else 0.0


def _panels(months: "pd.DataFrame") -> list[_Panel]:
    """The panels in the order of the declarations; the months with their index `m`."""
    months = months.assign(m=months.maned.map(index_of))
    found = dict(iter(months.groupby(["indikator", "gruppe"])))
    panels = [
        _Panel(indicator, group.id, found)
        for indicator in REGISTRY.values()
        for group in indicator.grupper
        if (indicator.id, group.id) in found
        and (group.deler_n_med is None or (indicator.id, group.deler_n_med) not in found)
    ]
    if len(panels) <= MOST_PANELS:
        return panels
    return [panel for panel in panels if panel.gruppe == panel.indicator.grupper[0].id]


@contextmanager
def _style() -> Iterator[None]:
    """matplotlib with the style of the book's figures, and quiet: a notebook may not write to stderr."""
    # on a machine where it has not run before, it says that it builds a cache of fonts
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib.style

    with matplotlib.style.context(["default", STYLE]):
        yield


def _draw(panels: list[_Panel]) -> Any:
    """The figure with all panels, in rows of COLUMNS."""
    from matplotlib.figure import Figure

    columns = min(COLUMNS, len(panels)) or 1
    rows = -(-len(panels) // columns) or 1
    width, height = PANEL if len(panels) > 1 else WIDE_PANEL
    figure = Figure(figsize=(width * columns, height * rows))
    for place, panel in enumerate(panels):
        row, column = divmod(place, columns)
        axes = figure.add_axes(
            (
                (column * width + MARGIN_LEFT) / (width * columns),
                1 - ((row + 1) * height - MARGIN_BOTTOM) / (height * rows),
                (width - MARGIN_LEFT - MARGIN_RIGHT) / (width * columns),
                (height - MARGIN_TOP - MARGIN_BOTTOM) / (height * rows),
            )
        )
        _draw_panel(axes, panel, _top(panel, panels))
    return figure


def _top(panel: _Panel, panels: list[_Panel]) -> float:
    """Where the vertical axis ends: for shares the same in all panels of the indicator."""
    if _is_pure(panel.indicator):
        return panel.highest * 1.1 or 1.0
    return min(100.0, 1.1 * max(other.highest for other in panels if other.indicator is panel.indicator)) or 1


def _draw_panel(axes: Any, panel: _Panel, top: float) -> None:
    _draw_line(axes, panel.months, "C0", "-")
    for number, (name, months) in enumerate(panel.repeating, start=1):
        _draw_line(axes, months, f"C{number}", "--")
        place = ((number - 1) / len(panel.repeating), 1.03)
        key = f"- - {name[0].lower()}{name[1:]}"
        axes.text(*place, key, transform=axes.transAxes, color=f"C{number}", fontsize=8)
    _label_axes(axes, panel, top)


def _draw_line(axes: Any, months: "pd.DataFrame", color: str, style: str) -> None:
    """The months of a group as a line that is broken where a month is missing, and hollow marks."""
    import seaborn

    # a number for each run of months with a value: seaborn draws a line for each
    months = months.assign(run=months.verdi.isna().cumsum())
    known = months[months.verdi.notna()]
    if known.empty:
        return  # seaborn fails on a line without points
    seaborn.lineplot(
        known, x="m", y="verdi", units="run", ax=axes, errorbar=None, estimator=None,
        color=color, linestyle=style,
    )  # fmt: skip
    alone = known[known.groupby("run").m.transform("size") == 1]
    axes.plot(alone.m, alone.verdi, "o", color=color)
    provisional = known[known.forelopig]
    axes.plot(provisional.m, provisional.verdi, "o", color=color, markerfacecolor="white", clip_on=False)


def _label_axes(axes: Any, panel: _Panel, top: float) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set(xlabel="", ylabel="", ylim=(0, top * 1.02))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(_number if _is_pure(panel.indicator) else _per_cent))
    first, last = int(panel.months.m.min()), int(panel.months.m.max())
    januaries = [m for m in range(first, last + 1) if m % 12 == 0]
    ticks = {m: str(m // 12) for m in januaries} or {first: panel.months.maned.min()}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_title(panel.title, pad=16 if panel.repeating else None)


def _is_pure(indicator: Indicator) -> bool:
    return indicator.type == "antall"


def _per_cent(value: float, _place: int) -> str:
    return f"{value:.0f} %"


def _number(value: float, _place: int) -> str:
    return f"{value:,.0f}".replace(",", "\u00a0")
