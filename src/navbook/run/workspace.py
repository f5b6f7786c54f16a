"""The folders of a build: `privat/` for private files, `utgaver/` for editions, and the site.

All of them are in the current directory; navbook's own files are in `navbook.paths`.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from navbook.errors import UsageError


@dataclass(frozen=True)
class Workspace:
    """The folders of one run; `root` is the current directory."""

    root: Path = field(default_factory=Path.cwd)

    @property
    def private(self) -> Path:
        """Counts, logs, executed calculation notebooks, audit tables and caches: never published."""
        return self.root / "privat"

    @property
    def editions(self) -> Path:
        return self.root / "utgaver"

    @property
    def default_site(self) -> Path:
        return self.root / "_build" / "html"

    @property
    def executed_pages(self) -> Path:
        """The page cache."""
        return self.root / "_build" / ".sider"

    @property
    def sphinx_build(self) -> Path:
        """The source and doctrees of the last Sphinx build, for incremental builds."""
        return self.root / "_build" / ".bok"

    def make_private(self, *parts: str) -> Path:
        """A folder under `privat/`, created if needed, that only its owner can open."""
        folder = self.private.joinpath(*parts)
        folder.mkdir(parents=True, exist_ok=True)
        self.private.chmod(0o700)
        return folder

    def refuse_overlap(self, target: Path, option: str, extract: Path | None = None) -> None:
        """Raise UsageError if a public target is inside a private folder, or the other way round.

        A site inside the extract would be read as part of it, and an extract inside the site would be
        published.
        """
        for private in (extract, self.private):
            if private is not None:
                refuse_inside(target, option, private)


def refuse_inside(target: Path, option: str, private: Path) -> None:
    """Raise UsageError if the target of `option` is inside a private folder, or the other way round."""
    target_path, private_path = _real(target), _real(private)
    if target_path.is_relative_to(private_path) or private_path.is_relative_to(target_path):
        raise UsageError(
            f"{option} {target} and the private folder {private} are inside one another: "
            "choose a folder outside it"
        )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
