"""krav.json: the letter's rows in force, in the letter's own words, for the pages to quote."""

from functools import cache
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


@cache
def transitions() -> tuple[dict[str, Any], ...]:
    """Every letter with the one after it, oldest first; what krav.json holds as `overganger`.

    `rader` has every row of either letter, in the order of the later one and then of the earlier; a letter
    that lacks the row has None.
    """
    letters = [letter for year in letter_years() if (letter := letter_for(year))]
    return tuple(_transition(before, after) for before, after in pairwise(letters))


def _transition(before: Letter, after: Letter) -> dict[str, Any]:
    old, new = ({row.id: row for row in letter.parameters} for letter in (before, after))
    return {
        "fra": before.year,
        "til": after.year,
        "endringer": [change.model_dump(mode="json") for change in after.changes],
        "rader": [
            {"id": each, "fra": _row(old.get(each)), "til": _row(new.get(each))}
            for each in dict.fromkeys([*new, *old])
        ],
    }


def _row(parameter: Styringsparameter | None) -> dict[str, Any] | None:
    if parameter is None:
        return None
    return {
        "ordlyd": parameter.wording,
        "krav": parameter.requirement,
        "regel": parameter.rule.text,
        "fotnoter": [{"nr": note.number, "tekst": note.text} for note in parameter.footnotes],
        "indikatorer": list(dict.fromkeys(series.indikator for series in parameter.series)),
    }


@cache
def reporting(year: int) -> dict[str, Any]:
    """Deadlines of the letter in force for `year`, and the headings of the latest letter that lists some.

    `overskrifter_fra` is the year of that letter, None where no letter has listed any.
    """
    known = [letter for each in letter_years() if each <= year and (letter := letter_for(each))]
    listing = next((letter for letter in reversed(known) if letter.report.sections), None)
    return {
        "frister": _deadlines(known[-1]) if known else [],
        "overskrifter_fra": listing.year if listing else None,
        "deler": _sections(listing) if listing else [],
    }


def _deadlines(letter: Letter) -> list[dict[str, Any]]:
    return [
        {"periode": each.period, "frist": each.due.isoformat(), "navn": each.name}
        for each in letter.report.deadlines
    ]


def _sections(letter: Letter) -> list[dict[str, Any]]:
    return [
        {"overskrift": each.heading, "opphav": each.origin, "niva": each.level, "tall": each.figures}
        for each in letter.report.sections
    ]


def requirements(letter: Letter | None, year: int) -> dict[str, Any]:
    """What `letter` asks of `year`; no rows, and no letter year, before the first letter."""
    if letter is None:
        empty: dict[str, Any] = {"brev": None, "datert": None, "gjelder_ar": year, "gjenbrukt": False}
        return (
            empty
            | {"tittel": "", "kilde": "", "innledning": "", "rader": [], "katalog": []}
            | _no_words()
            | _all_letters(year)
        )
    return {
        "brev": letter.year,
        "datert": letter.dated.isoformat(),
        "tittel": letter.title,
        "kilde": letter.source,
        "innledning": letter.header,
        "gjelder_ar": year,
        "gjenbrukt": letter.year != year,
        "rader": [_parameter(parameter) for parameter in letter.parameters],
        "katalog": [_entry(entry) for entry in letter.catalogue],
        "definisjoner": [_definition(definition) for definition in letter.definitions],
        "lesemater": [{"id": point.id, "tekst": point.text} for point in letter.semantics],
        "endringer": [change.model_dump(mode="json") for change in letter.changes],
        **_all_letters(year),
    }


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
        "hva": entry.what,
        "status": entry.status,
        "grunn": entry.reason,
        "opphav": entry.origin,
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
