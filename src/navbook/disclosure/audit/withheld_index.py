"""The withheld values by key, and the test whether a printed number shows one of them."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

import pandas as pd

from navbook.disclosure.audit.back_calculation import COUNTS, months_in

KEY = ("indikator", "gruppe", "enhet", "periode")
# what a chart shows of a row: the share and its limits
PUBLISHED = ("verdi", "nedre", "ovre")
Key = tuple[str, ...]
# the key and field of a value, and where in the file it was found
Hit = tuple[str, str]

NUMBER = re.compile(r"[-−]?\d+(?:[ \u00a0\u202f\u2009]\d{3})*(?:[.,]\d+)?")
_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")
_MAX_DECIMALS = 6
_COUNTRY_PAGE, _COUNTRY = "landet", "0000"


class WithheldIndex:
    """The withheld values by key; `period` applies to pages that name none, `names` gives the ids of
    indicators by their names in words, in lower case.
    """

    def __init__(self, frame: pd.DataFrame, period: str = "", names: Mapping[str, str] | None = None) -> None:
        self.period = period
        # the names of indicators in words, with their ids
        self.names = dict(names or {})
        # what the edition publishes of rows that have withheld values too
        self.published: dict[Key, tuple[float, ...]] = {}
        self._fields: dict[Key, dict[str, float]] = defaultdict(dict)
        fields, values = frame["felt"].tolist(), frame["verdi"].tolist()
        for key, field, value in zip(keys_of(frame), fields, values, strict=True):
            self._fields[key][str(field)] = float(value)

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def of(self, key: Iterable[object]) -> dict[str, float]:
        """Return the withheld fields of a key with their values; empty where nothing is withheld."""
        return self._fields.get(tuple(str(part) for part in key), {})

    def note_published(self, tall: pd.DataFrame) -> None:
        """Note the share and its limits of rows that publish them and withhold something else.

        `tall` has the columns of KEY and some of PUBLISHED, with numbers or their text; without a key nothing
        is noted.
        """
        partly = {key for key, fields in self._fields.items() if not fields.keys() & set(PUBLISHED)}
        named = [name for name in PUBLISHED if name in tall]
        if not partly or not named or not set(KEY) <= set(tall):
            return
        keys = list(keys_of(tall))
        some = [place for place, key in enumerate(keys) if key in partly]
        values = zip(*(tall[name].iloc[some].tolist() for name in named), strict=True)
        for place, row in zip(some, values, strict=True):
            self.published[keys[place]] = tuple(
                number_of(str(value)) for value in row if NUMBER.fullmatch(str(value))
            )

    def lacking(self, part: str, keys: Mapping[str, str]) -> dict[str, Key]:
        """Return the withheld keys that equal `keys` in everything but `part`, by their value of `part`.

        `part` is periode (the withheld periods of one series and unit) or enhet (the withheld units of one
        series and period).
        """
        return self._indexes.get((part, *(keys.get(name, "") for name in KEY if name != part)), {})

    @cached_property
    def units(self) -> frozenset[str]:
        """The units with withheld values."""
        return frozenset(key[KEY.index("enhet")] for key in self._fields)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups with withheld values."""
        return frozenset(key[KEY.index("gruppe")] for key in self._fields)

    def parts_named(self, word: str) -> dict[str, str]:
        """The part of a key that a word names, a unit, a period, an indicator or a group; empty if it names
        none.
        """
        for part, known in (("enhet", self.units), *self.heads.items(), ("gruppe", self.groups)):
            if word in known:
                return {part: word}
        return {}

    def series_named_in(self, text: str) -> set[str]:
        """The indicators that a text calls by their names in words."""
        lower = text.lower()
        return {indicator for name, indicator in self.names.items() if name in lower}

    def of_unit(self, unit: str) -> list[Key]:
        """Return the withheld keys of a unit."""
        return self._by_unit[unit]

    @cached_property
    def _by_unit(self) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for key in self._fields:
            found[key[KEY.index("enhet")]].append(key)
        return found

    @cached_property
    def heads(self) -> dict[str, frozenset[str]]:
        """The periods and indicators with withheld values, which column heads may name."""
        return {
            name: frozenset(key[KEY.index(name)] for key in self._fields) for name in ("periode", "indikator")
        }

    @cached_property
    def _indexes(self) -> dict[Key, dict[str, Key]]:
        found: dict[Key, dict[str, Key]] = defaultdict(dict)
        for key in self._fields:
            indikator, gruppe, enhet, periode = key
            found["periode", indikator, gruppe, enhet][periode] = key
            found["enhet", indikator, gruppe, periode][enhet] = key
        return found


def keys_of(table: pd.DataFrame) -> Iterator[Key]:
    """Yield the key of each row (from lists, since access to single values of a column is slow)."""
    return zip(*(table[name].astype(str).tolist() for name in KEY), strict=True)


def keys_of_address(name: str, period: str) -> dict[str, str]:
    """Return the parts of the key that the address of a file implies for the numbers in it.

    `kontor/9003.html` is about one unit and `indikator/ota_arbs.html` about one series. A page that names no
    group or period is about the group `alle` and the period of the edition.
    """
    path = PurePosixPath(name)
    defaults = {"gruppe": "alle"} | ({"periode": period} if period else {})
    if path.parent.name in ("kontor", "fylke"):
        return defaults | {"enhet": path.stem}
    if path.parent.name == "indikator":
        return defaults | {"indikator": path.stem}
    return defaults | ({"enhet": _COUNTRY} if path.stem == _COUNTRY_PAGE else {})


def describe(key: Iterable[object], field: str) -> str:
    """Return the key and field of a value as text, never the value."""
    return "/".join(str(part) for part in key) + f" {field}"


def number_of(shown: str) -> float:
    """Return the value of a printed number."""
    return float(_plain(shown))


def decimals_of(shown: str) -> int:
    """Return the number of decimals of a printed number."""
    return len(_plain(shown).partition(".")[2])


def shows_value(shown: str, field: str, value: float, period: str = "") -> bool:
    """Return whether a printed number is `value` or a rounding of it to one or more decimals.

    A share may be printed in per cent. A count may be printed as its mean per month of `period`, which is how
    a stock is printed.
    """
    decimals, number = decimals_of(shown), number_of(shown)
    months = months_in(period) if period else 1
    if field in COUNTS and value == round(value):
        if number == value:
            return True
        step = 10.0**decimals
        return months > 1 and decimals <= 1 and number == math.floor(value / months * step + 0.5) / step
    if decimals == 0 or decimals > 2 * _MAX_DECIMALS:
        return False
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)
    return any(abs(number - value * scale) <= half for scale in (1.0, 100.0))


def _plain(shown: str) -> str:
    return _SPACES.sub("", shown).replace(",", ".").replace("−", "-")
