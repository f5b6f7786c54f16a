"""The true numbers behind releases, wherever they stand: numerator and complement by the counts."""

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Floats
from navbook.disclosure.releases import Months, OfficeSet


def true_numbers(
    counts: pd.DataFrame,
    sources: list[tuple[str, str]],
    units: list[OfficeSet],
    periods: list[Months],
    months: list[str],
    rows: pd.DataFrame,
) -> list[tuple[Floats, Floats]]:
    """Numerator and complement at each place of the grid by the counts, and as each row was published."""
    numbers = sorted(set(counts["enhetsnr"]))
    of_source = {source: k for k, source in enumerate(sources)}
    series = [of_source.get(pair, -1) for pair in zip(counts["indikator"], counts["gruppe"], strict=True)]
    at = (
        np.array(series),
        pd.Index(numbers).get_indexer(pd.Index(counts["enhetsnr"])),
        pd.Index(months).get_indexer(pd.Index(counts["maned"])),
    )
    wanted = (at[0] >= 0) & (at[2] >= 0)
    at = (at[0][wanted], at[1][wanted], at[2][wanted])
    reported = np.zeros((len(sources), len(months)), dtype=bool)
    reported[at[0], at[2]] = True
    within = np.array([[month in set(period) for period in periods] for month in months], dtype=np.float64)
    holds = np.array([[number in unit for number in numbers] for unit in units], dtype=np.float64)
    unknown = (~reported).astype(np.float64) @ within > 0
    found = []
    for name in ("x", "rest"):
        column = counts["x"] if name == "x" else counts["n"] - counts["x"]
        monthly = np.zeros((len(sources), len(numbers), len(months)))
        np.add.at(monthly, at, column.to_numpy(dtype=np.float64, na_value=np.nan)[wanted])
        pure = np.isnan(monthly).any(axis=(1, 2))
        values = np.einsum("un,snm,mp->sup", holds, np.nan_to_num(monthly), within, optimize=True)
        values[np.broadcast_to(unknown[:, None, :], values.shape)] = np.nan
        values[pure] = np.nan
        told = rows["x"] if name == "x" else rows["n"] - rows["x"]
        found.append((values, told.to_numpy(dtype=np.float64)))
    return found
