"""Back-calculation: withheld values that the published numbers of the same row give.

A share with its Wilson interval, or the interval alone, gives the numerator and the denominator; a share and
one count give the other count; a base value and a change give the share.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from navbook.disclosure.array_types import Floats
from navbook.statistics import wilson

COUNTS = ("x", "n", "n-x")
HALF_A_PERSON = 0.5
HALF_A_PERMILLE = 0.0005
_SCALES = (1.0, 0.01)  # printed as a share, or in per cent
_Z = 1.959964
_MAX_N = 2_000
_ROUNDING = 1e-9


class PrintedNumber(NamedTuple):
    """A printed number; `half` is half a unit of its last digit, the largest rounding error."""

    value: float
    half: float = 0.0


def months_in(period: str) -> float:
    """Return the number of months of a period; 1 for a name of unknown form."""
    if between := re.fullmatch(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)", period):
        first, last = (int(between[k]) * 12 + int(between[k + 1]) for k in (1, 3))
        return last - first + 1
    return 12 if len(period) == len("2022") else 4 if "T" in period else 1


def recoverable_fields(
    shown: Mapping[str, PrintedNumber], withheld: Mapping[str, float], period: str
) -> Iterator[str]:
    """Yield the withheld fields that the `shown` numbers of the same row determine within half a unit.

    A count is also found by its mean per month of `period`, which is how a stock is printed.
    """
    queried = {field: value for field, value in withheld.items() if field in (*COUNTS, "verdi")}
    if len(shown) < 2 or not queried:
        return
    guesses = [guess for scale in _SCALES for guess in _derivable(shown, scale)]
    for field, value in queried.items():
        sizes, close = {value}, HALF_A_PERMILLE
        if field in COUNTS:
            sizes, close = {value, value / months_in(period)}, HALF_A_PERSON
        if any(name == field and abs(guess - size) <= close for name, guess in guesses for size in sizes):
            yield field


def _derivable(shown: Mapping[str, PrintedNumber], scale: float) -> Iterator[tuple[str, float]]:
    share, lower, upper = (_share(shown.get(name), scale) for name in ("verdi", "nedre", "ovre"))
    x, n, rest = (shown[name].value if name in shown else None for name in COUNTS)
    if x is not None and n is not None:
        yield "n-x", n - x
        yield from (("verdi", x / n),) if n else ()
    if x is not None and rest is not None:
        yield "n", x + rest
    if n is not None and rest is not None:
        yield "x", n - rest
    for sizes in _of_share(share, x, n), _of_interval(share, lower, upper):
        for numerator, denominator in sizes:
            yield from (("x", numerator), ("n", denominator), ("n-x", denominator - numerator))
    for result, one, other in (("verdi", "basis_verdi", "endring"), ("verdi", "forventet", "avvik")):
        if one in shown and other in shown:
            yield result, (shown[one].value + shown[other].value) * scale


def _share(shown: PrintedNumber | None, scale: float) -> PrintedNumber | None:
    if shown is None or not 0 <= shown.value * scale <= 1:
        return None
    return PrintedNumber(shown.value * scale, shown.half * scale)


def _of_share(share: PrintedNumber | None, x: float | None, n: float | None) -> Iterator[tuple[float, float]]:
    if share is None:
        return
    if n is not None:
        yield share.value * n, n
    if x is not None and share.value > 0:
        yield x, x / share.value


def _of_interval(
    share: PrintedNumber | None, lower: PrintedNumber | None, upper: PrintedNumber | None
) -> Iterator[tuple[float, float]]:
    """Yield (x, n) of a Wilson interval: from the share and a limit, from both limits, and from rounding."""
    if share is not None:
        for limit in (lower, upper):
            gap = abs(share.value - limit.value) if limit else 0.0
            if limit and gap > _ROUNDING:
                size = _Z**2 * limit.value * (1 - limit.value) / gap**2
                yield share.value * size, size
    if lower is None or upper is None or lower.value >= upper.value:
        return
    yield from _of_both_limits(lower.value, upper.value)
    yield from _of_rounded_limits(share, lower, upper)


def _of_both_limits(lower: float, upper: float) -> Iterator[tuple[float, float]]:
    """Yield (x, n) from both limits.

    The limits are the roots of (1 + a)p² − (2s + a)p + s² = 0 with a = z²/n, here solved for s and n.
    """
    product, rest = lower * upper, (1 - lower) * (1 - upper)
    if abs(1 - lower - upper) < _ROUNDING:
        root = 1 / (2 * math.sqrt(product)) if product > 0 else 1.0
    else:
        root = (math.sqrt(rest) - math.sqrt(product)) / (1 - lower - upper)
    spread = root**2 - 1
    if spread > _ROUNDING:
        size = _Z**2 / spread
        share = min(1.0, math.sqrt(product) * root)
        yield share * size, size


def _of_rounded_limits(
    share: PrintedNumber | None, lower: PrintedNumber, upper: PrintedNumber
) -> list[tuple[float, float]]:
    """Return the middle of the whole (x, n) whose share and limits round to the printed ones, if any do."""
    x, n, limits = _whole_numbers()
    fits = np.ones(len(x), dtype=bool)
    for shown, column in ((lower, 1), (upper, 2), (share, 0)):
        if shown is not None:
            fits &= np.abs(limits[column] - shown.value) <= shown.half + _ROUNDING
    if not fits.any():
        return []
    return [((x[fits].min() + x[fits].max()) / 2, (n[fits].min() + n[fits].max()) / 2)]


@cache
def _whole_numbers() -> tuple[Floats, Floats, list[Floats]]:
    """Return x, n and their Wilson intervals: all x for n ≤ 300, above that x ≤ 12 or n − x ≤ 12."""
    pairs = [(x, n) for n in range(1, 301) for x in range(n + 1)]
    for n in range(301, _MAX_N + 1):
        pairs += [(x, n) for x in (*range(13), *range(n - 12, n + 1))]
    x, n = np.array(pairs, dtype=np.float64).T
    return x, n, [np.asarray(column) for column in wilson(x, n)]
