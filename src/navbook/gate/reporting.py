"""What the counties report, as krav.json holds it: the year's deadlines, and the headings last listed."""

from functools import cache
from typing import Any

from navbook.letters import Letter, letter_for, letter_years


@cache
def reporting(year: int) -> dict[str, Any]:
    """Deadlines of the letter in force for `year`, and the headings of the latest letter that lists some.

    `overskrifter_fra` is the year of that letter, None where no letter has listed any.
    """
    known = [letter for each in letter_years() if each <= year and (letter := letter_for(each))]
    listing = next((letter for letter in reversed(known) if letter.report.sections), None)
    return {
        "frister": _deadlines(known[-1]) if known else [],
        "overskrifter_fra": listing.year if listing else None,
        "deler": _sections(listing) if listing else [],
    }


def _deadlines(letter: Letter) -> list[dict[str, Any]]:
    return [
        {"periode": each.period, "frist": each.due.isoformat(), "navn": each.name}
        for each in letter.report.deadlines
    ]


def _sections(letter: Letter) -> list[dict[str, Any]]:
    return [
        {"overskrift": each.heading, "opphav": each.origin, "niva": each.level, "tall": each.figures}
        for each in letter.report.sections
    ]
