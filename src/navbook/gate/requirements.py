"""krav.json: the letter's rows in force, in the letter's own words, for the pages to quote."""

from typing import Any

from navbook.gate.reporting import reporting
from navbook.gate.transitions import transitions
from navbook.letters import CatalogueEntry, Definition, Letter, Parameter, SeriesRef


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


def _parameter(parameter: Parameter) -> dict[str, Any]:
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


def _definition(definition: Definition) -> dict[str, Any]:
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
