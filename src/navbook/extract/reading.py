"""How a column is read from whatever type a file stores it in, as SQL expressions.

A typed column is read as it is; only text is parsed. Empty text is the same as no value.
"""

from dataclasses import dataclass

from navbook.extract.schema import Column
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
_MIDNIGHT = r"([ T]00:00(:00(\.0+)?)?)?"
_CLOCK = r"([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?"
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
_WHOLE = r"[+-]?\d+([.,]0+)?"
_NUMBER = r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?"
_WHOLE_TYPES = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}
_WHOLE_TYPES |= {f"U{name}" for name in _WHOLE_TYPES}


@dataclass(frozen=True)
class Reading:
    """SQL for a column's value, and for whether a stored value cannot be read (None: it always can)."""

    value: str
    unreadable: str | None = None


def reading(column: Column, physical: str, clean: bool = False) -> Reading:
    """How to read `column` from a file that stores it as the DuckDB type `physical`.

    `clean`: no value of it is as `needs_tidying` says. Trimming all of a national table costs more than all
    other reading of it, so it is done only where it changes something.
    """
    kind = _kind(physical)
    if kind == "nothing":
        return absent(column)
    stored = quoted(column.name)
    plain = stored if clean and physical == "VARCHAR" else _tidied(column, stored)
    read = _READERS[column.type](plain if kind == "text" else stored, kind)
    return read or Reading(absent(column).value, f"{stored} IS NOT NULL")


def absent(column: Column) -> Reading:
    """A column that a file does not have: empty; false where it is true or false."""
    return Reading("false" if column.type == "boolean" else f"CAST(NULL AS {SQL_TYPES[column.type]})")


def _kind(physical: str) -> str:
    if physical == "VARCHAR" or physical.startswith("ENUM"):
        return "text"
    if physical in _WHOLE_TYPES:
        return "whole"
    if physical.startswith("DECIMAL"):
        return "decimal"
    if physical in {"FLOAT", "DOUBLE"}:
        return "float"
    if physical.startswith("TIMESTAMP"):
        return "zoned" if "ZONE" in physical else "moment"
    return {"BOOLEAN": "boolean", "DATE": "day", '"NULL"': "nothing"}.get(physical, "other")


def trimmed(stored: str) -> str:
    """SQL for a text without blanks around it; NULL if nothing is left."""
    return f"nullif(trim(CAST({stored} AS VARCHAR), {_BLANKS}), '')"


def _tidied(column: Column, stored: str) -> str:
    return f"nullif(CAST({stored} AS VARCHAR), '')" if _opaque(column) else trimmed(stored)


def needs_tidying(column: Column) -> str:
    """SQL that is true for a text that is empty, or that begins with a blank or ends in a space.

    It must be cheap; what else may stand around a text in Parquet is left there, and met as an unknown code.
    """
    stored = quoted(column.name)
    return f"{stored} = ''" if _opaque(column) else f"({stored} < '!' OR ends_with({stored}, ' '))"


def _opaque(column: Column) -> bool:
    """A person's key is nobody's text but its maker's: in Parquet it is taken as it is written.

    There are millions of them in a national table, and to look at the end of each would cost as much as all
    other looking for what needs tidying. `check` refuses a key that `person` writes in another way.
    """
    return column.name == "person_id"


def _parsed(text: str, pattern: str, value: str) -> Reading:
    """Text that must match the pattern and then be castable; `value` is its SQL."""
    read = f"CASE WHEN regexp_full_match({text}, {literal(pattern)}) THEN {value} END"
    return Reading(read, f"{text} IS NOT NULL AND ({read}) IS NULL")


def _digits(stored: str, kind: str) -> Reading:
    """A whole number kept in a type for fractions, by its digits."""
    known = f"{stored} IS NOT NULL" if kind == "decimal" else f"{stored} IS NOT NULL AND NOT isnan({stored})"
    value = f"CASE WHEN {known} AND {stored} = trunc({stored}) THEN TRY_CAST({stored} AS HUGEINT) END"
    return Reading(value, f"{known} AND ({value}) IS NULL")


def _text(stored: str, kind: str) -> Reading | None:
    if kind in {"decimal", "float"}:
        digits = _digits(stored, kind)
        return Reading(f"CAST({digits.value} AS VARCHAR)", digits.unreadable)
    if kind == "other":
        return None
    return Reading(stored if kind == "text" else f"CAST({stored} AS VARCHAR)")


def _month(stored: str, kind: str) -> Reading | None:
    return _parsed(stored, _MONTH, stored) if kind == "text" else None


def _date(stored: str, kind: str) -> Reading | None:
    if kind == "text":
        return _parsed(stored, _DAY + _MIDNIGHT, f"TRY_CAST(left({stored}, 10) AS DATE)")
    if kind == "moment":
        return Reading(f"CAST({stored} AS DATE)", f"{stored} <> date_trunc('day', {stored})")
    return Reading(stored, f"NOT isfinite({stored})") if kind == "day" else None


def _datetime(stored: str, kind: str) -> Reading | None:
    if kind == "text":
        return _parsed(stored, _DAY + _CLOCK, f"TRY_CAST({stored} AS TIMESTAMP)")
    return Reading(f"CAST({stored} AS TIMESTAMP)") if kind in {"moment", "day"} else None


def _boolean(stored: str, kind: str) -> Reading | None:
    if kind == "text":
        truth = f"lower({stored}) IN ('true', '1', '1.0', '1,0')"
        known = f"lower({stored}) IN ('true', '1', '1.0', '1,0', 'false', '0', '0.0', '0,0')"
        return Reading(f"coalesce({truth}, false)", f"NOT {known}")
    if kind == "boolean":
        return Reading(f"coalesce({stored}, false)")
    if kind in {"whole", "decimal"}:
        return Reading(f"coalesce({stored} = 1, false)", f"{stored} NOT IN (0, 1)")
    if kind == "float":
        return Reading(f"coalesce({stored} = 1, false)", f"NOT isnan({stored}) AND {stored} NOT IN (0, 1)")
    return None


def _integer(stored: str, kind: str) -> Reading | None:
    if kind == "text":
        return _parsed(stored, _WHOLE, f"TRY_CAST(regexp_extract({stored}, '^[+-]?[0-9]+') AS BIGINT)")
    if kind == "whole":
        return Reading(
            f"TRY_CAST({stored} AS BIGINT)", f"{stored} IS NOT NULL AND TRY_CAST({stored} AS BIGINT) IS NULL"
        )
    if kind in {"decimal", "float"}:
        digits = _digits(stored, kind)
        return Reading(f"TRY_CAST({digits.value} AS BIGINT)", digits.unreadable)
    return None


def _number(stored: str, kind: str) -> Reading | None:
    if kind == "text":
        return _parsed(stored, _NUMBER, f"TRY_CAST(replace({stored}, ',', '.') AS DOUBLE)")
    if kind == "float":
        return Reading(f"CASE WHEN isfinite({stored}) THEN CAST({stored} AS DOUBLE) END", f"isinf({stored})")
    return Reading(f"CAST({stored} AS DOUBLE)") if kind in {"whole", "decimal"} else None


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
