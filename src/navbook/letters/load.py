"""Reads letter files: `data/letters/<year>.yml`, one a year."""

import re
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from navbook.letters.errors import LetterError
from navbook.letters.letter import Letter
from navbook.paths import DATA

LETTERS = DATA / "letters"


# libyaml's where it is built in: a letter is long, and every build reads several
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as usual, but a key that stands twice is an error: the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' stands twice", node.start_mark
                )
        return super().construct_mapping(node, deep)


def letter_for(year: int, folder: Path | None = None) -> Letter | None:
    """The letter in force for a year: its own, else the latest earlier one; None before the first.

    folder: where the letter files lie, navbook's own `data/letters` unless given. Raises LetterError.
    """
    earlier = [known for known in letter_years(folder) if known <= year]
    return load_letter((folder or LETTERS) / f"{earlier[-1]}.yml") if earlier else None


def letter_years(folder: Path | None = None) -> list[int]:
    """The years that have a letter file, ascending. Raises LetterError for a file not named after a year."""
    years = []
    for path in (folder or LETTERS).glob("*.y*ml"):
        if not re.fullmatch(r"\d{4}\.yml", path.name):
            raise LetterError(
                f"{path} is not named after a year: call a letter file <year>.yml, like 2022.yml"
            )
        years.append(int(path.stem))
    return sorted(years)


def load_letter(path: Path) -> Letter:
    """The letter in a file. Raises LetterError, which names file, entry and field."""
    try:
        return _read(path, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LetterError(f"The letter file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LetterError(f"The letter file {path} is not UTF-8 text: save it as UTF-8") from error


@cache
def _read(path: Path, text: str) -> Letter:
    """The letter in a text; once for all who ask: a letter is never changed."""
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise LetterError(f"The letter file {path} is not valid YAML: {_yaml_fault(error)}") from error
    try:
        letter = Letter.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(_fault(detail, content) for detail in error.errors())
        raise LetterError(f"Correct the letter file {path}: {faults}") from error
    if str(letter.year) != path.stem:
        raise LetterError(
            f"Correct the letter file {path}: field year is {letter.year}, but the file is named {path.stem}"
        )
    return letter


def _yaml_fault(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 1}"
    return str(error)


def _fault(detail: ErrorDetails, content: Any) -> str:
    """One fault with its place: the id of the entry (its number in the list if it has none) and the field."""
    location = list(detail["loc"])
    entry = "the letter itself"
    if len(location) >= 2 and isinstance(location[1], int):
        group, number = location[0], location[1]
        record = content[group][number]
        identity = record.get("id", record.get("topic")) if isinstance(record, dict) else None
        entry = f"entry {identity}" if identity else f"entry {number + 1} of {group}"
        location = location[2:]
    field = ".".join(str(part) for part in location)
    return f"{entry}, {f'field {field}: ' if field else ''}{detail['msg']}"
