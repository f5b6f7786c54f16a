"""The points and labels of an SVG chart, in its own coordinates."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from navbook.disclosure.audit.html_parser import FastHTMLParser

Coordinates = tuple[float, float]

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NUMBERS = re.compile(_NUMBER)
_COMMAND = re.compile(rf"([MLHVCSQTAZmlhvcsqtaz])|({_NUMBER})")
_MOVED = re.compile(r"translate\(([^)]*)\)")
# the number of arguments of a command
_ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}
_TICK_REACH = 6.0  # how far a label may stand from its tick


# keys (indikator, gruppe, enhet, periode) of the elements around a point or label, as pairs
OwnKeys = tuple[tuple[str, str], ...]
ANY_UNIT = "*"  # the unit of a marker beyond those that its element names
_KEY_ATTRIBUTE = re.compile(r"data-(indikator|gruppe|enhet|periode)")
_UNITS = "data-enheter"


class DrawnPoint(NamedTuple):
    """A plotted place; `mark` is true for a marker and false for a vertex of a line or bar."""

    where: Coordinates
    mark: bool
    keys: OwnKeys = ()


class Label(NamedTuple):
    """A text with its position and the position of its tick."""

    text: str
    where: Coordinates
    ticks: Coordinates
    keys: OwnKeys = ()


@dataclass
class Drawing:
    """The content of a chart; `precision` is half a unit of the last digit of its coordinates."""

    points: list[DrawnPoint] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    precision: float = 0.05


@lru_cache(maxsize=1)
def read_drawing(svg: str) -> Drawing:
    """Return every marker, vertex, bar and label of an SVG element.

    Straight lines along an axis (events, limits, the axes themselves) give no points, since they show no
    single value, except in an element that names its period or unit: they are then a level or an interval. An
    element with `data-enheter` names the units of its markers and lines in their order. The last chart is
    cached, because the audit queries it several times.
    """
    reader = _Reader()
    reader.read(svg)
    ticks = reader.ticks
    labels = [Label(text, where, _tick_position(where, ticks), keys) for text, where, keys in reader.texts]
    return Drawing(reader.points, labels)


def _tick_position(where: Coordinates, ticks: list[tuple[Coordinates, bool]]) -> Coordinates:
    """Return the position of a label's ticks: the nearest above or below it, and the nearest at its side."""
    x, y = where
    upright = [tick for tick, vertical in ticks if vertical and abs(tick[0] - x) <= _TICK_REACH]
    level = [tick for tick, vertical in ticks if not vertical and abs(tick[1] - y) <= _TICK_REACH]
    if upright:
        x = min(upright, key=lambda tick: abs(tick[0] - x))[0]
    if level:
        y = min(level, key=lambda tick: abs(tick[1] - y))[1]
    return x, y


@dataclass
class _Frame:
    """An open element: its translation, the keys that apply in it, and the units of its markers."""

    tag: str
    by: Coordinates
    keys: OwnKeys = ()
    units: list[str] | None = None
    drawn: int = 0


class _Reader(FastHTMLParser):
    """Walk a chart and apply the translations and keys of its groups."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[DrawnPoint] = []
        self.texts: list[tuple[str, Coordinates, OwnKeys]] = []
        self.ticks: list[tuple[Coordinates, bool]] = []
        self._open: list[_Frame] = [_Frame("", (0.0, 0.0))]
        self._forms: dict[str, list[Coordinates]] = {}
        self._defs = 0
        self._label: Coordinates | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        around = self._open[-1]
        by = _sum(around.by, _translated(given.get("transform", "")))
        frame = _framed(tag, by, given, around)
        if tag == "defs":
            self._defs += 1
        elif self._defs and tag == "path":
            self._forms[given.get("id", "")] = path_points(given.get("d", ""))
        elif tag in ("text", "tspan") and ("x" in given or "transform" in given):
            self._label = _sum(by, _place(given, "x", "y"))
        elif not self._defs:
            self._open.append(frame)
            self._draw(tag, given, by)
            self._open.pop()
        if tag in ("g", "svg", "text", "symbol", "a"):
            self._open.append(frame)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "defs":
            self._defs -= 1
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._label is not None and data.strip():
            self.texts.append((unescape(data.strip()), self._label, self._open[-1].keys))
            self._label = None

    def _draw(self, tag: str, given: dict[str, str], by: Coordinates) -> None:
        if tag == "use":
            self._use(given, _sum(by, _place(given, "x", "y")))
        elif tag in ("circle", "ellipse"):
            self._mark(_sum(by, _place(given, "cx", "cy")))
        elif tag == "rect":
            corner, size = _place(given, "x", "y"), _place(given, "width", "height")
            self._bar([corner, _sum(corner, size)], by)
        elif tag == "line":
            self._line([_place(given, "x1", "y1"), _place(given, "x2", "y2")], by)
        elif tag in ("polyline", "polygon"):
            numbers = [float(number) for number in _NUMBERS.findall(given.get("points", ""))]
            self._line(list(zip(numbers[::2], numbers[1::2], strict=False)), by)
        elif tag == "path":
            self._path(given.get("d", ""), by)

    def _use(self, given: dict[str, str], where: Coordinates) -> None:
        form = self._forms.get((given.get("href") or given.get("xlink:href", "")).removeprefix("#"), [])
        if len(form) == 2 and (_is_vertical(form) or _is_horizontal(form)):
            self.ticks.append((where, _is_vertical(form)))
        else:
            self._mark(where)

    def _line(self, points: list[Coordinates], by: Coordinates) -> None:
        straight = len(points) < 2 or _is_vertical(points) or _is_horizontal(points)
        if straight and len(points) == 2 and _length(points) <= _TICK_REACH:
            self.ticks.append((_sum(by, points[0]), _is_vertical(points)))
        keys = self._keys_of_next()
        if not straight or len(points) > 2 or any(name in ("periode", "enhet") for name, _ in keys):
            self.points += [DrawnPoint(_sum(by, point), False, keys) for point in points]

    def _path(self, d: str, by: Coordinates) -> None:
        """Add the points of a path: strokes of no length and diamonds are markers, the rest bars or lines."""
        for points in subpaths(d):
            if len(points) > 1 and len(set(points)) == 1:
                self._mark(_sum(by, points[0]))
            elif _is_diamond(points):
                self._mark(_sum(by, (points[0][0], points[1][1])))
            elif _is_bar(points):
                self._bar(points, by)
            else:
                self._line(points, by)

    def _mark(self, where: Coordinates) -> None:
        self.points.append(DrawnPoint(where, True, self._keys_of_next()))

    def _keys_of_next(self) -> OwnKeys:
        """Return the keys of the next marker or line, with the unit that its element names for it."""
        frame = next((frame for frame in reversed(self._open) if frame.units is not None), None)
        keys = self._open[-1].keys
        if frame is None or frame.units is None:
            return keys
        unit = frame.units[frame.drawn] if frame.drawn < len(frame.units) else ANY_UNIT
        frame.drawn += 1
        return (*keys, ("enhet", unit))

    def _bar(self, corners: list[Coordinates], by: Coordinates) -> None:
        """Add the middle of each side of a bar, where its value is read."""
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        ends = [(middle[0], min(ys)), (middle[0], max(ys)), (min(xs), middle[1]), (max(xs), middle[1])]
        self.points += [DrawnPoint(_sum(by, end), False, self._open[-1].keys) for end in ends]


def _framed(tag: str, by: Coordinates, given: dict[str, str], around: _Frame) -> _Frame:
    """Return the frame of an element: the keys around it, and its own. The chart's own are not among them."""
    if tag == "svg" or not any(name.startswith("data-") for name in given):
        return _Frame(tag, by, around.keys)
    own = {match[1]: value for name, value in given.items() if (match := _KEY_ATTRIBUTE.fullmatch(name))}
    units = given[_UNITS].split() if _UNITS in given else None
    return _Frame(tag, by, tuple((dict(around.keys) | own).items()), units)


def path_points(d: str) -> list[Coordinates]:
    """Return the points of a path in absolute coordinates, without control points of curves."""
    return [point for points in subpaths(d) for point in points]


def subpaths(d: str) -> list[list[Coordinates]]:
    """Return the points of a path, split where the pen is lifted."""
    parts: list[list[Coordinates]] = []
    command, numbers = "", list[float]()
    at = (0.0, 0.0)
    for letter, number in _COMMAND.findall(d):
        if letter:
            command, numbers = letter, []
            if letter in "Zz" and parts:
                at = parts[-1][0]
            continue
        numbers.append(float(number))
        takes = _ARGUMENTS.get(command.lower(), 0)
        if takes and len(numbers) == takes:
            at = _step(at, command, numbers)
            if command in "Mm" or not parts:
                parts.append([])
            parts[-1].append(at)
            # further coordinates after a move command are lines
            command, numbers = {"M": "L", "m": "l"}.get(command, command), []
    return parts


def _step(at: Coordinates, command: str, numbers: list[float]) -> Coordinates:
    base = at if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return base[0] + numbers[0], at[1]
    if command in "Vv":
        return at[0], base[1] + numbers[0]
    return base[0] + numbers[-2], base[1] + numbers[-1]


def _is_bar(points: list[Coordinates]) -> bool:
    corners = set(points)
    return len(corners) == 4 and len({x for x, _ in corners}) == 2 and len({y for _, y in corners}) == 2


def _is_diamond(points: list[Coordinates]) -> bool:
    """Return whether four corners form a diamond: first and third in one column, the others in one row."""
    if len(points) != 4 or len(set(points)) < 4:
        return False
    return _same(points[0][0], points[2][0]) and _same(points[1][1], points[3][1])


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6


def _is_vertical(points: list[Coordinates]) -> bool:
    return len({x for x, _ in points}) == 1


def _is_horizontal(points: list[Coordinates]) -> bool:
    return len({y for _, y in points}) == 1


def _length(points: list[Coordinates]) -> float:
    (a, b), (c, d) = points[0], points[-1]
    return abs(a - c) + abs(b - d)


def _place(given: dict[str, str], first: str, second: str) -> Coordinates:
    return _first_number(given.get(first, "")), _first_number(given.get(second, ""))


def _first_number(text: str) -> float:
    return float(match[0]) if (match := _NUMBERS.search(text)) else 0.0


def _translated(transform: str) -> Coordinates:
    if not (match := _MOVED.search(transform)):
        return 0.0, 0.0
    numbers = [float(number) for number in _NUMBERS.findall(match[1])]
    return (numbers[0], numbers[1] if len(numbers) > 1 else 0.0) if numbers else (0.0, 0.0)


def _sum(one: Coordinates, other: Coordinates) -> Coordinates:
    return one[0] + other[0], one[1] + other[1]
