"""The tables of an extract as views: the rows as stored, and the rows as the data dictionary defines them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from navbook.extract import codes
from navbook.extract.csv_files import csv_to_parquet
from navbook.extract.reading import INT96, column_reader, missing_column, needs_limits, needs_trimming
from navbook.extract.schema import ColumnSpec, TableSpec
from navbook.extract.store import Store, engine_reason, file_literal, literal, quoted
from navbook.extract.text_encoding import UnreadableFile
from navbook.runtime.full_disk import raise_if_full_disk

ROW = "file_row_number"
MAX_ROWS = 500_000_000
# these tables are loaded into memory
MAX_ROWS_OF = {
    "kontor": 100_000,
    "lokale_mal": 1_000_000,
    "kontor_kommune": 100_000,
    "kommunale_tall": 5_000_000,
    "kommunale_mal": 100_000,
    "arbeidsmarked": 1_000_000,
    "tellinger": 50_000_000,
}
MAX_UNPACKED = 256 * 1024**3
MAX_ROW_GROUP = 8 * 1024**3
# mean over the values of a column in a row group
MAX_BYTES_A_VALUE = 1024**2


@dataclass(frozen=True)
class OpenTable:
    """An open table; the view `rows` has its rows with the columns and types of the data dictionary.

    The view also has the row number in the file, and for each column in `fallible` two more columns:
    `<name>?`, true if the stored value cannot be read, and `<name>!`, that value as text. `stored_types` has
    the types in the file; in a CSV file they are all text.
    """

    table: TableSpec
    present: frozenset[str]
    unknown: tuple[str, ...]
    fallible: frozenset[str]
    stored_types: Mapping[str, str]

    @property
    def stored(self) -> str:
        return quoted(f"stored {self.table.name}")

    @property
    def rows(self) -> str:
        return quoted(f"rows {self.table.name}")

    @property
    def columns(self) -> str:
        """The contract's columns as an SQL list."""
        return ", ".join(quoted(column.name) for column in self.table.columns)


def open_table(store: Store, table: TableSpec, path: Path) -> OpenTable:
    """Open the file of a table and create its views.

    Raises UnreadableFile if it cannot be read as a table, or is larger than any real table.
    """
    is_csv = path.suffix == ".csv"
    parquet = csv_to_parquet(store, path, {column.name for column in table.columns}) if is_csv else path
    try:
        _refuse_oversized(store, table, parquet)
        types = _view_of_stored(store, table, parquet)
        clean = set(types) if is_csv else _clean_columns(store, table, types)
    except duckdb.Error as error:
        raise_if_full_disk(error)
        what = f"the file cannot be read as Parquet ({engine_reason(error, parquet)})"
        raise UnreadableFile(what, "write it again with another program, or deliver CSV") from error
    known = {column.name for column in table.columns}
    readings = {
        column.name: column_reader(column, types[column.name], column.name in clean)
        if column.name in types
        else missing_column(column)
        for column in table.columns
    }
    fallible = frozenset(name for name, read in readings.items() if read.unreadable)
    opened = OpenTable(
        table,
        frozenset(known & set(types)),
        tuple(sorted(set(types) - known - {ROW})),
        fallible,
        types,
    )
    values = [
        f"{_renamed(table, column, readings[column.name].value)} AS {quoted(column.name)}"
        for column in table.columns
    ]
    fallible_columns = [
        f"coalesce({readings[name].unreadable}, false) AS {quoted(name + '?')}, "
        f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name + '!')}"
        for name in sorted(fallible)
    ]
    selected = ", ".join([*values, *fallible_columns, ROW])
    store.run(f"CREATE OR REPLACE VIEW {opened.rows} AS SELECT {selected} FROM {opened.stored}")
    return opened


def _view_of_stored(store: Store, table: TableSpec, parquet: Path) -> dict[str, str]:
    """Create the view of the rows as stored; return the DuckDB type of each column."""
    view = quoted(f"stored {table.name}")
    # without binary_as_string, text that older Hadoop programs wrote would be bytes
    options = f"binary_as_string = true, hive_partitioning = false, {ROW} = true"
    source = f"read_parquet({file_literal(parquet)}, {options})"
    store.run(f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM {source}")
    types = {name: stored_type for name, stored_type, *_ in store.rows(f"DESCRIBE {view}")}
    # DuckDB reads INT96 as a local time, but the programs that write it (Hive, old Spark) write UTC
    schema = f"SELECT name FROM parquet_schema({file_literal(parquet)}) WHERE type = 'INT96'"
    return types | {name: INT96 for (name,) in store.rows(schema)}


def _clean_columns(store: Store, table: TableSpec, types: dict[str, str]) -> set[str]:
    """The text columns in which no value needs trimming, and the day columns with all days in the limits."""
    tests = {"VARCHAR": needs_trimming, "DATE": needs_limits}
    # one query for each column: DuckDB can then answer from dictionaries and statistics of the file
    stored = quoted(f"stored {table.name}")
    return {
        column.name
        for column in table.columns
        if (test := tests.get(types.get(column.name, "")))
        and not store.rows(f"SELECT 1 FROM {stored} WHERE {test(column)} LIMIT 1")
    }


def _refuse_oversized(store: Store, table: TableSpec, parquet: Path) -> None:
    """Refuse a file whose metadata declares more than any extract has, before it is unpacked."""
    metadata = f"parquet_metadata({file_literal(parquet)})"
    rows = store.row(f"SELECT sum(num_rows) AS n FROM parquet_file_metadata({file_literal(parquet)})")["n"]
    sizes = store.row(
        "SELECT coalesce(sum(size), 0) AS total, coalesce(max(size), 0) AS part, "
        "coalesce(max(a_value), 0) AS a_value "
        "FROM (SELECT sum(total_uncompressed_size) AS size, "
        "max(total_uncompressed_size / greatest(num_values, 1)) AS a_value "
        f"FROM {metadata} GROUP BY row_group_id)"
    )
    declared = f"the file says it holds {rows:,} rows and unpacks to {sizes['total'] / 1024**3:,.0f} GB"
    too_large = sizes["total"] > MAX_UNPACKED or sizes["part"] > MAX_ROW_GROUP
    if rows > min(MAX_ROWS, MAX_ROWS_OF.get(table.name, MAX_ROWS)) or too_large:
        raise UnreadableFile(
            f"{declared}, more than navbook reads",
            "check where the file comes from; write Parquet with at most a million rows in a row group",
        )
    if rows and sizes["a_value"] > MAX_BYTES_A_VALUE:
        raise UnreadableFile(
            f"{declared}: its values are longer than any code, name or number",
            "check where the file comes from",
        )


def _renamed(table: TableSpec, column: ColumnSpec, value: str) -> str:
    """The value, with aliases of a code replaced by the code that is counted."""
    renames = _renames(table.name, column.name)
    if not renames:
        return value
    cases = " ".join(
        f"WHEN {literal(old)} THEN {'NULL' if new is None else literal(new)}"
        for old, new in sorted(renames.items())
    )
    return f"CASE {value} {cases} ELSE {value} END"


def _renames(table: str, column: str) -> dict[str, str | None]:
    if column == "innsatsgruppe":
        arena = codes.innsatsgruppe_to_arena()
        return {code: target for code, target in arena.items() if code and code != target}
    if column == "tiltakskode":
        return dict(codes.tiltakskode_aliases())
    if (table, column) == ("aktivitet", "type"):
        return dict(codes.aktivitetstype_aliases())
    return {}
