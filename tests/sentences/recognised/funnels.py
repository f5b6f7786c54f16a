"""Offices beside each other: how many are shown, how many are left out, and which stand out."""

import re

from claims import Claim
from facts import Row
from printed import in_words, per_cent, printed

from recognised.says import N, W, says

OFFICE = r"\d{4} [^,;]+?"


def points(claim: Claim, table: str) -> tuple[Row, list[Row]]:
    """The country's row of a funnel, and those of the offices in it."""
    key = claim.known_key
    rows = [
        Row(row)
        for row in claim.facts.table(table)
        if (row["indikator"], row["gruppe"]) == (key.indikator, key.gruppe)
    ]
    (country,) = [row for row in rows if row.enhet == "0000"]
    return country, [row for row in rows if row.enhet != "0000"]


def _table(claim: Claim) -> str:
    return "avvikstrakt" if "forventet" in claim.block.text else "trakt"


@says(rf"(?:.+?: )?(?P<shown>{N}) kontor vises, (?P<out>{N}) er skjult eller har under 30 og er ikke med\.")
def how_many_in_funnel(claim: Claim, found: re.Match[str]) -> bool:
    country, offices = points(claim, _table(claim))
    listed = [
        number
        for number, unit in claim.facts.units.items()
        if unit["niva"] == "kontor"
        and not number.endswith("S")
        and claim.facts.row(claim.known_key.indikator, claim.known_key.gruppe, number).status
        in ("vist", "skjult")
    ]
    assert country.number("utenfor") is not None
    return (found["shown"], found["out"]) == (printed(len(offices)), printed(len(listed) - len(offices)))


@says(
    rf"(?:.+?: )?(?:observert minus forventet, prosentpoeng\. )?(?P<shown>{N}) kontor rundt "
    rf"(?P<middle>{N})(?: prosent)?; (?P<beyond>{N}) utenfor (?:95 %-)?grensene\."
)
def funnel_alt_text(claim: Claim, found: re.Match[str]) -> bool:
    expected = "prosent;" not in claim.sentence
    country, offices = points(claim, "avvikstrakt" if expected else "trakt")
    value = "avvik" if expected else "verdi"
    beyond = sum(not row.number("nedre") <= row.number(value) <= row.number("ovre") for row in offices)
    middle = per_cent(country.number("avvik" if expected else "mal"), 1, expected)
    return (found["shown"], found["middle"], found["beyond"]) == (
        printed(len(offices)),
        middle,
        printed(beyond),
    )


def outside(claim: Claim) -> set[str]:
    return {row.enhet for row in points(claim, _table(claim))[1] if row.number("utslag")}


def own(claim: Claim) -> set[str]:
    """The offices that the page speaks of: those of the county on its page, else all."""
    return {
        number
        for number, unit in claim.facts.units.items()
        if claim.page.kind != "fylke" or unit["fylke"] == claim.page.unit
    }


@says(r"Ingen av kontorene(?P<county> i fylket)? skiller seg ut\.")
def none_stands_out(claim: Claim, found: re.Match[str]) -> bool:
    found_outside = outside(claim)
    return bool(found_outside) and not found_outside & own(claim) if found["county"] else not found_outside


@says(r"Disse skiller seg ut, i nummerrekkefølge: (?P<list>.+)\.")
def these_stand_out(claim: Claim, found: re.Match[str]) -> bool:
    _, offices = points(claim, _table(claim))
    by_number = {row.enhet: row for row in offices}
    sides = re.findall(r"(.+?) ligger (over|under)(?:; |$)", found["list"]) or [(found["list"], "")]
    named = set()
    known = claim.facts.units
    for number, name in re.findall(r"\b(\d{4}) ([^,;]+?)(?=, | og \d| ligger|;|$)", found["list"]):
        if not known[number]["navn"].startswith(name):
            return False
    for numbers, side in sides:
        listed = re.findall(r"\b(\d{4}) ", numbers + " ")
        assert listed == sorted(listed)
        named |= set(listed)
        signs = {1: "over", -1: "under"}
        if side and any(signs[int(by_number[n].number("utslag") or 0)] != side for n in listed):
            return False
    return named == outside(claim) & own(claim)


@says(rf"I andre fylker skiller (?P<count>{W}) kontor seg ut\.")
def others_stand_out(claim: Claim, found: re.Match[str]) -> bool:
    return found["count"] == in_words(len(outside(claim) - own(claim)))


def _own_point(claim: Claim) -> Row:
    return next(row for row in points(claim, "trakt")[1] if row.enhet == claim.page.unit)


def _point_text(point: Row, name: str) -> str:
    n = point.number("n")
    return per_cent(point.number(name), 0 if n < 200 else 1)


@says(rf"(?:.+?: )?(?:(?P<who>[^:]+) har )?(?P<value>{N}) prosent\.")
def own_share_in_funnel(claim: Claim, found: re.Match[str]) -> bool:
    own = claim.facts.units[claim.page.unit]["navn"]
    if found["who"] not in (None, own) and found["who"].lower() != claim.facts.top.lower():
        return False
    if claim.sentence.startswith("Landet har"):
        return found["value"] == per_cent(points(claim, "trakt")[0].number("mal"), 1)
    return found["value"] == _point_text(_own_point(claim), "verdi")


@says(rf"Grensene for et så stort kontor er (?P<low>{N})–(?P<high>{N})(?:; landet har (?P<country>{N}))?\.")
def own_limits_in_funnel(claim: Claim, found: re.Match[str]) -> bool:
    point, country = _own_point(claim), per_cent(points(claim, "trakt")[0].number("mal"), 1)
    limits = (_point_text(point, "nedre"), _point_text(point, "ovre"))
    return (found["low"], found["high"]) == limits and found["country"] in (None, country)


@says(
    r"Kontoret ligger (?P<where>innenfor, og skiller seg ikke sikkert fra landet|over den øvre "
    r"grensen|under den nedre grensen)\."
)
def where_in_funnel(claim: Claim, found: re.Match[str]) -> bool:
    point = _own_point(claim)
    value, low, high = (point.number(name) for name in ("verdi", "nedre", "ovre"))
    where = "under" if value < low else "over" if value > high else "innenfor"
    return found["where"].startswith(where)


@says(r"Når så mange kontor ses på, ligger noen utenfor ved en tilfeldighet, og dette kan være ett av dem\.")
def may_be_chance(claim: Claim, _found: re.Match[str]) -> bool:
    return not _own_point(claim).number("utslag")


@says(r"Det skiller seg ut også når vi tar hensyn til hvor mange kontor som ses på\.")
def stands_out(claim: Claim, _found: re.Match[str]) -> bool:
    return bool(_own_point(claim).number("utslag"))


@says(r"Det er for få kontor med tall som vises, til å sammenligne dem med hverandre\.")
def no_funnel(claim: Claim, _found: re.Match[str]) -> bool:
    kind, subject = claim.page.kind, claim.page.subject
    rows = claim.facts.table("trakt")
    if kind == "indikator":
        return not any(row["indikator"] == subject for row in rows)
    judged = {(d.indikator, d.gruppe) for d in claim.facts.in_force if d.judged and not d.supplement}
    offices = own(claim)
    return not any((row["indikator"], row["gruppe"]) in judged and row["enhet"] in offices for row in rows)


@says(
    r"Kontoret står ikke i noen av figurene: tallene er skjult, gjelder under 30, eller det er for få "
    r"kontor å se det i sammenheng med\."
)
def in_no_funnel(claim: Claim, _found: re.Match[str]) -> bool:
    judged = {(d.indikator, d.gruppe) for d in claim.facts.in_force if d.judged and not d.supplement}
    return not any(
        (row["indikator"], row["gruppe"]) in judged and row["enhet"] == claim.page.unit
        for row in claim.facts.table("trakt")
    )
