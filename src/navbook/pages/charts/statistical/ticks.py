"""Axes of per cent: limits and ticks that a person would choose."""

import math
from collections.abc import Iterable

STEPS = (1, 2, 5, 10, 20, 25)
MOST_TICKS = 6


def smooth_limits(values: Iterable[float], least: float = 0.0, most: float = 100.0) -> tuple[float, float]:
    """The nearest ticks outside the values (per cent), within `least` and `most`; at least ten apart.

    Rounded so far out, an axis does not tell the outermost value to its last digit.
    """
    known = list(values)
    low, high = min(known), max(known)
    step = 5 if high - low <= 40 else 10
    low, high = step * math.floor((low - 1) / step), step * math.ceil((high + 1) / step)
    if high - low < 10:
        low, high = low - 5, high + 5
    return max(least, float(low)), min(most, float(high))


def per_cent_ticks(low: float, high: float, most: int = MOST_TICKS) -> list[int]:
    """Whole ticks between two limits, at most `most` steps of 1, 2, 5, 10, 20 or 25."""
    step = next((step for step in STEPS if (high - low) / step <= most), STEPS[-1])
    return [tick for tick in range(-100, 101, step) if low <= tick <= high]
