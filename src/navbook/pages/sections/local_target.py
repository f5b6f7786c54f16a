"""The target that an office has set itself, shown with the letter's requirement."""

from navbook.pages.format import percent
from navbook.pages.templates import sentence
from navbook.pages.view import FIXED_LIMIT, LetterRow, UnitView


def local_target(view: UnitView, parameter: LetterRow) -> str:
    """A sentence with the office's own target for a row of the letter; empty if it has none.

    Only rows with a fixed limit have local targets: the others are compared with an earlier year.
    """
    rule = next((series.rule for series in parameter.series if series.kind == FIXED_LIMIT), None)
    goal = view.local_targets.get(parameter.id)
    if rule is None or goal is None:
        return ""
    year, share = goal
    over = rule.get("operator") == ">"
    return sentence("nederst.eget_mal", ar=year, over=over, prosent=percent(share))
