"""Rows that are equal in all columns count once, at a cost that follows how many there are.

DISTINCT over a national contact table costs more than all that is counted from it. So equal rows are looked
for by a hash of each row, and only the rows of the few persons who have some go through DISTINCT.
"""

from navbook.extract.store import Store, quoted
from navbook.extract.tables import OpenTable


def equal_rows(store: Store, opened: OpenTable) -> int:
    """How many rows of the table are superfluous because an equal one stands before them."""
    suspects = _suspects(store, opened)
    if not store.rows(f"SELECT 1 FROM {suspects} LIMIT 1"):
        return 0
    rows = f"SELECT {opened.columns} FROM {opened.rows} WHERE hash({opened.columns}) IN (FROM {suspects})"
    found = store.row(
        f"SELECT (SELECT count(*) FROM ({rows})) "
        f"- (SELECT count(*) FROM (SELECT DISTINCT * FROM ({rows}))) AS n"
    )
    return int(found["n"])


def view_of_single_rows(store: Store, opened: OpenTable) -> str:
    """Make the view in which equal rows count once; its name, unquoted."""
    name = opened.table.name
    every = f"SELECT {opened.columns} FROM {opened.rows}"
    suspects = _suspects(store, opened)
    if not store.rows(f"SELECT 1 FROM {suspects} LIMIT 1"):
        query = every
    elif opened.table.has("person_id"):
        persons = quoted(f"repeated {name}")
        hashed = f"hash({opened.columns}) IN (FROM {suspects})"
        store.run(
            f"CREATE OR REPLACE TEMP TABLE {persons} AS "
            f"SELECT DISTINCT person_id FROM {opened.rows} WHERE {hashed} AND person_id IS NOT NULL"
        )
        query = (
            f"{every} WHERE person_id NOT IN (FROM {persons}) "
            f"UNION ALL SELECT DISTINCT * FROM ({every} WHERE person_id IN (FROM {persons}))"
        )
    else:
        query = f"SELECT DISTINCT * FROM ({every})"
    store.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS {query}")
    return name


def _suspects(store: Store, opened: OpenTable) -> str:
    """A table of the hashes that more than one row has."""
    suspects = quoted(f"suspects {opened.table.name}")
    store.run(
        f"CREATE OR REPLACE TEMP TABLE {suspects} AS SELECT fingerprint FROM "
        f"(SELECT hash({opened.columns}) AS fingerprint FROM {opened.rows}) "
        "GROUP BY fingerprint HAVING count(*) > 1"
    )
    return suspects
