"""What anyone with paper and pencil works out from numbers that stand beside each other.

A share and its Wilson interval (or the interval alone) give numerator and denominator back; a share and one
count give the other; a base and a change give the share.
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
_MOST = 2_000
_ROUNDING = 1e-9


class Shown(NamedTuple):
    """A number that is shown, and how far the true one may lie from it (half its last printed digit)."""

    value: float
    half: float = 0.0


def months_in(period: str) -> float:
    """How many months a period of that name has; one where the name is of no known form."""
    if between := re.fullmatch(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)", period):
        first, last = (int(between[k]) * 12 + int(between[k + 1]) for k in (1, 3))
        return last - first + 1
    return 12 if len(period) == len("2022") else 4 if "T" in period else 1


def told_by(shown: Mapping[str, Shown], withheld: Mapping[str, float], period: str) -> Iterator[str]:
    """The withheld fields that the shown numbers of the same row give back, within half a unit.

    A count of a stock is found by its monthly mean too.
    """
    asked = {field: value for field, value in withheld.items() if field in (*COUNTS, "verdi")}
    if len(shown) < 2 or not asked:
        return
    guesses = [guess for scale in _SCALES for guess in _worked_out(shown, scale)]
    for field, value in asked.items():
        sizes, close = {value}, HALF_A_PERMILLE
        if field in COUNTS:
            sizes, close = {value, value / months_in(period)}, HALF_A_PERSON
        if any(name == field and abs(guess - size) <= close for name, guess in guesses for size in sizes):
            yield field


def _worked_out(shown: Mapping[str, Shown], scale: float) -> Iterator[tuple[str, float]]:
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
        for part, whole in sizes:
            yield from (("x", part), ("n", whole), ("n-x", whole - part))
    for whole_name, one, other in (("verdi", "basis_verdi", "endring"), ("verdi", "forventet", "avvik")):
        if one in shown and other in shown:
            yield whole_name, (shown[one].value + shown[other].value) * scale


def _share(shown: Shown | None, scale: float) -> Shown | None:
    if shown is None or not 0 <= shown.value * scale <= 1:
        return None
    return Shown(shown.value * scale, shown.half * scale)


def _of_share(share: Shown | None, x: float | None, n: float | None) -> Iterator[tuple[float, float]]:
    if share is None:
        return
    if n is not None:
        yield share.value * n, n
    if x is not None and share.value > 0:
        yield x, x / share.value


def _of_interval(
    share: Shown | None, lower: Shown | None, upper: Shown | None
) -> Iterator[tuple[float, float]]:
    """Numerators and denominators that a Wilson interval gives back: each limit solved for n, both of them
    solved for x and n, and the whole numbers that print so.
    """
    if share is not None:
        for limit in (lower, upper):
            gap = abs(share.value - limit.value) if limit else 0.0
            if limit and gap > _ROUNDING:
                size = _Z**2 * limit.value * (1 - limit.value) / gap**2
                yield share.value * size, size
    if lower is None or upper is None or lower.value >= upper.value:
        return
    yield from _of_both_limits(lower.value, upper.value)
    yield from _that_print_so(share, lower, upper)


def _of_both_limits(lower: float, upper: float) -> Iterator[tuple[float, float]]:
    """Both limits are roots of (1 + a)p² − (2s + a)p + s² = 0 with a = z²/n: solved for s and n."""
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


def _that_print_so(share: Shown | None, lower: Shown, upper: Shown) -> list[tuple[float, float]]:
    """The middle of all whole numerators and denominators whose share and limits are printed like these."""
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
    """Every x of 0 … n for n up to 300, and x, n, n − x of at most 12 for n above."""
    pairs = [(x, n) for n in range(1, 301) for x in range(n + 1)]
    for n in range(301, _MOST + 1):
        pairs += [(x, n) for x in (*range(13), *range(n - 12, n + 1))]
    x, n = np.array(pairs, dtype=np.float64).T
    return x, n, [np.asarray(column) for column in wilson(x, n)]
