"""The months of a series, as the alternative text of a run chart tells them."""

import re
from decimal import Decimal
from math import sqrt

from claims import Claim
from facts import Row
from printed import MONTHS, per_cent

from recognised.says import N, says

AT = rf"({N}) prosent i (\w+ \d{{4}})"


def month_name(periode: str) -> str:
    return f"{MONTHS[int(periode[5:]) - 1]} {periode[:4]}"


def shown_months(claim: Claim) -> list[tuple[str, Row]]:
    key = claim.known_key
    months = [
        (row_key.periode, row)
        for row_key, row in claim.facts.rows.items()
        if row_key[:3] == key[:3]
        and re.fullmatch(r"\d{4}-\d\d", row_key.periode)
        and row.shown
        and row.number("verdi") is not None
    ]
    return sorted(months)


def _share(row: Row) -> Decimal:
    x, n, value = row.number("x"), row.number("n"), row.number("verdi")
    return Decimal(repr(x)) / Decimal(repr(n)) if x is not None and n else Decimal(repr(value))


@says(
    rf"(?P<name>.+?): fra {AT} til {AT}; lavest {AT}, høyest {AT}(?:; (?P<hidden>\d+) måned(?:er)? "
    rf"vises ikke)?"
    rf"(?:; månedene ligger vanligvis mellom (?P<low>{N}) og (?P<high>{N})(?P<unusual>; .+)|; for få "
    rf"måneder til å si hva som er vanlig)\."
)
def months_in_words(claim: Claim, found: re.Match[str]) -> bool:
    rows, key = shown_months(claim), claim.known_key

    def at(month: tuple[str, Row]) -> tuple[str, str]:
        n = month[1].number("n")
        by = claim.facts.divisor(key.indikator, month[0])
        return per_cent(_share(month[1]), 0 if n is not None and n / by < 200 else 1), month_name(month[0])

    points = re.findall(AT, claim.sentence)
    ends = [at(rows[0]), at(rows[-1])]
    extremes = [min(rows, key=lambda month: _share(month[1])), max(rows, key=lambda month: _share(month[1]))]
    if points != [*ends, *map(at, extremes)]:
        return False
    every = [
        other.periode
        for other in claim.facts.rows
        if other[:3] == key[:3] and re.fullmatch(r"\d{4}-\d\d", other.periode)
    ]
    return int(found["hidden"] or 0) == len(every) - len(rows) and _limits(claim, found, rows[-1])


def _limits(claim: Claim, found: re.Match[str], last: tuple[str, Row]) -> bool:
    """The limits at the last month shown, and the unusual months, of which at most three are named."""
    key = claim.known_key
    table = [
        Row(row)
        for row in claim.facts.table("serier")
        if (row["indikator"], row["gruppe"], row["enhet"]) == key[:3]
    ]
    if not table:
        return not found["low"]
    (row,) = table
    mean, reach, n = row.number("snitt"), row.number("rekkevidde"), last[1].number("n")
    assert mean is not None
    assert reach is not None
    if row.diagram == "laney":
        assert n
        reach *= sqrt(mean * (1 - mean) / n)
    ends = [per_cent(max(0.0, mean - reach), 0), per_cent(min(1.0, mean + reach), 0)]
    better, worse = (sorted(row.fields[name].split())[-3:] for name in ("bedre", "svakere"))
    said = {
        word: re.findall(
            r"[a-z]+ \d{4}", found["unusual"].partition(word)[2].partition(" og uvanlig svake")[0]
        )
        for word in ("uvanlig gode", "uvanlig svake")
    }
    due = {"uvanlig gode": list(map(month_name, better)), "uvanlig svake": list(map(month_name, worse))}
    none = found["unusual"] == "; ingen er uvanlige"
    return [found["low"], found["high"]] == ends and said == due and none == (not better and not worse)
