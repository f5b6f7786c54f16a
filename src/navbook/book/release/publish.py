"""Puts a built site in place as an edition: `DIR/<periode>/`, with `DIR/siste` pointing to the newest."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from navbook.edition import Edition
from navbook.edition.ledger import FILE as LEDGER
from navbook.edition.ledger import add_release
from navbook.errors import TargetUnusable, UsageError
from navbook.runtime import copy_folder, replace_folder

NEWEST = "siste"
HISTORY = ".navbook-historie.json"


def publish(site: Path, to: Path) -> Path:
    """Copy `site` to `to/<periode>/` and point `to/siste` at it; returns that folder.

    Older editions are kept, and the site that stood at the same period is kept aside for `rollback`. What the
    site tells is added to the release ledger, `to/utgitt.parquet`; `rollback` takes nothing out of it, since
    what readers have seen stays known.
    Raises UsageError if `site` is not a built site, TargetUnusable if `to` cannot be written.
    """
    period = _period_of(site)
    if to.resolve().is_relative_to(site.resolve()):
        raise UsageError(f"{to} lies in the site that is to be published; give a folder outside it.")
    _prepare(to)
    target = to / period
    try:
        with tempfile.TemporaryDirectory(prefix=".navbook-", dir=to) as folder:
            copy = Path(folder) / "site"
            copy_folder(site, copy)
            # before the site: what readers may have seen must never be missing in the ledger
            _note_release(copy, to)
            if target.exists():
                _keep_aside(target, to)
            replace_folder(copy, target)
        _point_newest(to, period)
        _remember(to, [*_history(to), period])
    except OSError as error:
        raise _unusable(to, error) from error
    return target


def rollback(to: Path) -> Path:
    """Undo the last publish: the site before it is what `siste` points to again; returns its folder.

    Raises TargetUnusable if nothing was published before it.
    """
    history = _history(to)
    if not history:
        raise TargetUnusable(f"Nothing has been published to {to}, so there is nothing to roll back.")
    *earlier, undone = history
    kept = _kept_aside(to, undone)
    if not kept.exists() and (not earlier or undone in earlier):
        raise TargetUnusable(f"No earlier site than this is kept in {to}; publish another edition instead.")
    try:
        if kept.exists():
            replace_folder(kept, to / undone)
        newest = earlier[-1] if earlier else undone
        _point_newest(to, newest)
        _remember(to, earlier or [undone])
    except OSError as error:
        raise _unusable(to, error) from error
    return to / newest


def _note_release(site: Path, to: Path) -> None:
    data = site / "data"
    if (data / "tall.parquet").is_file():
        add_release(to / LEDGER, Edition(data))


def _keep_aside(target: Path, to: Path) -> None:
    kept = _kept_aside(to, target.name)
    shutil.rmtree(kept, ignore_errors=True)
    copy_folder(target, kept)


def _kept_aside(to: Path, period: str) -> Path:
    return to / f".forrige-{period}"


def _period_of(site: Path) -> str:
    manifest = site / "data" / "utgave.json"
    if not (site / "index.html").is_file() or not manifest.is_file():
        raise UsageError(
            f"{site} is not a built site: it has no index.html with data/utgave.json; build first."
        )
    return str(json.loads(manifest.read_text(encoding="utf-8"))["periode"])


def _prepare(to: Path) -> None:
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(to, error) from error
    newest = to / NEWEST
    if newest.exists() and not newest.is_symlink():
        raise TargetUnusable(
            f"{newest} is not a link that publish made; publish to another folder or remove it."
        )
    if not os.access(to, os.W_OK | os.X_OK):
        raise TargetUnusable(f"{to} cannot be written to; give a folder that you may write to.")


def _point_newest(to: Path, period: str) -> None:
    fresh = to / f".{NEWEST}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(period, target_is_directory=True)
    fresh.replace(to / NEWEST)


def _history(to: Path) -> list[str]:
    path = to / HISTORY
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def _remember(to: Path, history: list[str]) -> None:
    fresh = to / f"{HISTORY}.ny"
    fresh.write_text(json.dumps(history) + "\n", encoding="utf-8")
    fresh.replace(to / HISTORY)


def _unusable(to: Path, error: OSError) -> TargetUnusable:
    return TargetUnusable(f"{to} cannot be published to ({error.strerror}); give another folder.")
