"""An open extract: its tables as ibis expressions, its office register, comments and side tables."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import ibis.expr.types as ir
import pyarrow as pa

from navbook.extract import schema
from navbook.extract.duplicates import create_distinct_view, create_full_view
from navbook.extract.engine import Engine, start_engine
from navbook.extract.files import COMMENTS, PLANS, REPORTS, find_files, locate
from navbook.extract.manifest import Manifest, read_manifest
from navbook.extract.register import OfficeRegister, OfficeRow
from navbook.extract.store import Store, quoted
from navbook.extract.tables import OpenTable, open_table
from navbook.extract.text_encoding import UnreadableFile
from navbook.extract.written_texts import read_texts
from navbook.runtime.engines import engine_named
from navbook.runtime.errors import InvalidExtract
from navbook.runtime.notebook_parameters import refuse_unknown_parameters

if TYPE_CHECKING:
    import pandas as pd


class Extract:
    """An extract that `check_extract` has found valid. Close it, or use it in a `with` statement.

    `path` is its folder, `manifest` its uttrekk.yml, `table_names` its tables and `files` the file of each.
    A table is opened when it is first used, and counted by `engine`.
    """

    def __init__(self, path: Path | str, engine: str | None = None) -> None:
        self.path = locate(path)
        manifest, found = read_manifest(self.path)
        if manifest is None:
            raise InvalidExtract(str(found[0]))
        self.manifest: Manifest = manifest
        files = find_files(self.path)
        self.counts_only = files.counts_only
        self.files: dict[str, Path] = dict(sorted(files.tables.items()))
        self.table_names = frozenset(name for name in self.files if name in files.expected)
        self._engine_name = engine_named(engine)
        self._store = Store()
        self._opened: dict[str, OpenTable] = {}
        self._single: set[str] = set()
        self._repeating: set[str] = set()

    @cached_property
    def engine(self) -> Engine:
        """The engine that counts, started when it is first used; its files are private."""
        return start_engine(self._engine_name, self._store)

    def table(self, name: str) -> ir.Table:
        """The table with exactly the contract's columns, normalised and without duplicate rows.

        person_id and codes are text (innsatsgruppe as Arena code or NULL, tiltakskode as Arena code if
        known), days are dates, booleans are never NULL, numbers are doubles, ids 64-bit integers, tidspunkt a
        timestamp, maned text. An optional column that the file lacks is NULL (false for a boolean). Raises
        KeyError for a table that the extract does not have.
        """
        self._open(name)
        if name not in self._single:
            create_distinct_view(self._store, self._opened[name])
            self._single.add(name)
        return self.engine.table(name)

    def rows(self, name: str) -> ir.Table:
        """The same table with duplicate rows included.

        Finding duplicates in a national table costs as much as counting it. Use this where duplicates do not
        matter: for rules that test whether a row exists, and for intervals that are merged.
        """
        opened = self._open(name)
        view = f"{name}_gjentatt"
        if name not in self._repeating:
            create_full_view(self._store, opened, view)
            self._repeating.add(name)
        return self.engine.table(view)

    def has_values(self, name: str, column: str) -> bool:
        """Whether any row of the table has a value in the column. Raises KeyError for a table it lacks."""
        opened = self._open(name)
        if column not in opened.present:
            return False
        query = f"SELECT 1 AS en FROM {opened.rows} WHERE {quoted(column)} IS NOT NULL LIMIT 1"
        return bool(self._store.over(query, {}).num_rows)

    def days_before_end(self, first: str, last: str, days: int) -> ir.Table:
        """The last `days` days of each month from `first` to `last`: `dag` and the month `m`.

        Months are whole numbers, 12 · YYYY + MM - 1. A day may belong to two months if `days` is over 28.
        """
        name = f"dager_{first}_{last}_{days}".replace("-", "")
        first_month, last_month = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
        self._store.run(
            f"CREATE OR REPLACE VIEW {name} AS "
            "SELECT CAST(last_day(make_date(m // 12, m % 12 + 1, 1)) - tilbake AS DATE) AS dag, m FROM "
            f"(SELECT CAST(unnest(range({first_month}, {last_month + 1})) AS INTEGER) AS m), "
            f"(SELECT CAST(unnest(range({days})) AS INTEGER) AS tilbake)"
        )
        return self.engine.table(name)

    def fetch(self, table: ir.Table) -> pa.Table:
        """The rows of an expression over this extract, loaded into memory. For small results."""
        return self.engine.fetch(table)

    def over(self, query: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        """The rows of an SQL query over small tables given by name; it reads nothing of the extract."""
        return self._store.over(query, tables)

    @cached_property
    def register(self) -> OfficeRegister:
        """The office register, from `kontor`."""
        return read_register(self._store, self._open("kontor"))

    @cached_property
    def comments(self) -> dict[str, str]:
        """The offices' comments as Markdown, by office number."""
        return read_texts(self.path, COMMENTS)

    @cached_property
    def plans(self) -> dict[str, str]:
        """The offices' own plans as Markdown, by office number."""
        return read_texts(self.path, PLANS)

    @cached_property
    def report_texts(self) -> dict[str, str]:
        """The counties' own report texts as Markdown, by county number."""
        return read_texts(self.path, REPORTS)

    def side_table(self, name: str) -> "pd.DataFrame":
        """A table that is not counted, such as `lokale_mal`; without rows if there is no file.

        Days are datetime64. Raises KeyError for any other table.
        """
        import pandas as pd  # imported late: counting does not need it

        columns = [column.name for column in schema.side_tables()[name].columns]
        if name not in self.files:
            return pd.DataFrame({column: [] for column in columns})
        return self._frame(name).sort_values(columns, ignore_index=True)

    @property
    def local_goals(self) -> "pd.DataFrame":
        """The local goals of offices: enhetsnr, ar, parameter, mal; empty if there are none."""
        return self.side_table("lokale_mal")

    def source_line(self) -> str:
        """The source of the figures in bokmål, shown by every calculation notebook."""
        return f"Kilde: {self.manifest.kilde} (uttrekk per {self.manifest.uttrekksdato})"

    def close(self) -> None:
        """Close the engine and remove its private files."""
        if "engine" in self.__dict__:
            self.engine.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, name: str) -> OpenTable:
        if name not in self.files:
            raise KeyError(name)
        if name not in self._opened:
            try:
                self._opened[name] = open_table(self._store, schema.all_tables()[name], self.files[name])
            except UnreadableFile as error:
                raise InvalidExtract(f"{self.files[name].name}: {error.what}; {error.remedy}.") from error
        return self._opened[name]

    def _frame(self, name: str) -> "pd.DataFrame":
        return self.table(name).execute()


def open_extract(path: Path | str, engine: str | None = None) -> Extract:
    """Open a checked extract; a relative path is taken from the current directory, else from the project.

    `engine` is duckdb or spark; the default is the environment variable NAVBOOK_ENGINE, else duckdb.
    Raises UsageError if there is no such folder or engine, or if a notebook that papermill runs was given a
    parameter that it does not declare, and InvalidExtract if the extract cannot be read at all.
    """
    refuse_unknown_parameters()
    return Extract(path, engine)


def read_register(store: Store, opened: OpenTable) -> OfficeRegister:
    """The office register from the rows of `kontor`; rows without enhetsnr or gyldig_fom are skipped."""
    fields = ", ".join(quoted(name) for name in OfficeRow.__dataclass_fields__)
    known = "enhetsnr IS NOT NULL AND gyldig_fom IS NOT NULL"
    return OfficeRegister(
        OfficeRow(*row) for row in store.rows(f"SELECT {fields} FROM {opened.rows} WHERE {known}")
    )
