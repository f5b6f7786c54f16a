"""Distributions: one dot for each office along an axis of per cent, and the country as a line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from navbook.pages.charts.statistical.compact_svg import Keys, compact_svg
from navbook.pages.charts.statistical.style import (
    AXIS,
    BASE,
    GRID,
    OWN,
    SMALL,
    TEXT,
    book_style,
    canvas,
    position,
)
from navbook.pages.charts.statistical.text_width import shortened, text_width
from navbook.pages.charts.statistical.ticks import per_cent_ticks, smooth_limits
from navbook.pages.format import number, percent

WIDTH, LEFT, RIGHT = 380, 12, 368
# the diameter of a dot by the greatest number of offices: many dots are small
_DOTS = ((80, 6.0), (160, 5.0), (10_000, 4.0))
_TITLE, _CENTRE, _FOOT, _LEAST_HEIGHT = 16, 18, 38, 26
_BESIDE_LINE, _BESIDE_MARK = 2, 8


@dataclass(frozen=True)
class Spread:
    """The offices of one series: (unit, share 0–1) of each, the share of the top level, the series' keys, and
    what the top level is called. An empty title takes no room.
    """

    title: str
    offices: Sequence[tuple[str, float]]
    centre: float
    keys: Keys = field(default_factory=dict)
    centre_name: str = "landet"


def distribution_svg(
    spreads: Sequence[Spread],
    alt_text: str,
    marked: str = "",
    marked_name: str = "",
    limits: tuple[float, float] | None = None,
) -> str:
    """The distributions as SVG, one under the other on one axis.

    `limits` are those of the axis in per cent, for panels that share it. The office `marked` gets a larger
    dot and its name. Dots have their exact place along the axis; those that would overlap are stacked.
    Raises ValueError for no office.
    """
    shares = [100 * share for spread in spreads for _, share in spread.offices]
    if not shares:
        raise ValueError("a distribution has no office to draw: ask for one only where offices are shown")
    low, high = limits or spread_limits(spreads)
    scale = (RIGHT - LEFT) / (high - low)
    most = max(len(spread.offices) for spread in spreads)
    dot = next(size for count, size in _DOTS if most <= count)
    stacks = [_stacked([100 * share * scale for _, share in spread.offices], dot) for spread in spreads]
    heights = [max(_LEAST_HEIGHT, 10 + dot * max(stack)) for stack in stacks]
    heads = [_CENTRE + (_TITLE if spread.title else 0) for spread in spreads]
    whole = sum(heights) + sum(heads)
    keys: dict[str, Keys] = {}
    with book_style():
        figure, axes = canvas((WIDTH, whole + _FOOT), (LEFT, 0, RIGHT, whole))
        axes.set(xlim=(low, high), ylim=(whole, 0), yticks=[])
        axes.grid(visible=False)
        bottom = 0.0
        for place, (spread, stack, height) in enumerate(zip(spreads, stacks, heights, strict=True)):
            bottom += heads[place] + height
            keys |= _draw(axes, f"fordeling{place}", spread, stack, dot, bottom, height)
            if marked:
                _mark(axes, spread, stack, dot, bottom, marked, marked_name)
        axes.spines[["left", "bottom"]].set_visible(False)
        ticks = per_cent_ticks(low, high)
        axes.set_xticks(ticks, [number(tick) for tick in ticks])
        axes.set_xlabel("prosent", loc="right", labelpad=1)
        return compact_svg(figure, alt_text, keys, "nb-fordeling")


def spread_limits(spreads: Sequence[Spread]) -> tuple[float, float]:
    """The smooth limits, in per cent, of an axis that holds all offices and centres."""
    shares = [100 * share for spread in spreads for _, share in spread.offices]
    return smooth_limits([*shares, *(100 * spread.centre for spread in spreads)])


def _draw(
    axes: Any, name: str, spread: Spread, stack: Sequence[int], dot: float, bottom: float, height: float
) -> dict[str, Keys]:
    """Draw one distribution above `bottom`; returns the keys of its dots."""
    import seaborn

    axes.axhline(bottom, color=GRID, linewidth=1)
    centre = 100 * spread.centre
    axes.plot([centre, centre], [bottom + 3, bottom - height], color=BASE, linewidth=1.6)
    low, _ = axes.get_xlim()
    if spread.title:
        axes.text(low, bottom - height - 20, spread.title, color=TEXT, fontweight="bold")
    x, _ = position(axes, (centre, bottom))
    left, share = x > WIDTH / 2, percent(spread.centre)
    room = max(x, WIDTH - x) - _BESIDE_LINE - text_width(f" {share}", SMALL)
    axes.annotate(
        f"{shortened(spread.centre_name, SMALL, room)} {share}", (centre, bottom - height - 4),
        (-_BESIDE_LINE if left else _BESIDE_LINE, 0), textcoords="offset points", color=BASE,
        ha="right" if left else "left", fontsize=SMALL,
    )  # fmt: skip
    seaborn.scatterplot(
        x=[100 * share for _, share in spread.offices],
        y=[bottom - 4 - dot * level for level in stack],
        s=dot**2, color=AXIS, linewidth=0, ax=axes, legend=False, gid=name, clip_on=False,
    )  # fmt: skip
    axes.set(xlabel="", ylabel="")
    return {name: {**spread.keys, "enheter": " ".join(unit for unit, _ in spread.offices)}}


def _mark(
    axes: Any, spread: Spread, stack: Sequence[int], dot: float, bottom: float, marked: str, name: str
) -> None:
    for (unit, share), level in zip(spread.offices, stack, strict=True):
        if unit == marked:
            where = 100 * share, bottom - 4 - dot * level
            axes.plot([where[0]], [where[1]], "o", color=OWN, markersize=9, markeredgewidth=0, clip_on=False)
            x, _ = position(axes, where)
            left = x > WIDTH / 2
            text = shortened(name, SMALL, max(x, WIDTH - x) - _BESIDE_MARK, bold=True)
            axes.annotate(
                text, where, (-_BESIDE_MARK if left else _BESIDE_MARK, 2), textcoords="offset points",
                color=OWN, fontweight="bold", fontsize=SMALL, ha="right" if left else "left",
            )  # fmt: skip


def _stacked(places: Sequence[float], dot: float) -> list[int]:
    """The level of each dot: the lowest one where it touches no dot that stands there already."""
    levels: list[int] = [0] * len(places)
    taken: list[list[float]] = []
    for k in sorted(range(len(places)), key=lambda k: (places[k], k)):
        level = next((n for n, row in enumerate(taken) if places[k] - row[-1] >= dot), len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append(places[k])
        levels[k] = level
    return levels
