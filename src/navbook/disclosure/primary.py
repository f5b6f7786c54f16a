"""Primary suppression: which cells may not be told for what they are."""

import numpy as np

from navbook.disclosure.cells import Flags, Floats

# means over months may miss a whole number by their last bits
ROUNDING = 1e-9


def too_few(measures: Floats, minimum: float) -> Flags:
    """Whether any measure (rows) of a cell (columns) is nearer to zero than `minimum`; nan measures do not
    count.

    With the numerator and its complement among the measures this holds the group rule too: nobody,
    everybody, and everybody but a few are all hidden.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(measures) < minimum - ROUNDING).any(axis=0))
