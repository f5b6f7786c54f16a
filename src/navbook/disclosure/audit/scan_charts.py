"""Reads values back from a drawing: a coordinate and the labels of its axis give the number that was drawn.

One axis is a scale of numbers. Along the other stand months, periods or units; or the drawing is about one
value only. A point is a finding where it stands at the place of a withheld value, with that value.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from navbook.disclosure.audit.back_calculation import COUNTS, HALF_A_PERSON, months_in
from navbook.disclosure.audit.svg_geometry import Drawing, Label, read_drawing
from navbook.disclosure.audit.withheld_index import KEY, NUMBER, Key, Withheld, describe, number_of

_PERIOD = re.compile(r"\d{4}(-(\d\d|T\d))?|\d{4}-\d\d\.\.\d{4}-\d\d")
_MONTH = re.compile(r"(\d{4})-(\d\d)|(\d{4})")
_SAME_PLACE = 0.25  # of the distance between two neighbours
_HALF_A_PERMILLE = 0.0005
_LONGEST = 12 * 30  # months: what spans more is no axis of time


Line = list[tuple[float, str]]


class Scale(NamedTuple):
    """An axis: value = start + step × coordinate, good to `blur`."""

    start: float
    step: float
    blur: float

    def at(self, coordinate: float) -> float:
        return self.start + self.step * coordinate


def told_by_drawing(svg: str, secrets: Withheld, keys: Mapping[str, str]) -> list[str]:
    """The withheld values, by key and field, that the points of a drawing of `keys` give back."""
    # a period that the page names is not that of a drawing with periods along its axis
    of_any_period = {name: value for name, value in keys.items() if name != "periode"}
    by_period, by_unit = secrets.lacking("periode", of_any_period), secrets.lacking("enhet", keys)
    own = tuple(keys.get(name, "") for name in KEY)
    if not (by_period or by_unit or own in secrets):
        return []
    drawing = read_drawing(svg)
    whole = [] if _has_dates(drawing) else [(own, 0.0, float("inf"))]
    found = []
    for along, across in ((0, 1), (1, 0)):
        scale = _numbers_along(drawing.labels, across, drawing.precision)
        if scale is None:
            continue
        places = [
            (others[value], place, reach)
            for part, others in (("periode", by_period), ("enhet", by_unit))
            for value, place, reach in _places(drawing, along, part, others)
        ]
        for key, place, reach in places or whole:
            found += _at(drawing, secrets.of(key), key, scale, along, place, reach)
    return list(dict.fromkeys(found))


def _at(
    drawing: Drawing,
    fields: Mapping[str, float],
    key: Key,
    scale: Scale,
    along: int,
    place: float,
    reach: float,
) -> list[str]:
    """The fields that a point near `place` shows the value of."""
    readings = [
        (scale.at(point.where[1 - along]), point.mark)
        for point in drawing.points
        if abs(point.where[along] - place) <= reach
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
    if any(abs(reading - value * k) <= (_HALF_A_PERMILLE * k + blur) for k in (1.0, 100.0)):
        return True
    # a mark is put where a value is: of few people it is found when it is known to half a person
    n = fields.get("n")
    if field != "verdi" or not mark or not n:
        return False
    return any(abs(reading / k * n - value * n) <= HALF_A_PERSON for k in (1.0, 100.0))


def _numbers_along(labels: list[Label], axis: int, precision: float) -> Scale | None:
    """The scale whose labels stand along `axis`; None where there are no two numbers in a line."""
    best: list[tuple[float, float]] = []
    for line in _in_lines(labels, axis):
        numbers = [(place, number) for place, text in line if (number := _number(text)) is not None]
        if len({number for _, number in numbers}) >= 2 and len(numbers) > len(best) and _even(numbers):
            best = sorted(numbers)
    if not best:
        return None
    (first, low), (last, high) = best[0], best[-1]
    step = (high - low) / (last - first)
    return Scale(low - step * first, step, 2 * precision * abs(step))


def _even(numbers: list[tuple[float, float]]) -> bool:
    """Whether the numbers lie on a straight line, as those of an axis do."""
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
    drawing: Drawing, axis: int, part: str, wanted: Mapping[str, object]
) -> Iterator[tuple[str, float, float]]:
    """Where along `axis` each wanted period or unit stands, and how far from it a point may lie."""
    if not wanted:
        return
    for line in _in_lines(drawing.labels, axis):
        if part == "periode" and not _names_periods(line):
            continue  # the number of an event over a year is no axis
        of_months = part == "periode" and _has_points_between(line, drawing, axis)
        named = [(place, text) for place, text in line if text in wanted and not of_months]
        if named:
            gaps = sorted(abs(a - b) for a, _ in line for b, _ in line if a != b)
            reach = _SAME_PLACE * gaps[0] if gaps else float("inf")
            yield from ((text, place, reach) for place, text in named)
        if part == "periode":
            yield from _months(line, wanted)


def _names_periods(line: Line) -> bool:
    return sum(bool(_PERIOD.fullmatch(text)) for _, text in line) > 1


def is_dated(svg: str) -> bool:
    """Whether periods stand along an axis of a drawing: then it tells of them, and not of one period only."""
    return _has_dates(read_drawing(svg))


def _has_dates(drawing: Drawing) -> bool:
    return any(_names_periods(line) for axis in (0, 1) for line in _in_lines(drawing.labels, axis))


def _has_points_between(line: Line, drawing: Drawing, axis: int) -> bool:
    """Whether points stand between the dated labels, or between the last of them and where the next would
    stand: then a year's label is its January, not the year.
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
    line: list[tuple[float, str]], wanted: Mapping[str, object]
) -> Iterator[tuple[str, float, float]]:
    """Where the wanted months stand on an axis of months or years; a year's label stands at its January."""
    dated = [(place, month) for place, text in line if (month := _month(text)) is not None]
    if len({month for _, month in dated}) < 2 or not _even([(p, float(m)) for p, m in dated]):
        return
    if max(dated)[1] - min(dated)[1] > _LONGEST:
        return
    (first, early), (last, late) = min(dated), max(dated)
    step = (last - first) / (late - early)
    for period in wanted:
        if len(period) == len("2022-03") and (month := _month(period)) is not None:
            yield period, first + step * (month - early), _SAME_PLACE * abs(step)


def _month(text: str) -> int | None:
    if not (match := _MONTH.fullmatch(text.strip())):
        return None
    year = int(match[1] or match[3])
    return 12 * year + int(match[2] or 1) - 1 if 1900 <= year <= 2200 else None


def _in_lines(labels: list[Label], axis: int) -> list[Line]:
    """The labels that stand in a line along `axis`, each with its place."""
    lines: dict[float, Line] = {}
    for label in labels:
        other = label.where[1 - axis]
        level = next((each for each in lines if abs(each - other) <= 1.0), other)
        lines.setdefault(level, []).append((label.ticks[axis], label.text))
    return [line for line in lines.values() if len(line) > 1]
