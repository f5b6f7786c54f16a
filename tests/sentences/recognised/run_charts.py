"""The months of a series, as the alternative text of a run chart tells them."""

import re
from decimal import Decimal

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
    limits = [
        row
        for row in claim.facts.table("serier")
        if tuple(row[n] for n in ("indikator", "gruppe", "enhet")) == key[:3]
    ]
    unusual = set(re.findall(r"\b[a-z]+ \d{4}", found["unusual"] or ""))
    marked = {
        month_name(month) for row in limits for name in ("bedre", "svakere") for month in row[name].split()
    }
    return bool(limits) == bool(found["low"]) and unusual <= marked and bool(unusual) == bool(marked)
