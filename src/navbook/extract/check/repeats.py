"""Duplicate rows, rows with the same key that differ, and overlapping spells."""

from collections.abc import Iterator

from navbook.extract import codes
from navbook.extract.check.context import CheckContext
from navbook.extract.duplicates import count_duplicates, create_distinct_view
from navbook.extract.report import MAX_KEYS, Problem, Severity, shown_value
from navbook.extract.store import listed, quoted

_KEYS = {
    "person": ("person_id",),
    "oppfolging": ("person_id", "fom", "enhetsnr"),
    "sykmelding": ("sykmelding_id", "fom"),
    "tellinger": ("indikator", "gruppe", "enhetsnr", "maned"),
    "fravaer_ansatte": ("enhetsnr", "maned"),
    "lokale_mal": ("enhetsnr", "ar", "parameter"),
    "kontor_kommune": ("enhetsnr", "kommunenr", "gyldig_fom"),
    "kommunale_tall": ("kommunenr", "maned", "tall"),
    "kommunale_mal": ("kommunenr", "ar", "mal"),
    "arbeidsmarked": ("arbeidsmarkedsregion", "maned"),
}
_FOLLOWED = (
    "(formidlingsgruppe = 'ARBS' OR (formidlingsgruppe = 'IARBS' "
    f"AND innsatsgruppe IN ({listed(sorted(codes.innsatsgrupper_under_oppfolging()))})))"
)
# spells of which a person has one at a time; several jobs at the same time are normal
_SPELLS = {
    "oppfolging": ("person_id", _FOLLOWED),
    "ytelse": ("person_id, ytelse", "true"),
    "tiltak": ("person_id, tiltakskode", "true"),
}


def check_repeats(context: CheckContext) -> Iterator[Problem]:
    """Equal rows (reported), rows of one key that differ (invalid), overlapping spells (reported)."""
    for name, opened in context.tables.items():
        if create_distinct_view(context.store, opened) and (count := count_duplicates(context.store, opened)):
            what = "rows are equal in all columns and counted once"
            remedy = "nothing, unless they are different cases: then add a column that distinguishes them"
            yield Problem(name, "", what, remedy, "equal_rows", severity="reported", count=count)
        if name in _KEYS and opened.present.issuperset(_KEYS[name]):
            yield from _contradictions(context, name, _KEYS[name])
        if name == "kandidatutfall" and "id" in opened.present:
            # the highest id counts; rows with the same id have no order, which matters only within a month
            yield from _contradictions(context, name, ("id",), "repeated_id", "reported")
        if name == "sykmelding" and opened.present.issuperset(("sykmelding_id", "person_id")):
            yield from _shared_certificates(context)
        if name in _SPELLS and opened.present.issuperset(
            column.name for column in opened.table.columns if column.required
        ):
            yield from _overlaps(context, name)


def _contradictions(
    context: CheckContext,
    name: str,
    columns: tuple[str, ...],
    code: str = "contradiction",
    severity: Severity = "invalid",
) -> Iterator[Problem]:
    key = ", ".join(columns)
    filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    twice = f"FROM {quoted(name)} WHERE {filled} GROUP BY {key} HAVING count(*) > 1"
    total = context.store.row(f"SELECT count(*) AS n FROM (SELECT {key} {twice})")["n"]
    if total:
        rows = context.store.rows(f"SELECT {key} {twice} ORDER BY {key} LIMIT {MAX_KEYS}")
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


def _shared_certificates(context: CheckContext) -> Iterator[Problem]:
    """Certificates of more than one person."""
    shared = (
        "FROM sykmelding WHERE sykmelding_id IS NOT NULL GROUP BY sykmelding_id "
        "HAVING count(DISTINCT person_id) > 1"
    )
    total = context.store.row(f"SELECT count(*) AS n FROM (SELECT sykmelding_id {shared})")["n"]
    if total:
        rows = context.store.rows(f"SELECT sykmelding_id {shared} ORDER BY 1 LIMIT {MAX_KEYS}")
        yield Problem(
            "sykmelding",
            "sykmelding_id",
            "a certificate belongs to more than one person",
            "give each certificate a key of its own",
            "contradiction",
            keys=tuple(shown_value(key) for (key,) in rows),
            count=total,
        )


def _overlaps(context: CheckContext, name: str) -> Iterator[Problem]:
    unit, chosen = _SPELLS[name]
    # a row overlaps an earlier one if it begins before the latest end so far
    earlier = (
        f"max(coalesce(tom, DATE '9999-12-31')) OVER (PARTITION BY {unit} ORDER BY fom, tom "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    )
    marked = f"SELECT person_id, fom, {earlier} AS latest FROM {quoted(name)} WHERE {chosen}"
    overlapping = f"FROM {quoted('overlapping')}"
    context.store.run(
        f"CREATE OR REPLACE TEMP TABLE {quoted('overlapping')} AS SELECT person_id, fom FROM ({marked}) "
        "WHERE fom <= latest"
    )
    total = context.store.row(f"SELECT count(*) AS n {overlapping}")["n"]
    if total:
        rows = context.store.rows(
            f"SELECT person_id, fom {overlapping} ORDER BY person_id, fom LIMIT {MAX_KEYS}"
        )
        yield Problem(
            name,
            "fom",
            f"rows of one {unit.replace(', ', ' and ')} overlap",
            "nothing if it was registered so; the contract says which row counts",
            "overlap",
            severity="reported",
            keys=tuple(f"{shown_value(person)} from {fom}" for person, fom in rows),
            count=total,
        )
