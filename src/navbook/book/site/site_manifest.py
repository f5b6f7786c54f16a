"""The manifest of a built site: every file with its digest, and the record of the audit of exactly these
files.

The build writes it after the audit. Whoever replaces or publishes the site checks it: files that navbook did
not write are not deleted, and a site that was changed after its audit is not published.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from navbook.runtime import atomic_write, file_digest, json_digest

NAME = ".navbook.json"
KIND = "nettsted"
FORMAT = 1


@dataclass(frozen=True)
class SiteManifest:
    """`files` gives the digest of each file by its path; `pages` are the pages of the book. `audited` is the
    digest of the files that the audit read, and `withheld` the number of values that it searched for.
    """

    files: dict[str, str]
    pages: tuple[str, ...]
    audited: str
    withheld: int


def site_files(site: Path) -> dict[str, str]:
    """The digest of every file of a site by its path, without the manifest itself."""
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    digests = {path.relative_to(site).as_posix(): file_digest(path) for path in paths}
    digests.pop(NAME, None)
    return digests


def write_site_manifest(site: Path, pages: list[str], withheld: int) -> None:
    """Write the manifest of a site that was just found clean by an audit for so many withheld values."""
    files = site_files(site)
    content = {
        "slag": KIND,
        "format": FORMAT,
        "filer": files,
        "sider": sorted(pages),
        "revisjon": {"filer": json_digest(files), "verdier": withheld},
    }
    with atomic_write(site / NAME) as unfinished:
        unfinished.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_site_manifest(site: Path) -> SiteManifest | None:
    """The manifest of a site; None if there is none, or if it cannot be read."""
    try:
        content = json.loads((site / NAME).read_text(encoding="utf-8"))
        if content["slag"] != KIND or content["format"] != FORMAT:
            return None
        audit = content["revisjon"]
        files = {str(path): str(digest) for path, digest in content["filer"].items()}
        pages = tuple(str(page) for page in content["sider"])
        return SiteManifest(files, pages, str(audit["filer"]), int(audit["verdier"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
