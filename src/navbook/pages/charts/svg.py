"""Elements that the line charts share, written directly as SVG.

An element has no ids, styles or fonts of its own: its classes take their look from the book's style sheet, in
light and dark. Without the sheet (in a notebook) lines take the colour of the text. Coordinates have one
decimal; the audit reads a chart to half of its last digit.
"""

from collections.abc import Iterable, Sequence

from navbook.pages.format import escape

Position = tuple[float, float]


def svg_element(
    size: tuple[int, int], alt_text: str, css: str, lines: Iterable[str], labels: Iterable[str]
) -> str:
    """An `<svg>` element of lines and then labels, with a plain `alt_text`."""
    width, height = size
    return (
        f'<svg role="img" aria-label="{escape(alt_text)}" viewBox="0 0 {width} {height}" class="{css}">'
        f'<g fill="none" stroke="currentColor">{"".join(lines)}</g>\n'
        f'<g text-anchor="middle" dominant-baseline="central" font-size="12">{"".join(labels)}</g></svg>\n'
    )


def polylines(css: str, *lines: Sequence[Position]) -> str:
    """One path of several lines, each through its points; lines of fewer than two points are left out."""
    d = "".join(_line(points) for points in lines if len(points) > 1)
    return f'<path class="{css}" d="{d}"/>' if d else ""


def dots(css: str, points: Iterable[Position]) -> str:
    """One path of zero-length strokes, which the style sheet gives a width and round or square ends."""
    d = "".join(f"M{_pair(_tenths(point))}h0" for point in points)
    return f'<path class="{css}" d="{d}"/>' if d else ""


def circles(css: str, points: Iterable[Position], radius: int) -> str:
    """Circles around points, in a group of their own."""
    circles = "".join(
        f'<circle cx="{_plain(x)}" cy="{_plain(y)}" r="{radius}"/>' for x, y in map(_tenths, points)
    )
    return f'<g class="{css}">{circles}</g>' if circles else ""


def diamonds(css: str, points: Iterable[Position], radius: int) -> str:
    """Diamonds around points, as one path."""
    r = radius
    d = "".join(f"M{_pair((x, y - 10 * r))}l{r} {r}-{r} {r}-{r}-{r}z" for x, y in map(_tenths, points))
    return f'<path class="{css}" d="{d}"/>' if d else ""


def label(where: Position, content: str, anchor: str = "middle") -> str:
    """A text centred vertically on `where`; `anchor` is its horizontal alignment.

    A line break ends it, so that a search index does not read two labels as one.
    """
    x, y = _tenths(where)
    towards = "" if anchor == "middle" else f' text-anchor="{anchor}"'
    return f'<text x="{_plain(x)}" y="{_plain(y)}"{towards}>{escape(content)}</text>\n'


def _line(points: Sequence[Position]) -> str:
    """The first point, then the relative step to each next point."""
    first, *rest = map(_tenths, points)
    steps, at = [], first
    for point in rest:
        steps.append(_pair((point[0] - at[0], point[1] - at[1])))
        at = point
    return f"M{_pair(first)}l{' '.join(steps).replace(' -', '-')}"


def _tenths(where: Position) -> tuple[int, int]:
    return round(10 * where[0]), round(10 * where[1])


def _pair(tenths: tuple[int, int]) -> str:
    return f"{_plain(tenths[0])} {_plain(tenths[1])}".replace(" -", "-")


def _plain(tenths: int) -> str:
    units, tenth = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{units or ''}.{tenth}" if tenth else f"{sign}{units}"
