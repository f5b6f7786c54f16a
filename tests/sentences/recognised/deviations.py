"""Since when a requirement is not met: months in a row, and the tertials of the year."""

import re
from decimal import Decimal

from claims import Claim
from facts import Key
from printed import in_words, period_text

from recognised.says import N, W, says

SIDE = (
    r"(?P<side>(?P<wrong>ikke )?(?P<way>høyere|lavere|over|under) "
    rf"(?:enn i samme måned året før|grensen på (?P<limit>{N}) prosent))"
)


def _right(claim: Claim, month: str) -> bool | None:
    """Whether a month is on the right side; None if it is not shown, or changed its definition."""
    key, demand = claim.known_key, claim.demand
    assert demand is not None
    now = claim.facts.side(key._replace(periode=month))
    if now is None:
        return None
    if demand.rule["kind"] == "fixed_limit":
        share, limit = _number(now, False), Decimal(str(demand.rule["limit"]))
        return share < limit if demand.rule["operator"] == "<" else share > limit
    assert demand.rule["kind"] == "higher_than_base", "only these rules say something of single months"
    before = claim.facts.moved(month, -12)
    then = claim.facts.side(key._replace(periode=before))
    rows = [claim.facts.rows[key._replace(periode=each)] for each in (month, before) if then is not None]
    if then is None or rows[0].definisjon != rows[1].definisjon:
        return None
    count = demand.maal == "antall"
    return (_number(now, count) - _number(then, count)) * demand.rule.get("polarity", 1) > 0


def _number(side: tuple[float, float], count: bool) -> Decimal:
    x, n = (Decimal(str(value)) for value in side)
    return x if count else x / n


@says(
    rf"I (?:(?P<least>minst )?(?P<row>{W}) måneder på rad til og med )?(?P<month>\w+ \d{{4}}) "
    rf"var tallet {SIDE}\."
)
def months_in_a_row(claim: Claim, found: re.Match[str]) -> bool:
    """From the last month of the period backwards, as long as the months are on the wrong side."""
    key, demand = claim.known_key, claim.demand
    assert demand is not None
    year, number = claim.facts.months(key.periode)[-1]
    month = f"{year}-{number + 1:02}"
    if found["month"].lower() != period_text(month):
        return False
    row, at = 0, month
    while (right := _right(claim, at)) is False:
        row, at = row + 1, claim.facts.moved(at, -1)
    if not row:
        return right is True and not found["row"] and not found["wrong"] and _named_side(found, demand.rule)
    said = 1 if not found["row"] else row if in_words(row) == found["row"].lower() else 0
    known_before = not found["row"] or bool(found["least"]) == (right is None)
    return said == row and known_before and bool(found["wrong"]) and _named_side(found, demand.rule)


def _named_side(found: re.Match[str], rule: dict[str, object]) -> bool:
    if rule["kind"] == "fixed_limit":
        limit = Decimal(str(rule["limit"])) * 100
        way = "under" if rule["operator"] == "<" else "over"
        return found["way"] == way and Decimal(found["limit"].replace(",", ".")) == limit
    return found["way"] == ("høyere" if rule.get("polarity", 1) == 1 else "lavere") and not found["limit"]


@says(r"Kravet er heller ikke oppfylt i (?P<list>.+)\.")
def tertials_that_are_not_met(claim: Claim, found: re.Match[str]) -> bool:
    """All tertials of the year that the edition says so of, and no others."""
    key = claim.known_key
    names = re.split(r", | og ", found["list"])
    parts = [Key(*key[:3], f"{key.periode}-T{number}") for number in (1, 2, 3)]
    rows = {period_text(part.periode): claim.facts.rows.get(part) for part in parts}
    return names == [name for name, row in rows.items() if row and row.vurdering == "ikke_oppfylt"]
