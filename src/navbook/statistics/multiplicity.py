"""Multiple testing: control of the false discovery rate."""

from typing import NamedTuple

import numpy as np

from navbook.statistics.arrays import Estimate, Numbers, floats, like_input


class Adjusted(NamedTuple):
    """Adjusted p-values and which of them are discoveries."""

    adjusted: Estimate
    flags: Estimate


def benjamini_hochberg(p: Numbers, q: float = 0.10) -> Adjusted:
    """Return `(adjusted, flags)` in the order of p; flags = adjusted <= q.

    Adjusted p-values are at most 1. A p that is missing or not within [0, 1] is not counted, stays nan and
    is not flagged.

    Source: Benjamini & Hochberg, J R Stat Soc B 1995;57:289-300.
    """
    from statsmodels.stats.multitest import multipletests

    p = floats(p)
    known = (p >= 0) & (p <= 1)
    adjusted = np.full(p.shape, np.nan)
    if known.any():
        adjusted[known] = multipletests(p[known], method="fdr_bh")[1]
    return Adjusted(like_input(adjusted), like_input(known & (np.nan_to_num(adjusted, nan=np.inf) <= q)))
