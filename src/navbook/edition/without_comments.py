"""An edition without the offices' comments, for chapters: a changed comment then changes no chapter."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from navbook.edition.part import BOOKKEEPING
from navbook.edition.read import Edition
from navbook.edition.schema import FILES, MANIFEST
from navbook.runtime import file_digest, json_digest

COMMENTS = "kommentarer.json"


@dataclass(frozen=True)
class EditionWithoutComments(Edition):
    """An edition without the comments and without the bookkeeping keys of utgave.json.

    Reading the comments raises AttributeError, reading a bookkeeping key KeyError.
    """

    @cached_property
    def utgave(self) -> dict[str, Any]:
        return {name: value for name, value in self._json(MANIFEST).items() if name not in BOOKKEEPING}

    @property
    def kommentarer(self) -> dict[str, str]:
        raise AttributeError("no chapter may read the comments: only the page of an office shows its own")

    def digest(self) -> str:
        """The SHA-256 of everything that it holds, in hexadecimal."""
        files = [(self.folder / name) for name in FILES if name != COMMENTS]
        found = {path.name: file_digest(path) for path in files if path.is_file()}
        return json_digest(found, self.utgave)
