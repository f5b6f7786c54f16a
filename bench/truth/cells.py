"""The worst cell of a measure in words: how often, how sure the drawing is of it, and which cell it is."""

from collections.abc import Sequence

import pandas as pd

from navbook.pages.format.numbers import number, percent, range_text
from navbook.statistics import wilson

# kinds whose true value is a number in a year, and kinds tried at one size only
NUMBERS, ONE_SIZE = ("antall",), ("snitt",)


def how_often(cell: pd.Series) -> str:
    """Its share in per cent with the 95 per cent limits of the drawing; what was not drawn has none."""
    share = percent(cell["andel"])
    if pd.isna(cell["antall"]):
        return share
    _, lower, upper = wilson(cell["andel"] * cell["antall"], cell["antall"])
    return f"{share} ({range_text(percent(lower), percent(upper))})"


def cases(cell: pd.Series) -> str:
    """How many were drawn in it."""
    return "alle utfall" if pd.isna(cell["antall"]) else number(cell["antall"])


def place(cell: pd.Series, sizes: Sequence[float]) -> str:
    """The true value and the number of people of a cell, as `10 % av 30–59`; of drawn cells, so that a number
    among `sizes` stands for its class.
    """
    if cell["slag"] in NUMBERS:
        return f"{number(cell['sann'])} i året"
    truth = cell["sann"] * 100
    level = f"{number(truth, 0 if round(truth, 6).is_integer() else 1)} %"
    if cell["slag"] in ONE_SIZE:
        return level
    exactly = pd.isna(cell["antall"]) or cell["slag"] == "kurve"
    size = number(cell["klasse"]) if exactly else size_class(cell["klasse"], sizes)
    return f"{level} av {size}"


def size_class(start: float, sizes: Sequence[float]) -> str:
    """A class of sizes by its first and last number: `30–59`, the last of them `300 eller flere`."""
    beyond = [size for size in sizes if size > start]
    return range_text(number(start), number(min(beyond) - 1)) if beyond else f"{number(start)} eller flere"
