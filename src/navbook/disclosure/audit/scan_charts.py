"""Read values from a chart: a coordinate and the labels of its axis give the plotted number.

One axis is a numeric scale. The other axis has months, periods or units, or the chart is about one value
only. A point is a hit if it lies at the place of a withheld value and reads as that value. A point whose
element has keys is read under them, and so is a number where a row and a column with keys cross.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from navbook.disclosure.audit.back_calculation import COUNTS, HALF_A_PERSON, months_in
from navbook.disclosure.audit.svg_geometry import ANY_UNIT, Drawing, DrawnPoint, Label, OwnKeys, read_drawing
from navbook.disclosure.audit.withheld_index import (
    KEY,
    NUMBER,
    Key,
    WithheldIndex,
    describe,
    number_of,
    shows_value,
)

_PERIOD = re.compile(r"\d{4}(-(\d\d|T\d))?|\d{4}-\d\d\.\.\d{4}-\d\d")
_MONTH = re.compile(r"(\d{4})-(\d\d)|(\d{4})")
_SAME_PLACE = 0.25  # of the distance between two neighbours
_HALF_A_PERMILLE = 0.0005
_OWN_KEYS = re.compile(r"<[^>]* data-(?:indikator|gruppe|enhet|enheter|periode)=")
_MAX_MONTHS = 12 * 30  # a longer span is not a time axis


Line = list[tuple[float, str]]


class AxisScale(NamedTuple):
    """A numeric axis: value = start + step × coordinate, with an error of at most `blur`."""

    start: float
    step: float
    blur: float

    def at(self, coordinate: float) -> float:
        return self.start + self.step * coordinate


def values_in_chart(svg: str, index: WithheldIndex, keys: Mapping[str, str]) -> list[str]:
    """Return key and field of the withheld values that a chart with these `keys` shows.

    Points and labels inside an element with keys of its own are read under those: an office in a plot of
    many, a county in its panel, the level of a year, the row and the column of a cell.
    """
    if not _OWN_KEYS.search(svg, svg.index(">")):
        return list(dict.fromkeys(_in_drawing(None, svg, index, keys)))
    drawing = read_drawing(svg)
    by_keys: dict[OwnKeys, list[DrawnPoint]] = {}
    for point in drawing.points:
        by_keys.setdefault(point.keys, []).append(point)
    found = list(_in_cells(drawing, index, keys))
    for own, points in by_keys.items():
        part = Drawing(points, drawing.labels, drawing.precision)
        found += _in_drawing(part, svg, index, {**keys, **dict(own)}, own)
    return list(dict.fromkeys(found))


def _in_drawing(
    drawing: Drawing | None, svg: str, index: WithheldIndex, keys: Mapping[str, str], own_keys: OwnKeys = ()
) -> list[str]:
    """Return the withheld values of `keys` that the points of `drawing` (None: of the whole chart) show."""
    # the page's period does not apply to a chart with periods along an axis
    of_any_period = {name: value for name, value in keys.items() if name != "periode"}
    by_period, by_unit = index.lacking("periode", of_any_period), index.lacking("enhet", keys)
    own = tuple(keys.get(name, "") for name in KEY)
    if not (by_period or by_unit or own in index):
        return []
    drawing = drawing or read_drawing(svg)
    stated = dict(own_keys)
    single = [(own, 0.0, float("inf"))] if "periode" in stated or not _has_dates(drawing) else []
    if stated.get("enhet") == ANY_UNIT:
        single = [(key, 0.0, float("inf")) for key in by_unit.values()]
    found = []
    for along, across in ((0, 1), (1, 0)):
        scale = _numbers_along(drawing.labels, across, drawing.precision)
        if scale is None:
            continue
        places = [
            (others[value], place, reach)
            for part, others in (("periode", by_period), ("enhet", by_unit))
            if part not in stated
            for value, place, reach in _places(drawing, along, part, others)
        ]
        for key, place, reach in places or single:
            fields, published = index.of(key), index.published.get(key, ())
            found += _at(drawing, fields, published, key, scale, along, place, reach)
    return found


def _in_cells(drawing: Drawing, index: WithheldIndex, keys: Mapping[str, str]) -> Iterator[str]:
    """Yield the withheld values that are written where the row of a unit crosses the column of a series."""
    rows = [label for label in drawing.labels if "enhet" in dict(label.keys)]
    columns = [
        label for label in drawing.labels if {name for name, _ in label.keys} & {"indikator", "gruppe"}
    ]
    columns = [label for label in columns if "enhet" not in dict(label.keys)]
    if not rows or not columns:
        return
    for label in drawing.labels:
        if label.keys or not (numbers := NUMBER.findall(label.text)):
            continue
        row = min(rows, key=lambda other: abs(other.where[1] - label.where[1]))
        column = min(columns, key=lambda other: abs(other.where[0] - label.where[0]))
        of = {**keys, **dict(column.keys), **dict(row.keys)}
        key = tuple(of.get(name, "") for name in KEY)
        for field, value in index.of(key).items():
            if any(shows_value(shown, field, value, of.get("periode", "")) for shown in numbers):
                yield describe(key, field)


def _at(
    drawing: Drawing,
    fields: Mapping[str, float],
    published: tuple[float, ...],
    key: Key,
    scale: AxisScale,
    along: int,
    place: float,
    reach: float,
) -> list[str]:
    """Return key and field of the values shown by a point within `reach` of `place`.

    A point at one of the `published` values of the row shows that one.
    """
    near = [point for point in drawing.points if abs(point.where[along] - place) <= reach]
    read = [(scale.at(point.where[1 - along]), point.mark) for point in near]
    readings = [
        (value, mark)
        for value, mark in read
        if not any(_equal(value, known, scale.blur) for known in published)
    ]
    period = key[KEY.index("periode")]
    return [
        describe(key, field)
        for field, value in fields.items()
        if any(_reads(reading, mark, field, value, fields, period, scale.blur) for reading, mark in readings)
    ]


def _reads(
    reading: float,
    mark: bool,
    field: str,
    value: float,
    fields: Mapping[str, float],
    period: str,
    blur: float,
) -> bool:
    if field in COUNTS:
        return any(abs(reading - size) <= HALF_A_PERSON for size in (value, value / months_in(period)))
    if _equal(reading, value, blur):
        return True
    # a marker is placed by its value: for a small n it discloses the count to half a person
    n = fields.get("n")
    if field != "verdi" or not mark or not n:
        return False
    return any(abs(reading / k * n - value * n) <= HALF_A_PERSON for k in (1.0, 100.0))


def _equal(reading: float, share: float, blur: float) -> bool:
    """Whether a reading is a share, or the share in per cent, as exactly as the drawing allows."""
    return any(abs(reading - share * k) <= _HALF_A_PERMILLE * k + blur for k in (1.0, 100.0))


def _numbers_along(labels: list[Label], axis: int, precision: float) -> AxisScale | None:
    """Return the numeric scale along `axis`; None if fewer than two numbers are aligned there."""
    best: list[tuple[float, float]] = []
    for line in _in_lines(labels, axis):
        numbers = [(place, number) for place, text in line if (number := _number(text)) is not None]
        if len({number for _, number in numbers}) >= 2 and len(numbers) > len(best) and _even(numbers):
            best = sorted(numbers)
    if not best:
        return None
    (first, low), (last, high) = best[0], best[-1]
    step = (high - low) / (last - first)
    return AxisScale(low - step * first, step, 2 * precision * abs(step))


def _even(numbers: list[tuple[float, float]]) -> bool:
    """Return whether position and number are linearly related, as on an axis."""
    (first, low), (last, high) = min(numbers), max(numbers)
    if first == last or low == high:
        return False
    step = (high - low) / (last - first)
    return all(
        abs(low + step * (place - first) - number) <= abs(high - low) * 0.02 for place, number in numbers
    )


def _number(text: str) -> float | None:
    plain = text.strip().removesuffix("%").strip()
    return number_of(plain) if NUMBER.fullmatch(plain) else None


def _places(
    drawing: Drawing, axis: int, part: str, withheld: Mapping[str, object]
) -> Iterator[tuple[str, float, float]]:
    """Yield each withheld period or unit along `axis` with its position and the tolerance for a point."""
    if not withheld:
        return
    for line in _in_lines(drawing.labels, axis):
        if part == "periode" and not _names_periods(line):
            continue  # one dated label (of an event) is not an axis
        of_months = part == "periode" and _has_points_between(line, drawing, axis)
        named = [(place, text) for place, text in line if text in withheld and not of_months]
        if named:
            gaps = sorted(abs(a - b) for a, _ in line for b, _ in line if a != b)
            reach = _SAME_PLACE * gaps[0] if gaps else float("inf")
            yield from ((text, place, reach) for place, text in named)
        if part == "periode":
            yield from _months(line, withheld)


def _names_periods(line: Line) -> bool:
    return sum(bool(_PERIOD.fullmatch(text)) for _, text in line) > 1


def has_date_axis(svg: str) -> bool:
    """Return whether an axis of the chart has periods: the chart is then about them, not about one period."""
    return _has_dates(read_drawing(svg))


def _has_dates(drawing: Drawing) -> bool:
    return any(_names_periods(line) for axis in (0, 1) for line in _in_lines(drawing.labels, axis))


def _has_points_between(line: Line, drawing: Drawing, axis: int) -> bool:
    """Return whether points lie between the dated labels, or up to one step outside the first or last.

    The label of a year then marks its January, not the year.
    """
    dated = sorted({place for place, text in line if _month(text) is not None})
    if len(dated) < 2:
        return False
    step = min(later - earlier for earlier, later in pairwise(dated))
    near = _SAME_PLACE * step
    places = [dated[0] - step, *dated, dated[-1] + step]
    inside = [point.where[axis] for point in drawing.points if places[0] < point.where[axis] < places[-1]]
    return any(all(abs(at - place) > near for place in places) for at in inside)


def _months(
    line: list[tuple[float, str]], withheld: Mapping[str, object]
) -> Iterator[tuple[str, float, float]]:
    """Yield the withheld months on an axis of months or years; the label of a year marks its January."""
    dated = [(place, month) for place, text in line if (month := _month(text)) is not None]
    if len({month for _, month in dated}) < 2 or not _even([(p, float(m)) for p, m in dated]):
        return
    if max(dated)[1] - min(dated)[1] > _MAX_MONTHS:
        return
    (first, early), (last, late) = min(dated), max(dated)
    step = (last - first) / (late - early)
    for period in withheld:
        if len(period) == len("2022-03") and (month := _month(period)) is not None:
            yield period, first + step * (month - early), _SAME_PLACE * abs(step)


def _month(text: str) -> int | None:
    if not (match := _MONTH.fullmatch(text.strip())):
        return None
    year = int(match[1] or match[3])
    return 12 * year + int(match[2] or 1) - 1 if 1900 <= year <= 2200 else None


def _in_lines(labels: list[Label], axis: int) -> list[Line]:
    """Return the labels that are aligned along `axis`, with their positions."""
    lines: dict[float, Line] = {}
    for label in labels:
        other = label.where[1 - axis]
        level = next((known for known in lines if abs(known - other) <= 1.0), other)
        lines.setdefault(level, []).append((label.ticks[axis], label.text))
    return [line for line in lines.values() if len(line) > 1]
