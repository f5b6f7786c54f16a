"""Find withheld values in plain text: lines (of a printed table, a log, a script) that contain a key."""

import re
from collections.abc import Iterator, Mapping

from navbook.disclosure.audit.back_calculation import COUNTS
from navbook.disclosure.audit.texts.decoded import decoded
from navbook.disclosure.audit.texts.sentences import scan_sentence
from navbook.disclosure.audit.withheld_index import NUMBER, Hit, Key, WithheldIndex, describe, shows_value

_WORD = re.compile(r"[\wæøåÆØÅ-]+(?:\.\.[\d-]+)?")
_FEW_NUMBERS = 4
_MAX_LINE = 1_000  # a longer line is data, not text


def scan_lines(text: str, index: WithheldIndex, keys: Mapping[str, str] | None = None) -> Iterator[Hit]:
    """Yield the withheld values in lines that contain every part of their key as words, and in sentences
    about a key; `keys` holds the parts of a key that the file's address implies.

    A count is looked for only in lines with at most four numbers besides the key.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _MAX_LINE:
            continue
        line = decoded(line)
        yield from ((what, f"line {number}") for what in scan_sentence(line, index, keys or {}))
        words = set(_WORD.findall(line))
        units = words & index.units
        if not units or not words & index.heads["indikator"]:
            continue
        words |= {part for word in words for part in word.split("-")}
        for key in _keys(words, index):
            shown = [text for text in NUMBER.findall(line) if text not in key]
            for field, value in index.of(key).items():
                candidates = [text for text in shown if field not in COUNTS or len(shown) <= _FEW_NUMBERS]
                if any(shows_value(text, field, value) for text in candidates):
                    yield describe(key, field), f"line {number}"


def _keys(words: set[str], index: WithheldIndex) -> Iterator[Key]:
    for unit in sorted(words & index.units):
        for key in index.of_unit(unit):
            if words.issuperset(key):
                yield key
