"""What every engine that counts must do, and the embedded one.

DuckDB reads every extract, whatever counts it: there is one way of reading files, the one that `check` uses.
"""

from pathlib import Path
from typing import Protocol, cast

import ibis.expr.types as ir
import pyarrow as pa

from navbook.engines import DEFAULT, refuse_missing
from navbook.extract.store import Store


class Engine(Protocol):
    """The tables of one extract as ibis expressions, and what is made of them on the way."""

    def table(self, name: str) -> ir.Table:
        """The table that the store has as a view of that name."""

    def keep(self, name: str, table: ir.Table) -> ir.Table:
        """The same rows, computed now and held until the engine is closed."""

    def fetch(self, table: ir.Table) -> pa.Table:
        """The rows themselves."""

    def save(self, table: ir.Table, place: Path) -> None:
        """Write the rows as Parquet: one file, or a folder of them."""

    def load(self, place: Path, name: str) -> ir.Table:
        """The rows that `save` wrote, as a table of that name."""

    def close(self) -> None:
        """Let go of all that is held; before the store is closed."""


def start_engine(name: str, store: Store) -> Engine:
    """The engine over the tables of a store; UsageError if what it needs is not installed."""
    if name == DEFAULT:
        return DuckEngine(store)
    refuse_missing(name)
    from navbook.extract.spark import SparkEngine  # here, for it imports an optional package

    return SparkEngine(store)


class DuckEngine:
    """The embedded engine: counts where the tables are read, in bounded memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._backend = store.backend
        # rows are counted, and no count depends on their order, which costs much to keep
        store.run("SET preserve_insertion_order = false")

    def table(self, name: str) -> ir.Table:
        return cast(ir.Table, self._backend.table(name))

    def keep(self, name: str, table: ir.Table) -> ir.Table:
        return cast(ir.Table, self._backend.create_table(name, table, temp=True))

    def fetch(self, table: ir.Table) -> pa.Table:
        # by ibis they would pass through a package that costs more to import than they to fetch
        return self._store.over(str(self._backend.compile(table)), {})

    def save(self, table: ir.Table, place: Path) -> None:
        table.to_parquet(place)

    def load(self, place: Path, name: str) -> ir.Table:
        return cast(ir.Table, self._backend.read_parquet(place, table_name=name))

    def close(self) -> None:
        """Nothing to do: what is kept lies in the store."""
