"""Observed against expected shares: a dot for each office, or the tenths of a model's people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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
from navbook.pages.format import number

WIDTH, LEFT, TOP, FOOT = 380, 32, 18, 32
_NAME_HEIGHT, _BESIDE, _MOST_ROOM = 13, 4, 110  # of the names to the right of the square
_BESIDE_MARK = 6
_EQUAL = "som ventet"
Pair = tuple[float, float]


@dataclass(frozen=True)
class ExpectedOffice:
    """An office: expected and observed share (0–1), and whether it stands out."""

    enhet: str
    expected: float
    observed: float
    stands_out: bool = False


@dataclass(frozen=True)
class Calibration:
    """The tenths of one period: (expected, observed) shares 0–1, and the name of the period."""

    name: str
    tenths: Sequence[Pair]
    keys: Keys = field(default_factory=dict)


def observed_expected_svg(
    offices: Sequence[ExpectedOffice],
    country: Pair,
    alt_text: str,
    keys: Keys,
    own: Sequence[str] = (),
    top: str = "landet",
) -> str:
    """The offices as SVG, with the line of equality and the country's distance to it.

    `top` is what the level of the country is called. Offices in `own` are blue, those that stand out are
    squares. Raises ValueError for no office.
    """
    if not offices:
        raise ValueError("there is no office with an expected share: ask for the chart only where there is")
    pairs = [(office.expected, office.observed) for office in offices]
    with book_style():
        top = shortened(top, SMALL, _MOST_ROOM)
        figure, axes, high, side = _square([*pairs, country], [_EQUAL, top])
        shift = 100 * (country[1] - country[0])
        low = axes.get_xlim()[0]
        first, last = max(low, low - shift), min(high, high - shift)
        axes.plot([first, last], [first + shift, last + shift], color=BASE, linewidth=1.4)
        near = abs(shift) * side / (high - low) < _NAME_HEIGHT
        _at_right(axes, last + shift, top, BASE, -_NAME_HEIGHT if near or shift > 0 else 0)
        marked = _draw_offices(axes, offices, set(own), keys)
        return compact_svg(figure, alt_text, marked, "nb-forventet")


def calibration_svg(periods: Sequence[Calibration], alt_text: str) -> str:
    """The tenths as SVG: dots for the first period, squares for the second, each named at its last tenth.

    Raises ValueError for no tenth.
    """
    pairs = [pair for period in periods for pair in period.tenths]
    if not pairs:
        raise ValueError("a calibration plot has no tenth: ask for one only where the model is shown")
    import seaborn

    with book_style():
        figure, axes, high, side = _square(pairs, [_EQUAL, *(period.name for period in periods)])
        keys: dict[str, Keys] = {}
        for place, period in enumerate(periods):
            gid = f"tideler{place}{SQUARES if place else ''}"
            colour = BASE if place else OWN
            xs, ys = [[100 * pair[axis] for pair in period.tenths] for axis in (0, 1)]
            axes.plot(xs, ys, color=colour, linewidth=1.4)
            seaborn.scatterplot(
                x=xs, y=ys, ax=axes, color=colour, s=6**2, linewidth=0, legend=False, gid=gid, zorder=3
            )
            keys[gid] = period.keys
        _name_periods(axes, periods, Label(LEFT + side, WIDTH, position(axes, (high, high))[1]))
        axes.set(xlabel="", ylabel="")
        _name_axes(axes)
        return compact_svg(figure, alt_text, {gid: k for gid, k in keys.items() if k}, "nb-forventet")


def _name_periods(axes: Any, periods: Sequence[Calibration], equal: Label) -> None:
    """Write the name of each period beside its last tenth, clear of each other and of the name `equal`."""
    ends = [position(axes, (100 * x, 100 * y)) for x, y in (period.tenths[-1] for period in periods)]
    labels = [
        Label(x + _BESIDE_MARK, x + _BESIDE_MARK + text_width(period.name, SMALL), y)
        for period, (x, y) in zip(periods, ends, strict=True)
    ]
    heights = apart(labels, [equal], _NAME_HEIGHT, (FOOT, equal.middle))
    for place, (period, (_, y), height) in enumerate(zip(periods, ends, heights, strict=True)):
        axes.annotate(
            period.name, [100 * share for share in period.tenths[-1]], (_BESIDE_MARK, height - y),
            textcoords="offset points", va="center", color=BASE if place else OWN, fontsize=SMALL,
            annotation_clip=False,
        )  # fmt: skip


def _square(pairs: Sequence[Pair], names: Sequence[str]) -> tuple[Any, Any, float, float]:
    """A square with one scale on both axes and the line of equality; `names` have room to its right.

    Returns the figure, its axes, the upper end of the scale (per cent), and the side of the square (units).
    """
    low, high = smooth_limits(100 * value for pair in pairs for value in pair)
    side = math.floor(WIDTH - LEFT - 2 * _BESIDE - max(text_width(name, SMALL) for name in names))
    figure, axes = canvas((WIDTH, TOP + side + FOOT), (LEFT, TOP, LEFT + side, TOP + side))
    axes.set(xlim=(low, high), ylim=(low, high))
    ticks = per_cent_ticks(low, high, most=5)
    names = [number(tick) for tick in ticks]
    axes.set_xticks(ticks, names)
    axes.set_yticks(ticks, names)
    axes.plot([low, high], [low, high], color=TEXT, linewidth=1, linestyle=(0, (4, 3)))
    _at_right(axes, high, _EQUAL, TEXT, 0)
    return figure, axes, high, side


def _name_axes(axes: Any) -> None:
    axes.set_xlabel("forventet, prosent", loc="right", labelpad=1)
    axes.text(0.01, 1.02, "observert, prosent", transform=axes.transAxes, color=MUTED, fontsize=SMALL)


def _at_right(axes: Any, height: float, name: str, colour: str, down: float) -> None:
    axes.annotate(
        name, (1, height), (_BESIDE, down), xycoords=("axes fraction", "data"), textcoords="offset points",
        color=colour, fontsize=SMALL, va="center", annotation_clip=False,
    )  # fmt: skip


def _draw_offices(axes: Any, offices: Sequence[ExpectedOffice], own: set[str], keys: Keys) -> dict[str, Keys]:
    import seaborn

    marked: dict[str, Keys] = {}
    for ours in (False, True):
        for outside in (False, True):
            group = [o for o in offices if (o.enhet in own) == ours and o.stands_out == outside]
            if not group:
                continue
            gid = f"{'egne' if ours else 'andre'}{SQUARES if outside else ''}"
            seaborn.scatterplot(
                x=[100 * o.expected for o in group], y=[100 * o.observed for o in group], ax=axes, gid=gid,
                color=OWN if ours else AXIS, s=(7 if outside else 5) ** 2, linewidth=0, legend=False,
                zorder=3,
            )  # fmt: skip
            marked[gid] = {**keys, "enheter": " ".join(o.enhet for o in group)}
    axes.set(xlabel="", ylabel="")
    _name_axes(axes)
    return marked
