"""The search for tables that show secrets safe, among cells that hang together."""

import numpy as np

from navbook.disclosure.linked_tables.feasible_tables import Witnesses

# this share of the cells of a set that are not proven is pushed at once, and each so often; then one by one
TOGETHER, TIMES = 0.2, 4
# one by one only if the set has few cells or few are left, by the product of both: else what is not found
# safe gets more hidden beside it, which takes less than to ask far and wide for each
ALONE = 2_500_000
# which share of the cells that can move both ways is pushed up first
UPWARDS = 0.75


def search(found: Witnesses) -> None:
    """Look for the tables that show the open secrets safe: many at once, then one by one."""
    _together(found)
    _one_by_one(found)


def _together(found: Witnesses) -> None:
    dice = np.random.default_rng(0)
    # what is small cannot fall far, so it is pushed up first; what does not get there is pushed the other way
    up = (found.value < found.need) | (dice.random(len(found.value)) < UPWARDS)
    times = np.zeros(len(up), dtype=np.intp)
    while len(asked := np.flatnonzero(found.open & (times < TIMES))):
        chosen = dice.permutation(asked)[: max(1, round(TOGETHER * len(asked)))]
        found.push(chosen, up[chosen])
        times[chosen] += 1
        up[chosen] ^= found.open[chosen]


def _one_by_one(found: Witnesses) -> None:
    if np.count_nonzero(found.open) * len(found.value) > ALONE:
        return
    for cell in np.flatnonzero(found.open).tolist():
        if found.open[cell] and found.is_wide(cell):
            found.push_in_whole_steps(cell, True)
            found.push_in_whole_steps(cell, False)
