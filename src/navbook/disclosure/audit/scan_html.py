"""Looks for withheld values in pages: in elements that carry a key, and in rows of tables with heads."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from navbook.disclosure.audit import scan_charts
from navbook.disclosure.audit.back_calculation import COUNTS, Shown, told_by
from navbook.disclosure.audit.html_parser import Elements
from navbook.disclosure.audit.scan_records import as_shown, in_json, parsed
from navbook.disclosure.audit.withheld_index import KEY, NUMBER, Finding, Key, Withheld, describe, tells

_LONG = 100
# elements that never get an end tag
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TOLD_BY = {f"data-{name}": name for name in (*KEY, "felt")}
# they say how a table is laid out
_LAYOUT = {"colspan", "rowspan", "tabindex"}
_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_DRAWN = "data-navbook-tegning"
_INTERVAL = re.compile(rf"({NUMBER.pattern})\s*(?:–|-|til|;)\s*({NUMBER.pattern})")
# that the period of an element is said by it, or by one around it
_STATED = "periode er sagt"
# what else an element of a drawing has is how it looks
_WORDS_OF_A_DRAWING = ("aria-", "data-", "title", "alt", "id", "href")
_OWN_KEY = re.compile(rf'data-({"|".join(KEY)})="([^"]*)"')
_JSON = re.compile(r"[\[{]")
# what a column head may call a field
_HEADS = {"andel": "verdi", "prosent": "verdi", "antall": "x", "teller": "x", "nevner": "n"}
_LIMITS = "nedre ovre"


def in_markup(text: str, secrets: Withheld, place: Mapping[str, str], drawn: bool = False) -> list[Finding]:
    """Withheld values in the text, attributes, table rows and drawings of a page.

    A value is known by the `data-indikator`, `data-enhet` and so on of the elements around it, else by the
    heads of its row and column, else by the `place` of the page. Only a row that is known by its heads
    leaves its period to the page; anything else may be about other periods. Of what is `drawn` only the
    words are read here.
    """
    svgs: list[str] = []

    def kept_apart(drawing: re.Match[str]) -> str:
        svgs.append(drawing[0])
        lines = "\n" * drawing[0].count("\n")
        return f'<img {_DRAWN}="{len(svgs) - 1}">{lines}'

    parser = _Markup(secrets, place, svgs, drawn)
    parser.read(_DRAWING.sub(kept_apart, text))
    return [*parser.found, *parser.worked_out()]


class _Inside(NamedTuple):
    """An element that is open: its tag, the keys that hold in it, and what is withheld of them."""

    tag: str
    keys: dict[str, str]
    fields: dict[str, float]


@dataclass
class _Table:
    """Where in a table the parser is: the heads of its columns, and the column of the present cell."""

    heads: list[str] = field(default_factory=list)
    column: int = -1
    in_head: bool = True


class _Markup(Elements):
    """Walks a page with the keys of the elements it is inside of."""

    def __init__(self, secrets: Withheld, place: Mapping[str, str], svgs: list[str], drawn: bool) -> None:
        super().__init__()
        self.found: list[Finding] = []
        self._secrets, self._svgs, self._drawn = secrets, svgs, drawn
        self._tables: list[_Table] = []
        keys = dict(place)
        self._open = [_Inside("", keys, self._withheld(keys))]
        self._shown: dict[Key, dict[str, Shown]] = defaultdict(dict)
        self._lines: dict[Key, int] = {}
        self._unnamed: list[tuple[Key, str, str, str]] = []
        self._published: dict[Key, set[str]] = defaultdict(set)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = self._open[-1]
        told = {_TOLD_BY[name]: value or "" for name, value in attrs if name in _TOLD_BY}
        inside = _Inside(tag, around.keys, around.fields)
        if told:
            keys = around.keys | told | ({_STATED: "ja"} if "periode" in told else {})
            inside = _Inside(tag, keys, self._withheld(keys))
        inside = self._in_table(tag, inside)
        for name, value in attrs:
            if name == _DRAWN:
                self._draw(self._svgs[int(value or 0)], inside)
            elif value and self._is_read(name):
                self._look(value, inside)
        if tag not in _VOID:
            self._open.append(inside)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                break
        if tag == "table" and self._tables:
            self._tables.pop()

    def handle_data(self, data: str) -> None:
        inside = self._open[-1]
        if self._tables and inside.tag in ("th", "td") and data.strip():
            inside = self._by_heads(data.strip(), inside)
        self._look(data, inside)

    def worked_out(self) -> list[Finding]:
        """What the numbers shown under one key give back together, and those that are not said to be
        something else of the key that is published: a share may be the same as that of the year before.
        """
        found = [
            (describe(key, name), where)
            for key, name, shown, where in self._unnamed
            if shown not in self._published[key]
        ]
        for key, shown in self._shown.items():
            fields = self._secrets.of(key)
            told = told_by(shown, fields, key[KEY.index("periode")])
            found += [(describe(key, name), f"line {self._lines[key]}") for name in told]
        return found

    def _is_read(self, name: str) -> bool:
        if self._drawn and not name.startswith(_WORDS_OF_A_DRAWING):
            return False
        return name not in _LAYOUT and _TOLD_BY.get(name) not in KEY

    def _withheld(self, keys: Mapping[str, str]) -> dict[str, float]:
        if _STATED not in keys:
            return {}
        return self._secrets.of(keys.get(name, "") for name in KEY)

    def _in_table(self, tag: str, inside: _Inside) -> _Inside:
        """Follow the rows and columns of a table."""
        if tag == "table":
            self._tables.append(_Table())
        elif self._tables and tag == "tr":
            self._tables[-1].in_head = not self._tables[-1].heads
            self._tables[-1].column = -1
        elif self._tables and tag in ("th", "td"):
            table = self._tables[-1]
            table.column += 1
            if table.in_head:
                table.heads.append("")
            elif tag == "td" and "felt" not in inside.keys and table.column < len(table.heads):
                return self._under_head(table.heads[table.column], inside)
        return inside

    def _under_head(self, head: str, inside: _Inside) -> _Inside:
        """A cell with what the head of its column says: a field, a period or an indicator."""
        words = head.lower().split()
        if any("intervall" in word for word in words):
            told = {"felt": _LIMITS}
        elif named := next(
            (_HEADS.get(word, word) for word in words if word in _HEADS or word in _FIELDS), ""
        ):
            told = {"felt": named}
        else:
            told = {name: head for name in ("periode", "indikator") if head and self._is_key(name, head)}
        keys = inside.keys | told | ({_STATED: "ja"} if "periode" in told else {})
        return _Inside(inside.tag, keys, self._withheld(keys)) if told else inside

    def _by_heads(self, text: str, inside: _Inside) -> _Inside:
        """Note the head of a column, or take the unit of a row from its head."""
        table = self._tables[-1]
        if table.in_head:
            table.heads[table.column] = f"{table.heads[table.column]} {text}".strip()
        elif table.column == 0 and text in self._secrets.units:
            place = max(k for k, each in enumerate(self._open) if each.tag == "tr")
            keys = self._open[place].keys | {"enhet": text, _STATED: "ja"}
            fields = self._withheld(keys)
            self._open[place] = _Inside("tr", keys, fields)
        return inside

    def _is_key(self, name: str, head: str) -> bool:
        return head in self._secrets.heads[name]

    def _look(self, text: str, inside: _Inside) -> None:
        if (start := _JSON.search(text) if inside.tag == "script" or text[:1] in ("{", "[") else None) and (
            content := parsed(text[start.start() :].strip().rstrip(";"))
        ) is not None:
            self.found += in_json(content, self._secrets, inside.keys, f"line {self.line()}")
        if not inside.fields or not text.strip():
            return
        keys = inside.keys
        key = tuple(keys.get(name, "") for name in KEY)
        numbers = NUMBER.findall(_without_names(text, keys))
        # one cell may hold several fields, named with a blank between
        named = keys["felt"].split() if "felt" in keys else []
        if named and not inside.fields.keys() & set(named):
            self._published[key].update(numbers)
        self._note(key, text, numbers, named)
        for shown in numbers:
            for name, value in inside.fields.items():
                alone = shown == text.strip()
                # a small whole number inside words ("siste 30 dager", "Under 30 år") is no count of anybody
                small = value < _LONG or (not named and shown.isdigit() and int(shown) < _LONG)
                if name in COUNTS and small and not alone:
                    continue
                if (named and name not in named) or not tells(shown, name, value, keys["periode"]):
                    continue
                where = f"line {self.line()}"
                if named:
                    self.found.append((describe(key, name), where))
                else:
                    self._unnamed.append((key, name, shown, where))

    def _note(self, key: Key, text: str, numbers: list[str], named: list[str]) -> None:
        """Keep what is shown under a key, to see afterwards what it gives back together."""
        if not numbers:
            return
        shown = self._shown[key]
        self._lines.setdefault(key, self.line())
        if named and len(named) == len(numbers):
            shown.update({name: as_shown(each) for name, each in zip(named, numbers, strict=True)})
        elif not named and (limits := _INTERVAL.search(text)):
            shown["nedre"], shown["ovre"] = as_shown(limits[1]), as_shown(limits[2])
            if before := NUMBER.findall(text[: limits.start()]):
                shown["verdi"] = as_shown(before[-1])

    def _draw(self, svg: str, inside: _Inside) -> None:
        line = f"line {self.line()}"
        keys = inside.keys | {
            name: unescape(value) for name, value in _OWN_KEY.findall(svg[: svg.index(">") + 1])
        }
        told = scan_charts.told_by_drawing(svg, self._secrets, keys)
        if self._speaks_of_a_period(svg, keys) and "periode" in keys and scan_charts.is_dated(svg):
            # what it holds is of the periods along its axis, not of the one that the page names
            keys = {name: value for name, value in keys.items() if name not in ("periode", _STATED)}
        if self._speaks_of_a_period(svg, keys):
            told += [what for what, _ in in_markup(f"<g{svg[4:]}", self._secrets, keys, drawn=True)]
        self.found += [(what, line) for what in told]

    def _speaks_of_a_period(self, svg: str, keys: Mapping[str, str]) -> bool:
        return _STATED in keys or "data-periode" in svg


_FIELDS = {"x", "n", "n-x", "verdi", "nedre", "ovre", "endring", "basis_verdi", "forventet", "avvik", "krav"}


def _without_names(text: str, keys: Mapping[str, str]) -> str:
    """The text without the ids of the indicator and group it is about: the 11 of an id counts nobody."""
    for name in ("indikator", "gruppe"):
        if named := keys.get(name):
            text = text.replace(named, " ")
    return text
