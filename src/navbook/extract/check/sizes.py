"""Tables of which the number of rows alone shows that somebody has more than anybody's life gives."""

from collections.abc import Iterator

from navbook.extract.check.links import MAX_ROWS_OF_ONE
from navbook.extract.check.subject import Subject
from navbook.extract.report import Problem
from navbook.extract.tables import OpenTable

# what is smaller is read, and the persons are named
MAX_READ = 10_000_000


def check_sizes(subject: Subject) -> Iterator[Problem]:
    """Tables with more rows than the persons in `person` can have; they are not read.

    A file of a few kilobytes can hold a billion equal rows. Reading them all to say so would take minutes.
    """
    if "person" not in subject.tables:
        return
    persons = _rows(subject, subject.tables["person"])
    for opened in subject.with_columns("person_id"):
        rows = _rows(subject, opened)
        if rows > max(MAX_READ, persons * MAX_ROWS_OF_ONE):
            del subject.tables[opened.table.name]
            subject.rows[opened.table.name] = rows
            yield Problem(
                opened.table.name,
                "person_id",
                f"a person has more than {MAX_ROWS_OF_ONE:,} rows in the table, or is not in person: "
                f"there are {persons:,} persons",
                "check where the file comes from, and whether rows were joined wrongly",
                "too_many_rows",
                value=f"{rows:,} rows",
            )


def _rows(subject: Subject, opened: OpenTable) -> int:
    """Told by the file's own head, so no row is read."""
    return int(subject.store.row(f"SELECT count(*) AS n FROM {opened.stored}")["n"])
