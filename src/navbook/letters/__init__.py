"""The yearly letters (mål- og disponeringsbrev) as validated data from `data/letters/<year>.yml`.

`letter_for(year)` returns the letter in force. A `Letter` holds the styringsparametere with their series and
judgement rules, the catalogue of other goals, definitions, changes since the last letter, and the report.
"""

from navbook.letters.errors import LetterError
from navbook.letters.letter import (
    CatalogueEntry,
    Change,
    Footnote,
    Letter,
    LetterDefinition,
    Semantics,
    SeriesRef,
    Styringsparameter,
)
from navbook.letters.load import letter_for, letter_years, load_letter
from navbook.letters.new_year import NewLetter, write_new_letter
from navbook.letters.rule import JudgementRule

__all__ = [
    "CatalogueEntry",
    "Change",
    "Footnote",
    "JudgementRule",
    "Letter",
    "LetterDefinition",
    "LetterError",
    "NewLetter",
    "Semantics",
    "SeriesRef",
    "Styringsparameter",
    "letter_for",
    "letter_years",
    "load_letter",
    "write_new_letter",
]
