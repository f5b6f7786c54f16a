"""A letter file for a new year: everything as in the letter before, and marked as not confirmed."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from navbook.letters import load
from navbook.letters.letter import CatalogueEntry, Letter, LetterDefinition, Semantics, Styringsparameter
from navbook.runtime import atomic_write, paths
from navbook.runtime.errors import UsageError

_HEAD = """\
# NAVs mål- og disponeringsbrev for {year} as data, completed from the letter for {before}.
#
# What is marked `uavklart` is still that of {before}. Decide each with the letter at hand:
#   unchanged    delete the line: an entry that is not in this file is as in {before}
#   changed      write the fields that differ in place of `uavklart: true`
#   dropped      {{id: G01, utgar: true}}
#   renumbered   {{id: SP11, tidligere: SP12}}
#   new          a complete entry, with `etter: SP04` for its place
# `wording`, `requirement`, `ordlyd` and footnotes are the letter's own words; `omtale` is ours.
year: {year}
arver: {before}
title: {title}
source: {source}
uavklart: [dated, header, changes, deadlines]
"""
_FIELDS = {
    "dated": "the date of the letter",
    "header": "the line above the table of styringsparametere",
    "changes": "what differs from the letter before, as a list of topic, before and now",
    "deadlines": "report.deadlines: the reports and when they are due",
}
Entry = Styringsparameter | CatalogueEntry | LetterDefinition | Semantics


class NewLetter(NamedTuple):
    """A letter file that was written, the year it was completed from, and what is to be decided."""

    path: Path
    before: int
    undecided: list[str]


def write_new_letter(year: int, folder: Path | None = None) -> NewLetter:
    """Write the letter file of a year from the latest earlier letter.

    `folder` holds the letter files; the default is `data/letters` of the project folder. Raises UsageError
    if the year has a file, if there is no earlier letter, or if there is no project folder to write it in.
    """
    if folder is None and paths.PROJECT.is_relative_to(paths.PACKAGE):
        raise UsageError(
            f"{Path.cwd()} is not a project folder of navbook, so a letter has no place in it: make one with "
            "`navbook ny DIR`, and run this command there"
        )
    folder = folder or load.LETTERS
    path = folder / f"{year}.yml"
    earlier = [known for known in load.letter_years(folder) if known < year]
    if path.exists():
        raise UsageError(f"{path} exists: change that file, or remove it first")
    if not earlier:
        raise UsageError(f"There is no letter before {year}: write {path} by hand")
    before = load.letter_for(earlier[-1], folder)
    assert before is not None  # a letter has that year
    folder.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as unfinished:
        unfinished.write_text(_text(year, before), encoding="utf-8")
    load.load_letter(path)
    fields = [f"{name}: {meaning}" for name, meaning in _FIELDS.items()]
    entries = [f"{entry.id}: {_summary(entry)}" for _, group in _groups(before) for entry in group]
    return NewLetter(path, before.year, [*fields, *entries])


def _text(year: int, before: Letter) -> str:
    head = _HEAD.format(
        year=year,
        before=before.year,
        title=before.title.replace(str(before.year), str(year)),
        source=f"NAVs mål- og disponeringsbrev til fylkene for {year}",
    )
    return head + "".join(
        f"\n{name}:\n"
        + "".join(f"  - {{id: {entry.id}, uavklart: true}}  # {_summary(entry)}\n" for entry in group)
        for name, group in _groups(before)
    )


def _groups(letter: Letter) -> Iterator[tuple[str, Sequence[Entry]]]:
    yield "parameters", letter.parameters
    yield "catalogue", letter.catalogue
    yield "definitions", letter.definitions
    yield "semantics", letter.semantics


def _summary(entry: Entry) -> str:
    """Return an entry in one line, to be recognised by."""
    if isinstance(entry, Styringsparameter):
        return f"{entry.wording}: {entry.requirement}"
    if isinstance(entry, CatalogueEntry):
        return entry.what
    text = entry.fixes if isinstance(entry, LetterDefinition) else entry.text
    return re.split(r"(?<=[.:]) ", text)[0]
