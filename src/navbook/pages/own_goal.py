"""The goal that an office has set itself, told beside the letter's requirement."""

from navbook.pages.numbers import percent
from navbook.pages.requirements import Parameter
from navbook.pages.view import UnitView

FIXED_LIMIT = "fixed_limit"
_SIDES = {"<": "under", ">": "over"}


def own_goal(view: UnitView, parameter: Parameter) -> str:
    """What the office itself aims at in a row of the letter: a sentence, empty where it has said nothing.

    Only rows with a fixed limit have goals of one's own: the others are compared with an earlier year.
    """
    rule = next((series.rule for series in parameter.series if series.kind == FIXED_LIMIT), None)
    goals = view.edition.further("lokale_mal")
    mine = goals[(goals["enhet"] == view.unit.enhet) & (goals["parameter"] == parameter.id)]
    if rule is None or mine.empty:
        return ""
    goal = mine.iloc[0]
    side = _SIDES.get(str(rule.get("operator")), "")
    return f"Kontorets eget mål for {goal['ar']}: {side} {percent(float(goal['mal']))} prosent."
