"""Paths of matplotlib's SVG as points, and points as short paths."""

import re

from navbook.pages.charts.svg import Position

_TOKEN = re.compile(r"([MLCQZz])|(-?\d+\.?\d*(?:e-?\d+)?)")
_ARGUMENTS = {"M": 2, "L": 2, "C": 6, "Q": 4}


def outline(d: str) -> str:
    """The path with relative steps, in tenths of a unit; empty if it has no stroke."""
    made = []
    for points, closed in _subpaths(d):
        tenths = [(round(10 * x), round(10 * y)) for x, y in points]
        at = tenths[0]
        corners = tenths[1:-1] if closed and tenths[-1] == tenths[0] else tenths[1:]
        if not corners:
            continue
        made.append(f"M{plain(at[0])} {plain(at[1])}")
        for point in corners:
            made.append(_step(point[0] - at[0], point[1] - at[1]))
            at = point
        made.append("z" if closed else "")
    return "".join(made)


def diameter(d: str) -> float:
    """The width of a form."""
    xs = [x for points, _ in _subpaths(d) for x, _ in points]
    return round(max(xs) - min(xs), 1)


def plain(tenths: int) -> str:
    """A number of tenths, as short as it can be written."""
    units, tenth = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{units or ''}.{tenth}" if tenth else f"{sign}{units}"


def _step(across: int, down: int) -> str:
    if not down:
        return f"h{plain(across)}"
    return f"v{plain(down)}" if not across else f"l{plain(across)} {plain(down)}".replace(" -", "-")


def _subpaths(d: str) -> list[tuple[list[Position], bool]]:
    """The points of each subpath, without control points of curves, and whether it is closed."""
    found: list[tuple[list[Position], bool]] = []
    command, numbers = "M", list[float]()
    for letter, number in _TOKEN.findall(d):
        if letter in ("z", "Z"):
            found[-1] = found[-1][0], True
        if letter:
            command, numbers = letter, []
            continue
        numbers.append(float(number))
        if len(numbers) == _ARGUMENTS.get(command, 2):
            if command == "M" or not found:
                found.append(([], False))
            found[-1][0].append((numbers[-2], numbers[-1]))
            numbers = []
    return found
