"""The axis that small charts share: where a value is drawn, and ticks that a person would choose."""

from dataclasses import dataclass

TICK_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True)
class Axis:
    """A linear axis: `low` is drawn at the coordinate `begin`, `high` at `end`."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        """The coordinate of a value."""
        return self.begin + (self.end - self.begin) * (value - self.low) / (self.high - self.low)

    def inside(self, value: float) -> float:
        """The coordinate of the value, or of the end that it lies beyond."""
        return self.at(min(max(value, self.low), self.high))

    def ticks(self, most: int = 6) -> list[int]:
        """Round numbers on the axis, at most `most` of them."""
        for step in TICK_STEPS:
            first = int(-(-self.low // step)) * step
            found = list(range(first, int(self.high) + 1, step))
            if len(found) <= most:
                return found
        return []


def padded(values: list[float], least_span: float, margin: float) -> tuple[float, float]:
    """Ends for an axis of per cents that holds the values with a margin, within 0–100.

    The axis spans at least `least_span`: a shorter one exaggerates noise.
    """
    low, high = min(values), max(values)
    slack = max((least_span - (high - low)) / 2, margin)
    return max(0.0, low - slack), min(100.0, high + slack)
