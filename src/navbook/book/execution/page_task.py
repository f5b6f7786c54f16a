"""One page to be made: which notebook, with which parameters, to which place."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class PageTask:
    """A page: a template notebook, its parameters, its place under the pages folder and its title.

    `subtitle` stands below the title; a search for an office's number finds it there.
    """

    notebook: Path
    out: Path
    parameters: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    subtitle: str = ""

    @property
    def name(self) -> str:
        """The page's address without suffix, for example `kontor/9001`."""
        return self.out.with_suffix("").as_posix()
