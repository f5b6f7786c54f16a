"""One funnel plot as inline SVG: hundreds of points are one path.

The horizontal axis is the number of persons on a square root scale, so that the many small offices do not
crowd. Text and lines take the colour of the page.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from navbook.pages.format import escape, number

LINE, OWN, BASE = "#8a8f98", "#2176d4", "#b0691e"  # of medium lightness, for light and dark pages
# coordinates are rounded to whole units, which are half a pixel
WIDTH, HEIGHT = 720, 372
# to the right of the plot there is room for half of the last number of persons
LEFT, TOP, RIGHT, BOTTOM = 64, 12, 676, 326
# possible tick values
SIZES = (10, 20, 30, 50, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 10000, 20000, 30000, 50000, 100000)
PER_CENTS = (1, 2, 5, 10, 20)
MOST_SIZES, MOST_PER_CENTS = 5, 5


@dataclass(frozen=True)
class FunnelPoint:
    """An office in a funnel plot: persons, share (0–1), its control limits, and the side (−1, 1) on which it
    is an outlier (0: none).
    """

    enhet: str
    n: float
    share: float
    lower: float
    upper: float
    side: int


@dataclass(frozen=True)
class LimitLine:
    """A limit as points of (persons, share), and the class it is drawn with."""

    points: Sequence[tuple[float, float]]
    css: str


@dataclass(frozen=True)
class FunnelScale:
    """Maps persons and shares to coordinates of the chart."""

    sizes: tuple[float, float]
    shares: tuple[float, float]

    def x(self, n: float) -> float:
        low, high = (math.sqrt(size) for size in self.sizes)
        return LEFT + (RIGHT - LEFT) * (math.sqrt(n) - low) / max(high - low, 1e-9)

    def y(self, share: float) -> float:
        low, high = self.shares
        return BOTTOM - (BOTTOM - TOP) * (share - low) / max(high - low, 1e-9)

    def at(self, n: float, share: float) -> str:
        return f"{self.x(n):.0f} {self.y(share):.0f}"


def scale_of(points: Sequence[FunnelPoint], least: float = 0.0) -> FunnelScale:
    """A scale that holds every point and its limits, with a margin.

    `least` is the lowest possible value: 0 for a share, −1 for a difference of shares.
    """
    shares = [value for point in points for value in (point.share, point.lower, point.upper)]
    low, high = max(least, min(shares) - 0.03), min(1.0, max(shares) + 0.03)
    sizes = [point.n for point in points]
    return FunnelScale((0.9 * min(sizes), 1.1 * max(sizes)), (low, high))


def funnel_svg(
    points: Sequence[FunnelPoint],
    own: Sequence[str],
    target: float,
    lines: Sequence[LimitLine],
    alt_text: str,
    least: float = 0.0,
) -> str:
    """The funnel plot as SVG. The offices `own` and the outliers are marked; points with the same mark are
    one path.
    """
    scale = scale_of(points, least)
    marked = [point for point in points if point.enhet in own]
    others = [point for point in points if point.enhet not in own]
    parts = [
        _axes(scale),
        f'<svg x="{LEFT}" y="{TOP}" width="{RIGHT - LEFT}" height="{BOTTOM - TOP}" '
        f'viewBox="{LEFT} {TOP} {RIGHT - LEFT} {BOTTOM - TOP}">',
        f'<path d="M{scale.at(scale.sizes[0], target)}H{RIGHT}" class="nb-t-mal"/>',
        *(_line(line, scale) for line in lines if line.points),
        _dots([point for point in others if not point.side], scale, LINE, 8),
        _squares([point for point in others if point.side], scale),
        _dots([point for point in marked if not point.side], scale, OWN, 15),
        _squares([point for point in marked if point.side], scale, OWN, 15),
        "</svg>",
    ]
    opening = (
        f'<svg role="img" aria-label="{escape(alt_text)}" viewBox="0 0 {WIDTH} {HEIGHT}" class="nb-trakt">'
    )
    return opening + "".join(part for part in parts if part) + "</svg>\n"


def _line(line: LimitLine, scale: FunnelScale) -> str:
    path = "L".join(scale.at(n, share) for n, share in line.points)
    return f'<path d="M{path}" class="nb-t-{line.css}"/>'


def _dots(points: Sequence[FunnelPoint], scale: FunnelScale, colour: str, size: int) -> str:
    if not points:
        return ""
    path = "".join(f"M{scale.at(point.n, point.share)}h0" for point in points)
    return f'<path d="{path}" stroke="{colour}" stroke-width="{size}" stroke-linecap="round"/>'


def _squares(points: Sequence[FunnelPoint], scale: FunnelScale, colour: str = BASE, size: int = 10) -> str:
    if not points:
        return ""
    half = size // 2
    path = "".join(
        f"M{scale.x(point.n) - half:.0f} {scale.y(point.share) - half:.0f}h{size}v{size}h-{size}z"
        for point in points
    )
    return f'<path d="{path}" fill="{colour}"/>'


def _axes(scale: FunnelScale) -> str:
    parts = [f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" class="nb-t-akse"/>']
    for share in _share_ticks(scale):
        at = f"{scale.y(share / 100) + 8:.0f}"
        parts.append(f'<text x="{LEFT - 10}" y="{at}" text-anchor="end">{number(share)}</text>')
    for size in _size_ticks(scale):
        at = f"{scale.x(size):.0f}"
        parts.append(f'<path d="M{at} {BOTTOM}v7" class="nb-t-akse"/>')
        parts.append(f'<text x="{at}" y="{BOTTOM + 32}" text-anchor="middle">{number(size)}</text>')
    return "".join(parts)


def _share_ticks(scale: FunnelScale) -> list[int]:
    low, high = (100 * share for share in scale.shares)
    step = next((step for step in PER_CENTS if (high - low) / step <= MOST_PER_CENTS), PER_CENTS[-1])
    return [tick for tick in range(-100, 101, step) if low <= tick <= high]


def _size_ticks(scale: FunnelScale) -> list[int]:
    low, high = scale.sizes
    inside = [size for size in SIZES if low <= size <= high]
    while len(inside) > MOST_SIZES:
        inside = inside[::-2][::-1]
    return inside
