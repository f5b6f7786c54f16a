"""The suppression found for a system, and its plain form for a cache."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from navbook.disclosure.array_types import Flags, Indices

Arrays = dict[str, npt.NDArray[np.generic]]
COUNTS = ("rows", "primary", "left_out", "cells", "equations", "sensitive", "fallback")


@dataclass(frozen=True)
class SuppressionResult:
    """The `hidden` rows of a protected system, and what it took.

    `hidden` has a flag for each row of the system, `disclosed` and `proven` one for each cell. `disclosed`
    cells are sensitive and can be derived from earlier releases, whatever is hidden; `proven` ones are shown
    to be safe, and stay safe when more is hidden.

    The rest are counts: `rows`, of which `primary` show a number that may not be published and `left_out` are
    hidden by design; unknown `cells`,
    bound by `equations`; `sensitive` ones among them, all proven safe unless every row of a component is
    hidden; and rows hidden by the written order of detail, as a `fallback`. `components` holds the results of
    the connected components.
    """

    hidden: Flags
    disclosed: Flags
    proven: Flags
    rows: int = 0
    primary: int = 0
    left_out: int = 0
    cells: int = 0
    equations: int = 0
    sensitive: int = 0
    fallback: int = 0
    components: tuple["SuppressionResult", ...] = ()

    def to_arrays(self) -> Arrays:
        """The result and its components as plain arrays, as `pack_results` lays them out."""
        return pack_results([self, *self.components])

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> "SuppressionResult":
        """The inverse of `to_arrays`; KeyError or ValueError as `unpack_results`."""
        first, *components = unpack_results(arrays)
        return cls(**{**vars(first), "components": tuple(components)})


def pack_results(results: Iterable[SuppressionResult]) -> Arrays:
    """Results without their components, as arrays that `numpy.savez` writes without pickle.

    `counts` (results x 7, integers) has the columns COUNTS. `hidden`, `disclosed` and `proven` (booleans)
    hold the flags of all results one after the other; `row_ends` and `cell_ends` (integers, one more than
    there are results) say where those of each result begin and end.
    """
    results = list(results)
    none = np.zeros(0, dtype=bool)
    return {
        "counts": np.array(
            [[getattr(result, name) for name in COUNTS] for result in results], dtype=np.int64
        ).reshape(-1, len(COUNTS)),
        "hidden": np.concatenate([none, *(result.hidden for result in results)]),
        "disclosed": np.concatenate([none, *(result.disclosed for result in results)]),
        "proven": np.concatenate([none, *(result.proven for result in results)]),
        "row_ends": _ends(len(result.hidden) for result in results),
        "cell_ends": _ends(len(result.disclosed) for result in results),
    }


def unpack_results(arrays: Mapping[str, npt.NDArray[np.generic]]) -> list[SuppressionResult]:
    """The inverse of `pack_results`.

    KeyError if an array is missing, ValueError if one has another type or the arrays do not fit together.
    """
    counts = arrays["counts"]
    if counts.dtype.kind != "i" or counts.ndim != 2 or counts.shape[1] != len(COUNTS):
        raise ValueError(f"'counts' must hold columns of integers: {', '.join(COUNTS)}")
    hidden, disclosed, proven = (_checked_flags(arrays[name]) for name in ("hidden", "disclosed", "proven"))
    if len(disclosed) != len(proven):
        raise ValueError("'disclosed' and 'proven' must have the same length")
    row_ends = _checked_ends(arrays["row_ends"], len(counts), len(hidden))
    cell_ends = _checked_ends(arrays["cell_ends"], len(counts), len(proven))
    return [
        SuppressionResult(
            hidden=hidden[row:row_end],
            disclosed=disclosed[cell:cell_end],
            proven=proven[cell:cell_end],
            **dict(zip(COUNTS, line, strict=True)),
        )
        for line, (row, row_end), (cell, cell_end) in zip(
            counts.tolist(), pairwise(row_ends), pairwise(cell_ends), strict=True
        )
    ]


def _checked_flags(flags: npt.NDArray[np.generic]) -> Flags:
    if flags.dtype.kind != "b" or flags.ndim != 1:
        raise ValueError("'hidden', 'disclosed' and 'proven' must hold booleans")
    return np.asarray(flags, dtype=np.bool_)


def _checked_ends(ends: npt.NDArray[np.generic], n_results: int, n_flags: int) -> list[int]:
    """`ends` as a list; ValueError if they do not divide so many flags among so many results."""
    if ends.dtype.kind != "i" or ends.shape != (n_results + 1,):
        raise ValueError(f"{n_results + 1} integers must divide the flags among the results")
    numbers: list[int] = ends.tolist()
    if numbers != sorted(numbers) or numbers[0] != 0 or numbers[-1] != n_flags:
        raise ValueError(f"the ends must divide {n_flags} flags, in ascending order")
    return numbers


def pack_cache(cache: Mapping[str, SuppressionResult]) -> Arrays:
    """The results of components by their keys, as `pack_results` with the array `keys` (text) in addition."""
    return {"keys": np.array(list(cache), dtype=np.str_), **pack_results(cache.values())}


def unpack_cache(arrays: Mapping[str, npt.NDArray[np.generic]]) -> dict[str, SuppressionResult]:
    """The inverse of `pack_cache`; KeyError or ValueError as `unpack_results`."""
    return dict(zip(arrays["keys"].tolist(), unpack_results(arrays), strict=True))


def _ends(sizes: Iterable[int]) -> Indices:
    return np.cumsum([0, *sizes], dtype=np.intp)
