"""Rows of persons outside their lives: before the birth or after the death. They are reported."""

from collections.abc import Iterator

from navbook.extract.check.context import CheckContext
from navbook.extract.check.links import persons_table
from navbook.extract.report import MAX_KEYS, Problem, shown_value

# (code, condition, what is wrong, what to do)
_OUTSIDE = (
    (
        "row_before_birth",
        "first_day < fodselsdato",
        "a row begins before the person was born",
        "correct the day; a day such as 1900-01-01 may be a placeholder",
    ),
    (
        "row_after_death",
        "last_day > dodsdato",
        "a row begins after the person died",
        "correct the days, or the key if it is another person",
    ),
)


def check_lives(context: CheckContext) -> Iterator[Problem]:
    """Tables with rows that begin before the birth or after the death of their person."""
    person = context.tables.get("person")
    if person is None or not person.present.issuperset(("person_id", "fodselsdato", "dodsdato")):
        return
    for opened in context.with_columns("person_id"):
        day = opened.table.day_column
        if day is None or day == "maned" or day not in opened.present:
            continue
        for code, outside, what, remedy in _OUTSIDE:
            chosen = (
                f"FROM (SELECT DISTINCT person_id FROM {persons_table(opened.table.name)} "
                f"JOIN {person.rows} USING (person_id) WHERE {outside})"
            )
            total = context.store.row(f"SELECT count(*) AS n {chosen}")["n"]
            if total:
                rows = context.store.rows(f"SELECT person_id {chosen} ORDER BY 1 LIMIT {MAX_KEYS}")
                yield Problem(
                    opened.table.name,
                    day,
                    what,
                    remedy,
                    code,
                    severity="reported",
                    keys=tuple(shown_value(key) for (key,) in rows),
                    count=total,
                )
