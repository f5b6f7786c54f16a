"""How many the unit follows up, its size, its own goals, and the labour market around it."""

import re

from claims import Claim
from facts import Row
from printed import per_cent, period_text, printed

from recognised.says import N, says

WHO = {"kontor": "kontoret", "fylke": "fylket", "landet": "nav i hele landet"}
AMONG = {"unge under 30 år": "under30", "langtidsledige": "langtid", "født utenfor EØS": "landgruppe3"}
GROUP = rf"{N} (?:{'|'.join(AMONG)})"


def _size(claim: Claim, gruppe: str) -> str:
    row: Row = claim.facts.row("portefolje", gruppe, claim.page.unit)
    x, period = row.number("x"), claim.facts.shown_period("portefolje")
    return "" if x is None else printed(x / claim.facts.divisor("portefolje", period))


@says(
    rf"(?:I snitt fulgte (?P<who>.+?) opp (?P<mean>{N}) personer hver måned|(?P<one>.+?) fulgte opp "
    rf"(?P<count>{N}) personer)"
    rf"(?:, blant dem (?P<groups>{GROUP}(?:(?:, | og ){GROUP})*))?\."
)
def followed_up(claim: Claim, found: re.Match[str]) -> bool:
    months = claim.facts.months(claim.facts.shown_period("portefolje"))
    said = re.findall(rf"({N}) ({'|'.join(AMONG)})", found["groups"] or "")
    due = {group for group in ("under30", "langtid", "landgruppe3") if _size(claim, group)}
    return (
        bool(found["mean"]) == (len(months) > 1)
        and (found["who"] or found["one"]).lower() == WHO[claim.page.level]
        and (found["mean"] or found["count"]) == _size(claim, "alle")
        and all(number == _size(claim, AMONG[name]) for number, name in said)
        and {AMONG[name] for _, name in said} == due
    )


@says(r"Antall personer under oppfølging: (?P<why>skjult|kan ikke beregnes|ikke i uttrekket)\.")
def size_not_shown(claim: Claim, found: re.Match[str]) -> bool:
    status = claim.facts.row("portefolje", "alle", claim.page.unit).status
    words = {
        "skjult": "skjult",
        "ikke_beregnbar": "kan ikke beregnes",
        "ikke_i_uttrekket": "ikke i uttrekket",
    }
    return found["why"] == words.get(status)


@says(r"(?:Kontoret har )?(?P<size>under 30|30–49|minst 50)(?: ansatte\.)?")
def size_class(claim: Claim, found: re.Match[str]) -> bool:
    unit = claim.facts.units[claim.block.keys.enhet or claim.page.unit]
    return unit["storrelsesklasse"] == {"under 30": "<30", "30–49": "30-49", "minst 50": "50+"}[found["size"]]


@says(rf"Kontorets eget mål for (?P<year>\d{{4}}): (?P<side>under|over) (?P<goal>{N}) prosent\.")
def own_goal(claim: Claim, found: re.Match[str]) -> bool:
    goals = [row for row in claim.facts.table("lokale_mal") if row["enhet"] == claim.page.unit]
    return any(
        (row["ar"], per_cent(float(row["mal"].replace(",", ".")), 1)) == (found["year"], found["goal"])
        and found["side"] == ("under" if row["parameter"] == "SP12" else "over")
        for row in goals
    )


MISSING = {
    "skjult": "er skjult",
    "ikke_beregnbar": "kan ikke beregnes",
    "ikke_i_uttrekket": "er ikke i uttrekket",
}


def _market(claim: Claim, periode: str) -> Row:
    """The labour market of the office's region in a period."""
    rows = claim.facts.table("arbeidsmarked")
    (region,) = {row["arbeidsmarkedsregion"] for row in rows if row["enhet"] == claim.page.unit}
    return claim.facts.market(claim.page.unit, region, periode)


def _unemployed(row: Row) -> str:
    """The share of the labour force as printed; empty if it is not shown."""
    share = row.number("andel_helt_ledige")
    return "" if share is None else per_cent(share, 1)


@says(
    rf"I arbeidsmarkedsregionen (?P<region>.+) var (?P<mean>i snitt )?(?P<now>{N}) prosent av arbeidsstyrken "
    rf"helt ledige i (?P<period>[^,]+?)(?:, mot (?P<before>{N}) prosent i (?P<base>.+))?\."
)
def fully_unemployed(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    base = facts.moved(facts.period, -12)
    now, before = _market(claim, facts.period), _market(claim, base)
    return (
        (found["region"], found["now"]) == (now.arbeidsmarkedsregion, _unemployed(now))
        and bool(found["mean"]) == (len(facts.months(facts.period)) > 1)
        and found["period"] == period_text(facts.period)
        and (found["before"] or "") == _unemployed(before)
        and found["base"] in (None, period_text(base))
    )


@says(r"Tallet for (?P<base>.+?) (?P<why>er skjult|kan ikke beregnes|er ikke i uttrekket)\.")
def unemployed_before(claim: Claim, found: re.Match[str]) -> bool:
    base = claim.facts.moved(claim.facts.period, -12)
    row = _market(claim, base)
    return (found["base"], found["why"]) == (period_text(base), MISSING.get(row.status))


@says(
    r"Ledigheten i arbeidsmarkedsregionen (?P<region>.+?) (?P<why>er skjult|kan ikke beregnes) for "
    r"(?P<period>.+)\."
)
def unemployed_not_shown(claim: Claim, found: re.Match[str]) -> bool:
    row = _market(claim, claim.facts.period)
    return (found["region"], found["period"], found["why"]) == (
        row.arbeidsmarkedsregion,
        period_text(claim.facts.period),
        MISSING[row.status],
    )


@says(r"Ledigheten i arbeidsmarkedsregionene? er ikke i uttrekket\.")
def labour_market_not_in_the_extract(claim: Claim, _: re.Match[str]) -> bool:
    own = [row for row in claim.facts.table("arbeidsmarked") if row["enhet"] == claim.page.unit]
    return {row["status"] for row in own} <= {"ikke_i_uttrekket"}
