"""SQL expressions that convert a column from the type in the file to the type of the data dictionary.

A typed column is converted directly; text is parsed. Empty text is NULL.
"""

from dataclasses import dataclass

from navbook.extract.schema import ColumnSpec
from navbook.extract.store import literal, quoted

SQL_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "month": "VARCHAR",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "boolean": "BOOLEAN",
    "integer": "BIGINT",
    "number": "DOUBLE",
}

_BLANKS = literal(" \t\r\n\u00a0\ufeff")
_DAY = r"\d{4}-\d{2}-\d{2}"
# days outside these are errors; from _OPEN_END on they are how registers write "still running"
_FIRST, _LAST, _OPEN_END = "DATE '1800-01-01'", "DATE '2999-12-31'", "DATE '9999-01-01'"
_MIDNIGHT = r"([ T]00:00(:00(\.0+)?)?)?"
_CLOCK = r"([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?"
_MONTH = r"(1[89]|2\d)\d{2}-(0[1-9]|1[0-2])"
_WHOLE = r"[+-]?\d+([.,]0+)?"
_NUMBER = r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?"
INT96 = "INT96"
# a float of these types holds every whole number below exactly (IEEE 754)
_EXACT_BELOW = {"single": 2**24, "double": 2**53}
_WHOLE_TYPES = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}
_WHOLE_TYPES |= {f"U{name}" for name in _WHOLE_TYPES}


@dataclass(frozen=True)
class ColumnReader:
    """SQL for the value of a column, and for whether a stored value is unreadable (None: never)."""

    value: str
    unreadable: str | None = None


def column_reader(column: ColumnSpec, stored_type: str, clean: bool = False) -> ColumnReader:
    """How to read `column` from a file that stores it as the DuckDB type `stored_type`.

    `clean` says that no value needs trimming or a look at its day (`needs_trimming`, `needs_limits`): on a
    national table that costs more than all other reading, so it is done only if it changes something.
    """
    kind = _kind(stored_type)
    if kind == "nothing":
        return missing_column(column)
    stored = quoted(column.name)
    if column.type == "date" and kind == "day" and clean:
        return ColumnReader(stored)
    plain = stored if clean and stored_type == "VARCHAR" else _trimmed_value(column, stored)
    read = _READERS[column.type](plain if kind == "text" else stored, kind)
    if read and column.type == "date":
        read = _within_limits(read, column.empty)
    return read or ColumnReader(missing_column(column).value, f"{stored} IS NOT NULL")


def missing_column(column: ColumnSpec) -> ColumnReader:
    """The reader of a column that the file lacks: NULL, or false for a boolean."""
    return ColumnReader("false" if column.type == "boolean" else f"CAST(NULL AS {SQL_TYPES[column.type]})")


def _kind(stored_type: str) -> str:
    if stored_type == "VARCHAR" or stored_type.startswith("ENUM"):
        return "text"
    if stored_type in _WHOLE_TYPES:
        return "whole"
    if stored_type.startswith("DECIMAL"):
        return "decimal"
    if stored_type in {"FLOAT", "DOUBLE"}:
        return {"FLOAT": "single", "DOUBLE": "double"}[stored_type]
    if stored_type.startswith("TIMESTAMP"):
        return "zoned" if "ZONE" in stored_type else "moment"
    if stored_type == INT96:
        return "zoned"
    return {"BOOLEAN": "boolean", "DATE": "day", '"NULL"': "nothing"}.get(stored_type, "other")


def trimmed(stored: str) -> str:
    """SQL for a text without blanks at the ends; NULL if nothing is left."""
    return f"nullif(trim(CAST({stored} AS VARCHAR), {_BLANKS}), '')"


def _trimmed_value(column: ColumnSpec, stored: str) -> str:
    return f"nullif(CAST({stored} AS VARCHAR), '')" if _opaque(column) else trimmed(stored)


def needs_trimming(column: ColumnSpec) -> str:
    """SQL that is true for a text that is empty, begins with a blank or ends with a space.

    The test must be cheap. Other blanks at the ends of a text in Parquet are kept.
    """
    stored = quoted(column.name)
    return f"{stored} = ''" if _opaque(column) else f"({stored} < '!' OR ends_with({stored}, ' '))"


def needs_limits(column: ColumnSpec) -> str:
    """SQL that is true for a stored day that is outside the limits, or an open end."""
    stored = quoted(column.name)
    return f"({stored} < {_FIRST} OR {stored} > {_LAST})"


def _within_limits(read: ColumnReader, open_end: bool) -> ColumnReader:
    """The reader with days outside the limits unreadable; with `open_end`, those of year 9999 are NULL."""
    value = f"CASE WHEN {read.value} BETWEEN {_FIRST} AND {_LAST} THEN {read.value} END"
    outside = f"{read.value} < {_FIRST} OR {read.value} > {_LAST}"
    if open_end:
        outside = f"({outside}) AND {read.value} < {_OPEN_END}"
    return ColumnReader(value, f"coalesce({read.unreadable}, false) OR coalesce({outside}, false)")


def _opaque(column: ColumnSpec) -> bool:
    """Whether a value is an opaque key, which is not trimmed in Parquet: person_id.

    A national table has millions of them, and testing the end of each would cost as much as all other tests
    of this kind. `check` refuses a key that is written in another way than in `person`.
    """
    return column.name == "person_id"


def _parsed(text: str, pattern: str, value: str) -> ColumnReader:
    """Text that must match the pattern and be castable; `value` is the SQL of its value."""
    read = f"CASE WHEN regexp_full_match({text}, {literal(pattern)}) THEN {value} END"
    return ColumnReader(read, f"{text} IS NOT NULL AND ({read}) IS NULL")


def _digits(stored: str, kind: str) -> ColumnReader:
    """A whole number stored as a decimal or float; unreadable if too large for the float to be exact."""
    known, exact = f"{stored} IS NOT NULL", f"{stored} = trunc({stored})"
    if kind in _EXACT_BELOW:
        known += f" AND NOT isnan({stored})"
        exact += f" AND abs({stored}) < {_EXACT_BELOW[kind]}"
    value = f"CASE WHEN {known} AND {exact} THEN TRY_CAST({stored} AS HUGEINT) END"
    return ColumnReader(value, f"{known} AND ({value}) IS NULL")


def _text(stored: str, kind: str) -> ColumnReader | None:
    if kind in {"decimal", *_EXACT_BELOW}:
        digits = _digits(stored, kind)
        return ColumnReader(f"CAST({digits.value} AS VARCHAR)", digits.unreadable)
    if kind == "other":
        return None
    return ColumnReader(stored if kind == "text" else f"CAST({stored} AS VARCHAR)")


def _month(stored: str, kind: str) -> ColumnReader | None:
    return _parsed(stored, _MONTH, stored) if kind == "text" else None


def _date(stored: str, kind: str) -> ColumnReader | None:
    if kind == "text":
        return _parsed(stored, _DAY + _MIDNIGHT, f"TRY_CAST(left({stored}, 10) AS DATE)")
    if kind == "moment":
        return ColumnReader(f"CAST({stored} AS DATE)", f"{stored} <> date_trunc('day', {stored})")
    return ColumnReader(stored, "false") if kind == "day" else None


def _datetime(stored: str, kind: str) -> ColumnReader | None:
    if kind == "text":
        read = _parsed(stored, _DAY + _CLOCK, f"TRY_CAST({stored} AS TIMESTAMP)")
        return _within_limits(read, open_end=False)
    if kind in {"moment", "day"}:
        return _within_limits(ColumnReader(f"TRY_CAST({stored} AS TIMESTAMP)", "false"), open_end=False)
    return None


def _boolean(stored: str, kind: str) -> ColumnReader | None:
    if kind == "text":
        truth = f"lower({stored}) IN ('true', '1', '1.0', '1,0')"
        known = f"lower({stored}) IN ('true', '1', '1.0', '1,0', 'false', '0', '0.0', '0,0')"
        return ColumnReader(f"coalesce({truth}, false)", f"NOT {known}")
    if kind == "boolean":
        return ColumnReader(f"coalesce({stored}, false)")
    if kind in {"whole", "decimal"}:
        return ColumnReader(f"coalesce({stored} = 1, false)", f"{stored} NOT IN (0, 1)")
    if kind in _EXACT_BELOW:
        return ColumnReader(
            f"coalesce({stored} = 1, false)", f"NOT isnan({stored}) AND {stored} NOT IN (0, 1)"
        )
    return None


def _integer(stored: str, kind: str) -> ColumnReader | None:
    if kind == "text":
        return _parsed(stored, _WHOLE, f"TRY_CAST(regexp_extract({stored}, '^[+-]?[0-9]+') AS BIGINT)")
    if kind == "whole":
        return ColumnReader(
            f"TRY_CAST({stored} AS BIGINT)", f"{stored} IS NOT NULL AND TRY_CAST({stored} AS BIGINT) IS NULL"
        )
    if kind in {"decimal", *_EXACT_BELOW}:
        digits = _digits(stored, kind)
        return ColumnReader(f"TRY_CAST({digits.value} AS BIGINT)", digits.unreadable)
    return None


def _number(stored: str, kind: str) -> ColumnReader | None:
    if kind == "text":
        return _parsed(stored, _NUMBER, f"TRY_CAST(replace({stored}, ',', '.') AS DOUBLE)")
    if kind in _EXACT_BELOW:
        return ColumnReader(
            f"CASE WHEN isfinite({stored}) THEN CAST({stored} AS DOUBLE) END", f"isinf({stored})"
        )
    return ColumnReader(f"CAST({stored} AS DOUBLE)") if kind in {"whole", "decimal"} else None


_READERS = {
    "text": _text,
    "code": _text,
    "month": _month,
    "date": _date,
    "datetime": _datetime,
    "boolean": _boolean,
    "integer": _integer,
    "number": _number,
}
