"""Converts CSV, as people and spreadsheets write it, to private Parquet files with all values as text."""

import codecs
import csv
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from navbook.extract.reading import trimmed
from navbook.extract.store import Store, file_literal, literal, quoted

_CHUNK = 1 << 20
_MAX_HEAD = 1 << 16
_DELIMITERS = (";", ",")


class UnreadableFile(Exception):
    """A file that cannot be read as a table, with what is wrong, what to do, and the lines."""

    def __init__(self, what: str, remedy: str, lines: tuple[str, ...] = (), count: int = 1) -> None:
        super().__init__(what)
        self.what, self.remedy, self.lines, self.count = what, remedy, lines, count


@dataclass(frozen=True)
class _Layout:
    names: list[str]
    delimiter: str
    skip: int


def csv_to_parquet(store: Store, path: Path, known: set[str]) -> Path:
    """Convert a CSV file to Parquet in the private folder and return its path.

    Values are trimmed text or NULL, rows keep their order, rows without any value are dropped. `known` are
    the column names by which the delimiter is found. Raises UnreadableFile for binary content, a bad header,
    or rows with too few or too many values.
    """
    readable = _as_utf8(path, store.scratch / f"{path.stem}.utf8.csv")
    layout = _layout(readable, known)
    target = store.scratch / f"{path.stem}.parquet"
    names = [name or f"blank {place}" for place, name in enumerate(layout.names)]
    typed = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    rows = (
        f"read_csv({file_literal(readable)}, columns = {{{typed}}}, delim = {literal(layout.delimiter)}, "
        f"skip = {layout.skip}, header = true, quote = '\"', escape = '\"', "
        "auto_detect = false, store_rejects = true)"
    )
    filled = " OR ".join(f"{trimmed(quoted(name))} IS NOT NULL" for name in names)
    kept = ", ".join(f"{trimmed(quoted(name))} AS {quoted(name)}" for name in layout.names if name)
    try:
        store.run(
            f"COPY (SELECT {kept} FROM {rows} WHERE {filled}) TO {file_literal(target)} (FORMAT parquet)"
        )
    except duckdb.Error as error:
        raise UnreadableFile("the file cannot be read as CSV", _RESAVE) from error
    _refuse_rejected(store)
    if readable != path:
        readable.unlink()
    return target


_RESAVE = "save it again as CSV (UTF-8) with ; or , between the columns, or deliver Parquet"


def _as_utf8(path: Path, copy: Path) -> Path:
    """The file itself if it is UTF-8, else a copy of it decoded from Latin-1 (as Windows writes it)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    latin = False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise UnreadableFile("the file is not text in UTF-8 or Latin-1", _RESAVE)
            if not latin:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    latin = True
    latin = latin or bool(decoder.getstate()[0])
    if not latin:
        return path
    with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="") as out:
        while chunk := file.read(_CHUNK):
            out.write(_from_windows(chunk))
    return copy


def _from_windows(chunk: bytes) -> str:
    try:
        return chunk.decode("cp1252")
    except UnicodeDecodeError:
        return chunk.decode("latin-1")


def _layout(path: Path, known: set[str]) -> _Layout:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = file.read(_MAX_HEAD).splitlines()
    # Excel's own first line that names the delimiter
    skip = 1 if lines and re.fullmatch(r"sep=.", lines[0]) else 0
    if len(lines) <= skip or not lines[skip].strip():
        raise UnreadableFile(
            "the file is empty: it lacks the line with the column names", "write the column names first"
        )
    heads = {sign: next(csv.reader([lines[skip]], delimiter=sign)) for sign in _DELIMITERS}
    stripped = {sign: [name.strip() for name in head] for sign, head in heads.items()}
    delimiter = max(_DELIMITERS, key=lambda sign: (len(known & set(stripped[sign])), len(stripped[sign])))
    names = stripped[delimiter]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableFile(
            f"the column names {', '.join(twice)} are used more than once", "keep one column of each name"
        )
    return _Layout(names, delimiter, skip)


def _refuse_rejected(store: Store) -> None:
    rejected = [line for (line,) in store.rows("SELECT DISTINCT line FROM reject_errors ORDER BY line")]
    store.run("DROP TABLE reject_errors; DROP TABLE reject_scans")
    if rejected:
        raise UnreadableFile(
            "rows have more or fewer values than there are columns, or quotes that do not close",
            "correct these lines: a value with the delimiter or a line break must be in quotes",
            tuple(f"line {line}" for line in rejected[:20]),
            len(rejected),
        )
