"""Rows that are equal in all columns count once, at a cost that follows how many there are.

DISTINCT over a national contact table costs more than all that is counted from it. So equal rows are looked
for by a hash of each row, and only the rows of the few persons who have some go through DISTINCT.
"""

from navbook.extract.store import Store, quoted
from navbook.extract.tables import OpenTable


def view_of_single_rows(store: Store, opened: OpenTable) -> bool:
    """Make the view, named as the table, in which equal rows stand once; whether there may be any."""
    every = f"SELECT {opened.columns} FROM {opened.rows}"
    suspects = quoted(f"suspects {opened.table.name}")
    hashed = f"hash({_telling(opened)})"
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


def _telling(opened: OpenTable) -> str:
    """The columns that tell rows apart; a person has one row, so there the number alone finds the equal."""
    return "person_id" if opened.table.name == "person" else opened.columns


def view_of_all_rows(store: Store, opened: OpenTable, name: str) -> None:
    """Make the view `name` of the contract's columns, equal rows as often as they stand in the file."""
    store.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT {opened.columns} FROM {opened.rows}")


def superfluous_rows(store: Store, opened: OpenTable) -> int:
    """How many rows the view leaves out because an equal one stands in it; the view must be made before."""
    rows = f"SELECT {opened.columns} FROM {opened.rows}"
    if opened.table.has("person_id"):
        rows += f" WHERE person_id IN (FROM {quoted(f'repeated {opened.table.name}')})"
    grouped = f"SELECT count(*) AS times FROM ({rows}) GROUP BY {opened.columns}"
    return int(store.row(f"SELECT coalesce(sum(times - 1), 0) AS n FROM ({grouped})")["n"])
