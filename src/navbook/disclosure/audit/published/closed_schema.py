"""Files, columns and keys of a site that are on no list of what may be published."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

from navbook.disclosure.audit.published.files import (
    COLUMNS,
    METADATA,
    NAMED,
    WORKBOOKS,
    guided_columns,
    guided_files,
)
from navbook.disclosure.audit.published.json_files import PATHS, unknown_paths

DATA = "data"
MANIFEST = "utgave.json"
# A page of the book; digits stand in the numbers of units, the years of letters and one name of a group only.
_PAGES = (
    r"404\.html",
    r"[a-z][a-z-]*\.html",
    r"(?:kontor|fylke|rapport|plan)/(?P<enhet>[^/]+)\.html",
    r"indikator/(?P<indikator>[^/]+)\.html",
    r"rapport/(?:avvik|oversikt)\.html",
    r"plan/oversikt\.html",
    r"(?!kontor|fylke|rapport|plan|indikator|data)[a-z]+/[a-z-]+(?:-\d{4}-til-\d{4})?\.html",
    r"kapittel/landgruppe3\.html",
)
_PROGRAM = (
    r"_static/.+",
    r"_sphinx_design_static/.+",
    r"\.navbook\.json",
    r"searchindex\.js",
    r"finn/[a-z]+\.js",
    r"[a-z-]+\.(?:js|css|ico|svg|txt|xml)",
)
_DATA_FILES = (
    r"data/(?:kontor|fylke)/(?P<enhet>[^/]+)\.(?:csv|xlsx)",
    r"data/(?:rapport|plan)/(?P<enhet>[^/]+)\.docx",
    r"data/indikator/(?P<indikator>[^/]+)\.(?:csv|xlsx)",
    *(rf"data/{re.escape(name)}" for name in (*COLUMNS, *PATHS, *WORKBOOKS, *METADATA)),
)


@cache
def _allowed() -> tuple[re.Pattern[str], ...]:
    guided = (rf"data/{re.escape(name)}" for name in guided_files())
    return tuple(re.compile(pattern) for pattern in (*_PAGES, *_PROGRAM, *_DATA_FILES, *guided))


def unknown_content(site: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (file, what, where) of each file, column, cell and key of a site that is on no list.

    A folder without a complete edition in `data/` is no site, and nothing is known of it.
    """
    manifest = site / DATA / MANIFEST
    if not manifest.is_file() or '"filer"' not in manifest.read_text(encoding="utf-8"):
        return
    units, indicators = _ids(site, "enheter.csv", "enhet"), _ids(site, "tall.csv", "indikator")
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if not is_allowed(name, units, indicators):
            yield name, "a file that is not on the list of published files", "the name of the file"
        elif name.startswith(f"{DATA}/"):
            yield from ((name, what, where) for what, where in _inside(path))


def is_allowed(name: str, units: frozenset[str], indicators: frozenset[str]) -> bool:
    """Whether a file with this place in a site is on the list, given the known units and indicators."""
    for pattern in _allowed():
        if found := pattern.fullmatch(name):
            parts = found.groupdict()
            known_unit = parts.get("enhet") is None or parts["enhet"] in units
            known_indicator = parts.get("indikator") is None or parts["indikator"] in indicators
            if known_unit and known_indicator:
                return True
    return False


def _inside(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix == ".csv":
        of_pages = NAMED if path.parent.name != DATA else ()
        yield from _in_table(path.read_bytes(), COLUMNS.get(path.name) or of_pages or guided_columns())
    elif path.suffix == ".parquet":
        unknown = [name for name in pq.read_schema(path).names if name not in COLUMNS.get(path.name, ())]
        yield from ((f"an unknown column {name}", "the columns of the file") for name in unknown)
    elif path.name in PATHS:
        content = json.loads(path.read_text(encoding="utf-8"))
        yield from ((f"an unknown key {key}", key) for key in unknown_paths(path.name, content))


def _in_table(content: bytes, columns: Collection[str]) -> Iterator[tuple[str, str]]:
    head, *lines = content.splitlines() or [b""]
    names = head.decode("utf-8-sig", errors="replace").split(";")
    yield from ((f"an unknown column {name}", "line 1") for name in names if name not in columns)
    if b'"' in content:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace")), delimiter=";")
        sizes = [len(row) for row in rows][1:]
    else:
        sizes = [line.count(b";") + 1 for line in lines]
    for number, size in enumerate(sizes, start=2):
        if size != len(names):
            yield f"a row of {size} cells under {len(names)} columns", f"line {number}"


def _ids(site: Path, name: str, column: str) -> frozenset[str]:
    """The distinct values of a column of a table of the edition."""
    file = site / DATA / name
    return _column(file, column, file.stat().st_mtime_ns) if file.is_file() else frozenset()


@cache
def _column(file: Path, column: str, _changed: int) -> frozenset[str]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=";")
        names = next(reader, [])
        place = names.index(column) if column in names else -1
        return frozenset(row[place] for row in reader if len(row) > place >= 0)
