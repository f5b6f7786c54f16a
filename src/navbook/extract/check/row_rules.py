"""Rules on single rows beyond the type of a column: days in order, scales, and plausible values."""

from collections.abc import Iterator

from navbook.extract import codes
from navbook.extract.check.context import RowRule
from navbook.extract.manifest import Manifest
from navbook.extract.report import INVISIBLE
from navbook.extract.store import listed, literal
from navbook.extract.tables import OpenTable

MAX_AGE = 120
MAX_PERSONS = 10_000_000
MAX_DAGSVERK = 1_000_000
MAX_NUMBER = 1_000_000_000_000

_Needs = tuple[RowRule, tuple[str, ...]]
_CENTURY = "correct the year; a year of two digits may have been read into the wrong century"


def row_rules(opened: OpenTable, manifest: Manifest | None) -> Iterator[RowRule]:
    """The rules of a table whose columns are all in the file."""
    rules = [*_DAYS_IN_ORDER, *_TABLE_RULES.get(opened.table.name, ())]
    if manifest is not None:
        rules += _against_extract(opened.table.name, manifest)
    rules += [_damaged_letters(c.name) for c in opened.table.columns if c.type == "text"]
    rules += [_invisible(c.name) for c in opened.table.columns if c.type == "text"]
    rules += [_too_large(c.name) for c in opened.table.columns if c.type == "number"]
    for rule, needed in rules:
        if opened.present.issuperset(needed):
            yield rule


def _in_order(first: str, last: str) -> _Needs:
    what = f"{first} is after {last}"
    remedy = "correct the days; both are included, so a spell of one day has them equal"
    shown = f"{first} || ' > ' || {last}"
    return RowRule(first, "fom_after_tom", f"{first} > {last}", what, remedy, shown=shown), (first, last)


def _not_negative(column: str) -> _Needs:
    remedy = "correct it: a count or a number of days is 0 or more"
    rule = RowRule(column, "negative", f"{column} < 0", "the number is below 0", remedy, shown=column)
    return rule, (column,)


def _too_large(column: str) -> _Needs:
    what = "the number is larger than any real one"
    broken = f"abs({column}) > {MAX_NUMBER}"
    return RowRule(column, "too_large", broken, what, "correct it", shown=column), (column,)


def _damaged_letters(column: str) -> _Needs:
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


def _invisible(column: str) -> _Needs:
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


def _after_extract(column: str, day: str, severity: str) -> _Needs:
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


# what had happened when the extract was taken, by table; plans may lie after it
_HAPPENED = {
    "oppfolging": ("fom",),
    "sykmelding": ("fom",),
    "kandidatutfall": ("tidspunkt",),
    "serviceklage": ("mottatt", "behandlet"),
    "aktivitetskrav": ("vurdert",),
    "person": ("utvandringsdato",),
}


def _against_extract(table: str, manifest: Manifest) -> Iterator[_Needs]:
    day = f"DATE '{manifest.uttrekksdato}'"
    for column in _HAPPENED.get(table, ()):
        after = f"({day} + 1)" if column == "tidspunkt" else day
        yield _after_extract(column, after, "reported")
    if table in {"lonn", "fravaer_ansatte", "kommunale_tall", "tellinger"}:
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
_STILL_RUNNING = listed(sorted(codes.deltakerstatus_uten_tom()))
_IN_DAGSVERK = listed(
    sorted({kode.split("/")[0] for kode, unit in codes.series_units().items() if unit == "dagsverk"})
)


def _before_birth(column: str) -> _Needs:
    shown = f"{column} || ' < ' || fodselsdato"
    rule = RowRule(
        column,
        "before_birth",
        f"{column} < fodselsdato",
        f"{column} is before the birth",
        "correct the days",
        shown=shown,
    )
    return rule, (column, "fodselsdato")


def _whole_persons(column: str, counts: bool = True) -> tuple[_Needs, _Needs]:
    """Numbers of persons are whole and no more than there are; in counts only dagsverk may be a fraction."""
    persons = f"indikator NOT IN ({_IN_DAGSVERK})" if counts else "true"
    fraction = RowRule(
        column,
        "not_whole",
        f"{persons} AND {column} <> trunc({column})",
        "the number of persons is not whole",
        "correct it; write thousands without a point, 1012 and not 1.012",
        shown=column,
    )
    too_many = RowRule(
        column,
        "too_large",
        f"abs({column}) > {MAX_PERSONS}",
        "the number is larger than any office can have",
        "correct it",
        shown=column,
    )
    return (fraction, (column, "indikator") if counts else (column,)), (too_many, (column,))


_YEAR: _Needs = (
    RowRule(
        "ar",
        "out_of_range",
        "ar NOT BETWEEN 2000 AND 2100",
        "ar is not a year of four digits",
        "write the year as 2022",
        shown="ar",
    ),
    ("ar",),
)


def _at_most(column: str, limit: int) -> _Needs:
    what = "the number is larger than any office can have"
    return RowRule(column, "too_large", f"{column} > {limit}", what, "correct it", shown=column), (column,)


_TABLE_RULES: dict[str, tuple[_Needs, ...]] = {
    "kontor": (
        _not_negative("ansatte"),
        *(
            (
                RowRule(
                    column,
                    "reserved_number",
                    f"{column} = '0000'",
                    "0000 is the number of the country in the edition",
                    "give the unit its own number",
                ),
                (column,),
            )
            for column in ("enhetsnr", "fylke_enhetsnr")
        ),
    ),
    "person": (_before_birth("dodsdato"), _before_birth("utvandringsdato")),
    "arbeidsforhold": (
        _not_negative("stillingsprosent"),
        (
            RowRule(
                "stillingsprosent",
                "out_of_range",
                "stillingsprosent > 200",
                "stillingsprosent is over 200",
                "check that it is in per cent of a full position",
                severity="reported",
                shown="stillingsprosent",
            ),
            ("stillingsprosent",),
        ),
    ),
    "tiltak": (
        (
            RowRule(
                "tom",
                "tom_missing",
                f"tom IS NULL AND deltakerstatus NOT IN ({_STILL_RUNNING})",
                "tom is empty though the participation has ended",
                "fill in the last day; it may be empty for one who takes part now or never began",
                shown="deltakerstatus",
            ),
            ("tom", "deltakerstatus"),
        ),
    ),
    "sykmelding": (
        (
            RowRule(
                "grad",
                "out_of_range",
                "grad NOT BETWEEN 0 AND 100",
                "grad is not 0 to 100",
                "correct it",
                shown="grad",
            ),
            ("grad",),
        ),
        (
            RowRule(
                "grad",
                "wrong_scale",
                "grad > 0 AND grad < 1",
                "grad is a share and not a per cent",
                "write grad as a number from 0 to 100",
                shown="grad",
            ),
            ("grad",),
        ),
    ),
    "tellinger": (
        (
            RowRule(
                "x", "x_over_n", "x > n", "x is greater than n", "correct the counts", shown="x || ' > ' || n"
            ),
            ("x", "n"),
        ),
        _not_negative("x"),
        _not_negative("n"),
        *_whole_persons("x"),
        *_whole_persons("n"),
    ),
    "fravaer_ansatte": (
        (
            RowRule(
                "avtalte_dagsverk",
                "x_over_n",
                "egenmeldt_dagsverk + legemeldt_dagsverk > avtalte_dagsverk",
                "more days lost than agreed",
                "correct the numbers: lost days are part of the agreed ones",
                shown="(egenmeldt_dagsverk + legemeldt_dagsverk) || ' > ' || avtalte_dagsverk",
            ),
            ("avtalte_dagsverk", "egenmeldt_dagsverk", "legemeldt_dagsverk"),
        ),
        _not_negative("avtalte_dagsverk"),
        _not_negative("egenmeldt_dagsverk"),
        _not_negative("legemeldt_dagsverk"),
        _not_negative("ansatte"),
        _at_most("avtalte_dagsverk", MAX_DAGSVERK),
    ),
    "lokale_mal": (_not_negative("mal"), _YEAR),
    "kommunale_tall": (_not_negative("verdi"), *_whole_persons("verdi", counts=False)),
    "kommunale_mal": (_YEAR,),
}
