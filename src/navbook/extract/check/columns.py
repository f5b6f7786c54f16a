"""Rules on complete columns: scale of the numbers, columns without values, unknown series and goals."""

from collections.abc import Iterator

from navbook.extract import codes
from navbook.extract.check.context import CheckContext
from navbook.extract.report import MAX_KEYS, Problem, Severity, shown_value
from navbook.extract.store import literal, quoted
from navbook.extract.tables import OpenTable
from navbook.letters import LetterError, letter_for

MIN_ROWS_TO_EXPECT_VALUES = 200
MIN_ROWS_OF_SHARES = 2
_THOUSANDS = literal(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
_FRACTION = literal(r".*[.,].*")


def check_columns_as_whole(context: CheckContext) -> Iterator[Problem]:
    """Problems that no single row shows."""
    for opened in context.tables.values():
        yield from _thousands(context, opened)
        yield from _empty_columns(context, opened)
    yield from _grade_as_share(context)
    yield from _all_below(context, "arbeidsforhold", ("stillingsprosent",), "stillingsprosent")
    yield from _all_below(
        context, "fravaer_ansatte", ("egenmeldt_dagsverk", "legemeldt_dagsverk"), "days lost"
    )
    yield from _unknown_series(context)
    yield from _goals(context)


def _thousands(context: CheckContext, opened: OpenTable) -> Iterator[Problem]:
    """Text columns of numbers in which every point or comma looks like a separator of thousands."""
    columns = [
        column.name
        for column in opened.table.columns
        if column.type in {"number", "integer"}
        and column.name in opened.present
        and opened.stored_types.get(column.name) == "VARCHAR"
    ]
    if not columns:
        return
    counted = [
        f"count(*) FILTER (WHERE regexp_full_match({quoted(name)}, {pattern}))"
        for name in columns
        for pattern in (_THOUSANDS, _FRACTION)
    ]
    (found,) = context.store.rows(f"SELECT {', '.join(counted)} FROM {opened.stored}")
    for name, thousands, fractions in zip(columns, found[::2], found[1::2], strict=True):
        if thousands and thousands == fractions:
            yield Problem(
                opened.table.name,
                name,
                "every number with a point has three digits after it, as with a separator of thousands",
                "check the numbers; write thousands without a separator, 1012 and not 1.012",
                "thousands",
                severity="reported",
                count=thousands,
            )


def _empty_columns(context: CheckContext, opened: OpenTable) -> Iterator[Problem]:
    """Columns without any value in a table of many rows."""
    name = opened.table.name
    if name == "kontor" or context.rows.get(name, 0) < MIN_ROWS_TO_EXPECT_VALUES:
        return
    empty = [column for column, values in context.filled.get(name, {}).items() if not values]
    booleans = [c.name for c in opened.table.columns if c.type == "boolean" and c.name in opened.present]
    if booleans:
        # an empty boolean is read as false, so the stored values are counted
        counted = ", ".join(f"count({quoted(column)})" for column in booleans)
        (stored,) = context.store.rows(f"SELECT {counted} FROM {opened.stored}")
        empty += [column for column, values in zip(booleans, stored, strict=True) if not values]
    for column in sorted(empty):
        yield Problem(
            name,
            column,
            "the column has no value in any row",
            "check that it was filled; what needs it will be too low",
            "empty_column",
            severity="reported",
            count=context.rows[name],
        )


def _grade_as_share(context: CheckContext) -> Iterator[Problem]:
    """No grade above 1: then 1 means 100 per cent."""
    opened = context.tables.get("sykmelding")
    if opened is None or "grad" not in opened.present:
        return
    grades = context.store.row(f"SELECT max(grad) AS most, count(grad) AS n FROM {opened.rows}")
    if grades["most"] == 1:
        yield Problem(
            "sykmelding",
            "grad",
            "no grade is above 1, so grad is a share and not a per cent",
            "write grad as a number from 0 to 100",
            "wrong_scale",
            count=grades["n"],
            value="1",
        )


def _all_below(context: CheckContext, table: str, columns: tuple[str, ...], name: str) -> Iterator[Problem]:
    """Columns in which no number is above 1, and some are between 0 and 1: shares and not what they say."""
    opened = context.tables.get(table)
    if opened is None or not opened.present.issuperset(columns):
        return
    most = f"greatest({', '.join(columns)})" if len(columns) > 1 else columns[0]
    found = context.store.row(
        f"SELECT max({most}) AS most, count(*) FILTER (WHERE {most} > 0 AND {most} < 1) AS n "
        f"FROM {opened.rows}"
    )
    if found["n"] >= MIN_ROWS_OF_SHARES and found["most"] <= 1:
        yield Problem(
            table,
            columns[0],
            f"no number is above 1, as if {name} were shares",
            "check the scale: it is per cent of a full position, and days",
            "wrong_scale",
            severity="reported",
            count=found["n"],
        )


def _unknown_series(context: CheckContext) -> Iterator[Problem]:
    """Series of a counts-only extract that navbook does not know, and shows nowhere."""
    opened = context.tables.get("tellinger")
    if opened is None or not opened.present.issuperset(("indikator", "gruppe")):
        return
    rows = context.store.rows(
        f"SELECT indikator, gruppe, count(*) FROM {opened.rows} "
        "WHERE indikator IS NOT NULL AND gruppe IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    unknown = [row for row in rows if f"{row[0]}/{row[1]}" not in codes.series_units()]
    if unknown:
        yield Problem(
            "tellinger",
            "indikator",
            "navbook does not know the series, and no page shows it",
            "correct indikator or gruppe if it is misspelt (data/kodelister/serier.csv)",
            "unknown_series",
            severity="reported",
            keys=tuple(
                f"{shown_value(indikator)} / {shown_value(gruppe)} ({n:,} rows)"
                for indikator, gruppe, n in unknown[:MAX_KEYS]
            ),
            count=len(unknown),
        )


def _goals(context: CheckContext) -> Iterator[Problem]:
    """Local goals of parameters that the letter of the year does not have (reported where the year has no
    letter: then nothing is known), and shares above 1.
    """
    opened = context.tables.get("lokale_mal")
    if opened is None or not opened.present.issuperset(("enhetsnr", "ar", "parameter", "mal")):
        return
    rows = context.store.rows(
        f"SELECT ar, parameter, mal, enhetsnr FROM {opened.rows} "
        "WHERE ar BETWEEN 2000 AND 2100 AND parameter IS NOT NULL ORDER BY ALL"
    )
    unknown = sorted({(ar, name) for ar, name, *_ in rows if name not in _parameters(ar)})
    for severity, some in _by_severity(unknown):
        yield Problem(
            "lokale_mal",
            "parameter",
            "the letter of the year has no such styringsparameter, so the goal is not shown",
            "write the id of a styringsparameter, such as SP12",
            "unknown_parameter",
            severity=severity,
            keys=tuple(f"{ar} {shown_value(name)}" for ar, name in some[:MAX_KEYS]),
            count=len(some),
        )
    shares = [row for row in rows if (row[2] or 0) > 1 and not _parameters(row[0]).get(row[1], False)]
    if shares:
        yield Problem(
            "lokale_mal",
            "mal",
            "the goal is above 1, and a goal for a share is written as a share",
            "write 5.8 per cent as 0.058",
            "wrong_scale",
            keys=tuple(f"{office} {ar} {shown_value(name)}" for ar, name, _, office in shares[:MAX_KEYS]),
            count=len(shares),
            value=", ".join(str(goal) for *_, goal, _ in shares[:5]),
        )


def _by_severity(unknown: list[tuple[int, str]]) -> Iterator[tuple[Severity, list[tuple[int, str]]]]:
    """Unknown parameters of years with a letter (invalid) and of years without one (reported)."""
    with_letter = [(ar, name) for ar, name in unknown if _parameters(ar)]
    without = [(ar, name) for ar, name in unknown if not _parameters(ar)]
    if with_letter:
        yield "invalid", with_letter
    if without:
        yield "reported", without


def _parameters(year: int) -> dict[str, bool]:
    """The styringsparametere of a year, each with whether its goals may be a number of cases."""
    try:
        letter = letter_for(year)
    except LetterError:
        return {}
    if letter is None:
        return {}
    return {row.id: any(series.maal == "antall" for series in row.series) for row in letter.parameters}
