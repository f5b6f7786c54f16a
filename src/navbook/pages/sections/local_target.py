"""The goal that an office has set itself, told beside the letter's requirement."""

from navbook.pages.format import percent
from navbook.pages.view import FIXED_LIMIT, LetterRow, UnitView

_SIDES = {"<": "under", ">": "over"}


def local_target(view: UnitView, parameter: LetterRow) -> str:
    """What the office itself aims at in a row of the letter: a sentence, empty where it has said nothing.

    Only rows with a fixed limit have goals of one's own: the others are compared with an earlier year.
    """
    rule = next((series.rule for series in parameter.series if series.kind == FIXED_LIMIT), None)
    goal = view.local_targets.get(parameter.id)
    if rule is None or goal is None:
        return ""
    year, share = goal
    side = _SIDES.get(str(rule.get("operator")), "")
    return f"Kontorets eget mål for {year}: {side} {percent(share)} prosent."
