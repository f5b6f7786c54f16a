"""Where a book is put together and kept between builds, so that only changed documents are built again.

Sphinx builds a changed document alone only if nothing that other pages show of it has changed. So a build
goes on from the last one only where settings, theme, program and the titles of all documents are the same;
else everything is built anew. Either way the bytes are the same.
"""

import contextlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from navbook.runtime import LOCKFILE, copy_folder, files_digest, json_digest, project_files, source_digest

DOCUMENTS = (".md", ".ipynb")
DOWNLOADS = Path("book", "sider", "filer")
KEY = "nokkel.json"
SOURCE, DOCTREES, SITE = "kilde", "doctrees", "html"
_TITLE = re.compile(r"^#{1,6} .*$", re.MULTILINE)


@contextlib.contextmanager
def prepared(staged: Path, bench: Path) -> Iterator[bool]:
    """Bring `bench/kilde` up to date with the staged source; gives whether to build everything anew.

    The caller then builds `bench/html` with doctrees in `bench/doctrees`. If it raises, or is stopped, the
    next build is a fresh one.
    """
    key = _common_key(staged)
    # Which pictures a changed document no longer shows is not known; pages have none of their own.
    known = _noted(bench) == key and not (bench / SITE / "_images").exists()
    changed = _changed(staged, bench / SOURCE) if known else []
    fresh = not known or any(_heads_differ(staged / place, bench / SOURCE / place) for place in changed)
    (bench / KEY).unlink(missing_ok=True)
    if fresh:
        shutil.rmtree(bench, ignore_errors=True)
        # what lies here after a killed run has not been audited: nobody but its owner looks in
        bench.mkdir(parents=True, mode=0o700)
        copy_folder(staged, bench / SOURCE)
    else:
        for place in changed:
            (bench / SOURCE / place).write_bytes((staged / place).read_bytes())
        if not any(_is_document(place) for place in changed):
            _touch_a_document(bench / SOURCE)
        # Written last of all, and named on pages with their checksum only if they are there already.
        shutil.rmtree(bench / SITE / "_static", ignore_errors=True)
        for path in project_files(staged / DOWNLOADS):
            (bench / SITE / path.relative_to(staged / DOWNLOADS)).unlink(missing_ok=True)
    yield fresh
    (bench / KEY).write_text(json.dumps(key), encoding="utf-8")


def _noted(bench: Path) -> str:
    try:
        return str(json.loads((bench / KEY).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return ""


def _common_key(staged: Path) -> str:
    """What every page may show or depend on: all but what documents and downloads say."""
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
    parts = [program, files, documents, downloads, list(sys.version_info[:3])]
    return json_digest(parts)


def _heads_differ(new: Path, old: Path) -> bool:
    return new.suffix in DOCUMENTS and _headings(new) != _headings(old)


def _headings(path: Path) -> list[str]:
    """The headings of a document: other pages may show its title, and the search does."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return _TITLE.findall(text)
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
    return [line for cell in cells for line in _TITLE.findall("".join(cell["source"]))]


def _changed(staged: Path, source: Path) -> list[Path]:
    """The places of the files that differ, and only those are written: Sphinx goes by when a file was."""
    places = [path.relative_to(staged) for path in project_files(staged)]
    return [place for place in places if (staged / place).read_bytes() != (source / place).read_bytes()]


def _touch_a_document(source: Path) -> None:
    """With no document to write, Sphinx would end before it writes the theme's files and the downloads."""
    next(path for path in project_files(source) if _is_document(path.relative_to(source))).touch()


def _is_document(place: Path) -> bool:
    return place.suffix in DOCUMENTS and place.parts[0] == "book" and not place.is_relative_to(DOWNLOADS)
