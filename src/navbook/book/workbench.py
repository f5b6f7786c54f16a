"""Where a book is put together and kept between builds, so that only changed documents are built again.

Sphinx builds a changed document alone only if nothing that other pages show of it has changed. So a build
goes on from the last one only where settings, theme, program and the titles of all documents are the same;
else everything is built anew. Either way the bytes are the same.
"""

import contextlib
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from navbook.book.sources import LOCK, files_digest, folder_files, source_digest

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
    fresh = _noted(bench) != key or (bench / SITE / "_images").exists()
    (bench / KEY).unlink(missing_ok=True)
    if fresh:
        shutil.rmtree(bench, ignore_errors=True)
        # what lies here after a killed run has not been audited: nobody but its owner looks in
        bench.mkdir(parents=True, mode=0o700)
        shutil.copytree(staged, bench / SOURCE)
    else:
        _bring_up_to_date(staged, bench / SOURCE)
        # Written last of all, and named on pages with their checksum only if they are there already.
        shutil.rmtree(bench / SITE / "_static", ignore_errors=True)
        for path in folder_files(staged / DOWNLOADS):
            (bench / SITE / path.relative_to(staged / DOWNLOADS)).unlink(missing_ok=True)
    yield fresh
    (bench / KEY).write_text(json.dumps(key), encoding="utf-8")


def _noted(bench: Path) -> str:
    try:
        return str(json.loads((bench / KEY).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return ""


def _common_key(staged: Path) -> str:
    """What every page may show or depend on: all but the documents' own text and the downloads."""
    documents: list[tuple[str, list[str]]] = []
    others: list[Path] = []
    downloads: list[str] = []
    for path in folder_files(staged):
        if path.is_relative_to(staged / DOWNLOADS):
            downloads.append(path.relative_to(staged).as_posix())
        elif path.suffix in DOCUMENTS and path.is_relative_to(staged / "book"):
            documents.append((path.relative_to(staged).as_posix(), _headings(path)))
        else:
            others.append(path)
    program = source_digest("navbook.book.build", "navbook.book.extension")
    files = files_digest(others, staged), files_digest([LOCK], LOCK.parent)
    parts = [program, files, documents, downloads, list(sys.version_info[:3])]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _headings(path: Path) -> list[str]:
    """The headings of a document: other pages may show its title, and the search does."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return _TITLE.findall(text)
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
    return [line for cell in cells for line in _TITLE.findall("".join(cell["source"]))]


def _bring_up_to_date(staged: Path, source: Path) -> None:
    """Write the files that differ, and only those: Sphinx goes by when a file was written."""
    for path in folder_files(staged):
        target = source / path.relative_to(staged)
        if target.read_bytes() != path.read_bytes():
            target.write_bytes(path.read_bytes())
