"""Complementary suppression: what goes with a hidden cell so that subtraction does not give it back.

In every sum with a hidden part there are at least two unknown cells, and what the hidden parts add up to is
no smaller than what may be told. The next smallest part of the sum is hidden; when there is none left, the
total. This stands guard until intervals are computed exactly; the rule is simple enough to be followed by
hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from navbook.disclosure.cells import Cells, Equations, Flags, Floats
from navbook.disclosure.primary import ROUNDING


@dataclass(frozen=True)
class Exposure:
    """The sums that give too much away: a lone unknown part, unknown parts with a small sum, a lone unknown
    total.
    """

    lone: Flags
    small: Flags
    bare: Flags

    @property
    def any(self) -> Flags:
        return self.lone | self.small | self.bare


def hide_together(cells: Cells, families: Sequence[Equations], minimum: float) -> Flags:
    """Which cells are hidden: the primary ones and what must go with them in the sums of all `families`.

    Depends on the names, measures and sums only, not on their order: every sum is looked at in each round,
    and all that a round asks for is hidden at once.
    """
    hidden = cells.primary.copy()
    sorted_families = [family.cheapest_first(cells) for family in families]
    settled = False
    while not settled:
        settled = True
        for family in sorted_families:
            while (more := _next_to_hide(cells, family, hidden, minimum)).any():
                hidden |= more
                settled = False
    return hidden


def unknown_cells(cells: Cells, hidden: Flags) -> Flags:
    """What a reader of all tables does not know: the hidden cells, and those in no table that cannot be
    added up.
    """
    return hidden | ~(cells.published | cells.derivable)


def exposure(cells: Cells, family: Equations, hidden: Flags, minimum: float) -> Exposure:
    """Which sums of `family` give too much away when `hidden` is all that is hidden."""
    unknown = unknown_cells(cells, hidden)
    parts = unknown[family.part]
    count = _per_sum(family, parts)
    # a lone part that is in no table, yet large enough to be told, may be worked out
    guarded = _per_sum(family, parts & (hidden | cells.primary)[family.part])
    total_unknown = unknown[family.total]
    small = np.zeros(len(family), dtype=bool)
    for measure in cells.measures:
        with np.errstate(invalid="ignore"):
            small |= np.abs(_per_sum(family, np.where(parts, measure[family.part], 0.0))) < minimum - ROUNDING
    return Exposure(
        lone=~total_unknown & (count == 1) & (guarded == 1),
        small=~total_unknown & (count >= 1) & small,
        bare=total_unknown & (count == 0),
    )


def _next_to_hide(cells: Cells, family: Equations, hidden: Flags, minimum: float) -> Flags:
    found = exposure(cells, family, hidden, minimum)
    open_cells = cells.published & ~hidden
    candidates = np.flatnonzero(found.any[family.equation] & open_cells[family.part])
    served, first = np.unique(family.equation[candidates], return_index=True)
    more = np.zeros_like(hidden)
    more[family.part[candidates[first]]] = True
    unserved = found.any & ~found.bare
    unserved[served] = False
    more[family.total[unserved]] = True
    return more & open_cells


def _per_sum(family: Equations, values: Flags | Floats) -> Floats:
    sums = np.bincount(family.equation, weights=values.astype(np.float64), minlength=len(family))
    return sums.astype(np.float64)
