"""The values that the JSON files of an edition hold, by the names that lead to them.

`*` stands for one name that is an id, a file or a code; lists have no part in a path.
"""

import re
from collections.abc import Iterator
from typing import Any

Path = tuple[str, ...]

_PATHS = {
    "utgave.json": """
        brev brev_gjenbrukt dekker_fom dekker_tom filer/* kilde kilder/* navbook omrade periode
        perioder/*/basis perioder/*/brev perioder/*/krav perioder/*/niva perioder/*/vist
        perioder/*/grupper/*/basis perioder/*/grupper/*/brev perioder/*/grupper/*/krav
        perioder/*/grupper/*/niva perioder/*/grupper/*/vist
        personvern/profil personvern/profiler/*/minste_antall personvern/samme_nevner
        personvern/regler/*/minste_ansatte personvern/regler/*/skjul_kontor
        personvern/rekkefolge/gruppe personvern/rekkefolge/niva personvern/rekkefolge/periode
        personvern/rekkefolge/pris personvern/rekkefolge/videre personvern/rekkefolge/* personvern/*
        skjuling/* skjuling/*/* skjulte_celler
        syntetisk trakter/* trakter/*/* utgiver utgiver/* uttrekk_hmac/* uttrekksdato
        """,
    "definisjoner.json": """
        beholdning dato endringer endringer/* familie id innstillinger/* kilde kolonner kortnavn lag maleenhet
        maler_ikke merkelapp navn nevner par perioder polaritet populasjon register
        grupper/avgrensning grupper/deler_n_med grupper/delmengde_av grupper/gjentar grupper/id grupper/navn
        grupper/vindu grupper/vindu/tekst grupper/vindu/fom/* grupper/vindu/tom/* grupper/*
        sammenhenger/deler sammenhenger/helhet sammenhenger/nesten sammenhenger/rest sammenhenger/*
        tabeller teller type utenfor_styringsparametrene valg versjon
        vindu vindu/tekst vindu/fom/* vindu/tom/*
        """,
    "krav.json": """
        arver brev datert definisjoner/* endringer/* gjelder_ar gjenbrukt innledning katalog/*
        katalog/serier/* kilde lesemater/* overganger/* overganger/endringer/* overganger/nye_mal/*
        overganger/utgatte_mal/* overganger/rader/* overganger/rader/fra/* overganger/rader/fra/fotnoter/*
        overganger/rader/til/* overganger/rader/til/fotnoter/* rader/* rader/fotnoter/* rader/regel/*
        rader/serier/* rapport/* rapport/deler/* rapport/frister/* tittel andre_brev andre_brev/*
        andre_brev/rader/* andre_brev/rader/fotnoter/* andre_brev/rader/regel/* andre_brev/rader/serier/*
        """,
    "kommentarer.json": "*",
    "tekster.json": "planer/* rapport/*",
}
PATHS = {name: frozenset(tuple(path.split("/")) for path in text.split()) for name, text in _PATHS.items()}
_ID = re.compile(r"[A-Za-zæøåÆØÅ][\w.:/ -]*|\d{4}S?")
# digests, and texts in words: a number here is nobody's
_TEXTS_ONLY = {"filer", "kilder", "uttrekk_hmac"}
# Made from the definitions and the letter, not from counts: texts may be added, numbers may not.
_OF_TEXTS = {"definisjoner.json", "krav.json"}
_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")


def unknown_paths(name: str, content: Any) -> Iterator[str]:
    """Yield each path to a value that the file of this name does not hold."""
    known = PATHS[name]
    for path, value in _leaves(content):
        harmless = name in _OF_TEXTS and (isinstance(value, bool) or not _NUMBER.fullmatch(str(value)))
        allowed = harmless or any(_fits(path, pattern) for pattern in known)
        if not allowed or (path[0] in _TEXTS_ONLY and not isinstance(value, str)):
            yield ".".join(path) or "$"


def _leaves(content: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(content, dict):
        for name, item in content.items():
            yield from _leaves(item, (*path, str(name)))
    elif isinstance(content, list):
        for item in content:
            yield from _leaves(item, path)
    else:
        yield path, content


def _fits(path: Path, pattern: Path) -> bool:
    return len(path) == len(pattern) and all(
        part == name or (part == "*" and _ID.fullmatch(name) is not None)
        for name, part in zip(path, pattern, strict=True)
    )
