"""Refuses tables whose number of rows alone shows that some person has far too many."""

from collections.abc import Iterator

from navbook.extract.check.context import CheckContext
from navbook.extract.check.links import MAX_ROWS_OF_ONE
from navbook.extract.report import Problem
from navbook.extract.tables import OpenTable

# smaller tables are read, so that the persons can be named
MAX_READ = 10_000_000


def check_sizes(context: CheckContext) -> Iterator[Problem]:
    """Tables with more rows than the persons in `person` can have; they are not read.

    A file of a few kilobytes can hold a billion equal rows. Reading them all would take minutes.
    """
    if "person" not in context.tables:
        return
    persons = _rows(context, context.tables["person"])
    for opened in context.with_columns("person_id"):
        rows = _rows(context, opened)
        if rows > max(MAX_READ, persons * MAX_ROWS_OF_ONE):
            del context.tables[opened.table.name]
            context.rows[opened.table.name] = rows
            yield Problem(
                opened.table.name,
                "person_id",
                f"a person has more than {MAX_ROWS_OF_ONE:,} rows in the table, or is not in person: "
                f"there are {persons:,} persons",
                "check where the file comes from, and whether rows were joined wrongly",
                "too_many_rows",
                value=f"{rows:,} rows",
            )


def _rows(context: CheckContext, opened: OpenTable) -> int:
    """The number of rows in the metadata of the file; no row is read."""
    return int(context.store.row(f"SELECT count(*) AS n FROM {opened.stored}")["n"])
