"""The report that a letter requires of the counties: deadlines and headings."""

from datetime import date
from typing import Literal

from pydantic import Field

from navbook.letters.rule import LetterRecord


class Deadline(LetterRecord):
    """The due date of the report on a period, and the letter's name of the report."""

    period: str
    due: date
    name: str


class ReportSection(LetterRecord):
    """A heading of the report with the figures under it.

    `heading` is the letter's own words where `origin` is brevet. `figures` are indicators, groups of them
    (aap_26u/under30), or entries of the catalogue (F09); `level` is the depth of the heading.
    """

    heading: str
    origin: Literal["brevet", "boken"] = "brevet"
    level: Literal[2, 3, 4, 5, 6] = 2
    figures: list[str] = Field(default_factory=list)


class Report(LetterRecord):
    """Deadlines and headings; a letter without headings keeps those of the letter before it."""

    deadlines: list[Deadline] = Field(default_factory=list)
    sections: list[ReportSection] = Field(default_factory=list)
