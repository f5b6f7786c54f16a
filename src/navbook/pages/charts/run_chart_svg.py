"""One run chart as inline SVG: one path for each line and for each kind of mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from navbook.pages.charts.svg import Position, circles, diamonds, dots, label, polylines, svg_element
from navbook.pages.format import number

SIZE = WIDTH, HEIGHT = 360, 160
LEFT, TOP, RIGHT, BOTTOM = 30, 17, 354, 136
_HALF_A_MONTH = 0.5
_EVENTS_AT, _MONTHS_AT, _SHARES_AT = 9.0, 149.0, 24
_RADIUS = 5

# (position along the axis, per cent) of each month of a line
MonthValues = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class RunChart:
    """The data of one run chart: `months` positions along the axis, per cents from `low` to `high`.

    `runs` are unbroken lines; `own` and `base` are their parts in the two periods compared. `limits` are the
    lower and the upper, `better` and `worse` the unusual months, `events` the numbers over a month, and
    `named` the labels along the axis.
    """

    months: int
    low: float
    high: float
    runs: Sequence[MonthValues]
    own: Sequence[MonthValues] = ()
    base: Sequence[MonthValues] = ()
    mean: MonthValues = ()
    limits: Sequence[MonthValues] = ()
    better: MonthValues = ()
    worse: MonthValues = ()
    events: Mapping[int, str] = field(default_factory=dict)
    named: Mapping[int, str] = field(default_factory=dict)


def run_chart_svg(chart: RunChart, alt_text: str) -> str:
    """The run chart as SVG."""
    at = _Places(chart)
    ticks = _ticks(chart)
    lines = [
        *(polylines("nb-l-nett", [(LEFT, at.y(tick)), (RIGHT, at.y(tick))]) for tick in ticks),
        polylines("nb-l-akse", [(LEFT, BOTTOM), (RIGHT, BOTTOM)]),
        *(
            polylines("nb-l-akse", [(at.x(month), BOTTOM), (at.x(month), BOTTOM + 4)])
            for month in chart.named
        ),
        *(polylines("nb-l-hendelse", [(at.x(month), TOP), (at.x(month), BOTTOM)]) for month in chart.events),
        polylines("nb-l-snitt", at.all(chart.mean)),
        *(polylines("nb-l-grense", at.all(limit)) for limit in chart.limits),
        polylines("nb-l-linje", *(at.all(run) for run in chart.runs)),
        # a month between two gaps has no line, so it needs a dot
        dots("nb-l-alene", [where for run in chart.runs if len(run) == 1 for where in at.all(run)]),
        *_part("basis", chart.base, at),
        *_part("egen", chart.own, at),
        circles("nb-l-uvanlig", at.all(chart.better), _RADIUS),
        diamonds("nb-l-uvanlig", at.all(chart.worse), _RADIUS + 1),
    ]
    labels = [
        *(label((_SHARES_AT, at.y(tick)), number(tick), "end") for tick in ticks),
        *(
            label((at.x(month), _MONTHS_AT), name, _anchor(month, chart))
            for month, name in chart.named.items()
        ),
        *(label((at.x(month), _EVENTS_AT), name) for month, name in chart.events.items()),
    ]
    return svg_element(SIZE, alt_text, "nb-lop", lines, labels)


def _part(css: str, runs: Sequence[MonthValues], at: "_Places") -> list[str]:
    drawn = [at.all(run) for run in runs]
    return [
        polylines(f"nb-l-{css}", *drawn),
        dots(f"nb-l-{css} nb-l-prikk", [where for run in drawn for where in run]),
    ]


def _anchor(month: int, chart: RunChart) -> str:
    """A label under the last month ends there, since there is no room beyond it."""
    return "end" if month == chart.months - 1 else "middle"


def _ticks(chart: RunChart) -> list[int]:
    step = 10 if chart.high - chart.low <= 50 else 20
    return [tick for tick in range(0, 101, step) if chart.low <= tick <= chart.high]


class _Places:
    """Maps months and per cents to coordinates of the chart."""

    def __init__(self, chart: RunChart) -> None:
        self._step = (RIGHT - LEFT) / chart.months
        self._low = chart.low
        self._per_cent = (BOTTOM - TOP) / (chart.high - chart.low)

    def x(self, month: int) -> float:
        return LEFT + (month + _HALF_A_MONTH) * self._step

    def y(self, per_cent: float) -> float:
        return BOTTOM - (per_cent - self._low) * self._per_cent

    def all(self, course: MonthValues) -> list[Position]:
        return [(self.x(month), self.y(per_cent)) for month, per_cent in course]
