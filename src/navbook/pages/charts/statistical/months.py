"""Small multiples over time: one panel for each unit or series, all on the same axes.

The frame, the events and the line that every panel is compared with are drawn once; a panel adds its own
lines. So one drawing by seaborn makes all panels of a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from navbook.pages.charts.run_chart_svg import MonthValues
from navbook.pages.charts.statistical.compact_svg import Keys, compact_panels
from navbook.pages.charts.statistical.style import (
    AXIS,
    BASE,
    GRID,
    MUTED,
    OWN,
    SMALL,
    book_style,
    canvas,
)
from navbook.pages.charts.statistical.text_width import shortened, text_width
from navbook.pages.charts.statistical.ticks import per_cent_ticks, smooth_limits
from navbook.pages.format import number

WIDTH, LEFT, RIGHT, PLOT, FOOT = 380, 26, 336, 128, 20
_EVENT_LINE, _TOP = 13, 12
_LEAST_GAP, MOST_WORDS = 1, 2


@dataclass(frozen=True)
class Level:
    """The share (0–1) of a whole period, from its first to its last month, as it is printed.

    `periode` is the name of the period in the edition; `own` tells the period shown from its base.
    """

    first: int
    last: int
    share: float
    text: str
    periode: str
    own: bool


@dataclass(frozen=True)
class MonthPanel:
    """The months of one series in one unit: unbroken `runs` of (position, per cent), and judged years."""

    alt_text: str
    runs: Sequence[MonthValues]
    levels: Sequence[Level] = ()
    keys: Keys = field(default_factory=dict)
    gaps: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class Months:
    """What all panels of a figure share: how many months, labels of some, events by position, and the line
    that they are compared with.
    """

    count: int
    named: dict[int, str]
    events: Sequence[tuple[int, str]] = ()
    compared: Sequence[MonthValues] = ()
    compared_keys: Keys = field(default_factory=dict)


def month_panels(months: Months, panels: Sequence[MonthPanel]) -> list[str]:
    """One SVG for each panel, all on the same axes. Raises ValueError if no panel has a month."""
    values = [value for panel in panels for run in panel.runs for _, value in run]
    if not values:
        raise ValueError("a figure has no month to draw: ask for one only where months are shown")
    top = _TOP + (_EVENT_LINE * len(months.events) if months.events else 0)
    with book_style():
        figure, axes = canvas((WIDTH, top + PLOT + FOOT), (LEFT, top, RIGHT, top + PLOT))
        compared = [value for run in months.compared for _, value in run]
        levels = [100 * level.share for panel in panels for level in panel.levels]
        low, high = smooth_limits([*values, *compared, *levels])
        axes.set(xlim=(-0.5, months.count - 0.5), ylim=(low, high))
        _label(axes, months, (low, high))
        _draw_events(axes, months)
        keys: dict[str, Keys] = {"landet": months.compared_keys} if months.compared else {}
        for k, run in enumerate(months.compared):
            axes.plot(*zip(*run, strict=True), color=GRID, linewidth=2.4, gid="landet" if not k else None)
        _draw_runs(axes, panels)
        for place, panel in enumerate(panels):
            keys[f"rute{place}"] = panel.keys
            keys |= _draw_levels(axes, f"rute{place}", panel)
            _draw_gaps(axes, f"rute{place}", panel, (low, high))
        names = {f"rute{place}": panel.alt_text for place, panel in enumerate(panels)}
        return compact_panels(figure, names, keys, "nb-maneder")


def _draw_runs(axes: Any, panels: Sequence[MonthPanel]) -> None:
    """The lines of every panel by one call of seaborn, which draws the runs in the order of their numbers."""
    import pandas as pd
    import seaborn

    runs = [(f"rute{place}", run) for place, panel in enumerate(panels) for run in panel.runs]
    before = len(axes.lines)
    rows = [(k, month, value) for k, (_, run) in enumerate(runs) for month, value in run]
    seaborn.lineplot(
        pd.DataFrame(rows, columns=["run", "m", "verdi"]), x="m", y="verdi", units="run", estimator=None,
        errorbar=None, color=AXIS, linewidth=1.4, ax=axes, legend=False,
    )  # fmt: skip
    axes.set(xlabel="", ylabel="")
    for line, (name, run) in zip(axes.lines[before:], runs, strict=True):
        line.set_gid(name)
        if len(run) == 1:  # a month between two gaps has no line, so it needs a dot
            line.set(marker="o", markersize=3, markeredgewidth=0)


def _draw_levels(axes: Any, name: str, panel: MonthPanel) -> dict[str, Keys]:
    """Draw the judged years; returns their keys by the gid of their artists."""
    of = {level.own: level for level in panel.levels}
    apart = _apart(axes, of.get(True), of.get(False))
    keys: dict[str, Keys] = {}
    for level in panel.levels:
        colour, height = OWN if level.own else BASE, 100 * level.share
        gid = f"{name}:{level.periode}"
        keys[gid] = {**panel.keys, "periode": level.periode}
        axes.plot([level.first - 0.5, level.last + 0.5], [height] * 2, color=colour, linewidth=2.6, gid=gid)
        axes.annotate(
            level.text, (1, height), (4, apart if level.own else -apart), va="center", gid=gid, color=colour,
            xycoords=("axes fraction", "data"), textcoords="offset points", annotation_clip=False,
            fontsize=SMALL - 1, fontweight="bold",
        )  # fmt: skip
    return keys


def _apart(axes: Any, own: Level | None, base: Level | None) -> float:
    """How far the labels of two levels are moved away from each other, so that they do not overlap."""
    if not own or not base:
        return 0.0
    low, high = axes.get_ylim()
    distance = 100 * (own.share - base.share) * PLOT / (high - low)
    missing = max(0.0, 12 - abs(distance)) / 2
    return missing if distance >= 0 else -missing


def _draw_gaps(axes: Any, name: str, panel: MonthPanel, limits: tuple[float, float]) -> None:
    """The word at the longest gaps, upright along the gap."""
    longest = sorted(panel.gaps, key=lambda gap: (gap[0] - gap[1], gap[0]))[:MOST_WORDS]
    for first, last in longest:
        axes.text(
            (first + last) / 2, limits[0] + 0.03 * (limits[1] - limits[0]), "vises ikke", rotation=90,
            ha="center", va="bottom", color=MUTED, fontsize=SMALL - 2, gid=name,
        )  # fmt: skip


def _draw_events(axes: Any, months: Months) -> None:
    for place, (month, name) in enumerate(months.events):
        axes.axvline(month, color=MUTED, linewidth=1, linestyle=(0, (1, 2.5)))
        x = LEFT + (RIGHT - LEFT) * (month + 0.5) / months.count
        right = x + 3 + text_width(name, SMALL - 1) > WIDTH and x > WIDTH / 2
        text = shortened(name, SMALL - 1, (x if right else WIDTH - x) - 3)
        height = _EVENT_LINE * (len(months.events) - place) - 9
        axes.annotate(
            text, (month, 1), (-3 if right else 3, height), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="right" if right else "left", va="bottom", color=MUTED,
            fontsize=SMALL - 1, annotation_clip=False,
        )  # fmt: skip


def _label(axes: Any, months: Months, limits: tuple[float, float]) -> None:
    ticks = per_cent_ticks(*limits, most=4)
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.set_xticks(list(months.named), list(months.named.values()))
    axes.grid(visible=False, axis="x")


def gaps_between(runs: Sequence[MonthValues]) -> list[tuple[int, int]]:
    """The first and last position of each gap between runs."""
    return [
        (before[-1][0] + 1, after[0][0] - 1)
        for before, after in pairwise(runs)
        if after[0][0] - before[-1][0] > _LEAST_GAP
    ]
