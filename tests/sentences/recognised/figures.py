"""What the figures did, without a conclusion."""

import re

from claims import Claim, exact
from printed import per_cent, printed

from recognised.says import N, says


@says(
    rf"Fra (?P<base>.+?) til (?P<now>.+?) (?P<verb>økte|gikk) (?P<what>andelen|antallet)(?: ned)? fra "
    rf"(?P<before>{N}) til (?P<after>{N})(?: prosent| per måned i snitt)?\."
)
def moved(claim: Claim, found: re.Match[str]) -> bool:
    grew = found["verb"].lower() == "økte"
    return (
        (found["base"], found["now"]) == (claim.base_period, claim.period)
        and (found["before"], found["after"]) == (claim.value(claim.base), claim.value(claim.row))
        and grew == (exact(claim, claim.row) > exact(claim, claim.base))
        and (found["what"].lower() == "antallet") == claim.is_count
    )


@says(
    rf"(?:Andelen|Antallet) var (?P<value>{N})(?: prosent| per måned i snitt)? både i (?P<base>.+?) og "
    rf"i (?P<now>.+?)\."
)
def stood_still(claim: Claim, found: re.Match[str]) -> bool:
    return (found["base"], found["now"]) == (claim.base_period, claim.period) and found[
        "value"
    ] == claim.value(claim.row) == claim.value(claim.base)


@says(
    rf"(?:Andelen var (?P<share>{N}) prosent|"
    rf"Antallet var (?:i snitt (?P<mean>{N}) per måned|(?P<count>{N}))) i (?P<now>.+?)\."
)
def without_base(claim: Claim, found: re.Match[str]) -> bool:
    kind = "share" if not claim.is_count else "mean" if claim.by > 1 else "count"
    compared = claim.row.number("endring") is not None
    return found["now"] == claim.period and found[kind] == claim.value(claim.row) and not compared


@says(
    rf"(?P<what>Økningen|Nedgangen|Endringen) er trolig mellom (?P<low>{N}) og (?P<high>{N})(?: per "
    rf"måned| prosentpoeng)?\."
)
def change_limits(claim: Claim, found: re.Match[str]) -> bool:
    ends = [claim.row.number(f"endring_{end}") for end in ("nedre", "ovre")]
    assert None not in ends
    sure = found["what"].lower() != "endringen"
    mean = claim.is_count and claim.by > 1
    if ("per måned" in claim.sentence) != mean or ("prosentpoeng" in claim.sentence and claim.is_count):
        return False
    if sure != (ends[0] > 0 or ends[1] < 0) or (
        sure and (ends[0] > 0) != (found["what"].lower() == "økningen")
    ):
        return False
    shown = sorted(map(abs, ends)) if sure else ends
    if claim.is_count:
        expected = [printed(end / claim.by, 0, not sure) for end in shown]
    else:
        expected = [per_cent(end, claim.decimals, not sure) for end in shown]
    return [found["low"], found["high"]] == expected
