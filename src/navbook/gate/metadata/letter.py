"""krav.json: the rows of the letter in force, in the letter's own words, for the pages to quote."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from navbook.letters import (
    CatalogueEntry,
    Letter,
    LetterDefinition,
    SeriesRef,
    Styringsparameter,
    letter_for,
    letter_years,
)

# how pages name the fields of a letter that nobody has confirmed
_FIELDS = {
    "dated": "datoen",
    "title": "tittelen",
    "source": "kilden",
    "header": "linjen over tabellen",
    "changes": "endringene",
    "deadlines": "fristene",
}


def transitions() -> tuple[dict[str, Any], ...]:
    """Every letter with the one after it, oldest first: the entry `overganger` of krav.json.

    `rader` has every row of either letter, in the order of the later letter and then of the earlier one; a
    letter that lacks the row has None.
    """
    letters = [letter for year in letter_years() if (letter := letter_for(year))]
    return tuple(_transition(before, after) for before, after in pairwise(letters))


def _transition(before: Letter, after: Letter) -> dict[str, Any]:
    old = {row.id: row for row in before.parameters}
    known_as = _earlier_ids(after.parameters)
    dropped = [row for row in before.parameters if row.id not in known_as.values()]
    old_goals, goals_known_as = _goals(before), _earlier_ids(_goals(after))
    return {
        "fra": before.year,
        "til": after.year,
        "endringer": [change.model_dump(mode="json") for change in after.changes],
        "rader": [
            *({"id": r.id, "fra": _row(old.get(known_as[r.id])), "til": _row(r)} for r in after.parameters),
            *({"id": row.id, "fra": _row(row), "til": None} for row in dropped),
        ],
        "nye_mal": [
            _goal(goal)
            for goal in _goals(after)
            if goals_known_as[goal.id] not in {old_goal.id for old_goal in old_goals}
        ],
        "utgatte_mal": [_goal(goal) for goal in old_goals if goal.id not in goals_known_as.values()],
    }


def _earlier_ids(entries: Sequence[Styringsparameter | CatalogueEntry]) -> dict[str, str]:
    """Return the id that each entry had in the letter before; empty for a new one under a reused id."""
    renumbered = {entry.tidligere for entry in entries if entry.tidligere}
    return {entry.id: entry.tidligere or ("" if entry.id in renumbered else entry.id) for entry in entries}


def _goals(letter: Letter) -> list[CatalogueEntry]:
    """Return the goals and deadlines of a letter, without its reporting duties."""
    return [entry for entry in letter.catalogue if not entry.id.startswith("R")]


def _goal(entry: CatalogueEntry) -> dict[str, str]:
    return {"id": entry.id, "hva": entry.what}


def _row(parameter: Styringsparameter | None) -> dict[str, Any] | None:
    if parameter is None:
        return None
    return {
        "id": parameter.id,
        "ordlyd": parameter.wording,
        "krav": parameter.requirement,
        "regel": parameter.rule.text,
        "fotnoter": [{"nr": note.number, "tekst": note.text} for note in parameter.footnotes],
        "ny_definisjon": parameter.ny_definisjon,
        "indikatorer": list(dict.fromkeys(series.indikator for series in parameter.series)),
    }


def reporting(year: int) -> dict[str, Any]:
    """The deadlines of the letter in force for `year`, and the headings of the latest letter that has some.

    `overskrifter_fra` is the year of that letter, None if no letter has headings.
    """
    known = [letter for issued in letter_years() if issued <= year and (letter := letter_for(issued))]
    listing = next((letter for letter in reversed(known) if letter.report.sections), None)
    return {
        "frister": _deadlines(known[-1]) if known else [],
        "overskrifter_fra": listing.year if listing else None,
        "deler": _sections(listing) if listing else [],
    }


def _deadlines(letter: Letter) -> list[dict[str, Any]]:
    return [
        {"periode": deadline.period, "frist": deadline.due.isoformat(), "navn": deadline.name}
        for deadline in letter.report.deadlines
    ]


def _sections(letter: Letter) -> list[dict[str, Any]]:
    return [
        {
            "overskrift": section.heading,
            "opphav": section.origin,
            "niva": section.level,
            "tall": section.figures,
        }
        for section in letter.report.sections
    ]


def requirements(letter: Letter | None, year: int) -> dict[str, Any]:
    """The content of krav.json: what `letter` requires of `year`.

    Before the first letter (None) there are no rows, and `brev` is None.
    """
    if letter is None:
        empty: dict[str, Any] = {"brev": None, "datert": None, "gjelder_ar": year, "gjenbrukt": False}
        empty |= {"uavklart": [], "arver": None}
        return (
            empty
            | {"tittel": "", "kilde": "", "innledning": "", "rader": [], "katalog": []}
            | _no_words()
            | _all_letters(year)
        )
    return {
        "brev": letter.year,
        "datert": letter.dated.isoformat() if letter.dated else None,
        "tittel": letter.title,
        "kilde": letter.source,
        "innledning": letter.header,
        "gjelder_ar": year,
        "gjenbrukt": letter.year != year,
        "uavklart": [_FIELDS.get(name, name) for name in letter.unconfirmed()],
        "arver": letter.arver,
        "rader": [_parameter(parameter) for parameter in letter.parameters],
        "katalog": [_entry(entry) for entry in letter.catalogue],
        "definisjoner": [_definition(definition) for definition in letter.definitions],
        "lesemater": [{"id": point.id, "tekst": point.text} for point in letter.semantics],
        "endringer": [change.model_dump(mode="json") for change in letter.changes],
        **_all_letters(year),
    }


def judged_by(letter: Letter, year: int) -> dict[str, Any]:
    """What krav.json says of another `letter` that judges periods of `year` (an entry of `andre_brev`).

    `rader` has the form of those of the letter in force.
    """
    names = ("brev", "datert", "tittel", "kilde", "gjelder_ar", "gjenbrukt", "rader", "lesemater")
    content = requirements(letter, year)
    return {name: content[name] for name in names}


def _all_letters(year: int) -> dict[str, Any]:
    return {"overganger": list(transitions()), "rapport": reporting(year)}


def _no_words() -> dict[str, Any]:
    return {"definisjoner": [], "lesemater": [], "endringer": []}


def _parameter(parameter: Styringsparameter) -> dict[str, Any]:
    return {
        "id": parameter.id,
        "ordlyd": parameter.wording,
        "gloss": parameter.gloss,
        "populasjon": parameter.population,
        "fordeling": parameter.breakdowns,
        "grunnlinje": parameter.baseline,
        "krav": parameter.requirement,
        "regel": parameter.rule.model_dump(mode="json"),
        "fotnoter": [{"nr": note.number, "tekst": note.text} for note in parameter.footnotes],
        "taust": parameter.silent,
        "serier": [_series(reference) for reference in parameter.series],
    }


def _entry(entry: CatalogueEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "ordlyd": entry.wording,
        "omtale": entry.omtale,
        "hva": entry.what,
        "status": entry.status,
        "grunn": entry.reason,
        "serier": [_series(reference) for reference in entry.series],
    }


def _definition(definition: LetterDefinition) -> dict[str, Any]:
    return {
        "id": definition.id,
        "ordlyd": definition.wording,
        "fastsetter": definition.fixes,
        "fotnote": definition.footnote,
    }


def _series(reference: SeriesRef) -> dict[str, Any]:
    return {
        "indikator": reference.indikator,
        "gruppe": reference.gruppe,
        "ordlyd": reference.wording,
        "maal": reference.maal,
        "vurderes": reference.judged,
        "tillegg": reference.supplement,
    }
