"""Where labels stand beside their marks without covering each other."""

from collections.abc import Sequence
from typing import NamedTuple


class Label(NamedTuple):
    """A label of one line: its left and right end and the height of its middle, in units of the figure."""

    left: float
    right: float
    middle: float


def apart(
    labels: Sequence[Label], taken: Sequence[Label], line: float, limits: tuple[float, float]
) -> list[float]:
    """The middle of each label, moved up or down as little as keeps it `line` from all others beside it.

    `taken` are labels that stand already. A middle that must move stays within `limits`; where there is no
    room left, the label stays where it is. The lowest label is placed first.
    """
    placed = list(taken)
    heights = dict[int, float]()
    for k in sorted(range(len(labels)), key=lambda k: (labels[k].middle, k)):
        label = labels[k]
        beside = [other.middle for other in placed if other.left < label.right and label.left < other.right]
        tried = [middle + step for middle in beside for step in (-line, line)]
        tried = [height for height in tried if limits[0] <= height <= limits[1]]
        free = (
            height
            for height in [label.middle, *sorted(tried, key=lambda height: abs(height - label.middle))]
            if all(abs(height - middle) >= line for middle in beside)
        )
        heights[k] = next(free, label.middle)
        placed.append(label._replace(middle=heights[k]))
    return [heights[k] for k in range(len(labels))]
