"""Find withheld values in HTML: in elements with a key, and in table rows with headings."""

import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from navbook.disclosure.audit import scan_charts
from navbook.disclosure.audit.back_calculation import COUNTS, PrintedNumber, recoverable_fields
from navbook.disclosure.audit.html_parser import FastHTMLParser
from navbook.disclosure.audit.scan_records import parsed, printed_number, scan_json
from navbook.disclosure.audit.table_headings import TablePlace, keys_of_head
from navbook.disclosure.audit.texts.decoded import decoded
from navbook.disclosure.audit.texts.sentences import scan_sentence
from navbook.disclosure.audit.withheld_index import (
    KEY,
    NUMBER,
    Hit,
    Key,
    WithheldIndex,
    describe,
    number_of,
    shows_value,
)

_MIN_LONG_NUMBER = 100
# elements without an end tag
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_KEY_ATTRIBUTES = {f"data-{name}": name for name in (*KEY, "felt")}
# attributes of table layout
_LAYOUT = {"colspan", "rowspan", "tabindex"}
_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_CHART_ATTRIBUTE = "data-navbook-tegning"
_INTERVAL = re.compile(rf"({NUMBER.pattern})\s*(?:–|-|til|;)\s*({NUMBER.pattern})")
# marks a key whose period is given by an element, not by the page
_PERIOD_STATED = "periode er sagt"
# the attributes of a chart element that hold text; the others describe its appearance
_CHART_TEXT_ATTRIBUTES = ("aria-", "data-", "title", "alt", "id", "href")
# elements that a sentence may hold
_INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
_LENGTH = re.compile(r"(?<![\w.,-])(\d+(?:\.\d+)?)(?:px|%|em|rem|ch|pt|vw|fr)")
_HALF = 0.5
_OWN_KEY = re.compile(rf'data-({"|".join(KEY)})="([^"]*)"')
_JSON = re.compile(r"[\[{]")


def scan_markup(
    text: str, index: WithheldIndex, page_keys: Mapping[str, str], drawn: bool = False
) -> list[Hit]:
    """Return the withheld values in the text, attributes, table rows and charts of a page.

    The key of a value comes from the data-* attributes of the elements around it, else from the headings of
    its row and column, else from `page_keys`. The period may come from `page_keys` only in a row with
    headings; other text may be about other periods. In a chart (`drawn`) only the text is read here.
    """
    svgs: list[str] = []

    def set_aside(drawing: re.Match[str]) -> str:
        svgs.append(drawing[0])
        lines = "\n" * drawing[0].count("\n")
        return f'<img {_CHART_ATTRIBUTE}="{len(svgs) - 1}">{lines}'

    parser = _Markup(index, page_keys, svgs, drawn)
    parser.read(_DRAWING.sub(set_aside, text))
    return [*parser.found, *parser.recovered()]


class _Inside(NamedTuple):
    """An open element: its tag, the keys that apply in it, and the withheld fields of that key."""

    tag: str
    keys: dict[str, str]
    fields: dict[str, float]


class _Markup(FastHTMLParser):
    """Walk a page and keep track of the keys of the open elements."""

    def __init__(
        self, index: WithheldIndex, page_keys: Mapping[str, str], svgs: list[str], drawn: bool
    ) -> None:
        super().__init__()
        self.found: list[Hit] = []
        self._index, self._svgs, self._drawn = index, svgs, drawn
        self._sentence: list[str] = []
        self._tables: list[TablePlace] = []
        keys = dict(page_keys)
        self._open = [_Inside("", keys, self._withheld(keys))]
        self._shown: dict[Key, dict[str, PrintedNumber]] = defaultdict(dict)
        self._lines: dict[Key, int] = {}
        self._unnamed: list[tuple[Key, str, str, str]] = []
        self._published: dict[Key, set[str]] = defaultdict(set)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._end_sentence()
        around = self._open[-1]
        own = {_KEY_ATTRIBUTES[name]: value or "" for name, value in attrs if name in _KEY_ATTRIBUTES}
        inside = _Inside(tag, around.keys, around.fields)
        if own:
            keys = around.keys | own | ({_PERIOD_STATED: "ja"} if "periode" in own else {})
            inside = _Inside(tag, keys, self._withheld(keys))
        inside = self._in_table(tag, inside)
        for name, value in attrs:
            if name == _CHART_ATTRIBUTE:
                self._draw(self._svgs[int(value or 0)], inside)
            elif value and name == "style":
                self._scan_style(value, inside)
            elif value and self._is_read(name):
                self._scan_text(value, inside)
                self._scan_sentence(value, inside)
        if tag not in _VOID:
            self._open.append(inside)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_sentence()
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                break
        if tag == "table" and self._tables:
            self._tables.pop()

    def handle_comment(self, data: str) -> None:
        inside = self._open[-1]
        self._scan_text(data, inside)
        self._scan_sentence(data, inside)
        if "</" in data or "/>" in data:
            self.found += [
                (what, f"line {self.line()}, comment")
                for what, _ in scan_markup(data, self._index, inside.keys, self._drawn)
            ]

    def handle_data(self, data: str) -> None:
        inside = self._open[-1]
        self._sentence.append(data)
        if self._tables and inside.tag in ("th", "td") and data.strip():
            inside = self._by_heads(data.strip(), inside)
        self._scan_text(data, inside)

    def recovered(self) -> list[Hit]:
        """Return the values that the numbers shown under one key give together, and unnamed numbers.

        An unnamed number is skipped if the same number is published under another field of the key: a share
        may equal the share of the year before.
        """
        self._end_sentence()
        found = [
            (describe(key, name), where)
            for key, name, shown, where in self._unnamed
            if shown not in self._published[key]
        ]
        for key, shown in self._shown.items():
            fields = self._index.of(key)
            recovered = recoverable_fields(shown, fields, key[KEY.index("periode")])
            found += [(describe(key, name), f"line {self._lines[key]}") for name in recovered]
        return found

    def _is_read(self, name: str) -> bool:
        if self._drawn and not name.startswith(_CHART_TEXT_ATTRIBUTES):
            return False
        return name not in _LAYOUT and _KEY_ATTRIBUTES.get(name) not in KEY

    def _withheld(self, keys: Mapping[str, str]) -> dict[str, float]:
        if _PERIOD_STATED not in keys:
            return {}
        return self._index.of(keys.get(name, "") for name in KEY)

    def _in_table(self, tag: str, inside: _Inside) -> _Inside:
        """Follow the rows and columns of a table."""
        if tag == "table":
            self._tables.append(TablePlace())
        elif self._tables and tag == "tr":
            self._tables[-1].start_row()
        elif self._tables and tag in ("th", "td"):
            head = self._tables[-1].start_cell()
            if head is not None and tag == "td" and "felt" not in inside.keys:
                return self._under_head(head, inside)
        return inside

    def _under_head(self, head: str, inside: _Inside) -> _Inside:
        """Apply the heading of the cell's column: a field, a period or an indicator."""
        headed = keys_of_head(head, self._index.heads)
        keys = inside.keys | headed | ({_PERIOD_STATED: "ja"} if "periode" in headed else {})
        return _Inside(inside.tag, keys, self._withheld(keys)) if headed else inside

    def _by_heads(self, text: str, inside: _Inside) -> _Inside:
        """Record a column heading, or take the unit of a row from its heading."""
        table = self._tables[-1]
        if table.in_head:
            table.add_to_head(text)
        elif table.column == 0 and text in self._index.units:
            place = max(k for k, element in enumerate(self._open) if element.tag == "tr")
            keys = self._open[place].keys | {"enhet": text, _PERIOD_STATED: "ja"}
            fields = self._withheld(keys)
            self._open[place] = _Inside("tr", keys, fields)
        return inside

    def _end_sentence(self) -> None:
        """Read the text since the last element that is no part of a sentence."""
        if self._sentence:
            self._scan_sentence("".join(self._sentence), self._open[-1])
            self._sentence.clear()

    def _scan_sentence(self, text: str, inside: _Inside) -> None:
        where = f"line {self.line()}"
        self.found += [(what, where) for what in scan_sentence(text, self._index, inside.keys)]

    def _scan_style(self, style: str, inside: _Inside) -> None:
        """A length in the style of an element with a key is a value that is drawn."""
        self._scan_text(style, inside)
        period = inside.keys.get("periode", "")
        for length in _LENGTH.findall(style):
            for name, value in inside.fields.items():
                in_per_cent = name == "verdi" and abs(number_of(length) - 100 * value) <= _HALF
                if in_per_cent or (name in COUNTS and shows_value(length, name, value, period)):
                    key = tuple(inside.keys.get(part, "") for part in KEY)
                    self.found.append((describe(key, name), f"line {self.line()}, style"))

    def _scan_text(self, text: str, inside: _Inside) -> None:
        text = decoded(text)
        if (start := _JSON.search(text) if inside.tag == "script" or text[:1] in ("{", "[") else None) and (
            content := parsed(text[start.start() :].strip().rstrip(";"))
        ) is not None:
            self.found += scan_json(content, self._index, inside.keys, f"line {self.line()}")
        if not inside.fields or not text.strip():
            return
        keys = inside.keys
        key = tuple(keys.get(name, "") for name in KEY)
        numbers = NUMBER.findall(_without_names(text, keys))
        # one cell may hold several fields, separated by blanks
        named = keys["felt"].split() if "felt" in keys else []
        if named and not inside.fields.keys() & set(named):
            self._published[key].update(numbers)
        self._note(key, text, numbers, named)
        for shown in numbers:
            for name, value in inside.fields.items():
                alone = shown == text.strip()
                # a small whole number inside text ("siste 30 dager", "Under 30 år") is not a count of persons
                small = value < _MIN_LONG_NUMBER or (
                    not named and shown.isdigit() and int(shown) < _MIN_LONG_NUMBER
                )
                if name in COUNTS and small and not alone:
                    continue
                if (named and name not in named) or not shows_value(shown, name, value, keys["periode"]):
                    continue
                where = f"line {self.line()}"
                if named:
                    self.found.append((describe(key, name), where))
                else:
                    self._unnamed.append((key, name, shown, where))

    def _note(self, key: Key, text: str, numbers: list[str], named: list[str]) -> None:
        """Collect the numbers shown under a key, for back-calculation when the page has been read."""
        if not numbers:
            return
        shown = self._shown[key]
        self._lines.setdefault(key, self.line())
        if named and len(named) == len(numbers):
            shown.update({name: printed_number(text) for name, text in zip(named, numbers, strict=True)})
        elif not named and (limits := _INTERVAL.search(text)):
            shown["nedre"], shown["ovre"] = printed_number(limits[1]), printed_number(limits[2])
            if before := NUMBER.findall(text[: limits.start()]):
                shown["verdi"] = printed_number(before[-1])

    def _draw(self, svg: str, inside: _Inside) -> None:
        line = f"line {self.line()}"
        keys = inside.keys | {
            name: unescape(value) for name, value in _OWN_KEY.findall(svg[: svg.index(">") + 1])
        }
        hits = scan_charts.values_in_chart(svg, self._index, keys)
        if self._has_a_period(svg, keys) and "periode" in keys and scan_charts.has_date_axis(svg):
            # its values belong to the periods along its axis, not to the period of the page
            keys = {name: value for name, value in keys.items() if name not in ("periode", _PERIOD_STATED)}
        if self._has_a_period(svg, keys):
            hits += [what for what, _ in scan_markup(f"<g{svg[4:]}", self._index, keys, drawn=True)]
        self.found += [(what, line) for what in hits]

    def _has_a_period(self, svg: str, keys: Mapping[str, str]) -> bool:
        return _PERIOD_STATED in keys or "data-periode" in svg


def _without_names(text: str, keys: Mapping[str, str]) -> str:
    """Return the text without the ids of its indicator and group: digits in an id are no count."""
    for name in ("indikator", "gruppe"):
        if named := keys.get(name):
            text = text.replace(named, " ")
    return text
