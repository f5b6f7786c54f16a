"""The folders of a build: `privat/` for private files, `utgaver/` for editions, and the site.

All of them are in the current directory; navbook's own files are in `navbook.runtime.paths`.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from navbook.runtime import LockHeld, exclusive_lock
from navbook.runtime.errors import UsageError
from navbook.runtime.links import content_of, first_link
from navbook.runtime.private_folder import FOLDERS, MARK, PRIVATE, is_foreign, mark_private

LOCK = ".navbook.las"


@dataclass(frozen=True)
class Workspace:
    """The folders of one run; `root` is the current directory."""

    root: Path = field(default_factory=Path.cwd)

    @property
    def private(self) -> Path:
        """Counts, logs, executed calculation notebooks, audit tables and caches: never published."""
        return self.root / PRIVATE

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

    def claim(self, extract: Path) -> None:
        """Create `privat/` with the mark of navbook. Raises UsageError if the workspace is inside the
        extract, or if `privat/` holds caches and counts without the mark: they could have come with the
        extract.
        """
        if _real(self.root).is_relative_to(_real(extract)):
            raise UsageError(
                f"{self.root} is part of the extract {extract}: run navbook in a folder outside it."
            )
        if is_foreign(self.private):
            raise UsageError(
                f"{self.private} was not made by navbook here: move it away, "
                f"or create the empty file {self.private / MARK} if it is your own."
            )
        mark_private(self.private)

    def refuse_links(self) -> None:
        """Raise UsageError if a folder or file that a build writes is a link: it may lead to another project,
        which the lock of this one does not hold, or to a file of the user.
        """
        folders = [self.private / name for name in FOLDERS]
        private = [self.private, self.private / MARK, self.private / LOCK, *folders]
        build = self.executed_pages.parent
        public = [self.editions, build, self.executed_pages, self.sphinx_build]
        inside = [path for folder in (*folders, self.executed_pages) for path in content_of(folder)]
        if link := first_link([*private, *public, *inside]):
            raise UsageError(
                f"{link} is a link, and a build writes only in folders of its own: remove it, "
                "or run navbook in the folder that it leads to."
            )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace; raises UsageError if another build holds it."""
        try:
            with exclusive_lock(self.private / LOCK):
                yield
        except LockHeld as held:
            raise UsageError(
                f"{self.root} is in use by another build ({held}): wait for it, or build in another folder."
            ) from held

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
