"""Random draws in whole numbers only, so that the same seed gives the same rows on every machine.

Floating-point results of logarithms and the like may differ in the last bit between processors; a draw that
is compared with a table of whole numbers cannot.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_FINE = 1024


class Dice:
    """One stream of draws, named by the seed and the keys of what it is for."""

    def __init__(self, seed: int, *keys: int) -> None:
        sequence = np.random.SeedSequence(seed, spawn_key=keys)
        self._generator = np.random.Generator(np.random.PCG64(sequence))

    def below(self, limit: Any, size: int) -> Ints:
        """Whole numbers from 0 up to, not including, `limit` (one number, or one for each draw)."""
        return np.asarray(self._generator.integers(0, limit, size), dtype=np.int64)

    def chance(self, promille: Any, size: int) -> Bools:
        """True with the given probability per thousand (one number, or one for each draw)."""
        return np.asarray(self.below(1000, size) < promille)

    def pick(self, weights: Sequence[int] | Mapping[Any, int], size: int) -> Ints:
        """Positions in `weights`, each as often as its weight says."""
        values = list(weights.values()) if isinstance(weights, Mapping) else list(weights)
        cumulative = np.cumsum(values)
        return np.searchsorted(cumulative, self.below(int(cumulative[-1]), size), side="right").astype(
            np.int64
        )

    def pick_by(self, tables: Sequence[Sequence[int]], which: Ints) -> Ints:
        """Positions in the table that `which` names for each draw; all tables have the same sum."""
        cumulative = np.cumsum(np.asarray(tables), axis=1)
        drawn = self.below(int(cumulative[0, -1]), len(which))
        return np.asarray((drawn[:, None] >= cumulative[which]).sum(axis=1), dtype=np.int64)

    def ladder(self, steps: Sequence[int], size: int) -> Ints:
        """Draws from the distribution whose equally spaced quantiles are `steps`, straight between them."""
        knots = np.asarray(steps, dtype=np.int64)
        drawn = self.below((len(steps) - 1) * _FINE, size)
        step, rest = drawn // _FINE, drawn % _FINE
        return knots[step] + (knots[step + 1] - knots[step]) * rest // _FINE

    def order(self, size: int) -> Ints:
        """The numbers 0 … size − 1 in a drawn order."""
        return np.argsort(self.below(2**62, size), kind="stable")
