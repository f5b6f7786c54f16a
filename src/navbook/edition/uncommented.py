"""An edition without the offices' own words: what chapters read, so that a comment concerns none of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from navbook.edition.part import BOOKKEEPING
from navbook.edition.read import Edition
from navbook.edition.schema import FILES, MANIFEST
from navbook.runtime import file_digest, json_digest

COMMENTS = "kommentarer.json"


@dataclass(frozen=True)
class Uncommented(Edition):
    """All of an edition but the comments and the manifest's own bookkeeping, which raise AttributeError or
    KeyError for a chapter that asks for them.
    """

    @cached_property
    def utgave(self) -> dict[str, Any]:
        return {name: value for name, value in self._json(MANIFEST).items() if name not in BOOKKEEPING}

    @property
    def kommentarer(self) -> dict[str, str]:
        raise AttributeError("no chapter reads the offices' comments: their own pages show them")

    def digest(self) -> str:
        """The SHA-256 of all that it holds: another value anywhere in it gives another digest."""
        files = [(self.folder / name) for name in FILES if name != COMMENTS]
        found = {path.name: file_digest(path) for path in files if path.is_file()}
        return json_digest(found, self.utgave)
