"""Gaps in the cover: tables that end early, and months without a report from an office.

These observations are reported; they do not make an extract invalid.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from navbook.extract.check.context import CheckContext
from navbook.extract.check.links import MONTH_BITS, persons_table
from navbook.extract.manifest import Manifest
from navbook.extract.register import OfficeRegister, is_special_number
from navbook.extract.report import MAX_KEYS, Problem
from navbook.extract.tables import OpenTable
from navbook.runtime.periods import add_months, first_day, last_day, month_of, month_range

LONG_BEFORE_DAYS = 62
_DAY = timedelta(days=1)
# with so many persons on average, a month without contact is a missing report, not chance
MIN_PERSONS_TO_EXPECT_CONTACT = 20
_MONTHLY = ("fravaer_ansatte", "tellinger")


def check_coverage(context: CheckContext) -> Iterator[Problem]:
    """Tables without rows or that end long before dekker_tom, and offices that miss months."""
    if context.manifest is None:
        return
    for opened in context.tables.values():
        yield from _ends_early(context, opened, context.manifest)
    if context.register is None:
        return
    for opened in context.with_columns("enhetsnr", "maned"):
        if opened.table.name in _MONTHLY:
            yield from _missing_reports(context, opened, context.manifest, context.register)
    yield from _months_without_contact(context, context.manifest, context.register)


def _ends_early(context: CheckContext, opened: OpenTable, manifest: Manifest) -> Iterator[Problem]:
    name, day = opened.table.name, opened.table.day_column
    if day is None or day not in opened.present:
        return
    if not context.rows.get(name):
        yield Problem(
            name, "", "the table has no rows", "check that it was filled", "no_rows", severity="reported"
        )
        return
    limit = f"'{month_of(manifest.dekker_tom)}'" if day == "maned" else f"DATE '{manifest.dekker_tom + _DAY}'"
    known = f"FILTER (WHERE {day} {'<=' if day == 'maned' else '<'} {limit})"
    days = context.store.row(f"SELECT max({day}) {known} AS last, count({day}) AS n FROM {opened.rows}")
    if not days["n"]:
        return
    end = _last_day_of(days["last"])
    if end is None or end < manifest.dekker_tom - timedelta(days=LONG_BEFORE_DAYS):
        yield Problem(
            name,
            day,
            f"the table ends long before dekker_tom ({manifest.dekker_tom})",
            "check whether rows are missing; counts after its end will be too low",
            "ends_early",
            severity="reported",
            value="before the cover" if end is None else str(end),
        )


def _last_day_of(moment: str | date | None) -> date | None:
    """The last day of a month given as text, or the day of a moment."""
    if isinstance(moment, str):
        return last_day(moment)
    return moment.date() if isinstance(moment, datetime) else moment


def covered_months(manifest: Manifest) -> tuple[str, ...]:
    """The months that are completely inside the cover."""
    first, last = month_of(manifest.dekker_fom), month_of(manifest.dekker_tom)
    if first_day(first) < manifest.dekker_fom:
        first = add_months(first, 1)
    if last_day(last) > manifest.dekker_tom:
        last = add_months(last, -1)
    return month_range(first, last)


def _missing_reports(
    context: CheckContext, opened: OpenTable, manifest: Manifest, register: OfficeRegister
) -> Iterator[Problem]:
    """Months reported by other offices without a row from an office that was valid all month."""
    rows = context.store.rows(f"SELECT DISTINCT enhetsnr, maned FROM {opened.rows} WHERE maned IS NOT NULL")
    reported = {(office, month) for office, month in rows}
    if not reported:
        return
    first, last = min(month for _, month in reported), max(month for _, month in reported)
    missing: dict[str, list[str]] = {}
    for month in covered_months(manifest):
        if first <= month <= last:
            valid = set(register.valid_on(first_day(month))) & set(register.valid_on(last_day(month)))
            for office in valid:
                if (office, month) not in reported and not is_special_number(office):
                    missing.setdefault(office, []).append(month)
    for office, months in sorted(missing.items()):
        yield _no_report(opened.table.name, office, months, "the office has no row for months it was open")


def _months_without_contact(
    context: CheckContext, manifest: Manifest, register: OfficeRegister
) -> Iterator[Problem]:
    """Months in which no person of a large office had any contact, while persons of other offices had."""
    followed, seen = context.tables.get("oppfolging"), context.tables.get("kontakt")
    needed = {"person_id", "enhetsnr", "fom", "tom", "formidlingsgruppe"}
    if not (followed and seen and followed.present >= needed and seen.present >= {"person_id", "dato"}):
        return
    first = month_of(manifest.dekker_fom)
    count = min(MONTH_BITS, len(month_range(first, month_of(manifest.dekker_tom))))
    # only months that a spell covers completely: else the contact may have been with another office
    origin = f"DATE '{first_day(first)}'"
    start = f"greatest(datediff('month', {origin}, fom - 1) + 1, 0)"
    until = f"least(coalesce(datediff('month', {origin}, tom + 1) - 1, {count - 1}), {count - 1})"
    one = "CAST(1 AS HUGEINT)"
    spans = (
        f"SELECT person_id, enhetsnr, ({one} << ({until} + 1)) - ({one} << {start}) AS span "
        f"FROM {followed.rows} WHERE formidlingsgruppe IN ('ARBS', 'IARBS') "
        f"AND {start} <= {until} AND fom <= DATE '{manifest.dekker_tom}'"
    )
    offices = context.store.rows(
        "SELECT enhetsnr, bit_or(span), sum(bit_count(span)), coalesce(bit_or(span & months), 0) "
        f"FROM ({spans}) LEFT JOIN {persons_table('kontakt')} USING (person_id) "
        "GROUP BY enhetsnr ORDER BY enhetsnr"
    )
    anywhere = 0
    for *_, contacted in offices:
        anywhere |= int(contacted)
    covered = set(covered_months(manifest))
    for office, present, person_months, contacted in offices:
        if (
            person_months < MIN_PERSONS_TO_EXPECT_CONTACT * int(present).bit_count()
            or office not in register.offices
        ):
            continue
        silent = int(present) & anywhere & ~int(contacted)
        months = [add_months(first, k) for k in range(count) if silent >> k & 1]
        if months := [month for month in months if month in covered]:
            yield _no_report("kontakt", office, months, "nobody at the office had any contact in months")


def _no_report(table: str, office: str, months: list[str], what: str) -> Problem:
    return Problem(
        table,
        "maned" if table in _MONTHLY else "dato",
        what,
        "check whether the office's report is missing",
        "no_report",
        severity="reported",
        keys=tuple(months[:MAX_KEYS]),
        count=len(months),
        value=office,
        enhetsnr=office,
    )
