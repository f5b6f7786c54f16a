"""Strips and bars of the office page: one row of a table as a small SVG on an axis of per cents that all rows
share.

The numbers are in the row's cells, so a strip is hidden from screen readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from navbook.pages.charts.axis import Axis
from navbook.pages.charts.svg import diamonds, dots, label, polylines

WIDTH, BAR_WIDTH, HEIGHT, HEAD = 340, 200, 16, 14
_MIDDLE = HEIGHT / 2
_EDGE = 10  # room for half of the last label
TICKS = (0, 25, 50, 75, 100)
AXIS = Axis(0, 100, _EDGE, WIDTH - _EDGE)


@dataclass(frozen=True)
class Strip:
    """The values of one row in per cent; None is not drawn. `expected` is drawn as a diamond."""

    value: float
    lower: float | None = None
    upper: float | None = None
    before: float | None = None
    county: float | None = None
    country: float | None = None
    expected: float | None = None


def strip_svg(strip: Strip, axis: Axis = AXIS) -> str:
    """The row: interval, this year, the year before, and the levels of county and country."""
    lines = [*_grid(axis)]
    if strip.lower is not None and strip.upper is not None:
        ends = [(axis.inside(end), _MIDDLE) for end in (strip.lower, strip.upper)]
        lines.append(polylines("nb-s-intervall", ends))
    lines += [
        _tick("nb-s-landet", strip.country, axis, 7),
        _tick("nb-s-fylket", strip.county, axis, 4),
        _ring(strip.before, axis),
        dots("nb-s-na", [(axis.inside(strip.value), _MIDDLE)]),
    ]
    if strip.expected is not None:
        lines.append(diamonds("nb-s-forventet", [(axis.inside(strip.expected), _MIDDLE)], 4))
    return _svg((WIDTH, HEIGHT), lines)


def axis_svg(axis: Axis = AXIS, ticks: Sequence[int] = TICKS) -> str:
    """The numbers along the axis, for the head of the column of strips."""
    labels = [label((axis.at(tick), HEAD / 2), str(tick)) for tick in ticks]
    return _svg((WIDTH, HEAD), [], labels)


def bar_svg(share: float, country: float | None, high: float) -> str:
    """A bar of a share in per cent on an axis from 0 to `high`, with the country as a tick."""
    axis = Axis(0, high, 0, BAR_WIDTH - 1)
    lines = [
        polylines("nb-s-spor", [(axis.begin, _MIDDLE), (axis.end, _MIDDLE)]),
        polylines("nb-s-stolpe", [(axis.begin, _MIDDLE), (axis.inside(share), _MIDDLE)]),
        _tick("nb-s-landet", country, axis, 7),
    ]
    return _svg((BAR_WIDTH, HEIGHT), lines)


def _grid(axis: Axis) -> list[str]:
    return [polylines("nb-s-nett", [(axis.at(tick), 0), (axis.at(tick), HEIGHT)]) for tick in axis.ticks(5)]


def _tick(css: str, value: float | None, axis: Axis, half: float) -> str:
    if value is None:
        return ""
    x = axis.inside(value)
    return polylines(css, [(x, _MIDDLE - half), (x, _MIDDLE + half)])


def _ring(value: float | None, axis: Axis) -> str:
    if value is None:
        return ""
    return f'<circle class="nb-s-for" cx="{axis.inside(value):.1f}" cy="{_MIDDLE:g}" r="3.5"/>'


def _svg(size: tuple[int, int], lines: Sequence[str], labels: Sequence[str] = ()) -> str:
    texts = (
        f'<g font-size="11" text-anchor="middle" dominant-baseline="central">{"".join(labels)}</g>'
        if labels
        else ""
    )
    return (
        f'<svg aria-hidden="true" viewBox="0 0 {size[0]} {size[1]}" class="nb-stripe">'
        f'<g fill="none" stroke="currentColor">{"".join(lines)}</g>{texts}</svg>'
    )
