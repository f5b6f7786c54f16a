"""The check of an extract: every problem at once, and nothing counted until there is none."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from navbook.extract import manifest as manifests
from navbook.extract.check.coverage import check_coverage
from navbook.extract.check.links import check_offices, check_persons
from navbook.extract.check.register_rules import check_register
from navbook.extract.check.repeats import check_repeats
from navbook.extract.check.sizes import check_sizes
from navbook.extract.check.subject import Subject
from navbook.extract.check.values import check_columns, check_values
from navbook.extract.comments import check_comments
from navbook.extract.csv_files import UnreadableFile
from navbook.extract.files import Files, find_files, locate
from navbook.extract.opened import read_register
from navbook.extract.report import CheckReport, Problem, make_report
from navbook.extract.schema import every_table
from navbook.extract.store import Store
from navbook.extract.tables import open_table
from navbook.periods import Period

_STAGES: tuple[Callable[[Subject], Iterable[Problem]], ...] = (
    check_columns,
    check_sizes,
    check_values,
    check_persons,
    check_register,
    check_offices,
    check_repeats,
    check_coverage,
)


@dataclass(frozen=True)
class TableCheck:
    """What was found in the tables alone, with their rows and the offices they name."""

    found: list[Problem]
    rows: dict[str, int] = field(default_factory=dict)
    offices: list[str] = field(default_factory=list)


def check_extract(
    path: Path | str,
    period: Period | None = None,
    look: Callable[[Path], TableCheck] | None = None,
) -> CheckReport:
    """Check all that an extract holds by the rules of the contract, and that it knows something of `period`.

    `look` stands in for `check_tables`, for one who remembers what it found in the same files before.
    Raises UsageError if there is no such folder; everything else that is wrong is in the report.
    """
    folder = locate(path)
    manifest, found = manifests.read_manifest(folder)
    if manifest and period and (problem := manifests.outside(manifest, period)):
        found.append(problem)
    found += find_files(folder).found
    tables = (look or check_tables)(folder)
    found += tables.found
    found += check_comments(folder, frozenset(tables.offices))
    return make_report(str(path), found, tables.rows)


def check_tables(folder: Path) -> TableCheck:
    """Check the tables of an extract; depends on their files and the manifest only."""
    manifest, _ = manifests.read_manifest(folder)
    with closing(Store()) as store:
        subject = Subject(store, manifest)
        found = _open(subject, find_files(folder))
        _read_offices(subject)
        for stage in _STAGES:
            found += _run(stage, subject)
        offices = sorted(subject.register.offices) if subject.register else []
    return TableCheck(found, subject.rows, offices)


def _open(subject: Subject, files: Files) -> list[Problem]:
    """Open every table that an extract of this kind has; a file that is no table is a problem of its own."""
    found = []
    for name, path in files.tables.items():
        table = every_table()[name]
        if name not in files.expected and name != "lokale_mal":
            continue
        try:
            subject.tables[name] = open_table(subject.store, table, path)
        except UnreadableFile as error:
            found.append(
                Problem(
                    name, "", error.what, error.remedy, "unreadable_file", keys=error.lines, count=error.count
                )
            )
    return found


def _read_offices(subject: Subject) -> None:
    kontor = subject.tables.get("kontor")
    if kontor and kontor.present.issuperset(
        column.name for column in kontor.table.columns if column.required
    ):
        subject.register = read_register(subject.store, kontor)


def _run(stage: Callable[[Subject], Iterable[Problem]], subject: Subject) -> list[Problem]:
    try:
        return list(stage(subject))
    except duckdb.Error as error:
        told = str(error).splitlines()[0][:200]
        remedy = "look for values that are far too long, or write the tables again in smaller row groups"
        return [
            Problem(
                "uttrekk",
                "",
                "the engine could not read the tables to their end",
                remedy,
                "engine",
                value=told,
            )
        ]
