"""The withheld values by their key, and when a printed number tells one of them."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

import pandas as pd

from navbook.disclosure.audit.back_calculation import COUNTS, months_in

KEY = ("indikator", "gruppe", "enhet", "periode")
Key = tuple[str, ...]
# what was found (key and field), and where in the file
Finding = tuple[str, str]

NUMBER = re.compile(r"[-−]?\d+(?:[ \u00a0\u202f\u2009]\d{3})*(?:[.,]\d+)?")
_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")
_MOST_DECIMALS = 6
_COUNTRY_PAGE, _COUNTRY = "landet", "0000"


class Withheld:
    """The withheld values by their key; `period` is the one a page means that names none."""

    def __init__(self, frame: pd.DataFrame, period: str = "") -> None:
        self.period = period
        self._fields: dict[Key, dict[str, float]] = defaultdict(dict)
        fields, values = frame["felt"].tolist(), frame["verdi"].tolist()
        for key, field, value in zip(keys_of(frame), fields, values, strict=True):
            self._fields[key][str(field)] = float(value)

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def of(self, key: Iterable[object]) -> dict[str, float]:
        """The withheld fields of a key and their values; none for a key that nothing is withheld of."""
        return self._fields.get(tuple(str(part) for part in key), {})

    def lacking(self, part: str, keys: Mapping[str, str]) -> dict[str, Key]:
        """The keys that agree with `keys` in all but `part`, by that part: the withheld periods of a series
        in a unit, or the withheld units of a series in a period.
        """
        return self._indexes.get((part, *(keys.get(name, "") for name in KEY if name != part)), {})

    @cached_property
    def units(self) -> frozenset[str]:
        """The units that something is withheld of."""
        return frozenset(key[KEY.index("enhet")] for key in self._fields)

    def of_unit(self, unit: str) -> list[Key]:
        """The keys of a unit that something is withheld of."""
        return self._by_unit[unit]

    @cached_property
    def _by_unit(self) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for key in self._fields:
            found[key[KEY.index("enhet")]].append(key)
        return found

    @cached_property
    def heads(self) -> dict[str, frozenset[str]]:
        """The periods and indicators that something is withheld of, as heads of columns may name them."""
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
    """The key of each row. From lists: one by one, values of a column take as long as all else together."""
    return zip(*(table[name].astype(str).tolist() for name in KEY), strict=True)


def keys_of_place(name: str, period: str) -> dict[str, str]:
    """What the address of a file says of the numbers in it: `kontor/9003.html` is about one unit,
    `indikator/ota_arbs.html` about one series; a page that names no group and period means all, and the
    edition's period.
    """
    path = PurePosixPath(name)
    usual = {"gruppe": "alle"} | ({"periode": period} if period else {})
    if path.parent.name in ("kontor", "fylke"):
        return usual | {"enhet": path.stem}
    if path.parent.name == "indikator":
        return usual | {"indikator": path.stem}
    return usual | ({"enhet": _COUNTRY} if path.stem == _COUNTRY_PAGE else {})


def describe(key: Iterable[object], field: str) -> str:
    """The key and field of a value, never the value."""
    return "/".join(str(part) for part in key) + f" {field}"


def number_of(shown: str) -> float:
    """A printed number as a number."""
    return float(_plain(shown))


def decimals_of(shown: str) -> int:
    """How many decimals a number is printed with."""
    return len(_plain(shown).partition(".")[2])


def tells(shown: str, field: str, value: float, period: str = "") -> bool:
    """Whether the text of a number shows `value`, or a rounding of it to one decimal or more, also in per
    cent; of a count also its mean per month of `period`, which is how a stock is printed.
    """
    decimals, number = decimals_of(shown), number_of(shown)
    months = months_in(period) if period else 1
    if field in COUNTS and value == round(value):
        if number == value:
            return True
        step = 10.0**decimals
        return months > 1 and decimals <= 1 and number == math.floor(value / months * step + 0.5) / step
    if decimals == 0 or decimals > 2 * _MOST_DECIMALS:
        return False
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)
    return any(abs(number - value * scale) <= half for scale in (1.0, 100.0))


def _plain(shown: str) -> str:
    return _SPACES.sub("", shown).replace(",", ".").replace("−", "-")
