"""Which hidden rows of an edition are given away by what all releases tell together."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from navbook.estimate import Estimates
from navbook.gate.releases import Release
from navbook.gate.together import CLOSE, put_together


class Given(NamedTuple):
    """The hidden rows of which a number is known more closely than it may be, and those of which one is
    known exactly.
    """

    narrow: set[str]
    exact: set[str]

    def beyond(self, other: "Given") -> set[str]:
        """The rows of which more is known than by `other`."""
        return (self.exact - other.exact) | (self.narrow - other.narrow)


def given_away(
    releases: Sequence[Release],
    estimates: Estimates,
    counts: pd.DataFrame,
    minimum: float,
    by_all_equations: bool = True,
    workers: int = 1,
) -> Given:
    """What all releases together give away of the hidden rows of the first, and what the first gives away of
    those that the others left out: by all equations together, or by each and what it tells the others.
    """
    together = put_together(releases, estimates, counts, minimum)
    shown = releases[0].rows["told"].to_numpy(dtype=bool)
    narrow, exact = np.zeros((2, len(together.names)), dtype=bool)
    found = together.widths(shown, by_all_equations, workers)
    for known, width in zip(together.known, found, strict=True):
        exact |= width < CLOSE
        narrow |= width < known.need
    names = np.array(together.names, dtype=object)
    return Given(set(names[narrow]), set(names[exact]))
