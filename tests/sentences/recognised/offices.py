"""The page of an office: its first screen, the lines that fold out, and the questions."""

import re

import yaml
from claims import Claim
from facts import Key
from printed import in_words, per_cent, period_text, printed

from navbook.pages.sections.office.group_plan import PRIORITY_GROUPS
from navbook.runtime.paths import SOURCE
from recognised.planning import is_goal
from recognised.says import N, W, says
from recognised.totals import clear, judged
from recognised.verdicts import CLAUSE as QUALIFYING
from recognised.verdicts import QUALIFIED, due, missing

WORDS = yaml.safe_load((SOURCE / "navbook/pages/templates/kontor/kontor.yml").read_text(encoding="utf-8"))


def _by_text(part: str) -> dict[str, tuple[str, str]]:
    return {
        text.lower(): (indikator, gruppe)
        for indikator, groups in WORDS[part].items()
        if isinstance(groups, dict)
        for gruppe, text in groups.items()
    }


NAMES, PHRASES = _by_text("navn"), _by_text("ledd")
NAME = "|".join(map(re.escape, sorted(NAMES, key=len, reverse=True)))
PHRASE = "|".join(map(re.escape, sorted(PHRASES, key=len, reverse=True)))
GROUPS = {"unge": "under30", "utenfor_eos": "landgruppe3", "langtidsledige": "langtid", "nedsatt": "nedsatt"}
GROUP_NAMES = {WORDS["grupper"][key]["navn"].lower(): group for key, group in GROUPS.items()}
GROUP_PHRASES = {WORDS["grupper"][key]["ledd"].lower(): group for key, group in GROUPS.items()}


def _listed(names: list[str]) -> str:
    return " og ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _size(claim: Claim, gruppe: str, back: int = 0) -> float | None:
    facts = claim.facts
    period = facts.moved(facts.shown_period("portefolje"), -back)
    x = facts.row("portefolje", gruppe, claim.page.unit, period).number("x")
    return None if x is None else x / facts.divisor("portefolje", period)


def _more(claim: Claim, gruppe: str, said: str | None, word: str | None) -> bool:
    """Whether the change of a group is the one that is said, in whole persons."""
    row = claim.facts.row("portefolje", gruppe, claim.page.unit)
    change = row.number("endring")
    if change is None:
        return said is None
    months = claim.facts.divisor("portefolje", row.periode)
    change = round(change / months)
    if change == 0:
        return word == "like mange som"
    return said == printed(abs(change)) and word == ("flere enn" if change > 0 else "færre enn")


CHANGE = rf"(?:, (?:(?P<more>{N}) )?(?P<word>flere enn|færre enn|like mange som) (?:året før))?"


@says(
    rf"(?:I snitt fulgte kontoret opp (?P<mean>{N}) personer hver måned i (?P<period>.+?)|"
    rf"Kontoret fulgte opp (?P<count>{N}) personer i (?P<month>.+?)){CHANGE}\."
)
def office_stock(claim: Claim, found: re.Match[str]) -> bool:
    size = _size(claim, "alle")
    assert size is not None
    period = claim.facts.shown_period("portefolje")
    return (
        (found["mean"] or found["count"]) == printed(size)
        and (found["period"] or found["month"]) == period_text(period)
        and _more(claim, "alle", found["more"], found["word"])
    )


@says(rf"(?P<size>{N}) personer(?P<mean> i snitt)?{CHANGE}\.")
def group_size(claim: Claim, found: re.Match[str]) -> bool:
    gruppe = claim.known_key.gruppe
    size = _size(claim, gruppe)
    months = claim.facts.months(claim.facts.shown_period("portefolje"))
    assert size is not None
    return (
        found["size"] == printed(size)
        and bool(found["mean"]) == (len(months) > 1)
        and _more(claim, gruppe, found["more"], found["word"])
    )


@says(r"Hvor mange kontoret fulgte opp, (?P<why>er skjult|er ikke kjent)\.")
def stock_not_shown(claim: Claim, found: re.Match[str]) -> bool:
    status = claim.facts.row("portefolje", "alle", claim.page.unit).status
    return (found["why"] == "er skjult") == (status == "skjult") and status != "vist"


@says(rf"(?P<names>(?:{'|'.join(GROUP_NAMES)})(?:(?:, | og )(?:{'|'.join(GROUP_NAMES)}))*) er skjult\.")
def hidden_groups(claim: Claim, found: re.Match[str]) -> bool:
    rows = {
        name: claim.facts.row("portefolje", group, claim.page.unit) for name, group in GROUP_NAMES.items()
    }
    return found["names"].lower() == _listed([name for name, row in rows.items() if row.status == "skjult"])


# What has changed

ANSWER = r"kravet er oppfylt|kravet er ikke oppfylt|kravet kan ikke avgjøres"
ANSWERS = {
    "kravet er oppfylt": "oppfylt",
    "kravet er ikke oppfylt": "ikke_oppfylt",
    "kravet kan ikke avgjøres": "kan_ikke_avgjores",
}


def _answered(claim: Claim, found: re.Match[str]) -> bool:
    return claim.verdict == ANSWERS[found["answer"]] and [found[name] for name in QUALIFYING] == due(claim)


@says(
    rf"(?P<phrase>{PHRASE}) (?P<way>økte|gikk ned) fra (?P<before>{N})(?P<share> prosent)? i (?P<base>.+?) "
    rf"til (?P<now>{N})(?: prosent)? i (?P<period>[^,]+?)(?P<mean> per måned i snitt)?, "
    rf"og (?P<answer>{ANSWER}){QUALIFIED}\."
)
def change_of_a_requirement(claim: Claim, found: re.Match[str]) -> bool:
    about = claim.about(*PHRASES[found["phrase"].lower()])
    row, base = about.row, about.base
    change = row.number("endring")
    assert change is not None
    return (
        about.known_key[:3] == claim.known_key[:3]
        and (found["before"], found["now"]) == (about.value(base), about.value(row))
        and bool(found["share"]) == (not about.is_count)
        and (found["base"], found["period"]) == (about.base_period, about.period)
        and bool(found["mean"]) == (about.is_count and about.by > 1)
        and (found["way"] == "økte") == (change > 0)
        and _answered(about, found)
    )


@says(rf"(?P<phrase>{PHRASE}) var (?P<now>{N}) prosent i (?P<period>.+?) \((?P<low>{N})–(?P<high>{N})\)\.")
def value_at_a_limit(claim: Claim, found: re.Match[str]) -> bool:
    about = claim.about(*PHRASES[found["phrase"].lower()])
    ends = [per_cent(about.row.number(name) or 0.0, about.decimals) for name in ("nedre", "ovre")]
    return (
        about.known_key[:3] == claim.known_key[:3]
        and found["now"] == about.value(about.row)
        and found["period"] == about.period
        and [found["low"], found["high"]] == ends
    )


@says(
    rf"Grensen i brevet er (?P<side>over|under) (?P<limit>{N}) prosent, og (?P<answer>{ANSWER}){QUALIFIED}\."
)
def answer_at_a_limit(claim: Claim, found: re.Match[str]) -> bool:
    demand = claim.demand
    assert demand is not None
    return (
        (found["side"] == "over") == (demand.rule["operator"] == ">")
        and found["limit"] == per_cent(demand.rule["limit"], 1)
        and _answered(claim, found)
    )


@says(rf"Tabellen viser (?P<count>{W}) (?:klart|klare) utslag til\.")
def more_in_the_table(claim: Claim, found: re.Match[str]) -> bool:
    return found["count"].lower() == in_words(clear(claim) - 3)


# The requirements


def _listed_names(names: list[str]) -> str:
    """Names with commas of their own are told apart by semicolons."""
    between = "; " if any("," in name for name in names) else ", "
    return " og ".join(filter(None, [between.join(names[:-1]), *names[-1:]]))


@says(rf"(?P<name>{NAME})(?: \((?P<period>[^)]+)\))?")
def name_of_a_row(claim: Claim, found: re.Match[str]) -> bool:
    return not claim.block.keys.indikator or NAMES[found["name"].lower()] == claim.known_key[:2]


def _of_status(claim: Claim, status: str, *, of_larger: bool | None = None) -> list[str]:
    """The names of the requirements with a status; of those shown of larger units only, or of the others."""
    stated = {
        (row["indikator"], row["gruppe"], row["enhet"], row["periode"]): row["utsagn"]
        for row in claim.facts.table("utsagn")
    }
    keys = [about.known_key for about in judged(claim) if about.row.status == status]
    if of_larger is not None:
        keys = [key for key in keys if (stated.get(tuple(key)) == "ikke_for_niva") == of_larger]
    names = {key: WORDS["navn"][key[0]][key[1]] for key in NAMES.values()}
    return [names[key[:2]] for key in keys]


@says(rf"(?P<count>{W}) tall er skjult for å verne enkeltpersoner: (?P<names>.+)\.")
def hidden_requirements(claim: Claim, found: re.Match[str]) -> bool:
    hidden = _of_status(claim, "skjult", of_larger=False)
    return found["count"].lower() == in_words(len(hidden)) and found["names"] == _listed_names(hidden)


@says(
    rf"Ingen av de (?P<count>{W}) tallene som mål- og disponeringsbrevet for (?P<year>\d{{4}}) stiller krav "
    r"til, kan vises for kontoret uten at de kan røpe enkeltpersoner\."
)
def nothing_of_the_office(claim: Claim, found: re.Match[str]) -> bool:
    every = judged(claim)
    if int(found["year"]) != claim.facts.letter_year(claim.facts.period):
        return False
    hidden = {about.row.status for about in every} == {"skjult"}
    return hidden and found["count"].lower() == in_words(len(every))


@says(r"Vises bare for større enheter: (?P<names>.+)\.")
def of_larger_units_only(claim: Claim, found: re.Match[str]) -> bool:
    return found["names"] == _listed_names(_of_status(claim, "skjult", of_larger=True))


@says(r"(?:Dette tallet|Disse tallene) kan ikke beregnes for perioden: (?P<names>.+)\.")
def uncomputable_requirements(claim: Claim, found: re.Match[str]) -> bool:
    return found["names"] == _listed_names(_of_status(claim, "ikke_beregnbar"))


@says(r"Ikke i uttrekket: (?P<names>[^.]+)\.")
def lacking_requirements(claim: Claim, found: re.Match[str]) -> bool:
    return found["names"] == _listed_names(_of_status(claim, "ikke_i_uttrekket"))


@says(r"uavklart")
def unresolved(claim: Claim, _found: re.Match[str]) -> bool:
    return claim.verdict == "kan_ikke_avgjores"


VERDICT_WORDS = {
    "uavklart": "kan_ikke_avgjores",
    "kan ikke avgjøres": "kan_ikke_avgjores",
    "oppfylt": "oppfylt",
    "ikke oppfylt": "ikke_oppfylt",
}


@says(
    rf"(?P<name>{NAME})(?: \((?P<older>[^)]+)\))? (?P<before>{N}|–) → (?P<now>{N})(?P<share> %)? "
    rf"(?P<change>–|(?P<point>{N})(?: \((?P<low>{N})(?: til |–)(?P<high>{N})\))?) (?P<word>.+)"
)
def line_of_a_requirement(claim: Claim, found: re.Match[str]) -> bool:
    row = claim.row
    assert NAMES[found["name"].lower()] == claim.known_key[:2]
    assert found["now"] == claim.value(row)
    assert bool(found["share"]) == (not claim.is_count)
    change = row.number("endring")
    assert found["before"] == ("–" if change is None else claim.value(claim.base))

    def moved(name: str) -> str | None:
        value = row.number(name)
        if value is None:
            return None
        return printed(value / claim.by, 0, True) if claim.is_count else per_cent(value, claim.decimals, True)

    assert [found["point"], found["low"], found["high"]] == [
        moved(name) for name in ("endring", "endring_nedre", "endring_ovre")
    ]
    key, facts = claim.known_key, claim.facts
    assert found["older"] == (None if key.periode == facts.period else claim.period)
    said, _, letter = found["word"].partition(" (brevet for ")
    year = facts.letter_year(key.periode)
    assert not letter or (letter == f"{year})" and year != facts.letter_year(facts.period))
    word = VERDICT_WORDS.get(said)
    return word == claim.verdict if word else said == _reason_word(claim)


def _reason_word(claim: Claim) -> str:
    """Why a row without an answer has none, in a word; a dash for a row that no letter judges."""
    if not (claim.demand and claim.demand.judged):
        return "–"
    if claim.verdict == "uten_grunnlag":
        return f"grunnlaget er {missing(claim)[1]}"
    return {"for_fa": "for få", "ikke_relevant": "vurderes ikke"}.get(claim.verdict, "")


@says(rf"(?P<share>{N}) %")
def level_of_a_period(claim: Claim, found: re.Match[str]) -> bool:
    """The level of a whole period in a chart, with the decimals of the period that the book shows."""
    key = claim.known_key
    if claim.block.tag == "td" and claim.block.keys.felt in ("", None, "mal"):
        return is_goal(claim, found["share"])
    shown = claim.about(*key[:2])
    return found["share"] == shown.share(claim.facts.row(*Key(*key)))


@says(r"Fra (?P<base>.+?) til (?P<now>.+?) ?Endring \(95 % intervall\) ?Vurdering")
def head_of_the_lines(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    bases = {period_text(facts.moved(facts.period, -12)), "året før"}
    return found["base"] in bases and found["now"] == period_text(facts.period)


@says(
    rf"(?P<phrase>{PHRASE}) (?P<way>økte|gikk ned|har ikke endret seg sikkert|måned for måned) "
    r"Prosent per måned, nivå for (?:(?P<base>.+?) og )?(?P<now>.+?)\."
)
def title_of_a_chart(claim: Claim, found: re.Match[str]) -> bool:
    about = claim.about(*PHRASES[found["phrase"].lower()])
    lower, upper = (about.row.number(name) for name in ("endring_nedre", "endring_ovre"))
    way = "måned for måned"
    if lower is not None and upper is not None:
        way = "økte" if lower > 0 else "gikk ned" if upper < 0 else "har ikke endret seg sikkert"
    based = about.row.number("basis_verdi") is not None
    return (
        about.known_key[:2] == claim.known_key[:2]
        and found["way"].lower() == way
        and found["now"] == about.period
        and found["base"] == (about.base_period if based else None)
    )


@says(
    rf"Unge i aktivitet innen 8 uker: (?P<share>{N}) prosent(?: \((?P<low>{N})–(?P<high>{N})\))? når "
    r"kurvemetoden tar hensyn til dem som sluttet eller flyttet underveis\."
)
def eighth_week_of_a_curve(claim: Claim, found: re.Match[str]) -> bool:
    rows = [
        row
        for row in claim.facts.table("kurver")
        if (row["gruppe"], row["enhet"]) == ("alle", claim.page.unit)
    ]
    last = max(rows, key=lambda row: float(row["dag"].replace(",", ".")))
    values = [
        float(last[name].replace(",", ".")) if last[name] else None for name in ("verdi", "nedre", "ovre")
    ]
    assert values[0] is not None
    decimals = 1 if round(values[0] * 1000) % 10 else 0
    due_text = [None if value is None else per_cent(value, decimals) for value in values]
    return [found["share"], found["low"], found["high"]] == due_text


@says(
    r"Der kontorets tall er skjult: fylket og (?P<area>.+?), (?P<period>[^,]+), prosent \(95 % intervall\) "
    r"eller antall"
)
def county_in_place_of_the_office(claim: Claim, found: re.Match[str]) -> bool:
    return _mostly_hidden(claim) and found["period"] == period_text(claim.facts.period)


@says(r"De fleste av tallene for kontoret er skjult\.")
def most_is_hidden(claim: Claim, _found: re.Match[str]) -> bool:
    return _mostly_hidden(claim)


def _mostly_hidden(claim: Claim) -> bool:
    every = judged(claim)
    return 2 * sum(about.row.status == "skjult" for about in every) > len(every)


@says(r"For (?P<names>.+?) er tallene skjult eller ikke kjent\.")
def silent_groups(claim: Claim, found: re.Match[str]) -> bool:
    silent = []
    for group in PRIORITY_GROUPS:
        rows = [claim.facts.row(*name, claim.page.unit) for name in (*group.effort, *group.result)]
        known = [row for row in rows if row.status != "ikke_i_uttrekket"]
        if known and not any(row.shown for row in known):
            silent.append(WORDS["grupper"][group.key]["ledd"])
    return found["names"] == _listed(silent)


# Questions


@says(
    rf"Gruppen (?P<group>{'|'.join(GROUP_PHRASES)}) (?:har vokst med (?P<more>{N}) prosent|"
    rf"er blitt (?P<less>{N}) prosent mindre) på et år\."
)
def group_has_changed(claim: Claim, found: re.Match[str]) -> bool:
    group = GROUP_PHRASES[found["group"].lower()]
    row = claim.facts.row("portefolje", group, claim.page.unit)
    x, change = row.number("x"), row.number("endring")
    assert x is not None
    assert change is not None
    part = change / (x - change)
    return (found["more"] if part > 0 else found["less"]) == per_cent(abs(part), 0)


@says(rf"(?P<share>{N}) prosent av de langtidsledige er uten aktivitet i en vanlig måned\.")
def many_inactive(claim: Claim, found: re.Match[str]) -> bool:
    row = claim.facts.row("langtid_aktivitet", "alle", claim.page.unit)
    x, n = row.number("x"), row.number("n")
    assert x is not None
    assert n
    return found["share"] == per_cent(1 - x / n, 0)


@says(rf"(?P<count>{W}) krav kan ikke avgjøres\.")
def undecided_requirements(claim: Claim, found: re.Match[str]) -> bool:
    count = sum(about.row.shown and about.verdict == "kan_ikke_avgjores" for about in judged(claim))
    return found["count"].lower() == in_words(count)


@says(
    r"(?:(?P<county>[^·]+) · )?enhetsnummer (?P<number>\d{4})"
    r"(?: · (?P<size>under 30|30–49|minst 50) ansatte)? · tall for (?P<period>.+?) Skriv ut .+"
)
def name_line(claim: Claim, found: re.Match[str]) -> bool:
    unit = claim.facts.units[claim.page.unit]
    county = claim.facts.units.get(unit["fylke"], {}).get("navn")
    classes = {"under 30": "<30", "30–49": "30-49", "minst 50": "50+"}
    return (
        found["number"] == claim.page.unit
        and found["county"] == county
        and (classes.get(found["size"] or "") or "") == (unit["storrelsesklasse"] or "")
        and found["period"] == period_text(claim.facts.period)
    )
