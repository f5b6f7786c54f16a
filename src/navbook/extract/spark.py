"""Counting on Spark: the same expressions, on this machine or on a cluster (docs/how-to/spark.md)."""

import atexit
import contextlib
import logging
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark import SparkConf
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from navbook.extract.store import MEMORY_LIMIT_GB, Store, literal, quoted
from navbook.runtime import TempDir
from navbook.runtime.errors import UsageError

VARIABLE = "NAVBOOK_SPARK_MASTER"
DEFAULT_MASTER = "local[*]"

_EVERYWHERE = {
    "spark.app.name": "navbook",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # as in DuckDB, an overflow or an impossible cast is an error, never an empty value
    "spark.sql.ansi.enabled": "true",
}
_HERE = {
    "spark.driver.memory": f"{MEMORY_LIMIT_GB}g",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.authenticate": "true",
    # a number that suits one machine; the default suits a cluster and makes small counts slow
    "spark.sql.shuffle.partitions": "8",
}


class SparkEngine:
    """The tables of one extract as temporary views of a Spark session of its own.

    The store reads the extract and writes each table as Parquet to its private folder, as it does with kept
    tables. On a cluster every worker must see that folder. Raises UsageError if Spark does not start.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._session = _started(_master()).newSession()
        self._backend = ibis.pyspark.connect(self._session)
        self._folder = store.scratch / "spark"
        self._folder.mkdir()
        self._views: set[str] = set()

    def table(self, name: str) -> ir.Table:
        if name not in self._views:
            file = self._folder / f"{name}.parquet"
            self._store.run(f"COPY (SELECT * FROM {quoted(name)}) TO {literal(str(file))} (FORMAT parquet)")
            self.load(file, name)
        return cast(ir.Table, self._backend.table(name))

    def keep(self, name: str, table: ir.Table) -> ir.Table:
        # written and read again, since Spark recomputes a cached table when memory is short
        place = self._folder / f"{name}.kept"
        self.save(table, place)
        return self.load(place, name)

    def fetch(self, table: ir.Table) -> pa.Table:
        return self._backend.to_pyarrow(table)

    def save(self, table: ir.Table, place: Path) -> None:
        self._backend.to_parquet(table, place)

    def load(self, place: Path, name: str) -> ir.Table:
        self._views.add(name)
        return cast(ir.Table, self._backend.read_parquet(_hadoop_path(place), table_name=name))

    def close(self) -> None:
        for name in self._views:
            self._session.catalog.dropTempView(name)


def _hadoop_path(place: Path) -> str:
    """A path in which Hadoop sees no pattern."""
    return "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in str(place))


def _master() -> str:
    return os.environ.get(VARIABLE) or os.environ.get("SPARK_MASTER") or DEFAULT_MASTER


@cache
def _started(master: str) -> SparkSession:
    """The Spark session of this process, shared by all extracts, since it takes seconds to start."""
    # at a more verbose level py4j logs every closed connection
    logging.getLogger("py4j").setLevel(logging.WARNING)
    scratch = TempDir("spark-")
    folder = scratch.path
    settings = {**_EVERYWHERE, "spark.sql.warehouse.dir": str(folder / "lager")}
    if master.startswith("local"):
        settings |= {**_HERE, "spark.local.dir": str(folder)}
    builder = SparkSession.builder.config(conf=SparkConf().setAll(list(settings.items()))).master(master)
    try:
        with _stderr_into(folder / "spark.log"):
            session = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        log = (folder / "spark.log").read_text(encoding="utf-8", errors="replace").split("\n")
        why = next((line.strip() for line in reversed(log) if line.strip()), type(error).__name__)
        scratch.remove()
        raise UsageError(
            f"Spark at {master} does not start ({why}): "
            f"see that Java 17 is installed and that {VARIABLE} names a Spark master"
        ) from error
    atexit.register(_end, session, scratch)
    return session


@contextlib.contextmanager
def _stderr_into(log: Path) -> Iterator[None]:
    """Redirect the standard error of processes that are started inside to a log file.

    Java prints warnings about its settings when it starts, and a calculation notebook must print nothing.
    """
    before = os.dup(2)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def _end(session: SparkSession, scratch: TempDir) -> None:
    session.stop()
    scratch.remove()
