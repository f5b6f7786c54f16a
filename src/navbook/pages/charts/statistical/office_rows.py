"""Offices on one axis: a row for each, with its share, its interval and its share the year before.

The rows are in number order, so that nobody reads a ranking.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from navbook.pages.charts.statistical.compact_svg import Keys, compact_svg
from navbook.pages.charts.statistical.style import AXIS, BASE, OWN, SMALL, TEXT, book_style, canvas
from navbook.pages.charts.statistical.ticks import per_cent_ticks, smooth_limits
from navbook.pages.format import number

WIDTH, RIGHT, TOP, ROW, FOOT = 380, 368, 18, 16, 36
_LETTER, _LONGEST, _MOST_LEFT = 6.0, 22, 150


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
    centre_text: str = ""
    keys: Keys = field(default_factory=dict)
    keys_before: Keys = field(default_factory=dict)


def office_rows_svg(chart: OfficeRows, alt_text: str) -> str:
    """The rows as SVG. Raises ValueError for no row."""
    rows = chart.rows
    if not rows:
        raise ValueError("a chart of offices has no row: ask for one only where offices are shown")
    bottom = TOP + ROW * len(rows)
    left = min(_MOST_LEFT, math.ceil(8 + _LETTER * max(len(_short(row.name)) for row in rows)))
    values = [v for row in rows for v in (row.lower, row.upper, row.before) if v is not None]
    low, high = smooth_limits(100 * v for v in [*values, *([chart.centre] if chart.centre else [])])
    with book_style():
        figure, axes = canvas((WIDTH, bottom + FOOT), (left, TOP, RIGHT, bottom))
        axes.set(xlim=(low, high), ylim=(len(rows) - 0.5, -0.5))
        axes.grid(visible=False)
        axes.grid(visible=True, axis="x")
        axes.spines["left"].set_visible(False)
        if chart.centre is not None:
            _draw_centre(axes, chart, (low, high))
        keys = _draw_rows(axes, chart)
        ticks = per_cent_ticks(low, high)
        axes.set_xticks(ticks, [number(tick) for tick in ticks])
        axes.set_yticks(range(len(rows)), [_short(row.name) for row in rows])
        axes.set_xlabel("prosent", loc="right", labelpad=1)
        return compact_svg(figure, alt_text, keys, "nb-kontorrader")


def _draw_centre(axes: Any, chart: OfficeRows, limits: tuple[float, float]) -> None:
    where = 100 * (chart.centre or 0.0)
    axes.axvline(where, color=BASE, linewidth=1.4)
    left = where > sum(limits) / 2
    axes.annotate(
        chart.centre_text, (where, 1), (0, 4), xycoords=("data", "axes fraction"), color=BASE,
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


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
