"""The search for tables that show secrets safe, among cells that hang together."""

import numpy as np

from navbook.disclosure.linked_tables.feasible_tables import FeasibleTables

# this share of the cells of a set that are not proven is pushed at once, and each so often; then one by one
TOGETHER, TIMES = 0.2, 4
# one by one only if the set has few cells or few are left, by the product of both: else what is not found
# safe gets more hidden beside it, which takes less than to ask far and wide for each
ALONE = 2_500_000
# which share of the cells that can move both ways is pushed up first
UPWARDS = 0.75


def search(found: FeasibleTables) -> None:
    """Look for the tables that show the open secrets safe: many at once, then one by one."""
    _together(found)
    _one_by_one(found)


def _together(found: FeasibleTables) -> None:
    dice = np.random.default_rng(0)
    # what is small cannot fall far, so it is pushed up first; what does not get there is pushed the other way
    up = (found.value < found.required_width) | (dice.random(len(found.value)) < UPWARDS)
    times = np.zeros(len(up), dtype=np.intp)
    while len(asked := np.flatnonzero(found.unproven & (times < TIMES))):
        chosen = dice.permutation(asked)[: max(1, round(TOGETHER * len(asked)))]
        found.displace(chosen, up[chosen])
        times[chosen] += 1
        up[chosen] ^= found.unproven[chosen]


def _one_by_one(found: FeasibleTables) -> None:
    if np.count_nonzero(found.unproven) * len(found.value) > ALONE:
        return
    for cell in np.flatnonzero(found.unproven).tolist():
        if found.unproven[cell] and found.is_wide(cell):
            found.displace_in_whole_steps(cell, True)
            found.displace_in_whole_steps(cell, False)
