"""From one letter to the next: what has changed, and the rows of both beside each other."""

from functools import cache
from itertools import pairwise
from typing import Any

from navbook.letters import Letter, Parameter, letter_for, letter_years


@cache
def transitions() -> tuple[dict[str, Any], ...]:
    """Every letter with the one after it, oldest first; what krav.json holds as `overganger`.

    `rader` has every row of either letter, in the order of the later one and then of the earlier; a letter
    that lacks the row has None.
    """
    letters = [letter for year in letter_years() if (letter := letter_for(year))]
    return tuple(_transition(before, after) for before, after in pairwise(letters))


def _transition(before: Letter, after: Letter) -> dict[str, Any]:
    old, new = ({row.id: row for row in letter.parameters} for letter in (before, after))
    return {
        "fra": before.year,
        "til": after.year,
        "endringer": [change.model_dump(mode="json") for change in after.changes],
        "rader": [
            {"id": each, "fra": _row(old.get(each)), "til": _row(new.get(each))}
            for each in dict.fromkeys([*new, *old])
        ],
    }


def _row(parameter: Parameter | None) -> dict[str, Any] | None:
    if parameter is None:
        return None
    return {
        "ordlyd": parameter.wording,
        "krav": parameter.requirement,
        "regel": parameter.rule.text,
        "fotnoter": [{"nr": note.number, "tekst": note.text} for note in parameter.footnotes],
        "indikatorer": list(dict.fromkeys(series.indikator for series in parameter.series)),
    }
