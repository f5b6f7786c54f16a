"""Which letter, which edition and which periods a page answers to."""

import re

import yaml
from claims import Claim
from facts import Facts
from printed import MONTHS, period_text

from navbook.runtime.paths import PROJECT
from recognised.says import says


def day(text: str) -> str:
    year, month, number = str(text).split("-")
    return f"{int(number)}. {MONTHS[int(month) - 1]} {year}"


@says(
    r"Utgave for (?P<period>.+?) · (?P<synthetic>syntetiske tall: [^·]+ · )?uttrekk fra (?P<day>.+?) "
    r"· kilde: (?P<source>.+?)"
    r"(?: · mål- og disponeringsbrevet for (?P<year>\d{4}))?"
)
def edition_line(claim: Claim, found: re.Match[str]) -> bool:
    utgave, facts = claim.facts.utgave, claim.facts
    year = facts.letter_year(facts.period)
    return (
        found["period"] == period_text(facts.period)
        and bool(found["synthetic"]) == utgave["syntetisk"]
        and (found["day"], found["source"]) == (day(utgave["uttrekksdato"]), utgave["kilde"])
        and found["year"] == (str(year) if year else None)
    )


# what the rows of the book's letters ask for, in plain words
IN_PLAIN_WORDS = {
    row["gloss"]
    for path in (PROJECT / "data/letters").glob("*.yml")
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["parameters"]
}


@says("|".join(map(re.escape, sorted(IN_PLAIN_WORDS))))
def in_plain_words(claim: Claim, _found: re.Match[str]) -> bool:
    """What a row of the letter asks for, in the words that the file of the letter has for it."""
    year = claim.facts.letter_year(claim.facts.period)
    rows = claim.facts.letter_files[year]["parameters"] if year else []
    asked = {
        row["gloss"]
        for row in rows
        if any(series["indikator"] == claim.page.subject for series in row["series"])
    }
    return claim.sentence in asked


@says(r"Brevet for (?P<year>\d{4}) er ikke lagt inn ennå\.")
def letter_not_there(claim: Claim, found: re.Match[str]) -> bool:
    year = claim.facts.months(claim.facts.period)[-1][0]
    return found["year"] == str(year) and year not in claim.facts.letter_files


@says(
    r"Kravene på denne siden er fra brevet for (?P<year>\d{4}), og tallene sammenlignes med samme "
    r"periode året før\."
)
def letter_used_again(claim: Claim, found: re.Match[str]) -> bool:
    year = claim.facts.letter_year(claim.facts.period)
    return found["year"] == str(year) and year != claim.facts.months(claim.facts.period)[-1][0]


@says(
    r"Noen tall er ikke kjent for (?P<period>.+?) ennå, og siden viser siste kjente periode i stedet: "
    r"(?P<list>.+)\."
)
def older_periods(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    short = {id: definition["kortnavn"] for id, definition in facts.definitions.items()}
    ids = {name: id for id, name in short.items()}
    said = {}
    for part in found["list"].split("; "):
        period, _, names = part.partition(" for ")
        for name in _listed(names, ids):
            said[ids[name]] = period
    shown = {id: facts.shown_period(id) for id in facts.utgave["perioder"] if id in short}
    older = {id: period_text(period) for id, period in shown.items() if period != facts.period}
    assert said.items() <= older.items(), set(said.items()) - set(older.items())
    on_page = {block.keys.indikator for block in claim.page.blocks} & older.keys()
    return found["period"] == period_text(facts.period) and on_page <= said.keys()


def _listed(names: str, known: dict[str, str]) -> list[str]:
    """The names in `a, b og c`, where a name may itself hold `og`."""
    found, rest = [], names
    while rest:
        name = max((each for each in known if rest.startswith(each)), key=len)
        found.append(name)
        rest = re.sub(r"^(?:, | og )", "", rest[len(name) :])
    return found


@says(
    r"Har et slikt tall et krav, vurderes det etter brevet for (?P<years>[\d, og]+)\.|Perioden som vises, "
    r"vurderes etter brevet for (?P<one>\d{4}):"
)
def judged_by_another(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    in_force = facts.letter_year(facts.period)
    years = {facts.letter_year(facts.shown_period(d.indikator)) for d in facts.in_force} - {in_force}
    if found["one"]:
        return {facts.letter_year(facts.shown_period(claim.page.subject))} == {int(found["one"])} <= years
    return {int(year) for year in re.findall(r"\d{4}", found["years"])} == years


@says(r"Det finnes ikke noe brev for dette året, så ingen krav vurderes\.")
def no_letter(claim: Claim, _found: re.Match[str]) -> bool:
    return claim.facts.letter_year(claim.facts.period) is None


@says(
    r"Brevet stiller ikke noe krav i tabellen sin til dette tallet, så boken vurderer det ikke\.|"
    r"Utenfor styringsparameterne: brevet nevner det, men stiller ikke noe krav som boken vurderer\.|"
    r"Utenfor styringsparameterne\."
)
def not_in_the_table(claim: Claim, _found: re.Match[str]) -> bool:
    return not any(d.judged for d in claim.facts.in_force if d.indikator == claim.page.subject)


@says(r"Krav(?: i brevet)?: «(?P<krav>.+?)»")
def requirement(claim: Claim, found: re.Match[str]) -> bool:
    return found["krav"] in {d.requirement for d in claim.facts.in_force}


@says(r"Frist for (?P<name>.+?): (?P<day>.+?)\.")
def deadline(claim: Claim, found: re.Match[str]) -> bool:
    return any(
        (entry["period"], entry["name"], day(entry["due"]))
        == (claim.facts.period, found["name"], found["day"])
        for entry in _report(claim).get("deadlines", ())
    )


@says(r"Brevet gir ingen frist for en rapport for (?P<period>.+?)\.")
def no_deadline(claim: Claim, found: re.Match[str]) -> bool:
    known = {entry["period"] for entry in _report(claim).get("deadlines", ())}
    return found["period"] == period_text(claim.facts.period) and claim.facts.period not in known


def _report(claim: Claim) -> dict:
    year = claim.facts.letter_year(claim.facts.period)
    return claim.facts.letter_files[year].get("report") or {}


@says(r"Overskriftene er ordrett fra brevet for (?P<year>\d{4})\.")
def headings_from(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    with_headings = [
        year
        for year, letter in facts.letter_files.items()
        if year <= facts.letter_year(facts.period) and (letter.get("report") or {}).get("sections")
    ]
    return found["year"] == str(max(with_headings))


@says(r"Brevet for (?P<year>\d{4}) lister ingen\.")
def lists_no_headings(claim: Claim, found: re.Match[str]) -> bool:
    return found["year"] == str(claim.facts.letter_year(claim.facts.period)) and not _report(claim).get(
        "sections"
    )


@says(r"Ikke i brevet for (?P<year>\d{4}): (?P<names>.+)\.")
def not_in_this_letter(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    year = facts.letter_year(facts.period)
    letter = facts.letter_files[year]
    wordings = {row["wording"] for row in letter["parameters"]} | {row["what"] for row in letter["catalogue"]}
    short = {
        facts.definitions[d.indikator]["kortnavn"] for d in facts.in_force if d.indikator in facts.definitions
    }
    named, left = set(), found["names"]
    for name in sorted(_names_of_any_letter(facts), key=len, reverse=True):
        if name in left:
            named.add(name)
            left = left.replace(name, "")
    only_names = not re.sub(r"[«»,\s]|\bog\b", "", left)
    return found["year"] == str(year) and only_names and bool(named) and not named & (wordings | short)


def _names_of_any_letter(facts: Facts) -> set[str]:
    letters = facts.letter_files.values()
    return {
        *(row["wording"] for letter in letters for row in letter["parameters"]),
        *(row["what"] for letter in letters for row in letter["catalogue"]),
        *(definition["kortnavn"] for definition in facts.definitions.values()),
    }


@says(r"Ikke i uttrekket: (?P<names>.+)\.")
def not_in_the_extract(claim: Claim, found: re.Match[str]) -> bool:
    facts = claim.facts
    present = {key.indikator for key, row in facts.rows.items() if row.status != "ikke_i_uttrekket"}
    absent = {d["kortnavn"] for id, d in facts.definitions.items() if id not in present}
    return any(found["names"].startswith(name) for name in absent)


@says(r"(?P<number>\d+): (?P<name>.+) \((?P<months>[^()]+)\)")
def event(claim: Claim, found: re.Match[str]) -> bool:
    """Events are numbered by date."""
    events = sorted(claim.facts.table("hendelser"), key=lambda row: (row["fom"], row["id"]))
    row = events[int(found["number"]) - 1]
    year, month = row["fom"].split("-")[:2]
    return (found["name"], found["months"]) == (row["navn"], f"{MONTHS[int(month) - 1]} {year}")
