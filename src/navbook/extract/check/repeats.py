"""Rows that say the same twice, contradict each other, or overlap."""

from collections.abc import Iterator

from navbook.extract import codes
from navbook.extract.check.subject import Subject
from navbook.extract.duplicates import superfluous_rows, view_of_single_rows
from navbook.extract.report import MAX_KEYS, Problem, Severity, shown_value
from navbook.extract.store import listed, quoted

_KEYS = {
    "person": ("person_id",),
    "oppfolging": ("person_id", "fom", "enhetsnr"),
    "tellinger": ("indikator", "gruppe", "enhetsnr", "maned"),
}
_FOLLOWED = (
    "(formidlingsgruppe = 'ARBS' OR (formidlingsgruppe = 'IARBS' "
    f"AND innsatsgruppe IN ({listed(sorted(codes.innsatsgrupper_under_oppfolging()))})))"
)
# spells of one thing, which nobody is in twice at a time; several jobs at a time are as they should be
_SPELLS = {
    "oppfolging": ("person_id", _FOLLOWED),
    "ytelse": ("person_id, ytelse", "true"),
    "tiltak": ("person_id, tiltakskode", "true"),
}


def check_repeats(subject: Subject) -> Iterator[Problem]:
    """Equal rows (reported), rows of one key that differ (invalid), overlapping spells (reported)."""
    for name, opened in subject.tables.items():
        if view_of_single_rows(subject.store, opened) and (count := superfluous_rows(subject.store, opened)):
            what = "rows are equal in all columns; each is counted once"
            remedy = "nothing, unless they are different cases: then the extract lacks what tells them apart"
            yield Problem(name, "", what, remedy, "equal_rows", severity="reported", count=count)
        if name in _KEYS and opened.present.issuperset(_KEYS[name]):
            yield from _contradictions(subject, name, _KEYS[name])
        if name == "kandidatutfall" and "id" in opened.present:
            # the contract lets the highest id win; two rows with one id are in no order, but may never meet
            yield from _contradictions(subject, name, ("id",), "repeated_id", "reported")
        if name in _SPELLS and opened.present.issuperset(
            column.name for column in opened.table.columns if column.required
        ):
            yield from _overlaps(subject, name)


def _contradictions(
    subject: Subject,
    name: str,
    columns: tuple[str, ...],
    code: str = "contradiction",
    severity: Severity = "invalid",
) -> Iterator[Problem]:
    key = ", ".join(columns)
    filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    twice = f"FROM {quoted(name)} WHERE {filled} GROUP BY {key} HAVING count(*) > 1"
    total = subject.store.row(f"SELECT count(*) AS n FROM (SELECT {key} {twice})")["n"]
    if total:
        rows = subject.store.rows(f"SELECT {key} {twice} ORDER BY {key} LIMIT {MAX_KEYS}")
        yield Problem(
            name,
            key,
            f"rows with the same {key} differ in other columns",
            "keep the row that is right",
            code,
            severity=severity,
            keys=tuple(", ".join(shown_value(part) for part in row) for row in rows),
            count=total,
        )


def _overlaps(subject: Subject, name: str) -> Iterator[Problem]:
    unit, chosen = _SPELLS[name]
    # a row overlaps an earlier one if it begins before the latest end so far
    earlier = (
        f"max(coalesce(tom, DATE '9999-12-31')) OVER (PARTITION BY {unit} ORDER BY fom, tom "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    )
    marked = f"SELECT person_id, fom, {earlier} AS latest FROM {quoted(name)} WHERE {chosen}"
    overlapping = f"FROM {quoted('overlapping')}"
    subject.store.run(
        f"CREATE OR REPLACE TEMP TABLE {quoted('overlapping')} AS SELECT person_id, fom FROM ({marked}) "
        "WHERE fom <= latest"
    )
    total = subject.store.row(f"SELECT count(*) AS n {overlapping}")["n"]
    if total:
        rows = subject.store.rows(
            f"SELECT person_id, fom {overlapping} ORDER BY person_id, fom LIMIT {MAX_KEYS}"
        )
        yield Problem(
            name,
            "fom",
            f"rows of one {unit.replace(', ', ' and ')} overlap",
            "nothing if that is how it was registered; the contract says which row counts",
            "overlap",
            severity="reported",
            keys=tuple(f"{shown_value(person)} from {fom}" for person, fom in rows),
            count=total,
        )
