"""Load letter files, `data/letters/<year>.yml`."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from navbook.letters.errors import LetterError
from navbook.letters.inherit import inherited
from navbook.letters.letter import Letter
from navbook.runtime.bounded_text import TextRefused, load_yaml, read_text
from navbook.runtime.paths import DATA, PROJECT

LETTERS = PROJECT / "data" / "letters"
PACKAGED_LETTERS = DATA / "letters"


# an ordinary letter file has 50 kB
MAX_BYTES = 1_000_000


def letter_for(year: int, folder: Path | None = None) -> Letter | None:
    """Return the letter in force for a year: its own, else the latest earlier one; None before the first.

    `folder` holds the letter files; the default is `data/letters` of the project folder, then of the package.
    Raises LetterError.
    """
    earlier = [known for known in letter_years(folder) if known <= year]
    return load_letter(_letter_files(folder)[earlier[-1]]) if earlier else None


def letter_years(folder: Path | None = None) -> list[int]:
    """Return the years with a letter file, ascending.

    Raises LetterError for a file not named after a year.
    """
    return sorted(_letter_files(folder))


def _letter_files(folder: Path | None) -> dict[int, Path]:
    """Return the letter file of each year; one of the project folder goes before one of the package."""
    own = folder or LETTERS
    folders = [PACKAGED_LETTERS, own] if own == PROJECT / "data" / "letters" else [own]
    files = {}
    for path in (path for letters in folders for path in letters.glob("*.y*ml")):
        if not re.fullmatch(r"\d{4}\.yml", path.name):
            raise LetterError(
                f"{path} is not named after a year: call a letter file <year>.yml, like 2022.yml"
            )
        files[int(path.stem)] = path
    return files


def load_letter(path: Path) -> Letter:
    """Return the letter in a file, completed from the letter that it inherits (`arver`).

    Raises LetterError, which names file, entry and field.
    """
    return _letter(path, tuple(_texts(path)))


def letter_content(path: Path) -> dict[str, Any]:
    """Return the content of a letter file as data, completed from the letter that it inherits."""
    return _content(path, tuple(_texts(path)))


def _texts(path: Path) -> Iterator[str]:
    """Yield the text of a letter file, and of the files that it inherits."""
    try:
        text = read_text(path, MAX_BYTES)
    except OSError as error:
        raise LetterError(f"The letter file {path} cannot be read: {error.strerror}") from error
    except TextRefused as error:
        raise LetterError(f"The letter file {path} cannot be read: {error}; save it as UTF-8") from error
    yield text
    earlier = _earlier(path, _parsed(path, text))
    if earlier is not None:
        yield from _texts(earlier)


def _earlier(path: Path, content: Any) -> Path | None:
    """Return the file that a letter inherits; None where it is complete in itself."""
    year = content.get("arver") if isinstance(content, dict) else None
    if year is None:
        return None
    if not isinstance(year, int) or not path.stem.isdigit() or year >= int(path.stem):
        raise LetterError(f"Correct the letter file {path}: field arver is {year}: give an earlier year")
    inherited_file = path.with_name(f"{year}.yml")
    # a project of one's own may hold the new letter only
    in_project = path.parent == PROJECT / "data" / "letters" and not inherited_file.is_file()
    return PACKAGED_LETTERS / f"{year}.yml" if in_project else inherited_file


@cache
def _parsed(path: Path, text: str) -> Any:
    try:
        return load_yaml(text)
    except TextRefused as error:
        raise LetterError(f"The letter file {path} is not valid YAML: {error}") from error


@cache
def _content(path: Path, texts: tuple[str, ...]) -> Any:
    content = _parsed(path, texts[0])
    earlier = _earlier(path, content)
    if earlier is None:
        return content
    try:
        return inherited(content, _content(earlier, texts[1:]))
    except (ValueError, TypeError, AttributeError) as error:
        raise LetterError(f"Correct the letter file {path}: {error}") from error


@cache
def _letter(path: Path, texts: tuple[str, ...]) -> Letter:
    """Return the letter of a file (cached by the texts it is made from, since a letter is immutable)."""
    content = _content(path, texts)
    if isinstance(content, dict) and isinstance(year := content.get("year"), int) and str(year) != path.stem:
        raise LetterError(
            f"Correct the letter file {path}: field year is {year}, but the file is named {path.stem}"
        )
    try:
        return Letter.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(_fault(detail, content) for detail in error.errors())
        raise LetterError(f"Correct the letter file {path}: {faults}") from error


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
