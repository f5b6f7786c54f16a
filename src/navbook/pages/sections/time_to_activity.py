"""The eight weeks as curves: how large a part has had an activity by the end of each week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from navbook.edition import Edition
from navbook.pages.charts.funnel_svg import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH
from navbook.pages.format.fragments import Fragment, link, paragraph, text
from navbook.pages.format.numbers import between, number, percent, period_text
from navbook.pages.sections.indicator import COUNTY_PANELS, IndicatorView
from navbook.pages.view.view import Unit, UnitView, View

WEEK, LAST_DAY = 7, 56
WEEKS, PER_CENTS = (0, 2, 4, 6, 8), (0, 25, 50, 75, 100)
EIGHT_WEEKS = "u30_8uker"
# both letters ask for eight weeks, but not for the same; the extract holds activities only
TWO_LETTERS = (
    "Brevet for 2021 ber om «individuelt tilpasset arbeidsrettet oppfølging», brevet for 2022 om "
    "«individuelt tilpasset "
    "arbeidsrettet aktivitet». Kurven viser aktivitet begge år: tiltak, arbeid eller arbeidsrettet "
    "aktivitet. "
    "Oppfølging uten aktivitet står ikke i uttrekket."
)


@dataclass(frozen=True)
class Point:
    """The share active by the end of a day, with its limits where it has some."""

    day: int
    share: float
    lower: float | None
    upper: float | None


def curves_of(edition: Edition) -> dict[tuple[str, str], list[Point]]:
    """The points of every curve by (gruppe, enhet), days ascending."""
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    rows = edition.further("kurver").sort_values(["gruppe", "enhet", "dag"])
    columns = ["gruppe", "enhet", "dag", "verdi", "nedre", "ovre"]
    for gruppe, enhet, day, share, lower, upper in rows[columns].itertuples(index=False, name=None):
        limits = [None if limit != limit else float(limit) for limit in (lower, upper)]
        found[str(gruppe), str(enhet)].append(Point(int(day), float(share), *limits))
    return dict(found)


def curve_section(view: IndicatorView) -> Fragment:
    """The curves of the country and the counties; a sentence for other indicators and where none is drawn."""
    if view.indikator != EIGHT_WEEKS:
        return Fragment("", "kurver")
    return eight_weeks(view, [series.gruppe for series in view.own_series])


def eight_weeks(view: View, groups: Sequence[str]) -> Fragment:
    """The curves of some groups in the country, then of the counties; a sentence where none is drawn."""
    found = curves_of(view.edition)
    if not found:
        why = "Ingen kurve tegnes: uttrekket har ikke dagene, eller det er for få som begynte."
        return Fragment(paragraph(why) + paragraph(text(TWO_LETTERS)), "kurver")
    period = period_text(view.shown_period(EIGHT_WEEKS))
    country = [
        (f"Hele landet: {view.definitions.get(EIGHT_WEEKS).group_name(gruppe) or 'alle'}", points)
        for gruppe in dict.fromkeys(groups)
        if (points := found.get((gruppe, "0000")))
    ]
    counties = [unit for unit in view.units if unit.niva == "fylke"]
    lines = [*country, *_of_units(counties, found)][:COUNTY_PANELS]
    panels = [_panel(title, points) for title, points in lines]
    caption = (
        f"Andelen som har hatt en aktivitet innen så mange uker, for dem som begynte i {period}. "
        "Feltet rundt linjen er 95 %-intervallet. Uker med for få er slått sammen."
    )
    figure = (
        f'<figure class="nb-figur"><div class="nb-ruter">{"".join(panels)}</div>\n'
        f"<figcaption>{text(caption)}</figcaption></figure>\n"
    )
    return Fragment(paragraph(_guide(view)) + figure + paragraph(text(TWO_LETTERS)), "kurver", figures=1)


def _of_units(
    units: Sequence[Unit], found: dict[tuple[str, str], list[Point]]
) -> list[tuple[str, list[Point]]]:
    return [(f"{unit.navn}: alle", points) for unit in units if (points := found.get(("alle", unit.enhet)))]


def _guide(view: View) -> str:
    way = link(f"{view.root}metode/kurve.html", "Slik leser du kurven")
    return f"Kurven tar hensyn til at noen slutter eller flytter før de åtte ukene er gått. {way}."


def curve_sentences(view: UnitView) -> list[str]:
    """The eighth week of a unit by Aalen and Johansen, where it may be told; safe HTML."""
    found = curves_of(view.edition).get(("alle", view.unit.enhet))
    if not found:
        return []
    last = found[-1]
    decimals = 1 if round(last.share * 1000) % 10 else 0
    name = view.indicator_link(EIGHT_WEEKS, view.definitions.get(EIGHT_WEEKS).kortnavn)
    limits = ""
    if last.lower is not None and last.upper is not None:
        limits = f" ({between(percent(last.lower, decimals), percent(last.upper, decimals))})"
    way = link(f"{view.root}metode/kurve.html", "kurvemetoden")
    return [
        f"{name}: {percent(last.share, decimals)} prosent{limits} når {way} tar hensyn til dem som "
        f"sluttet eller "
        "flyttet underveis."
    ]


def _panel(title: str, points: Sequence[Point]) -> str:
    return (
        f'<div class="nb-rute"><p class="nb-rutetittel">{text(title)}</p>\n{curve_svg(title, points)}</div>\n'
    )


def curve_svg(title: str, points: Sequence[Point]) -> str:
    """A curve as inline SVG: steps at the ends of the weeks told, its limits as a band."""
    line = "".join(f"H{_x(point.day)}V{_y(point.share)}" for point in points)
    known = [point for point in points if point.lower is not None and point.upper is not None]
    band = f'<path d="{_band(known)}" class="nb-t-band"/>' if known else ""
    return (
        f'<svg role="img" aria-label="{text(_words(title, points))}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" class="nb-trakt">'
        f'{_axes()}{band}<path d="M{_x(0)} {_y(0)}{line}" class="nb-t-kurve"/></svg>\n'
    )


def _band(known: Sequence[Point]) -> str:
    """The limits as steps: along the upper ones to the last week, and back along the lower."""
    first, last = known[0], known[-1]
    out = "".join(f"H{_x(point.day)}V{_y(point.upper or 0)}" for point in known[1:])
    back = "".join(f"V{_y(point.lower or 0)}H{_x(point.day)}" for point in reversed(known[:-1]))
    return f"M{_x(first.day)} {_y(first.upper or 0)}{out}V{_y(last.lower or 0)}{back}z"


def _words(title: str, points: Sequence[Point]) -> str:
    told = ", ".join(f"{percent(point.share, 0)} prosent etter {_weeks(point.day)}" for point in points)
    return f"{title}: {told}."


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
