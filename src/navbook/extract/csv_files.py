"""Converts CSV, as people and spreadsheets write it, to private Parquet files with all values as text."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from navbook.extract.reading import trimmed
from navbook.extract.store import Store, engine_reason, file_literal, literal, quoted
from navbook.extract.text_encoding import UnreadableFile, as_utf8
from navbook.runtime.full_disk import raise_if_full_disk

_MAX_HEAD = 1 << 16
_DELIMITERS = (";", ",")
_HEAD_LINES = 50  # so many lines are searched for the column names


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
    try:
        readable = as_utf8(path, store.scratch / f"{path.stem}.utf8.csv")
        layout = _layout(readable, known)
    except OSError as error:
        raise_if_full_disk(error)
        raise UnreadableFile(f"the file cannot be opened ({error.strerror})", _PERMISSION) from error
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
            f"COPY (SELECT {kept} FROM {rows} WHERE {filled}) TO {literal(str(target))} (FORMAT parquet)"
        )
    except duckdb.Error as error:
        raise_if_full_disk(error)
        what = f"the file cannot be read as CSV ({engine_reason(error, readable)})"
        raise UnreadableFile(what, _RESAVE) from error
    _refuse_rejected(store)
    if readable != path:
        readable.unlink()
    return target


_RESAVE = "save it again as CSV (UTF-8) with ; or , between the columns, or deliver Parquet"
_PERMISSION = "check that you may read the file"


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
    if not known & set(names):
        _refuse_head(lines, skip, known)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableFile(
            f"the column names {', '.join(twice)} are used more than once", "keep one column of each name"
        )
    return _Layout(names, delimiter, skip)


def _refuse_head(lines: list[str], skip: int, known: set[str]) -> None:
    """Raise UnreadableFile for a first line without any column name, with the line that has them."""
    for number, line in enumerate(lines[: skip + _HEAD_LINES], start=1):
        if any(known & {name.strip().strip('"') for name in line.split(sign)} for sign in _DELIMITERS):
            raise UnreadableFile(
                f"line {skip + 1} is not the line with the column names: that is line {number}",
                f"delete the lines above line {number}, so that the column names come first",
                (f"line {skip + 1}",),
            )
    raise UnreadableFile(
        f"line {skip + 1} has none of the column names of the table",
        f"write a first line with the column names, among them {', '.join(sorted(known)[:5])}",
        (f"line {skip + 1}",),
    )


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
