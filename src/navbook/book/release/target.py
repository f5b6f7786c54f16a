"""The folder that editions are published to: versions, links, history, and what a killed run left behind.

.versjoner/<period>-<digest>/   complete copies of sites, never changed
<period> -> .versjoner/…        the version that is published for a period
siste -> <period>               the newest edition
utgitt.parquet                  the release ledger
.navbook-historie.json          publications in their order, and a change that is in progress
"""

import contextlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from navbook.edition.ledger import FILE as LEDGER
from navbook.runtime import LockHeld, atomic_write, exclusive_lock, json_digest
from navbook.runtime.errors import NavbookError, TargetUnusable
from navbook.runtime.links import content_of, first_link
from navbook.runtime.periods import parse_period

NEWEST = "siste"
HISTORY = ".navbook-historie.json"
LOCK = ".navbook.las"
VERSIONS = ".versjoner"
LEDGER_BEFORE = ".utgitt-forrige.parquet"
OWN_PREFIXES = (".navbook-", f".{NEWEST}-", f".{LEDGER}-", f".{HISTORY}-", ".utgitt-", ".lenke-")
KEPT_VERSIONS = 2
# versions taken over from an older navbook, which have no manifest
ADOPTED = ("overtatt", "forrige")
# 2022-0123456789abcdef, 2022-overtatt
_VERSION = re.compile(r"[0-9][0-9A-Za-z.-]*")


@dataclass(frozen=True)
class Publication:
    """One publication: the period, and the name of its version."""

    period: str
    version: str


@dataclass(frozen=True)
class Change:
    """A change of the links in progress. It is finished by the next run, or undone if `undo` and no link of
    it is in place yet. `ledger` says whether there was a ledger before it.
    """

    links: tuple[tuple[str, str], ...]
    history: tuple[Publication, ...]
    undo: bool
    ledger: bool


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
        content: dict[str, Any] = {"format": 2, "historie": _plain(self.history)}
        if change is not None:
            content["endring"] = {
                "lenker": change.links,
                "historie": _plain(change.history),
                "kan_angres": change.undo,
                "register": change.ledger,
            }
        content["sum"] = json_digest(content)
        with atomic_write(self.folder / HISTORY) as unfinished:
            unfinished.write_text(json.dumps(content) + "\n", encoding="utf-8")

    def _read_state(self) -> Change | None:
        """Read the history; returns the change that was in progress, if any."""
        file = self.folder / HISTORY
        if not file.is_file():
            return None
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(content, list):
                self.history = self._adopt([_period(period) for period in content])
                return None
            if content.pop("sum") != json_digest(content):
                raise ValueError("damaged")
            self.history = _publications(content["historie"])
            change = content.get("endring")
            if change is None:
                return None
            links = _links(change["lenker"])
            history = tuple(_publications(change["historie"]))
            return Change(links, history, bool(change["kan_angres"]), bool(change["register"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TargetUnusable(
                f"{file} is damaged; restore it from a backup, or publish to another folder."
            ) from error

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

    If the block raises, what it left is undone or finished at once, as far as the disk lets it be.
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


def kept(history: list[Publication]) -> tuple[Publication, ...]:
    """The publications whose versions are kept: the newest two of each period."""
    count: dict[str, int] = {}
    newest = []
    for publication in reversed(history):
        count[publication.period] = count.get(publication.period, 0) + 1
        if count[publication.period] <= KEPT_VERSIONS:
            newest.append(publication)
    return tuple(reversed(newest))


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


def _plain(history: Any) -> list[list[str]]:
    return [[publication.period, publication.version] for publication in history]


def _publications(rows: Any) -> list[Publication]:
    return [Publication(_period(period), _version(version)) for period, version in rows]


def _links(rows: Any) -> tuple[tuple[str, str], ...]:
    """Links as a change has them; ValueError if one of them would lie or lead elsewhere."""
    links = tuple((str(name), str(target)) for name, target in rows)
    for name, target in links:
        folder, _, version = target.rpartition("/")
        if name == NEWEST:
            _period(target)
        elif folder != VERSIONS or _period(name) != name or _version(version) != version:
            raise ValueError("not a link of publish")
    return links


def _period(name: Any) -> str:
    try:
        if parse_period(str(name)).name == name:
            return str(name)
    except NavbookError:
        pass
    raise ValueError("not a period")


def _version(name: Any) -> str:
    if not _VERSION.fullmatch(str(name)):
        raise ValueError("not a version")
    return str(name)
