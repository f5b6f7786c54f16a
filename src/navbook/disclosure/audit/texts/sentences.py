"""Counts that a sentence states about a unit and a series: «aap_26u alle: to personer»."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from navbook.disclosure.audit.back_calculation import COUNTS
from navbook.disclosure.audit.texts.decoded import decoded
from navbook.disclosure.audit.texts.number_words import with_digits
from navbook.disclosure.audit.withheld_index import KEY, Key, WithheldIndex, describe

_WORD = re.compile(r"[\wæøåÆØÅ-]+(?:\.\.[\d-]+)?")
_UNIT = re.compile(r"\d{4}S?")
_PERIOD = re.compile(r"\b(?:19|20)\d\d(?:-(?:\d\d|T\d))?(?:\.\.\d{4}-\d\d)?\b")
_PERSONS = (
    r"(?:personer?|brukere?|unge|ungdommer|arbeidssøkere?|deltakere?|mottakere?|innvandrere?|menn|mann"
    r"|kvinner?|saker?|tilfeller?|avganger?|overganger?|starter|ansatte?|formidlinger)\b"
)
# A limit is no count («færre enn 4»), and neither is a stretch of time («siste 30 dager»).
_LIMIT = r"(?<!enn )(?<!minst )(?<!under )(?<!over )(?<!siste )(?<!høyst )(?<!inntil )(?<!opptil )"
_NUMBER = r"(?<![\w.,%-])(\d{1,6})(?![\w%]|[.,]\d|-\d)"
_STATED = (
    re.compile(rf"{_LIMIT}{_NUMBER}\s+(?:\w+\s+)?{_PERSONS}", re.IGNORECASE),
    re.compile(rf"[:=]\s*[\"'(]?{_NUMBER}(?!\s*(?:%|prosent|dager|uker|måneder|år|kontor|fylker|px))"),
    re.compile(rf"{_LIMIT}{_NUMBER}\s+av\s+(?:de\s+)?\d++(?!\s*(?:kontor|fylke|måned|uke|dag|år|indikator))"),
    re.compile(rf"\bav\s+(?:de\s+)?{_NUMBER}(?=\s+{_PERSONS})", re.IGNORECASE),
)


def stated_counts(text: str) -> set[int]:
    """The counts of persons that a text states, in digits or words."""
    plain = with_digits(decoded(text))
    return {int(found[1]) for pattern in _STATED for found in pattern.finditer(plain)}


def scan_sentence(text: str, index: WithheldIndex, keys: Mapping[str, str]) -> Iterator[str]:
    """Yield key and field of each withheld count that a sentence states.

    Indicator, group, unit and period are those that the sentence names, by id or name; else those of `keys`.
    A sentence about no indicator or no unit is about nothing that is withheld.
    """
    if not (counts := stated_counts(text)):
        return
    for key in _keys(decoded(text), index, keys, counts):
        for field, value in index.of(key).items():
            if field in COUNTS and value in counts:
                yield describe(key, field)


def _keys(text: str, index: WithheldIndex, keys: Mapping[str, str], counts: set[int]) -> Iterator[Key]:
    periods = set(_PERIOD.findall(text))
    words = set(_WORD.findall(text))
    words |= {part for word in words for part in word.split("-")}
    named = {
        "indikator": (words & index.heads["indikator"]) | index.series_named_in(text),
        "gruppe": words & index.groups,
        "enhet": {word for word in words if _UNIT.fullmatch(word)}
        - periods
        - {str(count) for count in counts},
        "periode": periods,
    }
    own = {part: sorted(named[part]) or [keys[part]] for part in KEY if named[part] or part in keys}
    own.setdefault("gruppe", ["alle"])
    own.setdefault("periode", [index.period])
    if all(part in own for part in KEY):
        yield from (key for key in product(*(own[part] for part in KEY)) if key in index)
