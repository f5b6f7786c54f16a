"""Offices on one axis: a row for each, with its share, its interval and its share the year before.

The rows are in number order, so that nobody reads a ranking.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from navbook.pages.charts.statistical.compact_svg import Keys, compact_svg
from navbook.pages.charts.statistical.style import AXIS, BASE, OWN, SMALL, TEXT, book_style, canvas
from navbook.pages.charts.statistical.text_width import shortened, text_width
from navbook.pages.charts.statistical.ticks import per_cent_ticks, smooth_limits
from navbook.pages.format import number, percent

WIDTH, RIGHT, TOP, ROW, FOOT = 380, 368, 18, 16, 36
_MOST_LEFT, _BESIDE_NAME = 150, 8  # the widest column of names, and the room beside a name


@dataclass(frozen=True)
class OfficeRow:
    """One office: shares 0–1 with their limits; `before` is the share of the base period, None if missing."""

    enhet: str
    name: str
    share: float
    lower: float
    upper: float
    before: float | None = None


@dataclass(frozen=True)
class OfficeRows:
    """The rows of one series, the country's share with its name, and the keys of both periods."""

    rows: Sequence[OfficeRow]
    centre: float | None
    centre_name: str = ""
    keys: Keys = field(default_factory=dict)
    keys_before: Keys = field(default_factory=dict)


def office_rows_svg(chart: OfficeRows, alt_text: str) -> str:
    """The rows as SVG. Raises ValueError for no row."""
    rows = chart.rows
    if not rows:
        raise ValueError("a chart of offices has no row: ask for one only where offices are shown")
    bottom = TOP + ROW * len(rows)
    names = [shortened(row.name, SMALL, _MOST_LEFT - _BESIDE_NAME) for row in rows]
    left = math.ceil(_BESIDE_NAME + max(text_width(name, SMALL) for name in names))
    values = [v for row in rows for v in (row.lower, row.upper, row.before) if v is not None]
    low, high = smooth_limits(100 * v for v in [*values, *([chart.centre] if chart.centre else [])])
    with book_style():
        figure, axes = canvas((WIDTH, bottom + FOOT), (left, TOP, RIGHT, bottom))
        axes.set(xlim=(low, high), ylim=(len(rows) - 0.5, -0.5))
        axes.grid(visible=False)
        axes.grid(visible=True, axis="x")
        axes.spines["left"].set_visible(False)
        if chart.centre is not None:
            _draw_centre(axes, chart, left + (RIGHT - left) * (100 * chart.centre - low) / (high - low))
        keys = _draw_rows(axes, chart)
        ticks = per_cent_ticks(low, high)
        axes.set_xticks(ticks, [number(tick) for tick in ticks])
        axes.set_yticks(range(len(rows)), names)
        axes.set_xlabel("prosent", loc="right", labelpad=1)
        return compact_svg(figure, alt_text, keys, "nb-kontorrader")


def _draw_centre(axes: Any, chart: OfficeRows, x: float) -> None:
    """Draw the line of the top level, `x` units into the figure, and its name where there is most room."""
    where = 100 * (chart.centre or 0.0)
    axes.axvline(where, color=BASE, linewidth=1.4)
    left = x > WIDTH / 2
    share = f" {percent(chart.centre or 0.0)}"
    room = max(x, WIDTH - x) - text_width(share, SMALL)
    name = shortened(chart.centre_name, SMALL, room) + share
    axes.annotate(
        name, (where, 1), (0, 4), xycoords=("data", "axes fraction"), color=BASE,
        textcoords="offset points", ha="right" if left else "left", fontsize=SMALL,
    )  # fmt: skip


def _draw_rows(axes: Any, chart: OfficeRows) -> dict[str, Keys]:
    import seaborn

    rows = chart.rows
    units = {**chart.keys, "enheter": " ".join(row.enhet for row in rows)}
    axes.hlines(
        range(len(rows)), [100 * row.lower for row in rows], [100 * row.upper for row in rows],
        color=AXIS, linewidth=1.6, gid="intervall",
    )  # fmt: skip
    seaborn.scatterplot(
        x=[100 * row.share for row in rows], y=list(range(len(rows))), ax=axes, color=OWN, s=7**2,
        linewidth=0, legend=False, zorder=4, gid="andel",
    )  # fmt: skip
    keys: dict[str, Keys] = {"intervall": units, "andel": units}
    known = [(k, row.before) for k, row in enumerate(rows) if row.before is not None]
    if known:
        axes.plot(
            [100 * before for _, before in known], [k for k, _ in known], "o", color="none", markersize=6,
            markeredgecolor=TEXT, markeredgewidth=1, zorder=3, gid="for",
        )  # fmt: skip
        keys["for"] = {**chart.keys_before, "enheter": " ".join(rows[k].enhet for k, _ in known)}
    axes.set(xlabel="", ylabel="")
    return keys
