"""Table cells that hold numbers only: each number is that of its row and its field."""

import re

from claims import MARKET, Claim
from printed import per_cent, printed

from recognised.planning import of_municipality
from recognised.says import N, says

SHARES = ("verdi", "nedre", "ovre", "forventet")
DIFFERENCES = ("endring", "endring_nedre", "endring_ovre", "avvik", "avvik_nedre", "avvik_ovre")
COUNTS = ("x", "n")
OTHERS = ("samlet", "lignende")


@says(rf"{N}(?: \((?:{N}(?: til |–){N}|–)\))?(?: foreløpig)?|{N}(?: til |–){N}|\d+(?:, \d+)+")
def numbers_of_a_row(claim: Claim, found: re.Match[str]) -> bool:
    fields = claim.block.keys.felt.split()
    if not fields:  # ticks of an axis, numbers of events, or numbers of another table than `tall`
        return claim.block.tag == "text" or _of_another_table(claim, found)
    if fields[0] in MARKET:
        value = claim.row.number(fields[0])
        assert value is not None
        return found[0] == (per_cent(value, 1) if fields[0] == "andel_helt_ledige" else printed(value))
    said = re.findall(N, found[0])
    row, by = claim.row, claim.by
    expected = []
    for name in fields:
        if name == "basis_verdi":
            expected.append(claim.value(claim.base))
            continue
        value = row.number(name)
        if value is None:
            continue
        if name in COUNTS or (name in DIFFERENCES and claim.is_count):
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


@says("ikke kjent")
def vacancies_unknown(claim: Claim, _: re.Match[str]) -> bool:
    felt = claim.block.keys.felt
    return felt == "ledige_stillinger" and claim.row.shown and claim.row.number(felt) is None


def _of_another_table(claim: Claim, found: re.Match[str]) -> bool:
    """Whether the numbers are of one row of a further table, or a part of all under oppfølging."""
    keys = claim.block.keys
    if keys.kommune:
        values = [row["verdi"].replace(",", ".") for row in of_municipality(claim)]
        return found[0] in {printed(float(value)) for value in values if value}
    if keys.indikator == "portefolje":
        own, everybody = (
            claim.row.number("x"),
            claim.facts.row("portefolje", "alle", *claim.known_key[2:]).number("x"),
        )
        assert own is not None
        assert everybody
        return found[0] == per_cent(own / everybody, 0 if everybody / claim.by < 200 else 1)
    said = set(re.findall(N, found[0]))
    return any(
        said
        <= {
            per_cent(float(text.replace(",", ".")), decimals, signed)
            for text in row.values()
            if re.fullmatch(r"-?\d+(?:,\d+)?", text)
            for decimals in (0, 1)
            for signed in (False, True)
        }
        for name in OTHERS
        for row in claim.facts.table(name)
    )
