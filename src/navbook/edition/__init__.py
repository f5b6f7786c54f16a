"""The edition: the published tables, and all that the book may know of the figures."""

from navbook.edition.compare import compare
from navbook.edition.part import Part, part_of_indicator, part_of_units
from navbook.edition.read import Edition, hold_editions, read_edition
from navbook.edition.uncommented import Uncommented

__all__ = [
    "Edition",
    "Part",
    "Uncommented",
    "compare",
    "hold_editions",
    "part_of_indicator",
    "part_of_units",
    "read_edition",
]
