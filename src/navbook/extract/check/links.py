"""Rules between tables: persons stand in `person`, offices in `kontor`, and no person fills a table."""

from collections.abc import Iterator

from navbook.extract.check.subject import Subject
from navbook.extract.report import MAX_KEYS, Problem, shown_value
from navbook.extract.store import quoted
from navbook.extract.tables import OpenTable

MAX_ROWS_OF_ONE = 10_000


def check_persons(subject: Subject) -> Iterator[Problem]:
    """Persons that `person` lacks, and persons with more rows in a table than anybody's life gives."""
    tables = subject.with_columns("person_id")
    for opened in tables:
        _count_persons(subject, opened)
    for opened in tables:
        yield from _too_many(subject, opened)
        if "person" in subject.tables and "person_id" in subject.tables["person"].present:
            yield from _strangers(subject, opened)


def persons_table(name: str) -> str:
    """The temporary table with the number of rows of each person, made by `check_persons`."""
    return quoted(f"persons {name}")


def _count_persons(subject: Subject, opened: OpenTable) -> None:
    subject.store.run(
        f"CREATE OR REPLACE TEMP TABLE {persons_table(opened.table.name)} AS SELECT person_id, count(*) AS n"
        f"{_months_seen(subject, opened)} FROM {opened.rows} WHERE person_id IS NOT NULL GROUP BY person_id"
    )


def _months_seen(subject: Subject, opened: OpenTable) -> str:
    """For kontakt also the months of the cover with a contact, as bits, since one scan can give both."""
    if opened.table.name != "kontakt" or not subject.manifest or "dato" not in opened.present:
        return ""
    month = f"datediff('month', DATE '{subject.manifest.dekker_fom}', dato)"
    inside = f"{month} BETWEEN 0 AND {MONTH_BITS - 1}"
    # the filter does not keep the shift from being computed for the days outside it
    within = f"greatest(0, least({month}, {MONTH_BITS - 1}))"
    return f", bit_or(CAST(1 AS HUGEINT) << {within}) FILTER (WHERE {inside}) AS months"


MONTH_BITS = 120


def _too_many(subject: Subject, opened: OpenTable) -> Iterator[Problem]:
    counted = f"FROM {persons_table(opened.table.name)} WHERE n > {MAX_ROWS_OF_ONE}"
    total = subject.store.row(f"SELECT count(*) AS persons, max(n) AS most {counted}")
    if total["persons"]:
        rows = subject.store.rows(
            f"SELECT person_id, n {counted} ORDER BY n DESC, person_id LIMIT {MAX_KEYS}"
        )
        yield Problem(
            opened.table.name,
            "person_id",
            f"a person has more than {MAX_ROWS_OF_ONE:,} rows in the table",
            "look for a key that was filled in for all, or rows that were joined wrongly",
            "too_many_rows",
            keys=tuple(f"{shown_value(person)} ({n:,} rows)" for person, n in rows),
            count=total["persons"],
            value=f"{total['most']:,} rows",
        )


def _strangers(subject: Subject, opened: OpenTable) -> Iterator[Problem]:
    missing = f"FROM {persons_table(opened.table.name)} ANTI JOIN {persons_table('person')} USING (person_id)"
    total = subject.store.row(f"SELECT count(*) AS persons {missing}")["persons"]
    if total:
        rows = subject.store.rows(f"SELECT person_id {missing} ORDER BY person_id LIMIT {MAX_KEYS}")
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


def check_offices(subject: Subject) -> Iterator[Problem]:
    """Office numbers, successors included, that `kontor` lacks."""
    if subject.register is None:
        return
    known = set(subject.register.offices)
    columns = [
        (opened, "enhetsnr") for opened in subject.with_columns("enhetsnr") if opened.table.name != "kontor"
    ]
    columns += [(opened, "etterfolger") for opened in subject.with_columns("etterfolger")]
    for opened, column in columns:
        met = subject.store.rows(
            f"SELECT {column}, count(*) FROM {opened.rows} WHERE {column} IS NOT NULL GROUP BY 1"
        )
        unknown = {number: rows for number, rows in met if number not in known}
        if unknown:
            yield _unknown_office(opened.table.name, column, unknown, known)


def _unknown_office(table: str, column: str, unknown: dict[str, int], known: set[str]) -> Problem:
    remedy = "correct the number, or add the office to kontor with the days it was valid"
    if any(number.zfill(4) in known for number in unknown):
        remedy = (
            "codes are text with their leading zeros: a spreadsheet that makes 0301 into 301 must be told so"
        )
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
