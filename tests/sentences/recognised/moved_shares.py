"""How many of the shares in a figure have surely moved since the base."""

import re

from claims import Claim
from printed import in_words, period_text

from recognised.compared import named
from recognised.says import N, W, says


@says(
    rf"(?:Av (?P<all>{W}) andeler er (?P<up>én|{W}) høyere og (?P<down>én|{W}) lavere enn i (?P<base>.+)"
    rf"|Ingen av de (?P<none>{W}) andelene har sikkert endret seg fra (?P<since>.+))"
)
def moved_shares(claim: Claim, found: re.Match[str]) -> bool:
    """Of the panels of the figure, which are those whose months are told on the page."""
    panels = [
        key
        for block in claim.page.blocks
        if block.tag == "svg@aria-label"
        and (match := re.match(rf"(.+?): fra {N} prosent i", block.text))
        and (key := _panel_key(claim, match[1]))
    ]
    up = down = compared = 0
    for key in panels:
        row = claim.facts.row(*key, claim.page.unit)
        low, high = row.number("endring_nedre"), row.number("endring_ovre")
        compared += row.shown and row.number("endring") is not None
        up += low is not None and low > 0
        down += high is not None and high < 0
    if compared < 2 or (found["all"] or found["none"]).lower() != in_words(compared):
        return False
    bases = {period_text(claim.facts.moved(claim.facts.shown_period(key[0]), -12)) for key in panels}
    if (found["base"] or found["since"]) not in bases:
        return False
    if found["none"]:
        return not up and not down
    words = {word: "én" if count == 1 else in_words(count) for word, count in (("up", up), ("down", down))}
    return (found["up"], found["down"]) == (words["up"], words["down"])


def _panel_key(claim: Claim, label: str) -> tuple[str, str] | None:
    """The series of a panel by its label, which on the page of an indicator is the name of a group."""
    if claim.page.kind == "indikator":
        groups = claim.facts.definitions[claim.page.subject]["grupper"]
        named_so = [group["id"] for group in groups if (group["navn"] or "Alle") == label]
        return (claim.page.subject, named_so[0]) if named_so else None
    return named(claim, label) if label in claim.page.series_names else None
