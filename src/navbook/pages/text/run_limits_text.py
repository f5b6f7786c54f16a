"""The limits of a run chart in words."""

from collections.abc import Sequence

from navbook.pages.format import month_text, percent
from navbook.pages.text.sentences import join_names
from navbook.pages.view import Cell, RunLimits

MOST_MONTHS = 3


def limits_text(limits: RunLimits | None, months: Sequence[Cell]) -> str:
    """The limits in words with the latest unusual months, or why there are no limits."""
    if limits is None:
        return "for få måneder til å si hva som er vanlig"
    if not months:
        return ""
    # whole per cents: a limit is not a share of persons and should not look like one
    lower, upper = (percent(limit, 0) for limit in limits.at(months[-1]))
    sentence = f"månedene ligger vanligvis mellom {lower} og {upper}"
    unusual = [
        f"{word} {join_names([month_text(month) for month in sorted(found)[-MOST_MONTHS:]])}"
        for word, found in (("uvanlig gode", limits.better), ("uvanlig svake", limits.worse))
        if found
    ]
    return f"{sentence}; sist {' og '.join(unusual)}" if unusual else f"{sentence}; ingen er uvanlige"
