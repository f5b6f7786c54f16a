"""Rules on single rows beyond the type of a column: days in order, scales, and plausible values."""

from collections.abc import Iterator

from navbook.extract.check.context import RowRule
from navbook.extract.check.table_rules import TABLE_RULES, Needs
from navbook.extract.manifest import Manifest
from navbook.extract.report import INVISIBLE
from navbook.extract.store import literal
from navbook.extract.tables import OpenTable

MAX_AGE = 120
MAX_NUMBER = 1_000_000_000_000

# texts that may have several lines
_LONG = {"mal"}
_LINE_BREAK = r"[\n\r\x{2028}\x{2029}]"

_CENTURY = "correct the year; a year of two digits may have been read into the wrong century"


def row_rules(opened: OpenTable, manifest: Manifest | None) -> Iterator[RowRule]:
    """The rules of a table whose columns are all in the file."""
    rules = [*_DAYS_IN_ORDER, *TABLE_RULES.get(opened.table.name, ())]
    if manifest is not None:
        rules += _against_extract(opened.table.name, manifest)
    rules += [_damaged_letters(c.name) for c in opened.table.columns if c.type == "text"]
    rules += [_invisible(c.name) for c in opened.table.columns if c.type == "text"]
    rules += [_line_break(c.name) for c in opened.table.columns if c.type == "text" and c.name not in _LONG]
    rules += [_too_large(c.name) for c in opened.table.columns if c.type == "number"]
    for rule, needed in rules:
        if opened.present.issuperset(needed):
            yield rule


def _in_order(first: str, last: str) -> Needs:
    what = f"{first} is after {last}"
    remedy = "correct the days; both are included, so a spell of one day has them equal"
    shown = f"{first} || ' > ' || {last}"
    return RowRule(first, "fom_after_tom", f"{first} > {last}", what, remedy, shown=shown), (first, last)


def _too_large(column: str) -> Needs:
    what = "the number is larger than any real one"
    broken = f"abs({column}) > {MAX_NUMBER}"
    return RowRule(column, "too_large", broken, what, "correct it", shown=column), (column,)


def _damaged_letters(column: str) -> Needs:
    """Text that was UTF-8 and was read as Latin-1 before it was saved, or lost its letters."""
    rule = RowRule(
        column,
        "damaged_letters",
        f"regexp_matches({column}, '\u00c3[\u0080-\u00bf\u2020\u02dc\u2026]|\ufffd')",
        "the letters are damaged: the text was read in the wrong encoding before it was saved",
        "export the table again as UTF-8",
        shown=column,
    )
    return rule, (column,)


def _invisible(column: str) -> Needs:
    """Text with characters that take no room, change the direction of what follows, or control a terminal."""
    rule = RowRule(
        column,
        "invisible_characters",
        f"regexp_matches({column}, {literal(INVISIBLE)})",
        "the text has invisible characters, which can change how it reads",
        "remove them",
        shown=column,
    )
    return rule, (column,)


def _line_break(column: str) -> Needs:
    """A name of several lines: on a page, what follows the first line would be a heading or a list."""
    rule = RowRule(
        column,
        "line_break",
        f"regexp_matches({column}, {literal(_LINE_BREAK)})",
        "the text has a line break",
        "write it on one line",
        shown=column,
    )
    return rule, (column,)


def _after_extract(column: str, day: str, severity: str) -> Needs:
    what = f"{column} is after the day of the extract"
    rule = RowRule(
        column,
        "after_extract",
        f"{column} > {day}",
        what,
        _CENTURY,
        severity="invalid" if severity == "invalid" else "reported",
        shown=column,
    )
    return rule, (column,)


def _completed_later(day: str) -> Needs:
    rule = RowRule(
        "dato",
        "after_extract",
        f"dato > {day} AND status = 'FULLFORT'",
        "the contact was completed after the day of the extract",
        _CENTURY,
        severity="reported",
        shown="dato",
    )
    return rule, ("dato", "status")


# what had happened when the extract was taken, by table; plans may lie after it
_HAPPENED = {
    "oppfolging": ("fom",),
    "sykmelding": ("fom",),
    "kandidatutfall": ("tidspunkt",),
    "serviceklage": ("mottatt", "behandlet"),
    "nyansettelse": ("dato",),
    "aktivitetskrav": ("vurdert",),
    "person": ("utvandringsdato",),
}


def _against_extract(table: str, manifest: Manifest) -> Iterator[Needs]:
    day = f"DATE '{manifest.uttrekksdato}'"
    for column in _HAPPENED.get(table, ()):
        after = f"({day} + 1)" if column == "tidspunkt" else day
        yield _after_extract(column, after, "reported")
    if table == "kontakt":
        yield _completed_later(day)
    if table in {"lonn", "fravaer_ansatte", "kommunale_tall", "arbeidsmarked", "tellinger"}:
        month = f"'{manifest.uttrekksdato.isoformat()[:7]}'"
        yield _after_extract("maned", month, "invalid" if table == "tellinger" else "reported")
    if table != "person":
        return
    yield _after_extract("fodselsdato", day, "invalid")
    yield _after_extract("dodsdato", day, "invalid")
    oldest = f"({day} - INTERVAL {MAX_AGE} YEAR)"
    too_old = RowRule(
        "fodselsdato",
        "born_too_early",
        f"fodselsdato < {oldest}",
        f"the person would be more than {MAX_AGE} years old",
        "correct the day; a day such as 1900-01-01 may be a placeholder",
        shown="fodselsdato",
    )
    yield too_old, ("fodselsdato",)


_DAYS_IN_ORDER = (_in_order("fom", "tom"), _in_order("gyldig_fom", "gyldig_tom"))
