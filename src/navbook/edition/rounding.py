"""Half-up rounding of complete columns, as done by hand."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt

DECIMALS = 6
_SCALE = 10.0**DECIMALS
_UNIT = Decimal(1).scaleb(-DECIMALS)
# a larger double has no sixth decimal
_LARGEST = 2.0**53 / _SCALE


def half_up(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """`values` with 6 decimals, ties away from zero, decided on the shortest decimal form of each number.

    Missing values stay missing. Only values close to a tie are rounded with Decimal; the rest are exact in
    binary arithmetic.
    """
    array = np.asarray(values, dtype=np.float64)
    scaled = np.abs(array) * _SCALE
    rounded = np.copysign(np.floor(scaled + 0.5) / _SCALE, array) + 0.0
    rounded = np.where(np.abs(array) < _LARGEST, rounded, array)
    with np.errstate(invalid="ignore"):
        tied = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-4
    tied &= np.abs(array) < _LARGEST
    for place in np.flatnonzero(tied):
        exact = Decimal(repr(float(array.flat[place]))).quantize(_UNIT, ROUND_HALF_UP)
        rounded.flat[place] = float(exact)
    return rounded
