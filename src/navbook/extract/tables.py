"""Every table of an extract as views in the engine: its rows as stored, and as the dictionary reads them."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from navbook.extract import codes
from navbook.extract.csv_files import UnreadableFile, csv_to_parquet
from navbook.extract.reading import absent, needs_tidying, reading
from navbook.extract.schema import Column, Table
from navbook.extract.store import Store, file_literal, literal, quoted

ROW = "file_row_number"
MAX_ROWS = 500_000_000
# these are held in memory whole
MAX_ROWS_OF = {"kontor": 100_000, "lokale_mal": 1_000_000, "tellinger": 50_000_000}
MAX_UNPACKED = 256 * 1024**3
MAX_ROW_GROUP = 8 * 1024**3
# of the values of a column in a row group, in the mean
MAX_BYTES_A_VALUE = 1024**2


@dataclass(frozen=True)
class OpenTable:
    """A table whose file is open: the view `rows` holds its rows as the dictionary reads them.

    Beside the contract's columns the view has the row number in the file, and for each of `doubtful` two
    columns: `<name>?`, true where the stored value cannot be read, and `<name>!`, that value as text.
    """

    table: Table
    present: frozenset[str]
    unknown: tuple[str, ...]
    doubtful: frozenset[str]

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


def open_table(store: Store, table: Table, path: Path) -> OpenTable:
    """Open the file of a table and make its views.

    Raises UnreadableFile if it is no table, or one too big to be what it says it is.
    """
    is_csv = path.suffix == ".csv"
    parquet = csv_to_parquet(store, path, {column.name for column in table.columns}) if is_csv else path
    try:
        _refuse_bomb(store, table, parquet)
        types = _view_of_stored(store, table, parquet)
        clean = set(types) if is_csv else _clean_columns(store, table, types)
    except duckdb.Error as error:
        what = "the file cannot be read as Parquet"
        raise UnreadableFile(what, "write it again with another program, or deliver CSV") from error
    known = {column.name for column in table.columns}
    readings = {
        column.name: reading(column, types[column.name], column.name in clean)
        if column.name in types
        else absent(column)
        for column in table.columns
    }
    doubtful = frozenset(name for name, read in readings.items() if read.unreadable)
    opened = OpenTable(
        table, frozenset(known & set(types)), tuple(sorted(set(types) - known - {ROW})), doubtful
    )
    values = [
        f"{_renamed(table, column, readings[column.name].value)} AS {quoted(column.name)}"
        for column in table.columns
    ]
    doubts = [
        f"coalesce({readings[name].unreadable}, false) AS {quoted(name + '?')}, "
        f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name + '!')}"
        for name in sorted(doubtful)
    ]
    selected = ", ".join([*values, *doubts, ROW])
    store.run(f"CREATE OR REPLACE VIEW {opened.rows} AS SELECT {selected} FROM {opened.stored}")
    return opened


def _view_of_stored(store: Store, table: Table, parquet: Path) -> dict[str, str]:
    """Make the view of the rows as stored; the DuckDB type of each column."""
    view = quoted(f"stored {table.name}")
    # without binary_as_string, text that older Hadoop programs wrote would be bytes
    options = f"binary_as_string = true, hive_partitioning = false, {ROW} = true"
    source = f"read_parquet({file_literal(parquet)}, {options})"
    store.run(f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM {source}")
    return {name: physical for name, physical, *_ in store.rows(f"DESCRIBE {view}")}


def _clean_columns(store: Store, table: Table, types: dict[str, str]) -> set[str]:
    """The text columns of which no value needs tidying."""
    texts = [column for column in table.columns if types.get(column.name) == "VARCHAR"]
    # one filter for each column: DuckDB then asks the dictionary and the statistics of the file, not its rows
    stored = quoted(f"stored {table.name}")
    return {
        column.name
        for column in texts
        if not store.rows(f"SELECT 1 FROM {stored} WHERE {needs_tidying(column)} LIMIT 1")
    }


def _refuse_bomb(store: Store, table: Table, parquet: Path) -> None:
    """Refuse a file that says it holds far more than any extract does, before anything of it is unpacked."""
    metadata = f"parquet_metadata({file_literal(parquet)})"
    rows = store.row(f"SELECT sum(num_rows) AS n FROM parquet_file_metadata({file_literal(parquet)})")["n"]
    sizes = store.row(
        "SELECT coalesce(sum(size), 0) AS whole, coalesce(max(size), 0) AS part, "
        "coalesce(max(a_value), 0) AS a_value "
        "FROM (SELECT sum(total_uncompressed_size) AS size, "
        "max(total_uncompressed_size / greatest(num_values, 1)) AS a_value "
        f"FROM {metadata} GROUP BY row_group_id)"
    )
    told = f"the file says it holds {rows:,} rows and unpacks to {sizes['whole'] / 1024**3:,.0f} GB"
    too_large = sizes["whole"] > MAX_UNPACKED or sizes["part"] > MAX_ROW_GROUP
    if rows > min(MAX_ROWS, MAX_ROWS_OF.get(table.name, MAX_ROWS)) or too_large:
        raise UnreadableFile(
            f"{told}, more than navbook reads",
            "check where the file comes from; write Parquet with at most a million rows in a row group",
        )
    if rows and sizes["a_value"] > MAX_BYTES_A_VALUE:
        raise UnreadableFile(
            f"{told}: its values are longer than any code, name or number",
            "check where the file comes from",
        )


def _renamed(table: Table, column: Column, value: str) -> str:
    """The value with other names of a code replaced by the one that is counted."""
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
