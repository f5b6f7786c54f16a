"""Verifies a site before it is published: it must be complete, and exactly what was built and audited."""

import json
from pathlib import Path

from navbook.book.site.site_manifest import NAME, SiteManifest, read_site_manifest, site_files
from navbook.edition.schema import MANIFEST
from navbook.runtime import file_digest, json_digest
from navbook.runtime.errors import NavbookError, TargetUnusable, UsageError
from navbook.runtime.periods import parse_period


def verified_period(site: Path) -> str:
    """The period of a site that may be published.

    Raises UsageError if it is not a built site, TargetUnusable (one sentence) if it is not as it was built.
    """
    if not (site / "index.html").is_file() or not (site / "data" / MANIFEST).is_file():
        raise UsageError(
            f"{site} is not a built site: it has no index.html with data/{MANIFEST}; build first."
        )
    refuse_changed(site)
    return _period(site)


def refuse_changed(site: Path) -> None:
    """Raise TargetUnusable unless the site is exactly what was built and audited."""
    if fault := _fault(site):
        raise TargetUnusable(f"{site} is not published: {fault}; build the book again.")


def _fault(site: Path) -> str:
    manifest = read_site_manifest(site)
    if manifest is None:
        return f"it has no {NAME} of a build that was audited"
    for place in sorted(site.rglob("*")):
        if place.is_symlink():
            return f"{place.relative_to(site)} is a link, and a built site has none"
        if not place.is_file() and not place.is_dir():
            return f"{place.relative_to(site)} is neither a file nor a folder"
    files = site_files(site)
    for path in sorted(manifest.files.keys() | files.keys()):
        if path not in files:
            return f"{path} is missing"
        if path not in manifest.files:
            return f"{path} was not written by the build"
        if manifest.files[path] != files[path]:
            return f"{path} has been changed since it was built"
    return _inconsistency(site, manifest)


def _inconsistency(site: Path, manifest: SiteManifest) -> str:
    """What does not fit although every file has the digest that the manifest names; empty if nothing."""
    if manifest.audited != json_digest(manifest.files):
        return "these files are not those that were audited"
    missing = [page for page in manifest.pages if f"{page}.html" not in manifest.files]
    if missing or not manifest.pages:
        return f"the page {missing[0]} is missing" if missing else "it has no pages"
    try:
        edition = json.loads((site / "data" / MANIFEST).read_text(encoding="utf-8"))
        digests = {str(name): str(digest) for name, digest in edition["filer"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return f"data/{MANIFEST} cannot be read"
    for name, digest in sorted(digests.items()):
        file = site / "data" / name
        if "/" in name or not file.is_file() or file_digest(file) != digest:
            return f"data/{name} is not the file of the edition"
    return ""


def _period(site: Path) -> str:
    """The name of the edition's period, which becomes the name of a folder."""
    edition = json.loads((site / "data" / MANIFEST).read_text(encoding="utf-8"))
    name = str(edition.get("periode"))
    try:
        known = parse_period(name).name == name
    except NavbookError:
        known = False
    if not known:
        raise TargetUnusable(f"{site} is not published: {name!r} is no period; build the book again.")
    return name
