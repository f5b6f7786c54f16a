"""The audit of what was published: every withheld value, looked for in the bytes as they will be served.

Three ways of looking: where a record carries the key of the value (a table row, an element with data-* keys,
a JSON object), what is shown there and what can be worked out from it; and, for numbers long enough to mean
something by themselves, anywhere at all.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from navbook.disclosure.audit import scan_containers, scan_numbers, scan_records
from navbook.disclosure.audit.parallel_scan import look_through
from navbook.disclosure.audit.scan_html import in_markup
from navbook.disclosure.audit.scan_text import in_lines
from navbook.disclosure.audit.seen_lines import Lines
from navbook.disclosure.audit.withheld_index import Finding, Withheld, keys_of_place
from navbook.errors import DisclosureRefused

# what a theme brings along is the same in every book
_THEME = ("_static", (".js", ".css", ".map", ".woff", ".woff2", ".ttf", ".eot"))
_TABLES = (".csv", ".parquet")
_NOTES = (".json", ".ipynb")
# the lines of one table stand in others; and the libraries that read these have threads
_READ_IN_ONE_PROCESS = (*_TABLES, *scan_containers.WORKBOOKS)
# what the gate tells beside the figures: names, dates, words of the letter, definitions, numbers of rows, and
# how many persons a model was made from
_TOLD = (
    *("enheter.csv", "kvalitet.csv", "hendelser.csv", "krav.json", "definisjoner.json", "utgave.json"),
    *("modell.csv",),
)
FINDINGS_TOLD = 20


class Found(NamedTuple):
    """A withheld value that is in the published bytes: the file, the key and field it belongs to, and
    where.
    """

    file: str
    what: str
    where: str


def audit_site(
    folder: Path,
    withheld: pd.DataFrame,
    ordinary: Collection[str] = (),
    files: Collection[Path] | None = None,
    numbers: Mapping[bytes, str] | None = None,
    by_key: Withheld | None = None,
) -> list[Found]:
    """Every value of `withheld` that can be read in the files of `folder`.

    `withheld` has the columns indikator, gruppe, niva, enhet, periode, felt and verdi. Looked for are (a)
    values beside their own key in tables, workbooks, JSON, notebooks, pages, lines of text and file names,
    also rounded to one decimal or more; (b) values that numbers beside that key, or the coordinates of a
    drawing of it, give back within half a unit; and (c) numbers of three digits or more that the edition does
    not hold, anywhere, with point or comma; not the `ordinary` ones, which stand in every book whatever its
    figures. Only `files` are looked at, if given: some of `audited_files`. `numbers` is what
    `numbers_looked_for` gave for the same, and `by_key` the withheld values by their key, if they have been
    asked for before. Returns one entry for each finding, in order of file.
    """
    folder = Path(folder)
    every = audited_files(folder)
    looked_at = every if files is None else sorted(files)
    if not looked_at:
        return []
    tall = _tall(every)
    secrets = Withheld(withheld, _period(folder, tall)) if by_key is None else by_key
    wanted = numbers_looked_for(folder, withheld, ordinary) if numbers is None else numbers
    look = partial(_look, folder, secrets, wanted, Lines())
    tables = [path for path in looked_at if path.suffix in _READ_IN_ONE_PROCESS]
    seen = look_through(look, [path for path in looked_at if path not in set(tables)], tables)
    return [found for path in looked_at for found in seen[path]]


def numbers_looked_for(
    folder: Path, withheld: pd.DataFrame, ordinary: Collection[str] = ()
) -> dict[bytes, str]:
    """The numbers that `audit_site` looks for anywhere in these files, with the key and field of each; the
    same where `what_is_looked_for` is.
    """
    tall = _tall(audited_files(folder))
    published = [scan_records.read_table(path) for path in tall[:1]]
    return scan_numbers.wanted(withheld, published, _told_beside(folder, tall) | set(ordinary))


def audited_files(folder: Path) -> list[Path]:
    """The files of a site in which values are looked for: all but what the theme brings along."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not _is_theme(path, folder))


def what_is_looked_for(folder: Path, withheld: pd.DataFrame, ordinary: Collection[str] = ()) -> str:
    """A digest of all that decides what `audit_site` finds in one file: where it is the same, a file in
    which nothing was found holds nothing still.
    """
    tall = _tall(audited_files(folder))
    every = hashlib.sha256()
    every.update(pd.util.hash_pandas_object(withheld, index=False).to_numpy().tobytes())
    every.update(repr(sorted(_told_beside(folder, tall) | set(ordinary))).encode())
    for path in tall[:1]:
        every.update(path.read_bytes())
    return every.hexdigest()


def _tall(files: Collection[Path]) -> list[Path]:
    return [path for path in files if path.stem == "tall" and path.suffix in _TABLES]


def _told_beside(folder: Path, tall: list[Path]) -> set[str]:
    """What the gate tells beside `tall`: numbers in words, and shares of tables made of shown rows."""
    edition = tall[0].parent if tall else folder
    words = (scan_numbers.numbers_in(_read(edition / name)) for name in _TOLD)
    manifest = _manifest(folder, tall)
    tables = (name for name in manifest.get("filer", {}) if Path(name).suffix == ".csv" and name not in _TOLD)
    pooled = (scan_numbers.shares_in(_read(edition / name)) for name in tables if Path(name).stem != "tall")
    return set().union(*words, *pooled)


def _period(folder: Path, tall: list[Path]) -> str:
    """The period of the edition, which a page means that names none."""
    return str(_manifest(folder, tall).get("periode", ""))


def _manifest(folder: Path, tall: list[Path]) -> dict[str, Any]:
    content = scan_records.parsed(_read((tall[0].parent if tall else folder) / "utgave.json"))
    return content if isinstance(content, dict) else {}


def refuse_findings(found: list[Found]) -> None:
    """Raise DisclosureRefused, naming the first of them, if anything was found."""
    if not found:
        return
    told = "\n  ".join(f"{each.file}: {each.what} at {each.where}" for each in found[:FINDINGS_TOLD])
    raise DisclosureRefused(
        f"{len(found)} withheld values can be read from the site, so it must not be published; "
        f"the first are\n  {told}"
    )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""


def _look(
    folder: Path, secrets: Withheld, wanted: Mapping[bytes, str], known: Lines, path: Path
) -> list[Found]:
    """What is found in one file and its name, each once."""
    name = path.relative_to(folder).as_posix()
    named = [(what, "the name of the file") for what, _ in in_lines(name, secrets)]
    named += [(what, "the name of the file") for what in scan_numbers.in_name(name, wanted)]
    new = known.new_in(path.read_bytes()) if path.suffix == ".csv" else None
    if new is None:
        inside = [*_by_key(path, name, secrets), *scan_numbers.search(path, wanted)]
    elif told := _in_lines_of_a_table(new, path, secrets, wanted):
        inside = _in_lines_of_a_table(path.read_bytes(), path, secrets, wanted)
    else:
        known.found_clean(new)
        inside = told
    return list(dict.fromkeys(Found(name, what, where) for what, where in (*inside, *named)))


def _in_lines_of_a_table(
    table: bytes, path: Path, secrets: Withheld, wanted: Mapping[bytes, str]
) -> list[Finding]:
    rows = scan_records.in_table(scan_records.read_csv(table), secrets, {})
    return [*rows, *scan_numbers.search_text(table, path, wanted)]


def _by_key(path: Path, name: str, secrets: Withheld) -> Iterator[Finding]:
    place = keys_of_place(name, secrets.period)
    if path.suffix in _TABLES:
        rows = scan_records.read_table(path)
        yield from scan_records.in_table(rows, secrets, place)
        if path.suffix == ".csv" and rows.empty:
            yield from in_lines(path.read_text(encoding="utf-8", errors="replace"), secrets)
        if path.suffix == ".parquet":
            yield from scan_containers.beside_the_rows(path, secrets)
    elif path.suffix in scan_containers.WORKBOOKS:
        yield from scan_containers.in_workbook(path, secrets, place)
    elif path.suffix in _NOTES:
        content = scan_records.parsed(path.read_text(encoding="utf-8", errors="replace"))
        yield from scan_records.in_json(content, secrets, place)
        for text in _longer_texts(content):
            yield from _in_words(text, secrets, place)
    else:
        yield from _in_words(path.read_text(encoding="utf-8", errors="replace"), secrets, place)


def _in_words(text: str, secrets: Withheld, place: Mapping[str, str]) -> Iterator[Finding]:
    yield from in_markup(text, secrets, place) if "</" in text or "/>" in text else in_lines(text, secrets)


def _longer_texts(content: Any) -> Iterator[str]:
    """The texts of a notebook's cells and outputs, each with its lines together."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list) and content and all(isinstance(item, str) for item in content):
        yield "".join(content)
    elif isinstance(content, list | dict):
        for item in content if isinstance(content, list) else content.values():
            yield from _longer_texts(item)


def _is_theme(path: Path, folder: Path) -> bool:
    place, endings = _THEME
    return path.relative_to(folder).parts[0] == place and path.suffix in endings
