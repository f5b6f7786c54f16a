"""Funnel plots: the share of each office by how many it is computed from, between control limits.

The horizontal axis is a square root scale, so that the many small offices do not crowd.
"""

import math
from collections.abc import Sequence
from typing import Any

from navbook.pages.charts.funnel_svg import SIZES, FunnelPoint, LimitLine
from navbook.pages.charts.statistical.compact_svg import SQUARES, Keys, compact_svg
from navbook.pages.charts.statistical.label_places import Label, apart
from navbook.pages.charts.statistical.style import (
    AXIS,
    BASE,
    MUTED,
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

SIZE = WIDTH, HEIGHT = 380, 250
LEFT, TOP, BOTTOM = 30, 18, 210
MOST_SIZES, MOST_NAMED, _NAME_HEIGHT = 5, 4, 12
_BESIDE, _MOST_ROOM = 3, 110  # of the name of the top level, to the right of the plot
_BESIDE_MARK = 6
# the limits that are drawn, by the class of the line: their dashes and their name
_LIMITS: dict[str, tuple[Any, str]] = {"95": ("-", "95 av 100"), "998": ((0, (4, 3)), "99,8 av 100")}
Limits = tuple[float, float]


def statistical_funnel(
    points: Sequence[FunnelPoint],
    target: float,
    lines: Sequence[LimitLine],
    alt_text: str,
    keys: Keys,
    own: Sequence[str] = (),
    names: dict[str, str] | None = None,
    top: str = "landet",
) -> str:
    """The funnel as SVG: all offices in grey, those in `own` in blue, outliers as squares.

    Outliers in `names` are named, if they are few; `top` is what the level of the target is called. Raises
    ValueError for no office.
    """
    if not points:
        raise ValueError("a funnel has no office to draw: ask for one only where offices are shown")
    drawn = [line for line in lines if line.css in _LIMITS and line.points]
    with book_style():
        label = f"{shortened(top, SMALL - 1, _MOST_ROOM)}\n{percent(target)}"
        room = max(text_width(line, SMALL - 1) for line in label.splitlines())
        right = math.floor(WIDTH - 2 * _BESIDE - room)
        figure, axes = canvas(SIZE, (LEFT, TOP, right, BOTTOM))
        sizes = 0.9 * min(point.n for point in points), 1.1 * max(point.n for point in points)
        inside = [value for line in drawn for n, value in line.points if sizes[0] <= n <= sizes[1]]
        shares = [100 * value for value in [*inside, *(point.share for point in points)]]
        low, high = smooth_limits(shares)
        axes.set(xlim=(math.sqrt(sizes[0]), math.sqrt(sizes[1])), ylim=(low, high))
        written = _draw_lines(axes, drawn, target, sizes, label)
        groups = _draw_points(axes, points, set(own))
        _name(axes, [p for p in points if p.side and names and p.enhet in names], names or {}, written)
        _label(axes, sizes, (low, high))
        marked = {gid: {**keys, "enheter": " ".join(p.enhet for p in group)} for gid, group in groups.items()}
        return compact_svg(figure, alt_text, marked, "nb-traktplott")


def _draw_lines(
    axes: Any, lines: Sequence[LimitLine], target: float, sizes: Limits, label: str
) -> list[Label]:
    """Draw the target and the limits; returns where the names of limits stand."""
    axes.axhline(100 * target, color=BASE, linewidth=1.4)
    axes.annotate(
        label, (1, 100 * target), (_BESIDE, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", color=BASE, fontsize=SMALL - 1, va="center",
    )  # fmt: skip
    written = []
    for line in lines:
        dashes, name = _LIMITS[line.css]
        known = [(n, value) for n, value in line.points if sizes[0] <= n <= sizes[1]]
        if not known:
            continue
        axes.plot(
            [math.sqrt(n) for n, _ in known], [100 * value for _, value in known], color=TEXT,
            linewidth=1, linestyle=dashes,
        )  # fmt: skip
        last = known[-1]
        if last[1] > target and line.css == "998":
            axes.annotate(
                name, (math.sqrt(last[0]), 100 * last[1]), (0, 3), textcoords="offset points",
                color=TEXT, fontsize=SMALL - 1, ha="right", va="bottom",
            )  # fmt: skip
            x, y = position(axes, (math.sqrt(last[0]), 100 * last[1]))
            written.append(Label(x - text_width(name, SMALL - 1), x, y + 3 + _NAME_HEIGHT / 2))
    return written


def _draw_points(axes: Any, points: Sequence[FunnelPoint], own: set[str]) -> dict[str, list[FunnelPoint]]:
    """Draw the offices; returns those of each artist, by its gid."""
    import seaborn

    groups = {
        f"andre{SQUARES if square else ''}": [
            p for p in points if p.enhet not in own and bool(p.side) == square
        ]
        for square in (False, True)
    }
    groups |= {
        f"egne{SQUARES if square else ''}": [p for p in points if p.enhet in own and bool(p.side) == square]
        for square in (False, True)
    }
    for gid, group in groups.items():
        if group:
            seaborn.scatterplot(
                x=[math.sqrt(p.n) for p in group], y=[100 * p.share for p in group], ax=axes, gid=gid,
                color=OWN if gid.startswith("egne") else AXIS, s=(7 if gid.endswith(SQUARES) else 5) ** 2,
                linewidth=0, legend=False, zorder=3,
            )  # fmt: skip
    axes.set(xlabel="", ylabel="")
    return {gid: group for gid, group in groups.items() if group}


def _name(axes: Any, outside: Sequence[FunnelPoint], names: dict[str, str], taken: Sequence[Label]) -> None:
    """Write the names of the offices, on the side of the middle, where no other label stands."""
    if len(outside) > MOST_NAMED:
        return
    ends = [position(axes, (limit, 0))[0] for limit in axes.get_xlim()]
    marks = [position(axes, (math.sqrt(point.n), 100 * point.share)) for point in outside]
    texts, labels, sides = [], [], []
    for point, (x, y) in zip(outside, marks, strict=True):
        side = -1 if x > sum(ends) / 2 else 1
        room = x - ends[0] if side < 0 else ends[1] - x
        text = shortened(names[point.enhet], SMALL - 1, room - _BESIDE_MARK)
        near, far = x + side * _BESIDE_MARK, x + side * (_BESIDE_MARK + text_width(text, SMALL - 1))
        texts.append(text)
        sides.append(side)
        labels.append(Label(min(near, far), max(near, far), y))
    heights = apart(labels, taken, _NAME_HEIGHT, (HEIGHT - BOTTOM, HEIGHT - TOP))
    for text, side, (x, y), height in zip(texts, sides, marks, heights, strict=True):
        axes.annotate(
            text, (x / WIDTH, y / HEIGHT), (side * _BESIDE_MARK, height - y), xycoords="figure fraction",
            textcoords="offset points", color=OWN, fontsize=SMALL - 1, ha="right" if side < 0 else "left",
            va="center",
        )  # fmt: skip


def _label(axes: Any, sizes: Limits, shares: Limits) -> None:
    ticks = per_cent_ticks(*shares, most=5)
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    inside = [size for size in SIZES if sizes[0] <= size <= sizes[1]]
    while len(inside) > MOST_SIZES:
        inside = inside[::-2][::-1]
    axes.set_xticks([math.sqrt(size) for size in inside], [number(size) for size in inside])
    axes.set_xlabel("personer bak andelen", loc="right", labelpad=1)
    axes.text(
        0.01, 1.03, "prosent", transform=axes.transAxes, color=MUTED,
        fontsize=SMALL,
    )  # fmt: skip
