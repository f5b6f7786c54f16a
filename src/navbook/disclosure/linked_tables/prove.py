"""Which sensitive cells of an edition are safe, by the feasible tables that can be found for them.

Two linear programs for each of very many cells would take too long. One Markov walk over tables proves most
of them safe. Linear programs then displace many of the others together, and at last each by itself.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linear.components import batches, components
from navbook.disclosure.linear.propagation import Intervals
from navbook.disclosure.linear.table import TOLERANCE, is_integer
from navbook.disclosure.linked_tables.attacker_view import AttackerView
from navbook.disclosure.linked_tables.feasible_tables import FeasibleTables
from navbook.disclosure.linked_tables.markov_moves import half_moves
from navbook.disclosure.linked_tables.markov_walk import ReachedRange, markov_walk
from navbook.disclosure.linked_tables.search import search
from navbook.disclosure.linked_tables.system import System

# small components are searched together, up to this many cells in a batch
BATCH_CELLS = 300
# for fewer sensitive cells the walk does not repay finding its moves
MIN_SENSITIVE_FOR_WALK = 500


def prove(system: System, view: AttackerView, proven: Flags) -> Flags:
    """The cells of `view` that are safe: `proven`, and the sensitive ones that are found to be.

    A cell that is not found may be safe nevertheless.
    """
    proven = proven.copy()
    wanted = view.sensitive & ~view.disclosed & ~proven
    reached = _walk(system, view, wanted)
    proven |= wanted & (reached.highest - reached.lowest >= view.required_width)
    for cells, tables in _searches(view, proven, reached):
        wanted = tables.unproven.copy()
        search(tables)
        proven[cells] |= wanted & ~tables.unproven
    return proven


def _walk(system: System, view: AttackerView, wanted: Flags) -> ReachedRange:
    """The values that a walk reaches in each cell of `view`: only the true ones where it is not worth it."""
    if system.coordinates is None or np.count_nonzero(wanted) < MIN_SENSITIVE_FOR_WALK:
        return ReachedRange(view.value.copy(), view.value.copy())
    free, queried = np.zeros((2, len(system.values)), dtype=bool)
    # the walk knows no upper limits, so it does not move a cell that has one
    unlimited = np.isinf(system.highest[view.cells])
    free[view.cells] = (view.interval.high - view.interval.low > TOLERANCE) & unlimited
    queried[view.cells] = wanted
    width = np.zeros(len(system.values))
    width[view.cells] = view.required_width
    values = system.values
    if is_integer(values[view.cells]):
        values, width = np.round(values), np.ceil(width - TOLERANCE)
    moves = half_moves(system.matrix, system.coordinates, free)
    reached = markov_walk(system.matrix, moves, values, width, queried)
    return ReachedRange(reached.lowest[view.cells], reached.highest[view.cells])


def _searches(
    view: AttackerView, proven: Flags, reached: ReachedRange
) -> Iterator[tuple[Indices, FeasibleTables]]:
    """The components with a cell that is neither proven nor disclosed: its cells, and the tables to search.

    Small components are put together, those of integers apart from the others.
    """
    free = np.flatnonzero(view.interval.high - view.interval.low > TOLERANCE)
    matrix = csr_array(view.matrix[:, free])
    wanted = (view.sensitive & ~proven & ~view.disclosed)[free]
    by_integrality: dict[bool, list[tuple[Indices, Indices]]] = {True: [], False: []}
    for rows, columns in components(matrix):
        if wanted[columns].any():
            by_integrality[is_integer(view.value[free[columns]])].append((rows, columns))
    for integer, found in by_integrality.items():
        for batch in batches(found, lambda component: len(component[1]), BATCH_CELLS):
            rows, columns = (np.sort(np.concatenate(indices)) for indices in zip(*batch, strict=True))
            part = csr_array(csr_array(matrix[rows])[:, columns])
            yield free[columns], _tables(view, part, free[columns], wanted[columns], reached, integer)


def _tables(
    view: AttackerView,
    matrix: csr_array,
    cells: Indices,
    unproven: Flags,
    reached: ReachedRange,
    integer: bool,
) -> FeasibleTables:
    """The tables to search for some cells of `view`, with what the walk reached."""
    value = np.round(view.value[cells]) if integer else view.value[cells]
    low, high = view.interval.low[cells], view.interval.high[cells]
    return FeasibleTables(
        matrix=matrix,
        value=value,
        required_width=view.required_width[cells],
        interval=Intervals(np.minimum(low, value), np.maximum(high, value)),
        integer=integer,
        lowest=np.minimum(reached.lowest[cells], value),
        highest=np.maximum(reached.highest[cells], value),
        unproven=unproven,
    )
