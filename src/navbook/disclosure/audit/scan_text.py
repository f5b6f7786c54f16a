"""Looks for withheld values in plain text: lines (a printed table, a log, a script) that name a key."""

import re
from collections.abc import Iterator

from navbook.disclosure.audit.back_calculation import COUNTS
from navbook.disclosure.audit.withheld_index import NUMBER, Finding, Key, Withheld, describe, tells

_WORD = re.compile(r"[\wæøåÆØÅ-]+(?:\.\.[\d-]+)?")
_FEW = 4
_LONGEST = 1_000  # what is longer is no line that anyone wrote or printed


def in_lines(text: str, secrets: Withheld) -> Iterator[Finding]:
    """Withheld values in the lines that hold every part of their key as words.

    Counts are taken from lines only where few numbers stand beside the key.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _LONGEST:
            continue
        words = set(_WORD.findall(line))
        units = words & secrets.units
        if not units or not words & secrets.heads["indikator"]:
            continue
        words |= {part for word in words for part in word.split("-")}
        for key in _keys(words, secrets):
            shown = [each for each in NUMBER.findall(line) if each not in key]
            for field, value in secrets.of(key).items():
                near = [each for each in shown if field not in COUNTS or len(shown) <= _FEW]
                if any(tells(each, field, value) for each in near):
                    yield describe(key, field), f"line {number}"


def _keys(words: set[str], secrets: Withheld) -> Iterator[Key]:
    for unit in sorted(words & secrets.units):
        for key in secrets.of_unit(unit):
            if words.issuperset(key):
                yield key
