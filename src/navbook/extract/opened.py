"""A checked extract, opened: its tables as ibis expressions, its offices and what lies beside the tables."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import ibis.expr.types as ir
import pyarrow as pa

from navbook.engines import engine_named
from navbook.errors import InvalidExtract
from navbook.extract import schema
from navbook.extract.comments import read_comments
from navbook.extract.csv_files import UnreadableFile
from navbook.extract.duplicates import view_of_all_rows, view_of_single_rows
from navbook.extract.engine import Engine, start_engine
from navbook.extract.files import find_files, locate
from navbook.extract.manifest import Manifest, read_manifest
from navbook.extract.register import OfficeRegister, OfficeRow
from navbook.extract.store import Store, quoted
from navbook.extract.tables import OpenTable, open_table

if TYPE_CHECKING:
    import pandas as pd


class Extract:
    """An extract that `check_extract` has found valid. Close it, or use it in a `with`.

    `path` is its folder, `manifest` its uttrekk.yml, `table_names` the tables it holds, `files` the file of
    each. Tables are opened when they are first asked for, and counted by `engine`.
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
        """The engine that counts, started when it is first asked for; what it writes is private."""
        return start_engine(self._engine_name, self._store)

    def table(self, name: str) -> ir.Table:
        """The table with exactly the contract's columns, normalised, equal rows once.

        person_id and codes are text (innsatsgruppe as Arena code or NULL, tiltakskode as Arena code where it
        is known), days are dates, true/false is never NULL, numbers are doubles, ids 64-bit integers,
        tidspunkt a timestamp, maned text. An optional column that the file lacks is NULL (false, if it is
        true or false). Raises KeyError for a table that the extract does not hold.
        """
        self._open(name)
        if name not in self._single:
            view_of_single_rows(self._store, self._opened[name])
            self._single.add(name)
        return self.engine.table(name)

    def rows(self, name: str) -> ir.Table:
        """The same table, but equal rows as often as the file has them.

        Finding equal rows in a national table costs as much as counting it. So this is for what only asks
        whether there is a row, as most rules do, and for intervals that are joined or of which one wins.
        """
        opened = self._open(name)
        view = f"{name}_gjentatt"
        if name not in self._repeating:
            view_of_all_rows(self._store, opened, view)
            self._repeating.add(name)
        return self.engine.table(view)

    def days_before_end(self, first: str, last: str, days: int) -> ir.Table:
        """The last `days` days up to the end of each month from `first` to `last`: `dag` and the month `m`.

        Months are whole numbers, 12 · YYYY + MM - 1. A day near the end of January may stand by two months.
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
        """The rows of a table made of this extract's. For small results: they are fetched whole."""
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
        return read_comments(self.path)

    @cached_property
    def local_goals(self) -> "pd.DataFrame":
        """The offices' own goals: enhetsnr, ar, parameter, mal; no rows if there are none."""
        import pandas as pd  # here, for whoever only counts has no use of it

        if "lokale_mal" not in self.files:
            return pd.DataFrame({column.name: [] for column in schema.beside()["lokale_mal"].columns})
        return self._frame("lokale_mal").sort_values(["enhetsnr", "ar", "parameter"], ignore_index=True)

    def source_line(self) -> str:
        """Where the figures come from, in the book's words: shown by every calculation notebook."""
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
                self._opened[name] = open_table(self._store, schema.every_table()[name], self.files[name])
            except UnreadableFile as error:
                raise InvalidExtract(f"{self.files[name].name}: {error.what}; {error.remedy}.") from error
        return self._opened[name]

    def _frame(self, name: str) -> "pd.DataFrame":
        return self.table(name).execute()


def open_extract(path: Path | str, engine: str | None = None) -> Extract:
    """Open a checked extract; a relative path is taken from the current directory, else from the project.

    `engine` is duckdb or spark; without it the environment may name one (NAVBOOK_ENGINE), else it is duckdb.
    Raises UsageError if there is no such folder or engine and InvalidExtract if it cannot be read at all.
    """
    return Extract(path, engine)


def read_register(store: Store, opened: OpenTable) -> OfficeRegister:
    """The office register made of the rows of `kontor`; rows without number or first day are passed over."""
    fields = ", ".join(quoted(name) for name in OfficeRow.__dataclass_fields__)
    known = "enhetsnr IS NOT NULL AND gyldig_fom IS NOT NULL"
    return OfficeRegister(
        OfficeRow(*row) for row in store.rows(f"SELECT {fields} FROM {opened.rows} WHERE {known}")
    )
