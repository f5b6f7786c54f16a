"""The interface of an engine that counts, and the embedded engine.

DuckDB reads the files of every extract, also for other engines, so that `check` and count read them alike.
"""

from pathlib import Path
from typing import Protocol, cast

import ibis.expr.types as ir
import pyarrow as pa

from navbook.extract.store import Store, glob_escaped
from navbook.runtime.engines import DEFAULT, refuse_missing


class Engine(Protocol):
    """The tables of one extract as ibis expressions, and intermediate results."""

    def table(self, name: str) -> ir.Table:
        """The view of that name in the store, as an ibis table."""

    def keep(self, name: str, table: ir.Table) -> ir.Table:
        """The same rows, computed now and kept until the engine is closed."""

    def fetch(self, table: ir.Table) -> pa.Table:
        """The rows, loaded into memory."""

    def save(self, table: ir.Table, place: Path) -> None:
        """Write the rows as Parquet: one file, or a folder of them."""

    def load(self, place: Path, name: str) -> ir.Table:
        """The rows that `save` wrote, as a table of that name."""

    def close(self) -> None:
        """Release everything that is kept; call it before the store is closed."""


def start_engine(name: str, store: Store) -> Engine:
    """The engine over the tables of a store; UsageError if what it needs is not installed."""
    if name == DEFAULT:
        return DuckEngine(store)
    refuse_missing(name)
    from navbook.extract.spark import SparkEngine  # imported late: an optional package

    return SparkEngine(store)


class DuckEngine:
    """The embedded engine: counts in the database that reads the tables, in bounded memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._backend = store.backend
        # no count depends on the order of rows, and keeping it is expensive
        store.run("SET preserve_insertion_order = false")

    def table(self, name: str) -> ir.Table:
        return cast(ir.Table, self._backend.table(name))

    def keep(self, name: str, table: ir.Table) -> ir.Table:
        return cast(ir.Table, self._backend.create_table(name, table, temp=True))

    def fetch(self, table: ir.Table) -> pa.Table:
        # without ibis, which would import a package that costs more than the fetch
        return self._store.over(str(self._backend.compile(table)), {})

    def save(self, table: ir.Table, place: Path) -> None:
        table.to_parquet(place)

    def load(self, place: Path, name: str) -> ir.Table:
        return cast(ir.Table, self._backend.read_parquet(glob_escaped(place), table_name=name))

    def close(self) -> None:
        """Nothing to do: kept tables are in the store."""
