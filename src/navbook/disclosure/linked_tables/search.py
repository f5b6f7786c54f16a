"""The search for feasible tables that prove sensitive cells safe, in connected cells."""

import numpy as np

from navbook.disclosure.linked_tables.feasible_tables import FeasibleTables

# this share of the unproven cells is displaced in one linear program, and each cell in so many programs
SHARE, ATTEMPTS = 0.2, 4
# at most so many cells are displaced one by one, and so many further than nearby; for more, hiding more
# around them takes less time
MAX_NEARBY, MAX_FURTHER = 2000, 300
# the share of the cells able to move both ways that is displaced upwards first
SHARE_UPWARDS = 0.75


def search(tables: FeasibleTables) -> None:
    """Add tables that prove cells of `tables`: first many cells in each program, then one by one."""
    _many_at_a_time(tables)
    _one_by_one(tables)


def _many_at_a_time(tables: FeasibleTables) -> None:
    rng = np.random.default_rng(0)
    # a small value cannot fall far, so it is displaced upwards first; after a failure the direction changes
    up = (tables.value < tables.required_width) | (rng.random(len(tables.value)) < SHARE_UPWARDS)
    attempts = np.zeros(len(up), dtype=np.intp)
    while len(left := np.flatnonzero(tables.unproven & (attempts < ATTEMPTS))):
        chosen = rng.permutation(left)[: max(1, round(SHARE * len(left)))]
        tables.displace(chosen, up[chosen])
        attempts[chosen] += 1
        up[chosen] ^= tables.unproven[chosen]


def _one_by_one(tables: FeasibleTables) -> None:
    if np.count_nonzero(tables.unproven) > MAX_NEARBY:
        return
    for cell in np.flatnonzero(tables.unproven).tolist():
        tables.displace_nearby(cell)
    left = np.flatnonzero(tables.unproven)
    if len(left) > MAX_FURTHER:
        return
    for cell in left.tolist():
        if tables.unproven[cell] and tables.is_wide(cell):
            tables.displace_further(cell)
