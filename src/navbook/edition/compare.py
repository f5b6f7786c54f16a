"""The revision table: which published values differ between two editions."""

from collections.abc import Hashable

import pandas as pd

from navbook.edition.read import Edition
from navbook.edition.schema import FLOATS, KEY, VALUES

REVISION_COLUMNS = (*KEY, "felt", "fra", "til")


def compare(before: Edition, after: Edition) -> pd.DataFrame:
    """Every published value that differs between two editions.

    Returns one row per key and field with the value before and after as text (empty: not published there),
    sorted. A row that is in only one of the editions differs in every field that it has.
    """
    old, new = (edition.tall.set_index(list(KEY)) for edition in (before, after))
    keys = old.index.union(new.index)
    old, new = old.reindex(keys), new.reindex(keys)
    changes = [_changes(old[field], new[field], field) for field in VALUES]
    table = pd.concat(changes, ignore_index=True)
    return table.loc[:, list(REVISION_COLUMNS)].sort_values([*KEY, "felt"], ignore_index=True)


def _changes(old: pd.Series, new: pd.Series, field: str) -> pd.DataFrame:
    left, right = _as_text(old, field), _as_text(new, field)
    differs = left != right
    frame = left[differs].index.to_frame(index=False)
    return frame.assign(felt=field, fra=left[differs].to_numpy(), til=right[differs].to_numpy())


def _as_text(column: pd.Series, field: str) -> pd.Series:
    def text(value: Hashable) -> str:
        if pd.isna(value):  # type: ignore[call-overload]
            return ""
        return f"{value:.6f}".rstrip("0").rstrip(".") if field in FLOATS else str(value)

    return pd.Series([text(value) for value in column], index=column.index, dtype=object)
