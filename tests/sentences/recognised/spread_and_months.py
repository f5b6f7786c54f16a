"""How offices spread, and the months of many units: what their figures are said to show."""

import re

from claims import Claim
from facts import COUNTRY, Row
from printed import in_words, per_cent, period_text, printed

from recognised.compared import (
    UNITS_ON_AXIS,
    centre,
    exact_share,
    funnel,
    judged,
    middle,
    named,
    series_of_page,
)
from recognised.run_charts import month_name, shown_months
from recognised.says import N, W, says


@says(
    rf"(?:Kontorene er mest ulike i «(?P<name>.+)»: de fleste ligger mellom (?P<low>{N}) og (?P<high>{N}) "
    rf"prosent|De fleste kontorene ligger mellom (?P<low1>{N}) og (?P<high1>{N}) prosent, (?P<top>.+) på "
    rf"(?P<centre>{N}))"
)
def spread_title(claim: Claim, found: re.Match[str]) -> bool:
    if found["name"]:
        _, offices = funnel(claim, *named(claim, found["name"]))
        return (found["low"], found["high"]) == middle(offices, 0)
    if found["top"] != claim.facts.top:
        return False
    keys = {(row["indikator"], row["gruppe"]) for row in claim.facts.table("trakt")}
    own = [key for key in keys if key[0] == claim.page.subject or claim.page.kind == "landet"]
    return any(
        (found["low1"], found["high1"], found["centre"])
        == (*middle(offices, 0), per_cent(country.number("mal") or 0.0, 1))
        for country, offices in (funnel(claim, *key) for key in own)
    )


@says(rf"(?P<name>.+): (?P<count>{N}) kontor\.")
def offices_in_spread(claim: Claim, found: re.Match[str]) -> bool:
    return found["count"] == printed(len(funnel(claim, *named(claim, found["name"]))[1]))


@says(
    rf"Åtti prosent av dem ligger mellom (?P<low>{N}) og (?P<high>{N}) prosent, "
    rf"(?P<top>.+) på (?P<centre>{N})\."
)
def most_in_spread(claim: Claim, found: re.Match[str]) -> bool:
    name = claim.block.text.partition(f": {re.search(N + ' kontor', claim.block.text)[0]}")[0]
    country, offices = funnel(claim, *named(claim, name))
    return found["top"] == claim.facts.top and (found["low"], found["high"], found["centre"]) == (
        *middle(offices, 1),
        per_cent(country.number("mal") or 0.0, 1),
    )


@says(
    rf"Åtti prosent av de (?P<count>{N}) kontorene som vises, ligger mellom (?P<low>{N}) og (?P<high>{N}) "
    rf"prosent\."
)
def spread_of_indicator(claim: Claim, found: re.Match[str]) -> bool:
    keys = [key for key in series_of_page(claim) if _has_funnel(claim, *key)]
    return any(
        (found["count"], found["low"], found["high"]) == (printed(len(offices)), *middle(offices, 0))
        for _, offices in (funnel(claim, *key) for key in keys)
    )


def _has_funnel(claim: Claim, indikator: str, gruppe: str) -> bool:
    return any((r["indikator"], r["gruppe"]) == (indikator, gruppe) for r in claim.facts.table("trakt"))


@says(rf"(?P<count>{W}) skiller seg ut\.|Ingen skiller seg sikkert ut\.")
def outliers_of_indicator(claim: Claim, found: re.Match[str]) -> bool:
    outside = {
        in_words(sum(bool(row.number("utslag")) for row in funnel(claim, *key)[1])).lower()
        for key in series_of_page(claim)
        if _has_funnel(claim, *key)
    }
    return (found["count"] or "ingen").lower() in outside


@says(rf"landet (?P<value>{N})")
def label_of_the_top_level(claim: Claim, found: re.Match[str]) -> bool:
    """`landet 49,0` beside a line: the share of the country in the series that the drawing shows."""
    assert claim.block.tag == "text"
    key = named(claim, re.split(rf": {N} kontor\.|{UNITS_ON_AXIS}", claim.block.drawing)[0])
    if "Åtti prosent av dem" in claim.block.drawing:  # a distribution, else the units of a page
        return found["value"] == per_cent(funnel(claim, *key)[0].number("mal") or 0.0, 1)
    share = centre(claim, key)
    return share is not None and found["value"] == per_cent(share, 1)


@says(r"Hver prikk er et kontor med minst 30 personer bak andelen, (?P<period>.+)\.")
def period_of_spread(claim: Claim, found: re.Match[str]) -> bool:
    periods = claim.facts.utgave["perioder"]
    return found["period"] in {period_text(claim.facts.shown_period(id)) for id in periods}


@says(
    rf"(?P<name>.+?): fra (?P<first>{N}) prosent i (?P<from>\w+ \d{{4}}) til (?P<last>{N}) i "
    rf"(?P<to>\w+ \d{{4}}); lavest (?P<low>{N}), høyest (?P<high>{N})\.(?: (?P<hidden>{N}) måned(?:er)? "
    rf"vises ikke\.)?"
)
def months_of_panel(claim: Claim, found: re.Match[str]) -> bool:
    unit = next((n for n, u in claim.facts.units.items() if u["navn"] == found["name"]), claim.page.unit)
    for key in _months_keys(claim, found["name"]):
        about = claim.about(*key)
        rows = shown_months(about) if unit == claim.page.unit else _months_of(claim, *key, unit)
        if not rows:
            continue
        names = (month_name(rows[0][0]), month_name(rows[-1][0]))
        every = sum(k[:3] == (*key, unit) and _is_month(k.periode) for k in claim.facts.rows)
        values = [exact_share(row) for _, row in rows]
        first, last = (_decimals(claim, key[0], *row) for row in (rows[0], rows[-1]))
        if (
            names == (found["from"], found["to"])
            and (found["first"], found["last"]) == (per_cent(values[0], first), per_cent(values[-1], last))
            and (found["low"], found["high"]) == (per_cent(min(values), first), per_cent(max(values), first))
            and int(found["hidden"] or 0) == every - len(rows)
        ):
            return True
    return False


def _decimals(claim: Claim, indikator: str, periode: str, row: Row) -> int:
    n = row.number("n")
    return 0 if n is not None and n / claim.facts.divisor(indikator, periode) < 200 else 1


def _is_month(periode: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d", periode))


def _months_of(claim: Claim, indikator: str, gruppe: str, unit: str) -> list[tuple[str, Row]]:
    return sorted(
        (key.periode, row)
        for key, row in claim.facts.rows.items()
        if key[:3] == (indikator, gruppe, unit)
        and _is_month(key.periode)
        and row.shown
        and row.number("verdi") is not None
    )


def _months_keys(claim: Claim, name: str) -> list[tuple[str, str]]:
    if name in claim.page.series_names:
        return [named(claim, name)]
    return series_of_page(claim) if claim.page.kind == "indikator" else []


@says(rf"I hele (?P<period>.+?) var andelen (?P<value>{N}) prosent\.")
def level_of_panel(claim: Claim, found: re.Match[str]) -> bool:
    name = claim.block.text.partition(": fra ")[0]
    unit = next((n for n, u in claim.facts.units.items() if u["navn"] == name), claim.page.unit)
    ids = {indikator for indikator, _ in _months_keys(claim, name)}
    if not any(found["period"] in _levels(claim, indikator) for indikator in ids):
        return False
    return any(
        found["value"] in {per_cent(exact_share(row), decimals) for decimals in (0, 1)}
        for indikator, gruppe in _months_keys(claim, name)
        for key, row in claim.facts.rows.items()
        if key[:3] == (indikator, gruppe, unit) and period_text(key.periode) == found["period"] and row.shown
    )


def _levels(claim: Claim, indikator: str) -> set[str]:
    """The periods whose level a panel may tell: the one shown, its base, and the year that a rule aims at."""
    facts, shown = claim.facts, claim.facts.shown_period(indikator)
    year = facts.months(shown)[-1][0]
    aims = {d.rule.get("level_year", year) for d in facts.demands(facts.letter_year(shown))}
    back = {0, -12, *(12 * (aim - year) for aim in aims)}
    return {period_text(facts.moved(shown, months)) for months in back}


@says(rf"(?P<area>[^:]+): (?P<group>[^:]+): (?P<weeks>(?:{N} prosent etter \d uker?(?:, )?)+)\.")
def curve_in_words(claim: Claim, found: re.Match[str]) -> bool:
    groups = {g["navn"].lower(): g["id"] for g in claim.facts.definitions["u30_8uker"]["grupper"]}
    gruppe = groups.get(found["group"].lower(), "alle")
    rows = {
        int(row["dag"]) // 7: float(row["verdi"].replace(",", "."))
        for row in claim.facts.table("kurver")
        if (row["gruppe"], row["enhet"]) == (gruppe, COUNTRY)
    }
    said = re.findall(rf"({N}) prosent etter (\d)", found["weeks"])
    return {int(week): share for share, week in said} == {w: per_cent(v, 0) for w, v in rows.items()}


@says(
    rf"(?P<area>[^:]+): (?P<group>[^:]+): (?P<few>under )?halvparten hadde en aktivitet innen "
    rf"(?P<weeks>én uke|{W} uker)\."
)
def half_of_those_who_began(claim: Claim, found: re.Match[str]) -> bool:
    """The first published week by whose end half have had an activity, else the last one."""
    groups = {g["navn"].lower(): g["id"] for g in claim.facts.definitions["u30_8uker"]["grupper"]}
    gruppe = groups.get(found["group"].lower(), "alle")
    rows = sorted(
        (int(row["dag"]), float(row["verdi"].replace(",", ".")))
        for row in claim.facts.table("kurver")
        if (row["gruppe"], row["enhet"]) == (gruppe, COUNTRY)
    )
    half = [day for day, share in rows if share >= 0.5]
    weeks = -(-(half[0] if half else rows[-1][0]) // 7)
    words = "én uke" if weeks == 1 else f"{in_words(weeks)} uker"
    return bool(found["few"]) == (not half) and found["weeks"].lower() == words


@says(rf"(?P<out>{N}) kontor er skjult eller har under 30 og er ikke med\.")
def left_out_of_spread(claim: Claim, found: re.Match[str]) -> bool:
    keys = [key for key in series_of_page(claim) if _has_funnel(claim, *key)]
    return found["out"] in {printed(funnel(claim, *key)[0].number("utenfor") or 0.0) for key in keys}


@says(
    r"For få kontor vises til å si noe om forskjellene\.|Det er for få kontor med tall som vises, til å "
    r"tegne hvordan de fordeler seg\."
)
def no_spread(claim: Claim, _found: re.Match[str]) -> bool:
    if claim.page.kind == "landet":  # the figure draws the shares that the letter judges
        return not any(_has_funnel(claim, d.indikator, d.gruppe) for d in judged(claim) if d.maal == "andel")
    return not _has_funnel(claim, *series_of_page(claim)[0])
