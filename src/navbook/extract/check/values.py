"""Rules on the values of single rows: readable, not empty, in the code list, in the right order."""

import re
from collections.abc import Iterator

import duckdb

from navbook.extract import codes
from navbook.extract.check.context import CheckContext, RowRule, problem_of
from navbook.extract.check.row_rules import row_rules
from navbook.extract.reading import INT96
from navbook.extract.report import Problem, shown_value
from navbook.extract.schema import ColumnSpec
from navbook.extract.store import listed, literal, quoted
from navbook.extract.tables import OpenTable
from navbook.runtime.full_disk import raise_if_full_disk

_FORMS = {
    "date": "a day as YYYY-MM-DD",
    "month": "a month as YYYY-MM",
    "datetime": "a local time as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, without a time zone",
    "boolean": "true or false (1 and 0 are read too)",
    "integer": "a whole number without separators",
    "number": "a number without blanks or separators of thousands, with a decimal point or comma",
    "text": "text",
    "code": "text with its leading zeros",
}
_DAMAGED = ("the file is damaged: its rows cannot be read to the end", "deliver the file again")
_LARGE = (
    "the file unpacks to more than there is memory for",
    "look for values that are far too long, or write it again in smaller row groups",
)
_FOUR_DIGITS = (
    "write it as text of four digits; in a spreadsheet, format the column as text (0301 must not become 301)"
)

# the form of a text column in the data dictionary
_PLAIN_TEXT = re.compile(r"\[\^<>\]\{1,(\d+)\}")


def check_columns(context: CheckContext) -> Iterator[Problem]:
    """Columns that are missing, and further ones that are not read."""
    for opened in context.tables.values():
        for column in opened.table.columns:
            if column.required and column.name not in opened.present:
                yield Problem(
                    opened.table.name,
                    column.name,
                    "the column is required and missing",
                    f"add it, with {_FORMS[column.type]}{'; it may be empty' if column.empty else ''}",
                    "no_column",
                )
        for name in opened.unknown:
            what, remedy = (
                "the column is not known and was not read",
                "leave it out of the extract if it is not needed",
            )
            yield Problem(
                opened.table.name, shown_value(name), what, remedy, "unknown_column", severity="reported"
            )


def check_values(context: CheckContext) -> Iterator[Problem]:
    """Every rule on single rows, for each open table, from one scan of it; also notes the number of rows."""
    for name, opened in list(context.tables.items()):
        rules = [*_column_rules(opened), *row_rules(opened, context.manifest)]
        counted = [f"count(*) FILTER (WHERE {rule.broken})" for rule in rules]
        # counting every column reads every page, so that a damaged page is found here and not later
        every = [f"count({quoted(column)})" for column in sorted(opened.present)]
        try:
            (found,) = context.store.rows(
                f"SELECT {', '.join(['count(*)', *counted, *every])} FROM {opened.rows}"
            )
        except duckdb.Error as error:
            raise_if_full_disk(error)
            del context.tables[name]
            what, remedy = _LARGE if isinstance(error, duckdb.OutOfMemoryException) else _DAMAGED
            reason = str(error).splitlines()[0][:200]
            yield Problem(name, "", what, remedy, "unreadable_file", value=shown_value(reason))
            continue
        context.rows[name] = found[0]
        context.filled[name] = dict(zip(sorted(opened.present), found[1 + len(rules) :], strict=True))
        for rule, count in zip(rules, found[1:], strict=False):
            if count:
                yield problem_of(context.store, opened, rule, count)


def _column_rules(opened: OpenTable) -> Iterator[RowRule]:
    for column in opened.table.columns:
        if column.name not in opened.present:
            continue
        value, readable = quoted(column.name), "true"
        if column.name in opened.fallible:
            doubt = quoted(column.name + "?")
            readable = f"NOT {doubt}"
            stored = quoted(column.name + "!")
            what = f"the value cannot be read as {_kind(column)}{_stored_as(opened, column)}"
            yield RowRule(
                column.name, "unreadable", doubt, what, f"write {_FORMS[column.type]}", shown=stored
            )
        if not column.empty and column.type != "boolean":
            broken = f"{value} IS NULL AND {readable}"
            yield RowRule(
                column.name, "empty", broken, "the value is empty", f"fill in {_FORMS[column.type]}"
            )
        if column.format:
            broken = f"NOT regexp_full_match({value}, {literal(column.format)})"
            yield RowRule(column.name, *_wrong_form(broken, column.format), shown=value)
        if column.codes:
            yield _code_rule(column, value)


def _wrong_form(broken: str, form: str) -> tuple[str, str, str, str]:
    """Code, condition, fault and remedy of a value that has not the form of its column."""
    if text := _PLAIN_TEXT.fullmatch(form):
        what = f"the text has < or >, or more than {text[1]} characters"
        return "not_plain_text", broken, what, f"leave out < and >, and write at most {text[1]} characters"
    return "not_four_digits", broken, "the number is not four digits", _FOUR_DIGITS


def _stored_as(opened: OpenTable, column: ColumnSpec) -> str:
    """The type in the file if it is not text, since the type may be the reason."""
    stored = opened.stored_types.get(column.name, "VARCHAR")
    if stored == "VARCHAR":
        return ""
    if stored == INT96:
        return "; the file stores it as INT96, a time in UTC"
    if stored in {"FLOAT", "DOUBLE"}:
        return f"; the file stores it as {stored}, in which large keys are not exact"
    if stored == "UUID":
        return "; the file stores it as UUID: write that column as text"
    return f"; the file stores it as {stored}"


def _kind(column: ColumnSpec) -> str:
    return {"boolean": "true or false", "integer": "a whole number", "datetime": "a time"}.get(
        column.type, f"a {column.type}"
    )


def _code_rule(column: ColumnSpec, value: str) -> RowRule:
    accepted = sorted(codes.accepted(column.codes or ""))
    broken = f"{value} NOT IN ({listed(accepted)})"
    if column.codes == "tiltak":
        what, remedy = (
            "the tiltakskode is not known; it counts as a tiltak",
            "add it to navbook's code list if it is right",
        )
        return RowRule(column.name, "unknown_tiltakskode", broken, what, remedy, "reported", value)
    few = ", ".join(accepted) if len(accepted) <= 13 else f"one of the {len(accepted)} codes"
    remedy = f"write {few} (data/kodelister/{column.codes}.csv)"
    return RowRule(column.name, "unknown_code", broken, "the code is not known", remedy, shown=value)
