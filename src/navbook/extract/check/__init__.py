"""Checks an extract against the contract and reports all problems together.

Each stage is a function from the `CheckContext` (the open tables) to problems.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from navbook.extract import manifest as manifests
from navbook.extract.check.columns import check_columns_as_whole
from navbook.extract.check.context import CheckContext
from navbook.extract.check.coverage import check_coverage
from navbook.extract.check.gaps import check_gaps
from navbook.extract.check.labour_market import check_labour_market
from navbook.extract.check.links import check_certificates, check_offices, check_persons
from navbook.extract.check.lives import check_lives
from navbook.extract.check.municipal import check_municipalities
from navbook.extract.check.register_rules import check_register
from navbook.extract.check.repeats import check_repeats
from navbook.extract.check.sizes import check_sizes
from navbook.extract.check.values import check_columns, check_values
from navbook.extract.files import Files, find_files, locate
from navbook.extract.opened import read_register
from navbook.extract.report import CheckReport, Problem, make_report
from navbook.extract.schema import all_tables, side_tables
from navbook.extract.store import Store
from navbook.extract.tables import open_table
from navbook.extract.text_encoding import UnreadableFile
from navbook.extract.written_texts import check_texts
from navbook.runtime.full_disk import raise_if_full_disk
from navbook.runtime.periods import Period

_STAGES: tuple[Callable[[CheckContext], Iterable[Problem]], ...] = (
    check_columns,
    check_sizes,
    check_values,
    check_persons,
    check_lives,
    check_register,
    check_offices,
    check_certificates,
    check_municipalities,
    check_labour_market,
    check_columns_as_whole,
    check_repeats,
    check_coverage,
    check_gaps,
)


@dataclass(frozen=True)
class TableCheck:
    """The problems of the tables, their numbers of rows, and the offices and counties of the register."""

    found: list[Problem]
    rows: dict[str, int] = field(default_factory=dict)
    offices: list[str] = field(default_factory=list)
    counties: list[str] = field(default_factory=list)


def check_extract(
    path: Path | str,
    period: Period | None = None,
    table_check: Callable[[Path], TableCheck] | None = None,
) -> CheckReport:
    """Check an extract by the rules of the contract, and that it covers some of `period`.

    `table_check` replaces `check_tables`, for a caller that has cached its result for the same files.
    Raises UsageError if there is no such folder; all other problems are in the report.
    """
    folder = locate(path)
    manifest, found = manifests.read_manifest(folder)
    if manifest and period and (problem := manifests.outside(manifest, period)):
        found.append(problem)
    found += find_files(folder).found
    tables = (table_check or check_tables)(folder)
    found += tables.found
    found += check_texts(folder, frozenset(tables.offices), frozenset(tables.counties))
    return make_report(str(path), found, tables.rows)


def check_tables(folder: Path) -> TableCheck:
    """Check the tables of an extract; depends on their files and the manifest only."""
    manifest, _ = manifests.read_manifest(folder)
    with closing(Store()) as store:
        context = CheckContext(store, manifest)
        found = _open(context, find_files(folder))
        for stage in (_read_offices, *_STAGES):
            found += _run(stage, context)
        offices = sorted(context.register.offices) if context.register else []
        counties = sorted(context.register.counties) if context.register else []
    return TableCheck(found, context.rows, offices, counties)


def _open(context: CheckContext, files: Files) -> list[Problem]:
    """Open every table that an extract of this kind may have; a file that cannot be read is a problem."""
    found = []
    for name, path in files.tables.items():
        table = all_tables()[name]
        if name not in files.expected and name not in side_tables():
            continue
        try:
            context.tables[name] = open_table(context.store, table, path)
        except UnreadableFile as error:
            found.append(
                Problem(
                    name,
                    "",
                    f"{path.name}: {error.what}",
                    error.remedy,
                    "unreadable_file",
                    keys=error.lines,
                    count=error.count,
                )
            )
    return found


def _read_offices(context: CheckContext) -> Iterable[Problem]:
    """Read the office register for the stages that follow; a fault in the file is a problem."""
    kontor = context.tables.get("kontor")
    if kontor and kontor.present.issuperset(
        column.name for column in kontor.table.columns if column.required
    ):
        context.register = read_register(context.store, kontor)
    return ()


def _run(stage: Callable[[CheckContext], Iterable[Problem]], context: CheckContext) -> list[Problem]:
    try:
        return list(stage(context))
    except duckdb.Error as error:
        raise_if_full_disk(error)
        reason = str(error).splitlines()[0][:200]
        remedy = "look for values that are far too long, or write the tables again in smaller row groups"
        return [
            Problem(
                "uttrekk",
                "",
                "the engine could not read the tables to their end",
                remedy,
                "engine",
                value=reason,
            )
        ]
