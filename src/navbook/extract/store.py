"""The DuckDB database that reads an extract, with bounded memory and a private folder for spilled data."""

import os
import weakref
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from navbook.runtime import TempDir

MEMORY_LIMIT_GB = 4
# data that does not fit in memory is spilled; a hostile table must not fill the disk
SPILL_LIMIT_GB = 64
SHARED_BY = "NAVBOOK_TELLERE"  # number of reading processes that share the machine


class Store:
    """A DuckDB database in memory, seen both as an ibis backend and as plain SQL.

    `scratch` is a folder (mode 0700) for converted files and spilled data; `close` removes it. If the
    environment says that several such processes run at the same time, each takes its share of memory and
    cores.
    """

    def __init__(self) -> None:
        scratch = TempDir("lesing-")
        self.scratch = scratch.path
        self._remove = weakref.finalize(self, scratch.remove)

    @cached_property
    def backend(self) -> Any:
        """The database, opened when it is first used: a build may not need it."""
        shared_by = int(os.environ.get(SHARED_BY, "1"))
        return ibis.duckdb.connect(
            ":memory:",
            memory_limit=f"{MEMORY_LIMIT_GB / shared_by:g}GB",
            threads=max(1, (os.cpu_count() or 1) // shared_by),
            temp_directory=str(self.scratch / "spill"),
            max_temp_directory_size=f"{SPILL_LIMIT_GB / shared_by:g}GB",
            # loading extensions would need a network, and a file could trigger it
            autoinstall_known_extensions="false",
            autoload_known_extensions="false",
        )

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a statement that returns no rows."""
        self.backend.con.execute(sql, list(values))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, loaded into memory. For small results only."""
        rows: list[tuple[Any, ...]] = self.backend.con.execute(sql, list(values)).fetchall()
        return rows

    def row(self, sql: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        """The only row of a query, by column name."""
        cursor = self.backend.con.execute(sql, list(values))
        return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))

    def over(self, query: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        """The result of a query that may also read the given tables, by name."""
        connection = self.backend.con
        for name, table in tables.items():
            connection.register(name, table)
        rows: pa.Table = connection.sql(query).to_arrow_table()
        for name in tables:
            connection.unregister(name)
        return rows

    def close(self) -> None:
        """Close the database and remove everything it wrote."""
        if "backend" in self.__dict__:
            self.backend.disconnect()
        self._remove()


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Sequence[str]) -> str:
    """Texts as the inside of an SQL IN (…)."""
    return ", ".join(literal(text) for text in texts)


def engine_reason(error: Exception, path: Path) -> str:
    """The engine's own reason on one line of at most 200 characters, without the folder of the file."""
    lines = [line.strip() for line in str(error).replace(str(path), path.name).splitlines() if line.strip()]
    reason = lines[0] if lines else type(error).__name__
    return "".join(sign for sign in reason if sign.isprintable())[:200].rstrip(". ")


def file_literal(path: Path) -> str:
    """A file's path as an SQL literal in which no character is read as a pattern."""
    return literal(glob_escaped(path))


def glob_escaped(path: Path) -> str:
    """A path in which a reader of DuckDB sees no pattern. What is written takes the path as it is."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
