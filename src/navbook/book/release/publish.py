"""Publishes a built site as an edition: `DIR/<period>/`, with `DIR/siste` on the newest; and rolls back."""

import os
import secrets
from pathlib import Path

from navbook.book.release.history import HISTORY, NEWEST, VERSIONS, Change, Publication, kept
from navbook.book.release.target import ADOPTED, Target, open_target
from navbook.book.release.verify import refuse_changed, verified_period
from navbook.book.site.site_manifest import site_files
from navbook.edition import Edition
from navbook.edition.ledger import FILE as LEDGER
from navbook.edition.ledger import add_release, is_in_ledger, read_ledger
from navbook.runtime import copy_folder, json_digest
from navbook.runtime.errors import TargetUnusable, UsageError
from navbook.runtime.full_disk import is_full_disk


def publish(site: Path, to: Path) -> Path:
    """Publish `site` as the edition of its period in `to` and point `to/siste` to it; returns `to/<period>`.

    Older editions are kept, and the previous version of the same period for `rollback`. The site is verified,
    copied and verified again before anything changes; then its cells are added to the release ledger, and the
    link of the period is renamed. `rollback` removes nothing from the ledger: what was published stays known.
    Raises UsageError if `site` is not a built site; TargetUnusable if it is not what was built and audited,
    or if `to` cannot be used.
    """
    if to.resolve().is_relative_to(site.resolve()):
        raise UsageError(f"{to} is in the site that is to be published; give a folder outside it.")
    period = verified_period(site)
    _prepare(to)
    try:
        with open_target(to) as target:
            version = _copy(site, period, target)
            publication = Publication(period, version)
            links = ((period, f"{VERSIONS}/{version}"), (NEWEST, period))
            again = target.history[-1:] == [publication]
            history = kept(target.history if again else [*target.history, publication])
            change = Change(links, history, undo=True, ledger=(to / LEDGER).exists())
            _refuse_foreign(to / period)
            _refuse_damaged_ledger(to / LEDGER)
            target.record_intent(change)
            edition = Edition(target.versions / version / "data")
            add_release(to / LEDGER, edition)
            if not is_in_ledger(to / LEDGER, edition):
                raise TargetUnusable(f"{to / LEDGER} does not hold what was written to it; check the disk.")
            target.apply(change)
            _check_links(target, publication)
    except OSError as error:
        raise _unusable(to, error) from error
    return to / period


def rollback(to: Path) -> Path:
    """Undo the last publication: `siste` points to the site before it. Returns the folder of that edition.

    Raises TargetUnusable if there is no earlier publication.
    """
    nothing = TargetUnusable(f"Nothing has been published to {to}, so there is nothing to roll back.")
    if not (to / HISTORY).is_file():
        raise nothing
    try:
        with open_target(to) as target:
            if not target.history:
                raise nothing
            *earlier, undone = target.history
            if not earlier:
                raise TargetUnusable(
                    f"No earlier site than this is kept in {to}; publish another edition instead."
                )
            newest = earlier[-1]
            same = [publication for publication in earlier if publication.period == undone.period]
            for publication in {newest, *same[-1:]}:
                refuse_changed_version(target, publication)
            links = [(undone.period, f"{VERSIONS}/{same[-1].version}")] if same else []
            links.append((NEWEST, newest.period))
            target.apply(Change(tuple(links), tuple(earlier), undo=False, ledger=True))
            _check_links(target, newest)
    except OSError as error:
        raise _unusable(to, error) from error
    return to / newest.period


def refuse_changed_version(target: Target, publication: Publication) -> None:
    """Raise TargetUnusable unless a kept version is what was published."""
    if not publication.version.endswith(ADOPTED):
        refuse_changed(target.versions / publication.version)


def _copy(site: Path, period: str, target: Target) -> str:
    """Copy the site to a version of its own, verify the copy, and return the name of the version."""
    files = site_files(site)
    version = f"{period}-{json_digest(files)[:16]}"
    target.versions.mkdir(exist_ok=True)
    place = target.versions / version
    if place.is_dir() and site_files(place) == files:
        return version
    copy = target.versions / f".ny-{secrets.token_hex(8)}"
    copy_folder(site, copy)
    if site_files(copy) != files:
        raise TargetUnusable(f"The copy of {site} in {target.folder} differs from it; check the disk.")
    refuse_changed(copy)
    if place.exists():  # a damaged copy of the same site
        place.rename(target.versions / f".skadet-{secrets.token_hex(8)}")
    copy.rename(place)
    return version


def _check_links(target: Target, publication: Publication) -> None:
    newest = target.folder / NEWEST / "index.html"
    if target.version_of(publication.period) != publication.version or not newest.is_file():
        raise TargetUnusable(f"{target.folder / NEWEST} does not show what was published; publish again.")


def _prepare(to: Path) -> None:
    try:
        to.mkdir(parents=True, exist_ok=True)
        content = [path.name for path in to.iterdir()]
    except OSError as error:
        raise _unusable(to, error) from error
    _refuse_foreign(to / NEWEST)
    if not os.access(to, os.W_OK | os.X_OK):
        raise TargetUnusable(f"{to} cannot be written to; give a folder that you may write to.")
    known = {HISTORY, LEDGER}
    if content and not known & set(content) and not all(name.startswith(".") for name in content):
        raise TargetUnusable(f"{to} is not empty and not a publish folder; give a new or empty folder.")


def _refuse_foreign(link: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise TargetUnusable(
            f"{link} is not a link that publish made; publish to another folder or remove it."
        )


def _refuse_damaged_ledger(ledger: Path) -> None:
    """Raise TargetUnusable if the target's own ledger cannot be read: its rows are needed for ever."""
    try:
        if ledger.exists():
            read_ledger(ledger)
    except UsageError as error:
        raise TargetUnusable(
            f"{ledger} is damaged and cannot be read as a release ledger; put a copy of it in its place, "
            "and publish again."
        ) from error


def _unusable(to: Path, error: OSError) -> TargetUnusable:
    if is_full_disk(error):
        return TargetUnusable(
            f"{to} is full ({error.strerror}): make room and run again; every published edition is complete."
        )
    return TargetUnusable(f"{to} cannot be published to ({error.strerror}); give another folder.")
