"""The edition: the published tables, and all that the book may know of the figures."""

from navbook.edition.compare import compare
from navbook.edition.place import place
from navbook.edition.read import Edition, read_edition

__all__ = ["Edition", "compare", "place", "read_edition"]
