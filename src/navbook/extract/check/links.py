"""Rules between tables: persons are in `person`, offices in `kontor`; no person has too many rows."""

from collections.abc import Iterator

from navbook.extract.check.context import CheckContext
from navbook.extract.report import MAX_KEYS, Problem, shown_value
from navbook.extract.store import quoted
from navbook.extract.tables import OpenTable

MAX_ROWS_OF_ONE = 10_000
_CERTIFICATE = "sykmelding_id"
LONGEST_CASE_DAYS = 366


def check_persons(context: CheckContext) -> Iterator[Problem]:
    """Persons that are not in `person`, and persons with too many rows in a table."""
    tables = context.with_columns("person_id")
    for opened in tables:
        _count_persons(context, opened)
    for opened in tables:
        yield from _too_many(context, opened)
        if _has_keys(context):
            yield from _strangers(context, opened)


def _has_keys(context: CheckContext) -> bool:
    """Whether any key of `person` can be read: if none can, that is the problem to tell, not its effects."""
    person = context.tables.get("person")
    if person is None or "person_id" not in person.present:
        return False
    return not context.rows.get("person") or bool(context.filled.get("person", {}).get("person_id"))


def persons_table(name: str) -> str:
    """The temporary table of a table's persons, made by `check_persons`: their number of rows, and days."""
    return quoted(f"persons {name}")


def _count_persons(context: CheckContext, opened: OpenTable) -> None:
    context.store.run(
        f"CREATE OR REPLACE TEMP TABLE {persons_table(opened.table.name)} AS SELECT person_id, count(*) AS n"
        f"{_months_seen(context, opened)}{_days_seen(opened)} FROM {opened.rows} "
        "WHERE person_id IS NOT NULL GROUP BY person_id"
    )


def _days_seen(opened: OpenTable) -> str:
    """The earliest and the latest day on which a row of the person begins."""
    day = opened.table.day_column
    if day is None or day == "maned" or day not in opened.present:
        return ""
    return f", min({day}) AS first_day, max({day}) AS last_day"


def _months_seen(context: CheckContext, opened: OpenTable) -> str:
    """For kontakt also a bit set of the months with a contact, from the same scan."""
    if opened.table.name != "kontakt" or not context.manifest or "dato" not in opened.present:
        return ""
    month = f"datediff('month', DATE '{context.manifest.dekker_fom}', dato)"
    inside = f"{month} BETWEEN 0 AND {MONTH_BITS - 1}"
    # the shift is also computed for days that the filter removes
    within = f"greatest(0, least({month}, {MONTH_BITS - 1}))"
    return f", bit_or(CAST(1 AS HUGEINT) << {within}) FILTER (WHERE {inside}) AS months"


MONTH_BITS = 120


def _too_many(context: CheckContext, opened: OpenTable) -> Iterator[Problem]:
    counted = f"FROM {persons_table(opened.table.name)} WHERE n > {MAX_ROWS_OF_ONE}"
    total = context.store.row(f"SELECT count(*) AS persons, max(n) AS most {counted}")
    if total["persons"]:
        rows = context.store.rows(
            f"SELECT person_id, n {counted} ORDER BY n DESC, person_id LIMIT {MAX_KEYS}"
        )
        yield Problem(
            opened.table.name,
            "person_id",
            f"a person has more than {MAX_ROWS_OF_ONE:,} rows in the table",
            "look for a placeholder used as key, or rows that were joined wrongly",
            "too_many_rows",
            keys=tuple(f"{shown_value(person)} ({n:,} rows)" for person, n in rows),
            count=total["persons"],
            value=f"{total['most']:,} rows",
        )


def _strangers(context: CheckContext, opened: OpenTable) -> Iterator[Problem]:
    missing = f"FROM {persons_table(opened.table.name)} ANTI JOIN {persons_table('person')} USING (person_id)"
    total = context.store.row(f"SELECT count(*) AS persons {missing}")["persons"]
    if total:
        rows = context.store.rows(f"SELECT person_id {missing} ORDER BY person_id LIMIT {MAX_KEYS}")
        yield Problem(
            opened.table.name,
            "person_id",
            "the person is not in person",
            "add a row to person, or write the key the same way in both tables (leading zeros and, in "
            "Parquet, blanks count)",
            "unknown_person",
            keys=tuple(shown_value(person) for (person,) in rows),
            count=total,
        )


def check_certificates(context: CheckContext) -> Iterator[Problem]:
    """Certificates of `aktivitetskrav` that are not in `sykmelding`, and assessments long before them."""
    needed = ("aktivitetskrav", "sykmelding")
    if not all(name in context.tables and context.tables[name].present >= {_CERTIFICATE} for name in needed):
        return
    assessed, issued = (context.tables[name].rows for name in needed)
    missing = (
        f"FROM (SELECT DISTINCT {_CERTIFICATE} FROM {assessed} WHERE {_CERTIFICATE} IS NOT NULL) "
        f"ANTI JOIN (SELECT {_CERTIFICATE} FROM {issued}) USING ({_CERTIFICATE})"
    )
    total = context.store.row(f"SELECT count(*) AS n {missing}")["n"]
    if total:
        rows = context.store.rows(f"SELECT {_CERTIFICATE} {missing} ORDER BY {_CERTIFICATE} LIMIT {MAX_KEYS}")
        yield Problem(
            "aktivitetskrav",
            _CERTIFICATE,
            "the certificate is not in sykmelding",
            "write the key the same way in both tables (leading zeros count), or add the certificate",
            "unknown_certificate",
            keys=tuple(shown_value(key) for (key,) in rows),
            count=total,
        )
    if "vurdert" in context.tables[needed[0]].present and "fom" in context.tables[needed[1]].present:
        yield from _assessed_early(context, assessed, issued)


def _assessed_early(context: CheckContext, assessed: str, issued: str) -> Iterator[Problem]:
    """Assessments so long before the certificate that they are of another case: they would count."""
    early = (
        f"FROM {assessed} JOIN (SELECT {_CERTIFICATE}, min(fom) AS fom FROM {issued} GROUP BY 1) "
        f"USING ({_CERTIFICATE}) WHERE vurdert < fom - {LONGEST_CASE_DAYS}"
    )
    rows = context.store.rows(f"SELECT DISTINCT {_CERTIFICATE} {early} ORDER BY 1")
    if rows:
        yield Problem(
            "aktivitetskrav",
            "vurdert",
            "the assessment is more than a year before the certificate",
            "correct the day or the key: it would count as an assessment in time",
            "assessed_early",
            severity="reported",
            keys=tuple(shown_value(key) for (key,) in rows[:MAX_KEYS]),
            count=len(rows),
        )


def check_offices(context: CheckContext) -> Iterator[Problem]:
    """Office numbers, successors included, that are not in `kontor`."""
    if context.register is None:
        return
    known = set(context.register.offices)
    columns = [
        (opened, "enhetsnr") for opened in context.with_columns("enhetsnr") if opened.table.name != "kontor"
    ]
    columns += [(opened, "etterfolger") for opened in context.with_columns("etterfolger")]
    for opened, column in columns:
        met = context.store.rows(
            f"SELECT {column}, count(*) FROM {opened.rows} WHERE {column} IS NOT NULL GROUP BY 1"
        )
        unknown = {number: rows for number, rows in met if number not in known}
        if unknown:
            yield _unknown_office(opened.table.name, column, unknown, known)


def _unknown_office(table: str, column: str, unknown: dict[str, int], known: set[str]) -> Problem:
    remedy = "correct the number, or add the office to kontor with the days it was valid"
    if any(number.zfill(4) in known for number in unknown):
        remedy = "codes are text with leading zeros: in a spreadsheet, format the column as text"
    return Problem(
        table,
        column,
        "the office is not in kontor",
        remedy,
        "unknown_office",
        keys=tuple(
            f"{shown_value(number)} ({unknown[number]:,} rows)" for number in sorted(unknown)[:MAX_KEYS]
        ),
        count=sum(unknown.values()),
        value=", ".join(shown_value(number) for number in sorted(unknown)[:5]),
    )
