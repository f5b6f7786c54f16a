"""The limits of a run chart in words."""

from collections.abc import Sequence

from navbook.pages.format import month_text, percent
from navbook.pages.templates import sentence
from navbook.pages.view import Cell, RunLimits

MOST_MONTHS = 3


def limits_text(limits: RunLimits | None, months: Sequence[Cell]) -> str:
    """The limits in words with the latest unusual months, or why there are no limits."""
    if limits is None:
        return sentence("utvikling.vanlig.ukjent")
    if not months:
        return ""
    # whole per cents: a limit is not a share of persons and should not look like one
    lower, upper = (percent(limit, 0) for limit in limits.at(months[-1]))
    unusual = [
        sentence(f"utvikling.vanlig.{word}", maneder=[month_text(m) for m in sorted(found)[-MOST_MONTHS:]])
        for word, found in (("gode", limits.better), ("svake", limits.worse))
        if found
    ]
    return sentence("utvikling.vanlig.mellom", lav=lower, hoy=upper, uvanlige=unusual)
