"""Table cells that hold numbers only: each number is that of its row and its field."""

import re

from claims import Claim
from printed import per_cent, printed

from recognised.says import N, says

SHARES = ("verdi", "nedre", "ovre", "forventet")
DIFFERENCES = ("endring", "endring_nedre", "endring_ovre", "avvik", "avvik_nedre", "avvik_ovre")
BASIS = {"x": "x", "n": "n"}


@says(rf"{N}(?: \((?:{N}(?: til |–){N}|–)\))?(?: foreløpig)?|{N}(?: til |–){N}|\d+(?:, \d+)+")
def numbers_of_a_row(claim: Claim, found: re.Match[str]) -> bool:
    fields = claim.block.keys.felt.split()
    if not fields:
        return claim.block.tag in ("text", "td", "th", "dd", "title")
    said = re.findall(N, found[0])
    row, by = claim.row, claim.by
    expected = []
    for name in fields:
        value = row.number(name)
        if value is None:
            continue
        if name in BASIS or (name in DIFFERENCES and claim.is_count):
            expected.append(printed(value / by, 0, name in DIFFERENCES))
        elif name == "verdi":
            expected.append(claim.share(row))
        elif name in SHARES:
            expected.append(per_cent(value, claim.decimals))
        elif name in DIFFERENCES:
            expected.append(per_cent(value, claim.decimals, True))
        else:
            return False
    assert said == expected, f"{expected}"
    assert ("foreløpig" in found[0]) == (row.forelopig == "true" and "verdi" in fields)
    return True
