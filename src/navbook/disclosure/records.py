"""Looks for withheld values beside their own key: in tables, JSON objects and elements with data-* keys."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow.parquet as pq

KEY = ("indikator", "gruppe", "enhet", "periode")
Finding = tuple[str, str]

_NUMBER = re.compile(r"[-−]?\d+(?:[  \u2009]\d{3})*(?:[.,]\d+)?")
_SPACES = re.compile(r"[  \u2009]")
_COUNTS = ("x", "n", "n-x")
_MOST_DECIMALS = 6
_LONG = 100
# elements that never get an end tag
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Withheld:
    """The withheld values by their key."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._fields: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        fields, values = frame["felt"].tolist(), frame["verdi"].tolist()
        for key, field, value in zip(_keys(frame), fields, values, strict=True):
            self._fields[key][str(field)] = float(value)

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def of(self, key: Iterable[object]) -> dict[str, float]:
        """The withheld fields of a key and their values; none for a key that nothing is withheld of."""
        return self._fields.get(tuple(str(part) for part in key), {})


def _keys(table: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """The key of each row. From lists: one by one, values of a column take as long as all else together."""
    return zip(*(table[name].astype(str).tolist() for name in KEY), strict=True)


def describe(key: Iterable[object], field: str) -> str:
    """The key and field of a value, never the value."""
    return "/".join(str(part) for part in key) + f" {field}"


def tells(shown: str, field: str, value: float) -> bool:
    """Whether the text of a number shows `value` or a rounding of it to one decimal or more, also in per
    cent.
    """
    plain = _SPACES.sub("", shown).replace(",", ".").replace("−", "-")
    decimals = len(plain.partition(".")[2])
    number = float(plain)
    if field in _COUNTS and value == round(value):
        return number == value
    if decimals == 0 or decimals > 2 * _MOST_DECIMALS:
        return False
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)
    return any(abs(number - value * scale) <= half for scale in (1.0, 100.0))


def read_table(path: Path) -> pd.DataFrame:
    """A CSV (`;` or `,`) or Parquet file as text, missing as empty; no rows if it cannot be read as a
    table.
    """
    if path.suffix == ".parquet":
        frame = pq.ParquetFile(path).read().to_pandas()
        return frame.astype(object).where(frame.notna(), "").astype(str)
    try:
        with path.open(encoding="utf-8-sig") as stream:
            separator = ";" if ";" in stream.readline() else ","
        return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError):
        return pd.DataFrame()


def in_table(table: pd.DataFrame, secrets: Withheld) -> Iterator[Finding]:
    """Withheld values in the rows of a table with key columns."""
    if not set(KEY) <= set(table.columns):
        return
    rows = table[[key in secrets for key in _keys(table)]]
    names = [str(name) for name in rows.columns]
    columns = [rows[name].tolist() for name in rows.columns]
    for line, *values in zip(rows.index + 2, *columns, strict=True):
        yield from _in_record(dict(zip(names, values, strict=True)), f"line {line}", secrets)


def in_json(path: Path, secrets: Withheld) -> Iterator[Finding]:
    """Withheld values in JSON objects that hold a key; an object inside another inherits what it does not
    say.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return
    yield from _in_json(content, {}, "$", secrets)


def _in_json(content: Any, inherited: dict[str, Any], where: str, secrets: Withheld) -> Iterator[Finding]:
    if isinstance(content, list):
        for place, item in enumerate(content):
            yield from _in_json(item, inherited, f"{where}[{place}]", secrets)
    elif isinstance(content, dict):
        record = inherited | content
        yield from _in_record(record, where, secrets)
        keys = {name: record[name] for name in KEY if name in record}
        for name, item in content.items():
            yield from _in_json(item, keys, f"{where}.{name}", secrets)


def _in_record(record: dict[str, Any], where: str, secrets: Withheld) -> Iterator[Finding]:
    key = tuple(record.get(name) for name in KEY)
    for field, value in secrets.of(key).items():
        shown = str(record.get(field, "")).strip()
        if _NUMBER.fullmatch(shown) and tells(shown, field, value):
            yield describe(key, field), where


def in_markup(path: Path, secrets: Withheld) -> Iterator[Finding]:
    """Withheld values in the text and attributes of elements that carry data-indikator, data-enhet and so
    on.
    """
    parser = _Markup(secrets)
    parser.feed(path.read_text(encoding="utf-8", errors="replace"))
    yield from parser.found


_TOLD_BY = {f"data-{name}": name for name in (*KEY, "felt")}


class _Inside(NamedTuple):
    """An element that is open: its tag, the keys that hold in it, and what is withheld of them."""

    tag: str
    keys: dict[str, str]
    fields: dict[str, float]


class _Markup(HTMLParser):
    """Walks a page with the keys of the elements it is inside of."""

    def __init__(self, secrets: Withheld) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Finding] = []
        self._secrets = secrets
        self._open = [_Inside("", {}, {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = self._open[-1]
        told = {_TOLD_BY[name]: value or "" for name, value in attrs if name in _TOLD_BY}
        keys = around.keys | told if told else around.keys
        fields = self._secrets.of(keys.get(name, "") for name in KEY) if told else around.fields
        inside = _Inside(tag, keys, fields)
        for name, value in attrs:
            if _TOLD_BY.get(name) not in KEY:
                self._look(value or "", inside)
        if tag not in _VOID:
            self._open.append(inside)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, inside in enumerate(self._open) if inside.tag == tag]
        if places and places[-1] > 0:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self._look(data, self._open[-1])

    def _look(self, text: str, inside: _Inside) -> None:
        if not inside.fields or not text.strip():
            return
        keys = inside.keys
        key = tuple(keys.get(name, "") for name in KEY)
        for shown in _NUMBER.findall(text):
            for field, value in inside.fields.items():
                alone = shown == text.strip()
                # a small whole number inside a sentence ("siste 30 dager") is no count of anybody
                if field in _COUNTS and value < _LONG and not alone:
                    continue
                # one cell may hold several fields, named with a blank between
                named = keys.get("felt", field).split()
                if field in named and tells(shown, field, value):
                    self.found.append((describe(key, field), f"line {self.getpos()[0]}"))
