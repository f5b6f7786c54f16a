"""One run chart as inline SVG: one path for each line and for each kind of mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from navbook.pages.charts.axis import Axis
from navbook.pages.charts.svg import Position, circles, diamonds, dots, label, polylines, svg_element
from navbook.pages.format import number

SIZE = WIDTH, HEIGHT = 360, 160
LEFT, TOP, RIGHT, BOTTOM = 30, 17, 354, 136
_HALF_A_MONTH = 0.5
_EVENTS_AT, _MONTHS_AT, _SHARES_AT = 9.0, 149.0, 24
_RADIUS = 5
# the height of a line of text, and the width of a letter of an event's name
_LINE, _LETTER = 13, 5.8
_LEAST_GAP = 8  # months: a shorter gap has no room for a word

# (position along the axis, per cent) of each month of a line
MonthValues = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class RunChart:
    """The data of one run chart: `months` positions along the axis, per cents from `low` to `high`.

    `runs` are unbroken lines; `own` and `base` are their parts in the two periods compared. `limits` are the
    lower and the upper, `better` and `worse` the unusual months, `events` the numbers over a month, and
    `named` the labels along the axis. `levels` are the means of whole periods, `happened` the names of the
    events of a month, and `gap` the word in a long gap of the line.
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
    levels: Sequence["PeriodLevel"] = ()
    happened: Sequence[tuple[int, str]] = ()
    gap: str = ""


@dataclass(frozen=True)
class PeriodLevel:
    """The mean of a period: its first and last month on the axis, per cent, its class, label and name."""

    first: int
    last: int
    value: float
    css: str
    text: str
    period: str


def run_chart_svg(chart: RunChart, alt_text: str) -> str:
    """The run chart as SVG."""
    placed = _placed_names(chart)
    extra = _LINE * max([row for *_, row in placed], default=0)
    at = _Places(chart, extra)
    bottom = BOTTOM + extra
    ticks = _ticks(chart)
    lines = [
        *(polylines("nb-l-nett", [(LEFT, at.y(tick)), (RIGHT, at.y(tick))]) for tick in ticks),
        polylines("nb-l-akse", [(LEFT, bottom), (RIGHT, bottom)]),
        *(
            polylines("nb-l-akse", [(at.x(month), bottom), (at.x(month), bottom + 4)])
            for month in chart.named
        ),
        *(
            polylines("nb-l-hendelse", [(at.x(month), TOP + extra), (at.x(month), bottom)])
            for month in chart.events
        ),
        *(
            polylines(
                "nb-l-hendelse", [(at.x(month), _EVENTS_AT + _LINE * (row - 0.5)), (at.x(month), bottom)]
            )
            for month, _, row in placed
        ),
        polylines("nb-l-snitt", at.all(chart.mean)),
        *(polylines("nb-l-grense", at.all(limit)) for limit in chart.limits),
        polylines("nb-l-linje", *(at.all(run) for run in chart.runs)),
        # a month between two gaps has no line, so it needs a dot
        dots("nb-l-alene", [where for run in chart.runs if len(run) == 1 for where in at.all(run)]),
        *_part("basis", chart.base, at),
        *_part("egen", chart.own, at),
        *(polylines(f"nb-l-nivaa nb-l-{level.css}", at.level(level)) for level in chart.levels),
        circles("nb-l-uvanlig", at.all(chart.better), _RADIUS),
        diamonds("nb-l-uvanlig", at.all(chart.worse), _RADIUS + 1),
    ]
    labels = [
        *(label((_SHARES_AT, at.y(tick)), number(tick), "end") for tick in ticks),
        *(
            label((at.x(month), _MONTHS_AT + extra), name, _anchor(month, chart))
            for month, name in chart.named.items()
        ),
        *(label((at.x(month), _EVENTS_AT), name) for month, name in chart.events.items()),
        *(_event_label(at.x(month), row, name) for month, name, row in placed),
        *(_level_label(level, at) for level in chart.levels),
        *_gap_labels(chart, at),
    ]
    return svg_element((WIDTH, HEIGHT + extra), alt_text, "nb-lop", lines, labels)


def _placed_names(chart: RunChart) -> list[tuple[int, str, int]]:
    """Month, name and row of the events, in as few rows as hold them without overlap."""
    at = _Places(chart, 0)
    ends: list[float] = []
    placed = []
    for month, name in sorted(chart.happened):
        start, width = at.x(month), _LETTER * len(name) + 8
        if start + width > RIGHT:
            start -= width
        row = next((row for row, end in enumerate(ends) if end <= start), len(ends))
        ends[row : row + 1] = [start + width]
        placed.append((month, name, row))
    return placed


def _event_label(x: float, row: int, name: str) -> str:
    beyond = x + _LETTER * len(name) + 8 > RIGHT
    return label((x - 3 if beyond else x + 3, _EVENTS_AT + _LINE * row), name, "end" if beyond else "start")


def _level_label(level: PeriodLevel, at: "_Places") -> str:
    """The label of a level, over its months at the top of the panel, where the axis leaves room for it."""
    middle = at.x((level.first + level.last) / 2)
    x = min(max(middle, LEFT + 36), RIGHT - 36)
    written = label((x, at.top + 6), level.text)
    keys = f'data-periode="{level.period}" data-felt="verdi"'
    return f'<g class="nb-l-tekst nb-l-{level.css}" {keys}>{written}</g>'


def _gap_labels(chart: RunChart, at: "_Places") -> list[str]:
    """The word in each long gap between two shown months."""
    shown = [month for run in chart.runs for month, _ in run]
    gaps = [(a, b) for a, b in pairwise(shown) if chart.gap and b - a > _LEAST_GAP]
    return [label(((at.x(a) + at.x(b)) / 2, at.bottom - 9), chart.gap) for a, b in gaps]


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
    """Maps months and per cents to coordinates of the chart; `lower` moves the panel down."""

    def __init__(self, chart: RunChart, lower: float) -> None:
        self._months = Axis(-_HALF_A_MONTH, chart.months - _HALF_A_MONTH, LEFT, RIGHT)
        self._shares = Axis(chart.low, chart.high, BOTTOM + lower, TOP + lower)

        self.top, self.bottom = TOP + lower, BOTTOM + lower

    def x(self, month: float) -> float:
        return self._months.at(month)

    def y(self, per_cent: float) -> float:
        return self._shares.at(per_cent)

    def all(self, course: MonthValues) -> list[Position]:
        return [(self.x(month), self.y(per_cent)) for month, per_cent in course]

    def level(self, level: PeriodLevel) -> list[Position]:
        ends = level.first - _HALF_A_MONTH, level.last + _HALF_A_MONTH
        return [(self.x(end), self.y(level.value)) for end in ends]
