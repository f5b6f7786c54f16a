"""Which secrets of an edition are safe, by the tables that can be found for them.

Instead of two linear programs for each of very many cells, one walk by small moves shows most of them safe.
Linear programs then push many of the others at once, and at last each by itself as far as it can go.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Places
from navbook.disclosure.linear.components import batches, components
from navbook.disclosure.linear.propagation import Box
from navbook.disclosure.linear.table import TOLERANCE, is_whole
from navbook.disclosure.linked_tables.attacker_view import Unknown
from navbook.disclosure.linked_tables.feasible_tables import Witnesses
from navbook.disclosure.linked_tables.markov_moves import arms_of
from navbook.disclosure.linked_tables.markov_walk import Reached, walk
from navbook.disclosure.linked_tables.search import search
from navbook.disclosure.linked_tables.system import System

# cells that hang together in small sets are pushed together up to this many
BATCH = 300
# for fewer secrets a walk is not worth looking for arms
MANY = 500


def prove(system: System, unknown: Unknown, proven: Flags) -> Flags:
    """By column of `unknown`: `proven`, and the other secrets that are found safe."""
    proven = proven.copy()
    asked = (unknown.need > 0) & ~unknown.lost & ~proven
    reached = _walked(system, unknown, asked)
    proven |= asked & (reached.most - reached.least >= unknown.need)
    for cells, found in _sets(unknown, proven, reached):
        asked = found.open.copy()
        search(found)
        proven[cells] |= asked & ~found.open
    return proven


def _walked(system: System, unknown: Unknown, asked: Flags) -> Reached:
    """What a walk reaches in each column of `unknown`."""
    truth = Reached(unknown.value.copy(), unknown.value.copy())
    if system.grid is None or np.count_nonzero(asked) < MANY:
        return truth
    free, wanted = np.zeros((2, len(system.values)), dtype=bool)
    free[unknown.columns] = unknown.box.high - unknown.box.low > TOLERANCE
    wanted[unknown.columns] = asked
    need = np.zeros(len(system.values))
    need[unknown.columns] = unknown.need
    values = system.values
    if is_whole(values[unknown.columns]):
        values, need = np.round(values), np.ceil(need - TOLERANCE)
    reached = walk(system.matrix, arms_of(system.matrix, system.grid, free), values, need, wanted)
    return Reached(reached.least[unknown.columns], reached.most[unknown.columns])


def _sets(unknown: Unknown, proven: Flags, reached: Reached) -> Iterator[tuple[Places, Witnesses]]:
    """The cells that hang together with a secret that is not proven, nor surely lost; small sets together."""
    low, high = unknown.box.low, unknown.box.high
    free = np.flatnonzero(high - low > TOLERANCE)
    matrix = csr_array(unknown.matrix[:, free])
    asked = ((unknown.need > 0) & ~proven & ~unknown.lost)[free]
    groups: dict[bool, list[tuple[Places, Places]]] = {True: [], False: []}
    for rows, columns in components(matrix):
        if not asked[columns].any():
            continue
        group = groups[is_whole(unknown.value[free[columns]])]
        group.append((rows, columns))
    for whole, sets in groups.items():
        for batch in batches(sets, lambda each: len(each[1]), BATCH):
            rows, columns = (np.sort(np.concatenate(each)) for each in zip(*batch, strict=True))
            cells = free[columns]
            value = np.round(unknown.value[cells]) if whole else unknown.value[cells]
            yield (
                cells,
                Witnesses(
                    matrix=csr_array(csr_array(matrix[rows])[:, columns]),
                    value=value,
                    need=unknown.need[cells],
                    box=Box(np.minimum(low[cells], value), np.maximum(high[cells], value)),
                    whole=whole,
                    least=np.minimum(reached.least[cells], value),
                    most=np.maximum(reached.most[cells], value),
                    open=asked[columns],
                ),
            )
