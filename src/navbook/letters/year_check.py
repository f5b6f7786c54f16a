"""Checks of the fields of a letter against its year: dates, base years, limits and footnote numbers."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from navbook.letters.letter import Letter, Styringsparameter

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FOOTNOTE = re.compile(r"[Ff]otnote (\d+)")
_LIMIT = re.compile(r"([<>])\s*(\d+(?:,\d+)?)\s*%")


def year_faults(letter: "Letter") -> list[str]:
    """Return what contradicts the year of the letter, each with its entry and field.

    Entries marked `uavklart` are last year's and are not checked.
    """
    return [*_letter_faults(letter), *_row_faults(letter), *_deadline_faults(letter), *_note_faults(letter)]


def _letter_faults(letter: "Letter") -> Iterator[str]:
    year = letter.year
    if letter.dated is not None and letter.dated.year != year and "dated" not in letter.uavklart:
        yield f"field dated is {letter.dated}, but the letter is for {year}"
    if "title" not in letter.uavklart and str(year) not in letter.title:
        yield f"field title does not name {year}"
    if "source" not in letter.uavklart and (other := _years(letter.source) - {year}):
        yield f"field source names {min(other)}, but the letter is for {year}"
    known = {year} | {base for row in letter.parameters for base in _base_years(letter, row)}
    if "header" not in letter.uavklart and (other := _years(letter.header) - known):
        yield f"field header names {min(other)}, which no requirement is compared with"
    for point in letter.semantics:
        if not point.uavklart and (other := _years(point.text) - known):
            yield f"entry {point.id}, field text names {min(other)}, which no requirement is compared with"


def _row_faults(letter: "Letter") -> Iterator[str]:
    for row in letter.parameters:
        if row.uavklart:
            continue
        known = {letter.year, *_base_years(letter, row)}
        texts = {"requirement": row.requirement, "baseline": row.baseline, "rule.text": row.rule.text}
        for field, text in texts.items():
            if other := _years(text) - known:
                yield f"entry {row.id}, field {field} names {min(other)}: {letter.year} is compared with " + (
                    " and ".join(map(str, sorted(known - {letter.year}))) or "no year"
                )
        yield from _limit_faults(row)


def _limit_faults(row: "Styringsparameter") -> Iterator[str]:
    rule = row.rule
    if rule.kind != "fixed_limit" or rule.limit is None:
        return
    if (named := _LIMIT.search(row.requirement)) and (
        named[1] != rule.operator or abs(_number(named[2]) / 100 - rule.limit) > 1e-9
    ):
        yield f"entry {row.id}, field rule.limit is {rule.limit}, but requirement is '{row.requirement}'"
    percent = f"{rule.limit * 100:.1f}".replace(".", ",")
    if percent not in rule.text:
        yield f"entry {row.id}, field rule.text does not name the limit {percent}"


def _deadline_faults(letter: "Letter") -> Iterator[str]:
    for deadline in letter.report.deadlines:
        if not deadline.period.startswith(str(letter.year)):
            yield f"report.deadlines: {deadline.period} is not of {letter.year}"
        if deadline.due.year not in (letter.year, letter.year + 1):
            yield f"report.deadlines: the report on {deadline.period} is due on {deadline.due}"


def _note_faults(letter: "Letter") -> Iterator[str]:
    """Yield the references in our own words to footnotes that the letter file does not have."""
    notes = {note.number for row in letter.parameters for note in row.footnotes}
    notes |= {term.footnote for term in letter.definitions if term.footnote is not None}
    for row in letter.parameters:
        own = [row.population, row.silent, *row.breakdowns, *(ref.wording for ref in row.series)]
        yield from _missing_notes(row.id, row.uavklart, " ".join(own), notes)
    for term in letter.definitions:
        yield from _missing_notes(term.id, term.uavklart, term.fixes, notes)


def _missing_notes(entry: str, unconfirmed: bool, text: str, notes: set[int]) -> Iterator[str]:
    for number in sorted({int(found) for found in _FOOTNOTE.findall(text)} - notes):
        if not unconfirmed:
            yield f"entry {entry} refers to footnote {number}, which the file does not have"


def _base_years(letter: "Letter", row: "Styringsparameter") -> set[int]:
    """Return the years that a row is compared with; empty for a fixed limit."""
    rule = row.rule
    if rule.kind not in ("towards_level", "higher_than_base"):
        return set()
    base = letter.year - -(-rule.base_months_back // 12)
    return {base} if rule.level_year is None else {base, rule.level_year}


def _years(text: str) -> set[int]:
    return {int(found) for found in _YEAR.findall(text)}


def _number(text: str) -> float:
    return float(text.replace(",", "."))
