"""Refuses to replace what navbook did not make: sites, editions, tables and reports are recognised by their
content.
"""

import json
import os
from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from navbook.book.release.history import HISTORY
from navbook.book.release.status_page import NAME as STATUS_PAGE
from navbook.book.release.status_page import is_status_page
from navbook.book.site.incremental import is_build_dir
from navbook.book.site.site_manifest import NAME as SITE_MANIFEST
from navbook.book.site.site_manifest import read_site_manifest
from navbook.edition.schema import MANIFEST
from navbook.runtime.errors import UsageError


def refuse_foreign_site(out: Path) -> None:
    """Raise UsageError unless `out` is new, empty, or a site that a build made and nobody added to; or if it
    cannot be written, or lies in a publish folder.
    """
    place = Path(os.path.realpath(out))
    published = next((folder for folder in (place, *place.parents) if (folder / HISTORY).exists()), None)
    if published is not None:
        raise UsageError(f"--out {out} is in the publish folder {published}: choose another folder.")
    if place.exists() and not place.is_dir():
        raise UsageError(f"--out {out} is a file: give a new or empty folder for the site.")
    foreign = _foreign_in_site(place)
    if foreign:
        raise UsageError(
            f"--out {out} holds {foreign}, which navbook did not make: "
            "give a new or empty folder, or move it away."
        )
    status = place.parent / STATUS_PAGE
    if status.exists() and not is_status_page(status):
        raise UsageError(f"{status} would be replaced and is not navbook's: move it away.")
    _refuse_read_only(place, f"--out {out}")


def _foreign_in_site(place: Path) -> str:
    """One file of the folder that no build wrote; empty if there is none."""
    content = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    if not content:
        return ""
    manifest = read_site_manifest(place)
    if manifest is None:
        # the site of an older navbook has no manifest, and no file that another program writes so
        is_site = (place / "index.html").is_file() and (place / "data" / MANIFEST).is_file()
        return "" if is_site and SITE_MANIFEST not in content else content[0]
    present = {path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_dir()}
    return min(present - manifest.files.keys() - {SITE_MANIFEST}, default="")


def refuse_foreign_folders(edition: Path, build_dir: Path) -> None:
    """Raise UsageError if the folder of the edition or of the Sphinx build holds something else."""
    if edition.is_symlink():
        raise UsageError(f"{edition} is a link, and a build puts a folder there: move it away.")
    if edition.is_dir() and any(edition.iterdir()) and not (edition / MANIFEST).is_file():
        raise UsageError(f"{edition} holds files that are no edition: move it away.")
    if not is_build_dir(build_dir):
        raise UsageError(f"{build_dir} holds files that navbook did not make: move it away.")
    _refuse_read_only(edition, str(edition))


def _refuse_read_only(place: Path, name: str) -> None:
    if place.is_mount():
        raise UsageError(f"{name} is where a disk is mounted, and cannot be replaced: give a folder in it.")
    above = next(folder for folder in (place.parent, *place.parent.parents) if folder.exists())
    for folder in (above, place):
        if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
            raise UsageError(f"{name} cannot be written, since {folder} is read-only: give another folder.")


def refuse_unknown_offices(offices: Collection[str], known: Collection[str]) -> None:
    """Raise UsageError if `--office` names an office that the extract does not have."""
    unknown = sorted(set(offices) - set(known))
    if unknown:
        raise UsageError(f"The extract has no office {', '.join(unknown)}: give numbers of its table kontor.")


def refuse_foreign_table(path: Path, columns: Collection[str], option: str) -> None:
    """Raise UsageError if `path` exists and is no Parquet table with these columns."""
    if not os.path.lexists(path):
        return
    try:
        names = set(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        names = set()
    if not set(columns) <= names:
        raise UsageError(f"{option} {path} exists and is not such a table: give a new file, or move it away.")


def refuse_foreign_report(path: Path, keys: Collection[str], option: str) -> None:
    """Raise UsageError if `path` exists and is no JSON object with these keys."""
    if not os.path.lexists(path):
        return
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        known = isinstance(content, dict) and set(keys) <= content.keys()
    except (OSError, ValueError, RecursionError):
        known = False
    if not known:
        raise UsageError(f"{option} {path} exists and is no such report: give a new file, or move it away.")
