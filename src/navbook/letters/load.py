"""Load letter files, `data/letters/<year>.yml`."""

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


# libyaml's loader where available: letters are long, and every build reads several
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A YAML loader that refuses a repeated key, of which YAML would silently drop the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' is repeated", node.start_mark
                )
        return super().construct_mapping(node, deep)


def letter_for(year: int, folder: Path | None = None) -> Letter | None:
    """Return the letter in force for a year: its own, else the latest earlier one; None before the first.

    `folder` holds the letter files; the default is `data/letters`. Raises LetterError.
    """
    earlier = [known for known in letter_years(folder) if known <= year]
    return load_letter((folder or LETTERS) / f"{earlier[-1]}.yml") if earlier else None


def letter_years(folder: Path | None = None) -> list[int]:
    """Return the years with a letter file, ascending.

    Raises LetterError for a file not named after a year.
    """
    years = []
    for path in (folder or LETTERS).glob("*.y*ml"):
        if not re.fullmatch(r"\d{4}\.yml", path.name):
            raise LetterError(
                f"{path} is not named after a year: call a letter file <year>.yml, like 2022.yml"
            )
        years.append(int(path.stem))
    return sorted(years)


def load_letter(path: Path) -> Letter:
    """Return the letter in a file. Raises LetterError, which names file, entry and field."""
    try:
        return _read(path, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LetterError(f"The letter file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LetterError(f"The letter file {path} is not UTF-8 text: save it as UTF-8") from error


@cache
def _read(path: Path, text: str) -> Letter:
    """Parse a letter (cached, since a letter is immutable)."""
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
    """Return an error with its place: the id of the entry, or its number in the list, and the field."""
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
