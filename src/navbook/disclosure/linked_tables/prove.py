"""Which secrets of an edition are safe, by the tables that can be found for them.

Instead of two linear programs for each of very many cells, one walk by small moves shows most of them safe.
Linear programs then push many of the others at once, and at last each by itself as far as it can go.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linear.components import batches, components
from navbook.disclosure.linear.propagation import Intervals
from navbook.disclosure.linear.table import TOLERANCE, is_whole
from navbook.disclosure.linked_tables.attacker_view import AttackerView
from navbook.disclosure.linked_tables.feasible_tables import FeasibleTables
from navbook.disclosure.linked_tables.markov_moves import half_moves
from navbook.disclosure.linked_tables.markov_walk import ReachedRange, markov_walk
from navbook.disclosure.linked_tables.search import search
from navbook.disclosure.linked_tables.system import System

# cells that hang together in small sets are pushed together up to this many
BATCH = 300
# for fewer secrets a walk is not worth looking for arms
MIN_SENSITIVE_FOR_WALK = 500


def prove(system: System, unknown: AttackerView, proven: Flags) -> Flags:
    """By column of `unknown`: `proven`, and the other secrets that are found safe."""
    proven = proven.copy()
    asked = (unknown.required_width > 0) & ~unknown.disclosed & ~proven
    reached = _walked(system, unknown, asked)
    proven |= asked & (reached.highest - reached.lowest >= unknown.required_width)
    for cells, found in _sets(unknown, proven, reached):
        asked = found.unproven.copy()
        search(found)
        proven[cells] |= asked & ~found.unproven
    return proven


def _walked(system: System, unknown: AttackerView, asked: Flags) -> ReachedRange:
    """What a walk reaches in each column of `unknown`."""
    truth = ReachedRange(unknown.value.copy(), unknown.value.copy())
    if system.coordinates is None or np.count_nonzero(asked) < MIN_SENSITIVE_FOR_WALK:
        return truth
    free, wanted = np.zeros((2, len(system.values)), dtype=bool)
    free[unknown.cells] = unknown.interval.high - unknown.interval.low > TOLERANCE
    wanted[unknown.cells] = asked
    need = np.zeros(len(system.values))
    need[unknown.cells] = unknown.required_width
    values = system.values
    if is_whole(values[unknown.cells]):
        values, need = np.round(values), np.ceil(need - TOLERANCE)
    reached = markov_walk(
        system.matrix, half_moves(system.matrix, system.coordinates, free), values, need, wanted
    )
    return ReachedRange(reached.lowest[unknown.cells], reached.highest[unknown.cells])


def _sets(
    unknown: AttackerView, proven: Flags, reached: ReachedRange
) -> Iterator[tuple[Indices, FeasibleTables]]:
    """The cells that hang together with a secret that is not proven, nor surely lost; small sets together."""
    low, high = unknown.interval.low, unknown.interval.high
    free = np.flatnonzero(high - low > TOLERANCE)
    matrix = csr_array(unknown.matrix[:, free])
    asked = ((unknown.required_width > 0) & ~proven & ~unknown.disclosed)[free]
    groups: dict[bool, list[tuple[Indices, Indices]]] = {True: [], False: []}
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
                FeasibleTables(
                    matrix=csr_array(csr_array(matrix[rows])[:, columns]),
                    value=value,
                    required_width=unknown.required_width[cells],
                    interval=Intervals(np.minimum(low[cells], value), np.maximum(high[cells], value)),
                    whole=whole,
                    lowest=np.minimum(reached.lowest[cells], value),
                    highest=np.maximum(reached.highest[cells], value),
                    unproven=asked[columns],
                ),
            )
