"""What a letter asks the counties to report: when, and under which headings."""

from datetime import date
from typing import Literal

from pydantic import Field

from navbook.letters.rule import Frozen


class Deadline(Frozen):
    """The day the report on a period is due, and what the letter calls the report."""

    period: str
    due: date
    name: str


class ReportSection(Frozen):
    """A heading of the report with the figures that belong under it.

    `heading` is the letter's own words where `origin` is brevet. `figures` are indicators, or entries of the
    catalogue (F09); `level` is the depth of the heading.
    """

    heading: str
    origin: Literal["brevet", "boken"] = "brevet"
    level: Literal[2, 3] = 2
    figures: list[str] = Field(default_factory=list)


class Report(Frozen):
    """Deadlines and headings; a letter that lists no headings leaves those of the one before it standing."""

    deadlines: list[Deadline] = Field(default_factory=list)
    sections: list[ReportSection] = Field(default_factory=list)
