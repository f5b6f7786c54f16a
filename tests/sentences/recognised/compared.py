"""Units beside each other: key figures, and what the figures of many units are said to show."""

import re
from collections import Counter

from claims import Claim
from facts import COUNTRY, Demand, Row
from printed import in_words, per_cent, period_text, printed

from recognised.says import N, W, says

CLEAR = ("oppfylt", "ikke_oppfylt")
WORDS = {"oppfylt": "oppfylt", "ikke oppfylt": "ikke_oppfylt", "kan ikke avgjøres": "kan_ikke_avgjores"}


UNITS_ON_AXIS = r": (?:\d+ (?:kontor|fylker) mellom|ett (?:kontor|fylke) på) "


def judged(claim: Claim) -> list[Demand]:
    """What the letter judges, each by the letter of the period shown."""
    every = [claim.facts.demand(d.indikator, d.gruppe) or d for d in claim.facts.in_force]
    return [demand for demand in every if demand.judged and not demand.supplement]


def below(claim: Claim) -> list[str]:
    """The offices of the page's county, or the counties of the country, without the special rows."""
    level = "kontor" if claim.page.level == "fylke" else "fylke"
    return [
        number
        for number, unit in sorted(claim.facts.units.items())
        if unit["niva"] == level
        and not number.endswith("S")
        and (level == "fylke" or unit["fylke"] == claim.page.unit)
    ]


def verdicts(claim: Claim, demands: list[Demand]) -> Counter[str]:
    found = (claim.facts.verdict(d.indikator, d.gruppe, unit) for d in demands for unit in below(claim))
    return Counter(one for one in found if one in (*CLEAR, "kan_ikke_avgjores"))


def shown_somewhere(claim: Claim, demand: Demand) -> bool:
    return any(claim.facts.row(demand.indikator, demand.gruppe, unit).shown for unit in below(claim))


def named(claim: Claim, name: str) -> tuple[str, str]:
    return claim.page.series_names[name][:2]


def funnel(claim: Claim, indikator: str, gruppe: str) -> tuple[Row, list[Row]]:
    rows = [
        Row(row)
        for row in claim.facts.table("trakt")
        if (row["indikator"], row["gruppe"]) == (indikator, gruppe)
    ]
    return next(r for r in rows if r.enhet == COUNTRY), [r for r in rows if r.enhet != COUNTRY]


def middle(offices: list[Row], decimals: int) -> tuple[str, str]:
    """The limits between which eight of ten offices lie."""
    shares = sorted(row.number("verdi") or 0.0 for row in offices)
    out = len(shares) // 10
    return per_cent(shares[out], decimals), per_cent(shares[-1 - out], decimals)


def exact_share(row: Row) -> float:
    x, n = row.number("x"), row.number("n")
    return x / n if x is not None and n else row.number("verdi") or 0.0


def series_of_page(claim: Claim) -> list[tuple[str, str]]:
    groups = [group["id"] for group in claim.facts.definitions[claim.page.subject]["grupper"]]
    return [(claim.page.subject, group) for group in groups]


REASON_WORDS = {
    "vurderes ikke": "ikke_relevant",
    "for få": "for_fa",
    "grunnlaget er skjult": "uten_grunnlag",
    "grunnlaget er ikke kjent": "uten_grunnlag",
}


@says(
    rf"(?P<name>.+?) (?P<value>{N})(?:(?: %)? (?P<change>{N}) fra (?P<base>.+?)| %)"
    rf"(?: (?P<verdict>ikke oppfylt|oppfylt|kan ikke avgjøres|vurderes ikke|for få|grunnlaget er skjult|"
    rf"grunnlaget er ikke kjent))?(?: \(med forbehold\))?(?: \(brevet for (?P<letter>\d{{4}})\))?"
)
def key_figure(claim: Claim, found: re.Match[str]) -> bool:
    if not _names_its_series(claim, found["name"]):
        return False
    if found["letter"] not in (None, str(claim.facts.letter_year(claim.known_key.periode))):
        return False
    change, written = claim.row.number("endring"), None
    if change is not None:
        written = (
            printed(change / claim.by, 0, True) if claim.is_count else per_cent(change, claim.decimals, True)
        )
    said = (WORDS | REASON_WORDS).get((found["verdict"] or "").lower(), "")
    return (
        (found["value"], found["change"]) == (claim.value(claim.row), written)
        and found["base"] == (None if change is None else claim.base_period)
        and (not said or said == claim.verdict)
    )


def _names_its_series(claim: Claim, name: str) -> bool:
    """Whether a key figure has the name of the series that it gives."""
    key = claim.known_key
    if key.indikator == "portefolje" and name.startswith("Under oppfølging"):
        mean = len(claim.facts.months(key.periode)) > 1
        return name == "Under oppfølging" + (", i snitt hver måned" if mean else "")
    named_so = claim.page.series_names.get(name)
    return named_so is not None and named_so[:2] == key[:2]


@says(
    rf"(?:(?P<clear>{N}) av (?P<all>{N}) svar er klare: (?P<met>{W}) oppfylt og (?P<not>{W}) ikke oppfylt"
    rf"|Ingen av (?P<none>{N}) svar er klare: endringene kan være tilfeldige)\.?"
)
def clear_answers(claim: Claim, found: re.Match[str]) -> bool:
    counts = verdicts(claim, [d for d in judged(claim) if shown_somewhere(claim, d)])
    clear = sum(counts[one] for one in CLEAR)
    if found["none"]:
        return not clear and found["none"] == printed(counts.total())
    return (found["clear"], found["all"], found["met"], found["not"]) == (
        printed(clear),
        printed(counts.total()),
        in_words(counts["oppfylt"]),
        in_words(counts["ikke_oppfylt"]),
    )


@says(rf"Av (?P<all>{W}) svar er (?P<met>{W}) «oppfylt» og (?P<not>{W}) «ikke oppfylt»")
def clear_tiles(claim: Claim, found: re.Match[str]) -> bool:
    shares = [d for d in judged(claim) if d.maal == "andel" and shown_somewhere(claim, d)][:4]
    counts = verdicts(claim, shares)
    return (found["met"], found["not"], found["all"]) == (
        in_words(counts["oppfylt"]),
        in_words(counts["ikke_oppfylt"]),
        in_words(counts.total()),
    )


@says(r"Ingen av fylkene har et klart svar på disse kravene")
def no_clear_tile(claim: Claim, _found: re.Match[str]) -> bool:
    shares = [d for d in judged(claim) if d.maal == "andel" and shown_somewhere(claim, d)][:4]
    return not any(verdicts(claim, shares)[one] for one in CLEAR)


@says(r"Flest klare svar har (?P<name>.+)\.")
def clearest_series(claim: Claim, found: re.Match[str]) -> bool:
    demands = [d for d in judged(claim) if shown_somewhere(claim, d)]
    counts = {(d.indikator, d.gruppe): sum(verdicts(claim, [d])[one] for one in CLEAR) for d in demands}
    return counts[named(claim, found["name"])] == max(counts.values())


@says(r"(?P<names>.+) er ikke med, fordi ingen av (?:kontorene|fylkene) har et tall som vises\.")
def left_out_columns(claim: Claim, found: re.Match[str]) -> bool:
    names = re.split(r", | og ", found["names"])
    absent = {(d.indikator, d.gruppe) for d in judged(claim) if not shown_somewhere(claim, d)}
    known = {name.lower(): key[:2] for name, key in claim.page.series_names.items()}
    return all(known[name.lower()] in absent for name in names if name.lower() in known)


@says(r"Hver rute er ett krav for ett (?:kontor|fylke), (?P<period>.+)\.")
def period_of_heatmap(claim: Claim, found: re.Match[str]) -> bool:
    return found["period"] in {period_text(claim.facts.shown_period(d.indikator)) for d in judged(claim)}


@says(
    rf"(?P<name>.+): (?:(?P<count>{N}) (?:kontor|fylker) mellom (?P<low>{N}) og (?P<high>{N})|"
    rf"ett (?:kontor|fylke) på (?P<only>{N})) prosent, "
    rf"(?:(?P<top>.+) på (?P<centre>{N})|uten et tall for (?P<without>.+))\."
)
def rows_on_one_axis(claim: Claim, found: re.Match[str]) -> bool:
    key = named(claim, found["name"])
    rows = [row for unit in below(claim) if (row := claim.facts.row(*key, unit)).shown and row.nedre]
    shares = [row.number("verdi") or 0.0 for row in rows]
    top = centre(claim, key)
    if found["centre"] != (None if top is None else per_cent(top, 1)):
        return False
    if claim.facts.top not in (found["top"], found["without"]):
        return False
    if found["only"]:
        return len(rows) == 1 and found["only"] == per_cent(shares[0], 1)
    return len(rows) > 1 and (found["count"], found["low"], found["high"]) == (
        printed(len(rows)),
        per_cent(min(shares), 1),
        per_cent(max(shares), 1),
    )


@says(rf"(?P<count>{W}) av intervallene når ikke (?P<top>.+)\.")
def intervals_beyond(claim: Claim, found: re.Match[str]) -> bool:
    name = re.split(UNITS_ON_AXIS, claim.block.text)[0]
    key = named(claim, name)
    return found["top"] == claim.facts.top and found["count"].lower() == in_words(_beyond(claim, key))


def _beyond(claim: Claim, key: tuple[str, str]) -> int:
    top = centre(claim, key)
    assert top is not None
    rows = [row for unit in below(claim) if (row := claim.facts.row(*key, unit)).shown and row.nedre]
    return sum(not (row.number("nedre") or 0.0) <= top <= (row.number("ovre") or 1.0) for row in rows)


@says(rf"(?P<count>{W}) (?:kontor|fylker?) skiller seg fra (?P<top>.+) i «(?P<name>.+)»")
def apart_from_top(claim: Claim, found: re.Match[str]) -> bool:
    beyond = _beyond(claim, named(claim, found["name"]))
    return found["top"] == claim.facts.top and found["count"].lower() == in_words(beyond)


def centre(claim: Claim, key: tuple[str, str]) -> float | None:
    """The share of the country: its own, else that of the funnel; None if the edition shows neither."""
    own = claim.facts.row(*key, COUNTRY)
    if own.shown:
        return own.number("verdi")
    drawn = any((r["indikator"], r["gruppe"]) == key for r in claim.facts.table("trakt"))
    return funnel(claim, *key)[0].number("mal") if drawn else None


@says(
    r"Ingen skiller seg sikkert fra (?P<top>.+) i (?P<which>disse tallene|de tallene som også vises for .+)"
)
def none_apart_from_top(claim: Claim, found: re.Match[str]) -> bool:
    drawn = [
        named(claim, match[1])
        for block in claim.page.blocks
        if (match := re.match(rf"(.+){UNITS_ON_AXIS}", block.text))
    ]
    compared = [key for key in drawn if centre(claim, key) is not None]
    every = found["which"] == "disse tallene"
    return (
        found["top"] == claim.facts.top
        and bool(compared)
        and every == (compared == drawn)
        and not any(_beyond(claim, key) for key in compared)
    )


TILE = rf"(?:{N} prosent, (?:kravet er oppfylt|ikke oppfylt|kan ikke avgjøres)|ikke vurdert)"


@says(rf"(?P<name>.+): (?P<counties>(?:[^:]+? {TILE}(?:, | og )?)+)\.")
def tiles_in_words(claim: Claim, found: re.Match[str]) -> bool:
    key, numbers = named(claim, found["name"]), {u["navn"]: n for n, u in claim.facts.units.items()}
    for part in re.split(r", (?=[A-ZÆØÅ])| og (?=[A-ZÆØÅ])", found["counties"]):
        shown = re.fullmatch(rf"(.+) ({N}) prosent, (.+)", part)
        unit = numbers[shown[1] if shown else part.removesuffix(" ikke vurdert")]
        verdict = claim.facts.verdict(*key, unit)
        row = claim.facts.row(*key, unit)
        if not shown:
            if verdict in WORDS.values():
                return False
            continue
        answer = shown[3].removeprefix("kravet er ")
        shares = {per_cent(exact_share(row), decimals) for decimals in (0, 1)}
        if WORDS[answer] != verdict or shown[2] not in shares:
            return False
    return True


@says(rf"(?P<count>{W}) kontor (?:i fylket )?skiller seg ut(?: i «(?P<name>.+)»|\.)")
def outliers_in_title(claim: Claim, found: re.Match[str]) -> bool:
    table = "trakt" if found["name"] else "avvikstrakt"
    name = found["name"] or re.split(r": \d", claim.block.text)[0]
    key, offices = named(claim, name), set(below(claim))
    rows = [
        Row(row)
        for row in claim.facts.table(table)
        if (row["indikator"], row["gruppe"]) == key
        and row["enhet"] != COUNTRY
        and (claim.page.kind != "fylke" or row["enhet"] in offices)
    ]
    return found["count"].lower() == in_words(sum(bool(row.number("utslag")) for row in rows))


@says(rf"(?P<name>.+): (?P<count>{N}) kontor rundt linjen der observert er lik forventet\.")
def offices_with_expected(claim: Claim, found: re.Match[str]) -> bool:
    key = named(claim, found["name"])
    rows = [r for r in claim.facts.table("avvikstrakt") if (r["indikator"], r["gruppe"]) == key]
    return found["count"] == printed(len(rows) - 1)


@says(rf"Hele landets avvik er (?P<value>{N}) prosentpoeng\.")
def deviation_of_top(claim: Claim, found: re.Match[str]) -> bool:
    rows = [r for r in claim.facts.table("avvikstrakt") if r["enhet"] == COUNTRY]
    return found["value"] in {per_cent(float(r["avvik"].replace(",", ".")), 1, True) for r in rows}


@says(r"Ingen av tallene med krav vises for (?P<whom>fylkene|kontorene)\.")
def nothing_below_is_shown(claim: Claim, found: re.Match[str]) -> bool:
    level = {"landet": "fylkene", "fylke": "kontorene"}[claim.page.level]
    return found["whom"] == level and not any(shown_somewhere(claim, d) for d in judged(claim))


@says(r"Ingen av andelene kan vises for mange nok måneder til at vi tegner utviklingen\.")
def no_panel_of_months(claim: Claim, _: re.Match[str]) -> bool:
    drawn = re.compile(rf".+?: fra {N} prosent i")
    return not any(b.tag == "svg@aria-label" and drawn.match(b.text) for b in claim.page.blocks)
