"""Search the published bytes of a site for every withheld value.

What may be published is a closed list (`published`): anything else is a finding. Three searches follow. A
record that carries the key of a value (a table row, an element with data-* attributes, a JSON object, a
sentence) is read for the value itself and for numbers from which it can be calculated. A number with enough
digits to be recognised is searched for anywhere. Texts are decoded before they are searched.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from navbook.disclosure.audit import scan_containers, scan_numbers, scan_records
from navbook.disclosure.audit.parallel_scan import scan_files
from navbook.disclosure.audit.published.closed_schema import unknown_content
from navbook.disclosure.audit.scan_html import scan_markup
from navbook.disclosure.audit.scan_json_stat import is_json_stat, scan_json_stat, without_positions
from navbook.disclosure.audit.scan_text import scan_lines
from navbook.disclosure.audit.seen_lines import SeenLines
from navbook.disclosure.audit.texts.decoded import decoded
from navbook.disclosure.audit.texts.file_names import scan_file_name
from navbook.disclosure.audit.withheld_index import Hit, WithheldIndex, keys_of_address
from navbook.runtime.errors import DisclosureRefused

# the files of the theme are the same in every book
_THEME = ("_static", (".js", ".css", ".map", ".woff", ".woff2", ".ttf", ".eot"))
_TABLES = (".csv", ".parquet")
_JSON_FILES = (".json", ".ipynb")
# Scanned in the main process: the tables repeat each other's lines, and their readers use threads,
# which do not survive a fork.
_SCANNED_IN_MAIN = (*_TABLES, *scan_containers.WORKBOOKS)
# what the gate publishes besides the figures: names, dates, the letter's text, definitions, row counts, the
# number of persons a model was fitted to, what municipalities count, and the labour market of regions
_METADATA_FILES = (
    *("enheter.csv", "kvalitet.csv", "hendelser.csv", "krav.json", "definisjoner.json", "utgave.json"),
    *("modell.csv", "kommuner.csv", "kommunale_tall.csv", "kommunale_mal.csv"),
    "arbeidsmarked.csv",
)
# rows of `tall`, whose numbers are searched for by themselves
_REPEATS_TALL = ("tall.csv", "resultater.csv")
FINDINGS_REPORTED = 20
# a shorter name of an indicator may be a word of any sentence
SHORTEST_NAME = 8


class Finding(NamedTuple):
    """A withheld value found in the published bytes.

    `file` is relative to the site; `what` is the key and field of the value, never the value; `where` is a
    line, cell, path or byte offset.
    """

    file: str
    what: str
    where: str


def audit_site(
    folder: Path,
    withheld: pd.DataFrame,
    boilerplate: Collection[str] = (),
    files: Collection[Path] | None = None,
    numbers: Mapping[bytes, str] | None = None,
    by_key: WithheldIndex | None = None,
) -> list[Finding]:
    """Return every value of `withheld` that can be read in the files of `folder`, ordered by file.

    `withheld` has the columns indikator, gruppe, niva, enhet, periode, felt and verdi. A value is found when

    (a) a record with its key shows it, or a rounding of it to one or more decimals: in tables, workbooks,
        JSON, notebooks, pages, lines of text and file names;
    (b) the numbers of such a record, or the coordinates of a chart of it, give it within half a unit;
    (c) it has three or more digits, the edition does not publish it, and it occurs anywhere, with decimal
        point or comma. Numbers in `boilerplate` (the text that every book has) are not searched for.

    `files` limits the search to some of `audited_files`. `numbers` is the result of `search_terms` and
    `by_key` the index of `withheld`, for a caller that already has them.
    """
    folder = Path(folder)
    all_files = audited_files(folder)
    unknown = [Finding(*found) for found in unknown_content(folder)]
    selected = all_files if files is None else sorted(files)
    if not selected:
        return unknown
    tall = _tall(all_files)
    index = WithheldIndex(withheld, _period(folder, tall)) if by_key is None else by_key
    index.names = index.names or indicator_names(folder, tall)
    if tall and not index.published:
        index.note_published(scan_records.read_table(tall[0]))
    terms = search_terms(folder, withheld, boilerplate) if numbers is None else numbers
    scan = partial(_scan_file, folder, index, terms, SeenLines())
    tables = [path for path in selected if path.suffix in _SCANNED_IN_MAIN]
    findings = scan_files(scan, [path for path in selected if path not in set(tables)], tables)
    return unknown + [finding for path in selected for finding in findings[path]]


def search_terms(folder: Path, withheld: pd.DataFrame, boilerplate: Collection[str] = ()) -> dict[bytes, str]:
    """Return the numbers that `audit_site` searches for anywhere, as bytes, with the key and field of each.

    They depend on nothing but what `audit_digest` covers.
    """
    tall = _tall(audited_files(folder))
    published = [scan_records.read_table(path) for path in tall[:1]]
    harmless = _published_elsewhere(folder, tall) | set(boilerplate)
    return scan_numbers.search_terms_of(withheld, published, harmless)


def audited_files(folder: Path) -> list[Path]:
    """Return the files of a site that are audited: all but those of the theme, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not _is_theme(path, folder))


def audit_digest(folder: Path, withheld: pd.DataFrame, boilerplate: Collection[str] = ()) -> str:
    """Return a digest of all that decides the findings in a file, except the file's own content.

    While the digest is the same, a file without findings needs no new audit.
    """
    tall = _tall(audited_files(folder))
    state = hashlib.sha256()
    state.update(pd.util.hash_pandas_object(withheld, index=False).to_numpy().tobytes())
    state.update(repr(sorted(_published_elsewhere(folder, tall) | set(boilerplate))).encode())
    for path in tall[:1]:
        state.update(path.read_bytes())
    return state.hexdigest()


def _tall(files: Collection[Path]) -> list[Path]:
    return [path for path in files if path.stem == "tall" and path.suffix in _TABLES]


def _published_elsewhere(folder: Path, tall: list[Path]) -> set[str]:
    """Return the numbers the edition publishes outside `tall`: in metadata, and shares in derived tables."""
    edition = tall[0].parent if tall else folder
    words = (scan_numbers.numbers_in(_read(edition / name)) for name in _METADATA_FILES)
    manifest = _manifest(folder, tall)
    tables = (
        name
        for name in manifest.get("filer", {})
        if Path(name).suffix == ".csv" and name not in _METADATA_FILES
    )
    pooled = (scan_numbers.shares_in(_read(edition / name)) for name in tables if name not in _REPEATS_TALL)
    return set().union(*words, *pooled)


def indicator_names(folder: Path, tall: list[Path]) -> dict[str, str]:
    """The id of each indicator by its names in words, in lower case, from the definitions of the edition."""
    content = scan_records.parsed(_read((tall[0].parent if tall else folder) / "definisjoner.json"))
    definitions = [item for item in content if isinstance(item, dict)] if isinstance(content, list) else []
    return {
        str(item[part]).lower(): str(item["id"])
        for item in definitions
        for part in ("kortnavn", "navn")
        if "id" in item and len(str(item.get(part) or "")) > SHORTEST_NAME
    }


def _period(folder: Path, tall: list[Path]) -> str:
    """Return the period of the edition; it applies to a page that names none."""
    return str(_manifest(folder, tall).get("periode", ""))


def _manifest(folder: Path, tall: list[Path]) -> dict[str, Any]:
    content = scan_records.parsed(_read((tall[0].parent if tall else folder) / "utgave.json"))
    return content if isinstance(content, dict) else {}


def refuse_findings(found: list[Finding]) -> None:
    """Raise DisclosureRefused if there are findings; the message lists the first of them."""
    if not found:
        return
    first = "\n  ".join(
        f"{finding.file}: {finding.what} at {finding.where}" for finding in found[:FINDINGS_REPORTED]
    )
    raise DisclosureRefused(
        f"{len(found)} withheld values can be read from the site, so it must not be published; "
        f"the first are\n  {first}"
    )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""


def _scan_file(
    folder: Path, index: WithheldIndex, terms: Mapping[bytes, str], seen: SeenLines, path: Path
) -> list[Finding]:
    """Return the findings in one file and its name, without repeats."""
    name = path.relative_to(folder).as_posix()
    named = [(what, "the name of the file") for what in scan_file_name(name, index)]
    named += [(what, "the name of the file") for what in scan_numbers.terms_in_name(name, terms)]
    unseen = seen.unseen(path.read_bytes()) if path.suffix == ".csv" else None
    if unseen is None:
        inside = [*_by_key(path, name, index), *_numbers_in_bytes(path, terms)]
    elif inside := _in_plain_table(unseen, path, index, terms):
        # again in the complete table, so that line numbers and byte offsets are those of the file
        inside = _in_plain_table(path.read_bytes(), path, index, terms)
    else:
        seen.mark_clean(unseen)
    return list(dict.fromkeys(Finding(name, what, where) for what, where in (*inside, *named)))


def _numbers_in_bytes(path: Path, terms: Mapping[bytes, str]) -> Iterator[Hit]:
    """Unpublished numbers anywhere in a file; positions in a JSON-stat cube are no numbers of persons."""
    content: Any = scan_records.parsed(_read(path)) if path.suffix == ".json" else None
    if is_json_stat(content):
        return scan_numbers.search_text(without_positions(content), path, terms)
    return scan_numbers.search(path, terms)


def _in_plain_table(table: bytes, path: Path, index: WithheldIndex, terms: Mapping[bytes, str]) -> list[Hit]:
    rows = scan_records.scan_table(scan_records.read_csv(table), index, {})
    return [*rows, *scan_numbers.search_text(table, path, terms)]


def _by_key(path: Path, name: str, index: WithheldIndex) -> Iterator[Hit]:
    page_keys = keys_of_address(name, index.period)
    if path.suffix in _TABLES:
        rows = scan_records.read_table(path)
        yield from scan_records.scan_table(rows, index, page_keys)
        if path.suffix == ".csv" and rows.empty:
            yield from scan_lines(path.read_text(encoding="utf-8", errors="replace"), index, page_keys)
        if path.suffix == ".parquet":
            yield from scan_containers.scan_parquet_metadata(path, index)
    elif path.suffix in scan_containers.WORKBOOKS:
        yield from scan_containers.scan_workbook(path, index, page_keys)
    elif path.suffix in _JSON_FILES:
        content = scan_records.parsed(path.read_text(encoding="utf-8", errors="replace"))
        yield from scan_records.scan_json(content, index, page_keys)
        if is_json_stat(content):
            yield from scan_json_stat(content, index, page_keys)
        for text in _joined_texts(content):
            yield from _in_text(text, index, page_keys)
    else:
        content = scan_numbers.without_index_positions(path, path.read_bytes())
        yield from _in_text(content.decode("utf-8", errors="replace"), index, page_keys)


def _in_text(text: str, index: WithheldIndex, page_keys: Mapping[str, str]) -> Iterator[Hit]:
    if not is_markup(text):
        plain = decoded(text)
        # a chart or a page may be inside as base64
        if not is_markup(plain):
            yield from scan_lines(text, index, page_keys)
            return
        text = plain
    yield from scan_markup(text, index, page_keys)


def is_markup(text: str) -> bool:
    return "</" in text or "/>" in text


def _joined_texts(content: Any) -> Iterator[str]:
    """Yield the texts in JSON content; a list of strings (the lines of a notebook cell) is one text."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list) and content and all(isinstance(item, str) for item in content):
        yield "".join(content)
    elif isinstance(content, list | dict):
        for item in content if isinstance(content, list) else content.values():
            yield from _joined_texts(item)


def _is_theme(path: Path, folder: Path) -> bool:
    place, endings = _THEME
    return path.relative_to(folder).parts[0] == place and path.suffix in endings
