"""The history of a publish folder: publications in their order, and a change that is in progress."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from navbook.runtime import atomic_write, json_digest
from navbook.runtime.errors import NavbookError, TargetUnusable
from navbook.runtime.periods import parse_period

NEWEST = "siste"
HISTORY = ".navbook-historie.json"
VERSIONS = ".versjoner"
KEPT_VERSIONS = 2
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


@dataclass(frozen=True)
class State:
    """What the file of the history holds. `older` has the periods of a file that an older navbook wrote."""

    history: tuple[Publication, ...] = ()
    change: Change | None = None
    older: tuple[str, ...] = ()


def kept(history: list[Publication]) -> tuple[Publication, ...]:
    """The publications whose versions are kept: the newest two of each period."""
    count: dict[str, int] = {}
    newest = []
    for publication in reversed(history):
        count[publication.period] = count.get(publication.period, 0) + 1
        if count[publication.period] <= KEPT_VERSIONS:
            newest.append(publication)
    return tuple(reversed(newest))


def write_state(file: Path, history: Iterable[Publication], change: Change | None) -> None:
    """Write the publications, and the change in progress, with a digest of both."""
    content: dict[str, Any] = {"format": 2, "historie": _plain(history)}
    if change is not None:
        content["endring"] = {
            "lenker": change.links,
            "historie": _plain(change.history),
            "kan_angres": change.undo,
            "register": change.ledger,
        }
    content["sum"] = json_digest(content)
    with atomic_write(file) as unfinished:
        unfinished.write_text(json.dumps(content) + "\n", encoding="utf-8")


def read_state(file: Path) -> State:
    """What `write_state` wrote; nothing if there is no file. TargetUnusable if it is damaged."""
    if not file.is_file():
        return State()
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(content, list):
            return State(older=tuple(_period(period) for period in content))
        if content.pop("sum") != json_digest(content):
            raise ValueError("damaged")
        return State(_publications(content["historie"]), _change(content.get("endring")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TargetUnusable(
            f"{file} is damaged; restore it from a backup, or publish to another folder."
        ) from error


def _change(content: Any) -> Change | None:
    if content is None:
        return None
    history = _publications(content["historie"])
    return Change(_links(content["lenker"]), history, bool(content["kan_angres"]), bool(content["register"]))


def _plain(history: Iterable[Publication]) -> list[list[str]]:
    return [[publication.period, publication.version] for publication in history]


def _publications(rows: Any) -> tuple[Publication, ...]:
    return tuple(Publication(_period(period), _version(version)) for period, version in rows)


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
