"""One page to be made: a notebook, its parameters, and where the executed notebook is stored."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class PageTask:
    """A template notebook, its parameters, the path `out` under the pages folder, and the page's title.

    `subtitle` is shown below the title; the search finds an office's number there.
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
