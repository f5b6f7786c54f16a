"""Removes duplicate rows (equal in all columns) without a DISTINCT over the complete table.

DISTINCT over a national contact table costs more than all counting from it. So duplicates are found by a
hash of each row, and only the rows of the few persons with duplicates go through DISTINCT.
"""

from navbook.extract.store import Store, quoted
from navbook.extract.tables import OpenTable


def create_distinct_view(store: Store, opened: OpenTable) -> bool:
    """Create the view, named as the table, without duplicate rows; return whether there may be any."""
    every = f"SELECT {opened.columns} FROM {opened.rows}"
    suspects = quoted(f"suspects {opened.table.name}")
    hashed = f"hash({_hash_columns(opened)})"
    store.run(
        f"CREATE OR REPLACE TEMP TABLE {suspects} AS SELECT fingerprint FROM "
        f"(SELECT {hashed} AS fingerprint FROM {opened.rows}) GROUP BY fingerprint HAVING count(*) > 1"
    )
    repeated = bool(store.rows(f"SELECT 1 FROM {suspects} LIMIT 1"))
    query = every
    if repeated and opened.table.has("person_id"):
        persons = quoted(f"repeated {opened.table.name}")
        store.run(
            f"CREATE OR REPLACE TEMP TABLE {persons} AS SELECT DISTINCT person_id FROM {opened.rows} "
            f"WHERE {hashed} IN (FROM {suspects}) AND person_id IS NOT NULL"
        )
        query = (
            f"{every} WHERE person_id IS NULL OR person_id NOT IN (FROM {persons}) "
            f"UNION ALL SELECT DISTINCT * FROM ({every} WHERE person_id IN (FROM {persons}))"
        )
    elif repeated:
        query = f"SELECT DISTINCT * FROM ({every})"
    store.run(f"CREATE OR REPLACE VIEW {quoted(opened.table.name)} AS {query}")
    return repeated


def _hash_columns(opened: OpenTable) -> str:
    """The columns to hash: all, except in `person`, where a key has one row and is enough."""
    return "person_id" if opened.table.name == "person" else opened.columns


def create_full_view(store: Store, opened: OpenTable, name: str) -> None:
    """Create the view `name` of the contract's columns, duplicate rows included."""
    store.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT {opened.columns} FROM {opened.rows}")


def count_duplicates(store: Store, opened: OpenTable) -> int:
    """The number of rows that the view of `create_distinct_view` leaves out; create that view first."""
    rows = f"SELECT {opened.columns} FROM {opened.rows}"
    if opened.table.has("person_id"):
        rows += f" WHERE person_id IN (FROM {quoted(f'repeated {opened.table.name}')})"
    grouped = f"SELECT count(*) AS times FROM ({rows}) GROUP BY {opened.columns}"
    return int(store.row(f"SELECT coalesce(sum(times - 1), 0) AS n FROM ({grouped})")["n"])
