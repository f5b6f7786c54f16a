"""The true counts behind the cells of several releases."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.releases import Months, OfficeSet
from navbook.gate.releases.grid import ReleaseGrid


def true_counts(counts: pd.DataFrame, grid: ReleaseGrid) -> tuple[Floats, Floats]:
    """Numerator and complement of every cell of the grid, of its shape.

    They are nan where the counts have no such month or the series no such number.
    """
    months = sorted({month for period in grid.periods for month in period})
    numbers = sorted(set(counts["enhetsnr"]))
    places, wanted = _places(counts, grid, numbers, months)
    reported = np.zeros((len(grid.sources), len(months)), dtype=bool)
    reported[places[0], places[2]] = True
    in_period = np.ascontiguousarray(_contains(grid.periods, months).T)
    in_unit = _contains(grid.units, numbers)
    unknown = (~reported).astype(np.float64) @ in_period > 0
    found = []
    for column in (counts["x"], counts["n"] - counts["x"]):
        monthly = np.zeros((len(grid.sources), len(numbers), len(months)))
        np.add.at(monthly, places, column.to_numpy(dtype=np.float64, na_value=np.nan)[wanted])
        # a pure count has no complement
        lacking = np.isnan(monthly).any(axis=(1, 2))
        values = np.einsum("un,snm,mp->sup", in_unit, np.nan_to_num(monthly), in_period, optimize=True)
        values[np.broadcast_to(unknown[:, None, :], values.shape)] = np.nan
        values[lacking] = np.nan
        found.append(values)
    return found[0], found[1]


def _places(
    counts: pd.DataFrame, grid: ReleaseGrid, numbers: list[str], months: list[str]
) -> tuple[tuple[Indices, ...], Flags]:
    """The (series, office, month) of each count that the grid asks for, and which counts those are."""
    series = [grid.sources.get(pair, -1) for pair in zip(counts["indikator"], counts["gruppe"], strict=True)]
    places = (
        np.array(series, dtype=np.intp),
        pd.Index(numbers).get_indexer(pd.Index(counts["enhetsnr"])),
        pd.Index(months).get_indexer(pd.Index(counts["maned"])),
    )
    wanted = (places[0] >= 0) & (places[2] >= 0)
    return tuple(axis[wanted] for axis in places), wanted


def _contains(sets: Iterable[OfficeSet] | Iterable[Months], names: list[str]) -> Floats:
    """1.0 where a set (row) holds a name (column), else 0.0."""
    return np.array([[name in held for name in names] for held in map(frozenset, sets)], dtype=np.float64)
