"""The guide of files and columns, `data/filer.yml`: title, meaning and type of everything published."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import yaml

from navbook.edition.files.results import NAMED_COLUMNS
from navbook.edition.schema import COLUMNS, FURTHER
from navbook.runtime.paths import own_file

GUIDE = "data/filer.yml"
Type = Literal["tekst", "tall", "andel", "dato", "ja_nei"]
# columns of the tables that edition.schema defines, by the name that the guide has for them
KNOWN_TABLES = {"tall": COLUMNS, "tall_med_navn": NAMED_COLUMNS, **FURTHER}


@dataclass(frozen=True)
class ColumnGuide:
    """One column: its name in the file, its title in words, what it holds and its type."""

    name: str
    title: str
    meaning: str
    type: Type


@dataclass(frozen=True)
class FileGuide:
    """One file: its name in the edition, its title, what it holds and its columns (none if it is no CSV)."""

    name: str
    title: str
    meaning: str
    columns: tuple[ColumnGuide, ...]


@cache
def file_guide() -> tuple[FileGuide, ...]:
    """Every file of an edition in the order in which readers see them. Raises KeyError for a column without
    an entry.
    """
    content = yaml.safe_load(own_file(GUIDE).read_text(encoding="utf-8"))
    return tuple(_described(name, entry, content["kolonner"]) for name, entry in content["filer"].items())


def _described(name: str, entry: Mapping[str, Any], columns: Mapping[str, Any]) -> FileGuide:
    entries = {**columns, **entry.get("egne", {})}
    found = (
        ColumnGuide(c, entries[c]["tittel"], entries[c]["forklaring"], entries[c].get("type", "tekst"))
        for c in _columns_of(entry)
    )
    return FileGuide(name, entry["tittel"], entry["beskrivelse"], tuple(found))


def columns_of(name: str) -> dict[str, ColumnGuide]:
    """The columns of one file by their names, in the order of the file."""
    return next({c.name: c for c in file.columns} for file in file_guide() if file.name == name)


def _columns_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    named = entry.get("kolonner", ())
    return tuple(KNOWN_TABLES[named] if isinstance(named, str) else named)
