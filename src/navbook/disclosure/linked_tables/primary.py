"""Primary suppression: which cells are too small to be published."""

import numpy as np

from navbook.disclosure.array_types import Flags, Floats

# means over months may differ from an integer in their last bits
ROUNDING = 1e-9


def below_threshold(measures: Floats, threshold: float) -> Flags:
    """The minimum frequency rule: whether any measure of a cell is nearer to zero than `threshold`.

    `measures` has a row for each measure and a column for each cell; nan does not count. With the numerator
    and its complement among the measures this holds group disclosure too: nobody, everybody, and everybody
    but a few are all below.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(measures) < threshold - ROUNDING).any(axis=0))
