"""The yearly letters as data: what NAV's offices are asked for, in the letters' own words."""

from navbook.letters.errors import LetterError
from navbook.letters.letter import (
    CatalogueEntry,
    Change,
    Definition,
    Footnote,
    Letter,
    Parameter,
    Semantics,
    SeriesRef,
)
from navbook.letters.load import letter_for, letter_years, load_letter
from navbook.letters.rule import Rule

__all__ = [
    "CatalogueEntry",
    "Change",
    "Definition",
    "Footnote",
    "Letter",
    "LetterError",
    "Parameter",
    "Rule",
    "Semantics",
    "SeriesRef",
    "letter_for",
    "letter_years",
    "load_letter",
]
