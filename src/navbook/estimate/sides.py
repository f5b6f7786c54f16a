"""The rows of an edition as indices into the cube, and the counts of a row, its base and its level."""

from dataclasses import dataclass

import numpy as np

from navbook.estimate.cube import Cube, Flags, Floats, Places
from navbook.estimate.layout import NOWHERE
from navbook.statistics import Interval


@dataclass(frozen=True)
class RowIndex:
    """The index arrays of the rows in the cube, and those of their base and level (NOWHERE: none)."""

    series: Places
    unit: Places
    period: Places
    base: Places
    level: Places


@dataclass(frozen=True)
class Side:
    """The counts of one side of a comparison: sums, whether they are known, and the months they run over.

    `spread` is the mean over those months with its limits, for averaged series.
    """

    x: Floats
    n: Floats
    known: Flags
    months: Floats
    spread: Interval


def sides_of(cube: Cube, rows: RowIndex) -> tuple[Side, Side, Side]:
    """The counts of the rows, of their bases and of their levels."""
    now, base, level = (_side(cube, rows, place) for place in (rows.period, rows.base, rows.level))
    return now, base, level


def _side(cube: Cube, rows: RowIndex, place: Places) -> Side:
    known = (place != NOWHERE) & cube.known[rows.series, rows.unit, place]
    x, n = (np.where(known, each[rows.series, rows.unit, place], np.nan) for each in (cube.x, cube.n))
    spread = Interval(*(np.where(known, part[rows.series, rows.unit, place], np.nan) for part in cube.spread))
    return Side(x, n, known, cube.length[place], spread)


def per_month(side: Side, stock: Flags) -> tuple[Floats, Floats]:
    """x and n of a side, divided by the months where `stock` is true."""
    months = np.where(stock, side.months, 1.0)
    return side.x / months, side.n / months


def without(side: Side, rows: Flags) -> Side:
    """The side with nothing known in the rows that are flagged."""
    known = side.known & ~rows
    x, n = (np.where(known, each, np.nan) for each in (side.x, side.n))
    return Side(x, n, known, side.months, Interval(*(np.where(known, part, np.nan) for part in side.spread)))


def part_of(side: Side, rows: Places) -> Side:
    """The side of some of the rows."""
    spread = Interval(*(part[rows] for part in side.spread))
    return Side(side.x[rows], side.n[rows], side.known[rows], side.months[rows], spread)
