"""Which rows of an edition are local offices: units of the level `kontor` that are no special unit."""

import pandas as pd

from navbook.edition.schema import KONTOR, SPECIAL


def special_unit_of(county: str) -> str:
    """The `enhet` under which the special units of a county are published together."""
    return f"{county}{SPECIAL}"


def is_special_unit(enhet: str) -> bool:
    """Whether a unit is the special units of a county; it has figures, but no page of its own."""
    return enhet.endswith(SPECIAL)


def is_local_office(rows: pd.DataFrame) -> pd.Series:
    """Which rows of a table with the columns `niva` and `enhet` are of local offices, as booleans."""
    return (rows["niva"] == KONTOR) & ~rows["enhet"].str.endswith(SPECIAL)


def local_offices(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table with the columns `niva` and `enhet` that are of local offices."""
    return rows[is_local_office(rows)]
