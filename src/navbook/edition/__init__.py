"""The edition: the published tables, and everything that pages and book may read of the figures.

`read_edition` opens one by name. A page gets a `Part` of it, which holds only what that page may show, so
that its cache key changes only when the page would. `compare` lists what changed between two editions.
The files are written by the gate through `write` and `ledger`; `schema` names every file and column.
"""

from navbook.edition.area import Area
from navbook.edition.compare import compare
from navbook.edition.part import Part, part_of_indicator, part_of_units
from navbook.edition.read import Edition, preload_editions, read_edition
from navbook.edition.without_comments import EditionWithoutComments

__all__ = [
    "Area",
    "Edition",
    "EditionWithoutComments",
    "Part",
    "compare",
    "part_of_indicator",
    "part_of_units",
    "preload_editions",
    "read_edition",
]
