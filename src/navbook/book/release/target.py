"""The folder that editions are published to: versions, links, history, and what a killed run left behind.

.versjoner/<period>-<digest>/   complete copies of sites, never changed
<period> -> .versjoner/…        the version that is published for a period
siste -> <period>               the newest edition
utgitt.parquet                  the release ledger
.navbook-historie.json          publications in their order, and a change that is in progress
"""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from navbook.book.release.history import (
    HISTORY,
    NEWEST,
    VERSIONS,
    Change,
    Publication,
    read_state,
    write_state,
)
from navbook.edition.ledger import FILE as LEDGER
from navbook.runtime import LockHeld, exclusive_lock
from navbook.runtime.errors import NavbookError, TargetUnusable
from navbook.runtime.links import content_of, first_link

LOCK = ".navbook.las"
LEDGER_BEFORE = ".utgitt-forrige.parquet"
OWN_PREFIXES = (".navbook-", f".{NEWEST}-", f".{LEDGER}-", f".{HISTORY}-", ".utgitt-", ".lenke-")
# versions taken over from an older navbook, which have no manifest
ADOPTED = ("overtatt", "forrige")


@dataclass
class Target:
    """A publish folder that this process holds the lock of."""

    folder: Path
    history: list[Publication] = field(default_factory=list)

    @property
    def versions(self) -> Path:
        return self.folder / VERSIONS

    def version_of(self, period: str) -> str | None:
        """The version that the link of a period names; None without such a link."""
        link = self.folder / period
        return link.readlink().name if link.is_symlink() else None

    def apply(self, change: Change) -> None:
        """Carry out a change: recorded first, then the links one by one, then the history."""
        self._write_state(change)
        self._finish(change)

    def record_intent(self, change: Change) -> None:
        """Record a change before the ledger is written, with a copy of the ledger as it is."""
        before = self.folder / LEDGER_BEFORE
        before.unlink(missing_ok=True)
        if change.ledger:
            shutil.copyfile(self.folder / LEDGER, before)
        self._write_state(change)

    def recover(self) -> None:
        """Finish or undo the change that a killed run left, and remove what it left unfinished."""
        change = self._read_state()
        if (self.folder / HISTORY).exists():
            self._remove_leftovers(change)  # first, since they may be what fills the disk
        else:
            self._write_state(None)  # marks the folder as one of publish
        if change is not None:
            if change.undo and not self._begun(change):
                self._restore_ledger(change)
                self._write_state(None)
            else:
                self._finish(change)
        self._remove_leftovers()

    def _begun(self, change: Change) -> bool:
        name, target = change.links[0]
        link = self.folder / name
        return link.is_symlink() and str(link.readlink()) == target

    def _finish(self, change: Change) -> None:
        for name, target in change.links:
            self._point(name, target)
        self.history = list(change.history)
        self._write_state(None)
        (self.folder / LEDGER_BEFORE).unlink(missing_ok=True)
        self._remove_leftovers()

    def _restore_ledger(self, change: Change) -> None:
        before = self.folder / LEDGER_BEFORE
        if not change.ledger:
            (self.folder / LEDGER).unlink(missing_ok=True)
        elif before.is_file():
            before.replace(self.folder / LEDGER)
        before.unlink(missing_ok=True)

    def _point(self, name: str, target: str) -> None:
        link = self.folder / name
        if link.is_symlink() and str(link.readlink()) == target:
            return
        fresh = self.folder / f".lenke-{secrets.token_hex(8)}"
        fresh.symlink_to(target, target_is_directory=True)
        fresh.replace(link)

    def _remove_leftovers(self, change: Change | None = None) -> None:
        """Remove versions that no publication names, and unfinished files of killed runs: nobody else works
        here. What a change in progress needs is kept.
        """
        linked = {self.version_of(path.name) for path in self.folder.iterdir() if path.is_symlink()}
        history = [*self.history, *(change.history if change else ())]
        kept = {publication.version for publication in history} | linked
        needed = {HISTORY, LOCK, *([LEDGER_BEFORE] if change else [])}
        for path in self.versions.iterdir() if self.versions.is_dir() else ():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.iterdir():
            if path.name.startswith(OWN_PREFIXES) and path.name not in needed:
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)

    def _write_state(self, change: Change | None) -> None:
        write_state(self.folder / HISTORY, self.history, change)

    def _read_state(self) -> Change | None:
        """Read the history; returns the change that was in progress, if any."""
        state = read_state(self.folder / HISTORY)
        self.history = self._adopt(list(state.older)) if state.older else list(state.history)
        return state.change

    def _adopt(self, periods: list[str]) -> list[Publication]:
        """The history of an older navbook, whose editions are folders: they become versions with links."""
        self.versions.mkdir(exist_ok=True)
        publications = []
        for place, period in enumerate(periods):
            last = period not in periods[place + 1 :]
            folder = self.folder / (period if last else f".forrige-{period}")
            version = f"{period}-{ADOPTED[0] if last else ADOPTED[1]}"
            if folder.is_dir() and not folder.is_symlink():
                folder.rename(self.versions / version)
            if (self.versions / version).is_dir():
                publications.append(Publication(period, version))
                if last:
                    self._point(period, f"{VERSIONS}/{version}")
        self.history = publications
        self._write_state(None)
        return publications


@contextlib.contextmanager
def open_target(folder: Path) -> Iterator[Target]:
    """The publish folder, locked and recovered; raises TargetUnusable if another process holds it, or if
    something that publish keeps there is a link or is not its own.

    If the block raises, what it left is undone or finished immediately, as far as the disk allows.
    """
    _refuse_foreign_content(folder)
    try:
        with exclusive_lock(folder / LOCK):
            target = Target(folder)
            target.recover()
            try:
                yield target
            except (OSError, NavbookError):
                with contextlib.suppress(OSError, NavbookError):
                    target.recover()
                raise
    except LockHeld as held:
        raise TargetUnusable(
            f"{folder} is being published to by {held}; try again when it is done."
        ) from held


def _refuse_foreign_content(folder: Path) -> None:
    own = [folder / name for name in (HISTORY, LOCK, LEDGER, LEDGER_BEFORE, VERSIONS)]
    if link := first_link([*own, *content_of(folder / VERSIONS)]):
        raise TargetUnusable(
            f"{link} is a link, and publish keeps its own files there: remove it, "
            "or publish to another folder."
        )
    if (folder / VERSIONS).exists() and not (folder / HISTORY).exists():
        raise TargetUnusable(
            f"{folder} holds {VERSIONS} without {HISTORY}: restore that file from a backup, "
            "or publish to another folder."
        )
