"""Where a run puts what it makes: private things in `privat/`, public ones in `utgaver/` and the site folder.

All of it lies under the folder the command is run from; navbook's own files are in `navbook.paths`.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from navbook.errors import UsageError


@dataclass(frozen=True)
class Workspace:
    """The folders of one run, relative to the current directory."""

    root: Path = field(default_factory=Path.cwd)

    @property
    def private(self) -> Path:
        """Counts, logs, executed calculation notebooks, audit tables: never published."""
        return self.root / "privat"

    @property
    def editions(self) -> Path:
        return self.root / "utgaver"

    @property
    def default_site(self) -> Path:
        return self.root / "_build" / "html"

    @property
    def executed_pages(self) -> Path:
        """Pages that have been run, kept for the next build."""
        return self.root / "_build" / ".sider"

    @property
    def workbench(self) -> Path:
        """Where the book is put together, kept for the next build."""
        return self.root / "_build" / ".bok"

    def make_private(self, *parts: str) -> Path:
        """A folder under `privat/`, made if needed, that nobody but its owner can open."""
        folder = self.private.joinpath(*parts)
        folder.mkdir(parents=True, exist_ok=True)
        self.private.chmod(0o700)
        return folder

    def refuse_overlap(self, target: Path, option: str, extract: Path | None = None) -> None:
        """Raise UsageError if a public target and a private folder lie inside one another.

        A site inside the extract would be taken for a table, and an extract inside the site be published.
        """
        for private in (extract, self.private):
            if private is not None:
                refuse_inside(target, option, private)


def refuse_inside(target: Path, option: str, private: Path) -> None:
    """Raise UsageError if what `option` names and a private folder lie inside one another."""
    target_path, private_path = _real(target), _real(private)
    if target_path.is_relative_to(private_path) or private_path.is_relative_to(target_path):
        raise UsageError(
            f"{option} {target} and the private folder {private} lie inside one another: "
            "choose a place outside it"
        )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
