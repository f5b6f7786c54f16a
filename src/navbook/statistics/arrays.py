"""Conversion of arguments and results: scalars give scalars, arrays are broadcast, missing is nan."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

# A number, a sequence, an array or a Series, with None, NA or nan for missing. `Any`, because callers pass
# cells of frames, whose type is not known before the run.
Numbers = Any

# float for numbers in, an array for arrays in: the caller knows which.
Estimate = Any

Floats = npt.NDArray[np.float64]


def floats(given: Numbers) -> Floats:
    """Return a new float array of what was given, with nan for None, NA and infinities."""
    if given is None or given is pd.NA:
        return np.array(np.nan)
    if isinstance(given, list | tuple) and any(value is pd.NA for value in given):
        given = pd.Series(given, dtype=object)
    if isinstance(given, pd.Series | pd.Index | pd.api.extensions.ExtensionArray):
        values = np.array(given.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
    else:
        values = np.array(given, dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


def broadcast(*given: Numbers) -> tuple[Floats, ...]:
    """Return the numbers as float arrays of one common shape; shape () says that all were single numbers."""
    return tuple(np.broadcast_arrays(*(floats(value) for value in given)))


def like_input(values: npt.NDArray[Any]) -> Estimate:
    """Return a Python scalar for shape (), and the array itself otherwise."""
    return values.item() if values.ndim == 0 else values


def missing_unless(known: npt.NDArray[np.bool_], values: Numbers) -> Floats:
    """Return `values` where `known` is true and nan elsewhere."""
    return np.where(known, values, np.nan)
