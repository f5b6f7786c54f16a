"""Incremental Sphinx builds: the source is kept between builds, and only changed documents are built again.

A changed document can be built alone only if nothing that other pages show of it has changed. A build
therefore continues from the last one only if settings, theme, program and all headings are the same;
otherwise everything is built again. The bytes are the same either way.
"""

import contextlib
import hmac
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from navbook.runtime import (
    LOCKFILE,
    copy_folder,
    files_digest,
    json_digest,
    project_files,
    signature,
    source_digest,
)

DOCUMENTS = (".md", ".ipynb")
DOWNLOADS = Path("book", "sider", "filer")
KEY = "nokkel.json"
SOURCE, DOCTREES, SITE = "kilde", "doctrees", "html"
MYST_NB = "jupyter_execute"  # which MyST-NB makes next to the site
_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)


@contextlib.contextmanager
def updated_source(staged: Path, build_dir: Path) -> Iterator[bool]:
    """Bring `build_dir/kilde` up to date with the staged source; gives whether everything must be built
    again.

    The block builds `build_dir/html` with doctrees in `build_dir/doctrees`. If it raises or is stopped, the
    next build is a full one.
    """
    key = _shared_key(staged)
    # It is not known which images a changed document no longer shows; our pages have none.
    known = _is_reusable(build_dir, key) and not (build_dir / SITE / "_images").exists()
    changed = _changed(staged, build_dir / SOURCE) if known else []
    fresh = not known or any(
        _headings_differ(staged / place, build_dir / SOURCE / place) for place in changed
    )
    (build_dir / KEY).unlink(missing_ok=True)
    if fresh:
        _replace_source(staged, build_dir)
    else:
        _update_source(staged, build_dir, changed)
    yield fresh
    (build_dir / KEY).write_text(json.dumps([key, _signature(build_dir, key)]), encoding="utf-8")


def is_build_dir(folder: Path) -> bool:
    """Whether a folder holds nothing but parts of a build; a folder that does not exist does."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return not folder.is_file() and names <= {KEY, SOURCE, DOCTREES, SITE, MYST_NB}


def _replace_source(staged: Path, build_dir: Path) -> None:
    shutil.rmtree(build_dir, ignore_errors=True)
    # A killed build leaves a site here that was not audited: only the owner may read it.
    build_dir.mkdir(parents=True, mode=0o700)
    copy_folder(staged, build_dir / SOURCE)


def _update_source(staged: Path, build_dir: Path, changed: list[Path]) -> None:
    for place in changed:
        (build_dir / SOURCE / place).write_bytes((staged / place).read_bytes())
    if not any(_is_document(place) for place in changed):
        _touch_a_document(build_dir / SOURCE)
    # Sphinx writes these last, and puts their checksum on pages only if they exist already.
    shutil.rmtree(build_dir / SITE / "_static", ignore_errors=True)
    for path in project_files(staged / DOWNLOADS):
        (build_dir / SITE / path.relative_to(staged / DOWNLOADS)).unlink(missing_ok=True)


def _is_reusable(build_dir: Path, key: str) -> bool:
    """Whether the last build there had this key, was ours, and nothing has changed since.

    Sphinx reads its doctrees with pickle, which runs code, so a folder without our signature is never reused.
    """
    try:
        stored, signed = json.loads((build_dir / KEY).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False
    return bool(stored == key) and hmac.compare_digest(str(signed), _signature(build_dir, key))


def _signature(build_dir: Path, key: str) -> str:
    files = sorted(path for part in (SOURCE, DOCTREES, SITE) for path in (build_dir / part).rglob("*"))
    content = files_digest([path for path in files if path.is_file()], build_dir)
    return signature(key.encode(), content.encode())


def _shared_key(staged: Path) -> str:
    """The digest of everything that any page may depend on, except the content of documents and downloads."""
    documents: list[str] = []
    others: list[Path] = []
    downloads: list[str] = []
    for path in project_files(staged):
        place = path.relative_to(staged)
        if place.is_relative_to(DOWNLOADS):
            downloads.append(place.as_posix())
        elif _is_document(place):
            documents.append(place.as_posix())
        else:
            others.append(path)
    program = source_digest("navbook.book.site.build", "navbook.book.site.extension")
    files = files_digest(others, staged), files_digest([LOCKFILE], LOCKFILE.parent)
    return json_digest(program, files, documents, downloads, list(sys.version_info[:3]))


def _headings_differ(new: Path, old: Path) -> bool:
    return new.suffix in DOCUMENTS and _headings(new) != _headings(old)


def _headings(path: Path) -> list[str]:
    """The headings of a document: other pages and the search may show them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return _HEADING.findall(text)
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
    return [line for cell in cells for line in _HEADING.findall("".join(cell["source"]))]


def _changed(staged: Path, source: Path) -> list[Path]:
    """The paths of the files that differ. Only these are written: Sphinx compares modification times."""
    places = [path.relative_to(staged) for path in project_files(staged)]
    return [place for place in places if (staged / place).read_bytes() != (source / place).read_bytes()]


def _touch_a_document(source: Path) -> None:
    """Without a document to write, Sphinx would stop before it writes the theme's files and the downloads."""
    next(path for path in project_files(source) if _is_document(path.relative_to(source))).touch()


def _is_document(place: Path) -> bool:
    return place.suffix in DOCUMENTS and place.parts[0] == "book" and not place.is_relative_to(DOWNLOADS)
