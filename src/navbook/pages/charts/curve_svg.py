"""A cumulative curve as inline SVG: steps at the ends of weeks, with a band for the interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from navbook.pages.charts.funnel_svg import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH
from navbook.pages.format import escape, number, percent

WEEK, LAST_DAY = 7, 56
WEEKS, PER_CENTS = (0, 2, 4, 6, 8), (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class CurvePoint:
    """The share (0–1) that is active by the end of a day, with its interval where there is one."""

    day: int
    share: float
    lower: float | None
    upper: float | None


def curve_svg(title: str, points: Sequence[CurvePoint]) -> str:
    """The curve as inline SVG: steps at the ends of the published weeks, the interval as a band."""
    line = "".join(f"H{_x(point.day)}V{_y(point.share)}" for point in points)
    known = [point for point in points if point.lower is not None and point.upper is not None]
    band = f'<path d="{_band(known)}" class="nb-t-band"/>' if known else ""
    return (
        f'<svg role="img" aria-label="{escape(_alt_text(title, points))}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" class="nb-trakt">'
        f'{_axes()}{band}<path d="M{_x(0)} {_y(0)}{line}" class="nb-t-kurve"/></svg>\n'
    )


def _band(known: Sequence[CurvePoint]) -> str:
    """The outline of the band: along the upper limits to the last week, and back along the lower."""
    first, last = known[0], known[-1]
    out = "".join(f"H{_x(point.day)}V{_y(point.upper or 0)}" for point in known[1:])
    back = "".join(f"V{_y(point.lower or 0)}H{_x(point.day)}" for point in reversed(known[:-1]))
    return f"M{_x(first.day)} {_y(first.upper or 0)}{out}V{_y(last.lower or 0)}{back}z"


def _alt_text(title: str, points: Sequence[CurvePoint]) -> str:
    weeks = ", ".join(f"{percent(point.share, 0)} prosent etter {_weeks(point.day)}" for point in points)
    return f"{title}: {weeks}."


def _weeks(day: int) -> str:
    return "1 uke" if day == WEEK else f"{day // WEEK} uker"


def _x(day: int) -> int:
    return round(LEFT + (RIGHT - LEFT) * day / LAST_DAY)


def _y(share: float) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * share)


def _axes() -> str:
    parts = [f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" class="nb-t-akse"/>']
    for share in PER_CENTS:
        at = _y(share / 100)
        parts.append(f'<text x="{LEFT - 10}" y="{at + 8}" text-anchor="end">{number(share)}</text>')
    for week in WEEKS:
        at = _x(week * WEEK)
        label = f"{week} uker" if week == WEEKS[-1] else str(week)
        anchor = "end" if week == WEEKS[-1] else "middle"
        parts.append(f'<text x="{at}" y="{BOTTOM + 32}" text-anchor="{anchor}">{label}</text>')
    return "".join(parts)
