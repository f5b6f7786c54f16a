"""What an attacker starts from: the unpublished cells, and the equations that bind them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linear.propagation import Intervals, propagate
from navbook.disclosure.linear.table import TOLERANCE
from navbook.disclosure.linked_tables.system import System

# a hidden value that is not an integer counts as exact if it is known within this width
EXACT_WIDTH = 0.01
# rounds of propagation before a proof
PROOF_ROUNDS = 40


@dataclass(frozen=True)
class AttackerView:
    """The unpublished cells and the equations that bind them, all in the order of the system.

    `cells` and `equations` are their indices in the system; `matrix` (equations x cells) @ values is `rhs`.
    `value` holds the true values. `required_width` is how wide the feasibility interval of a sensitive cell
    must be (0 for the other cells). `interval` holds the bounds that single equations give, propagated from
    one to the next.
    """

    cells: Indices
    equations: Indices
    matrix: csr_array
    rhs: Floats
    value: Floats
    required_width: Floats
    interval: Intervals

    @property
    def sensitive(self) -> Flags:
        """The cells that must not be derivable."""
        return self.required_width > 0

    @property
    def disclosed(self) -> Flags:
        """The sensitive cells that single equations bound too narrowly."""
        return self.sensitive & (self.interval.high - self.interval.low < self.required_width)

    def equations_to_relax(self, columns: Indices) -> Iterator[Indices]:
        """Equations of the system in which a further unknown cell would widen the cells at `columns`.

        First the equation that leaves each cell the least slack, then all of their equations, then those of
        the cells that share one with them.
        """
        matrix = self.matrix
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        wanted = np.zeros(matrix.shape[1], dtype=bool)
        wanted[columns] = True
        entry = np.flatnonzero(wanted[matrix.indices])
        slack = self._slack(row)[entry]
        order = np.lexsort((row[entry], slack, matrix.indices[entry]))
        _, first = np.unique(matrix.indices[entry][order], return_index=True)
        yield np.unique(self.equations[row[entry][order][first]])
        pattern = csr_array(abs(matrix))
        for _ in range(2):
            touched = pattern @ wanted.astype(np.float64) > 0
            yield self.equations[touched]
            wanted = csr_array(pattern.T) @ touched.astype(np.float64) > 0

    def _slack(self, row: Indices) -> Floats:
        """For each entry of the matrix, how far the other cells of its equation can move together."""
        count = self.matrix.shape[0]
        width = (self.interval.high - self.interval.low)[self.matrix.indices]
        unbounded = np.isinf(width)
        width = np.where(unbounded, 0.0, width)
        others = np.bincount(row, weights=width, minlength=count)[row] - width
        unbounded_others = np.bincount(row, weights=unbounded, minlength=count)[row] - unbounded
        return np.where(unbounded_others > 0, np.inf, others)


def attacker_view(system: System, hidden: Flags, rounds: int) -> AttackerView:
    """The view of an attacker when exactly the rows of `hidden` are hidden.

    Values are at least zero and at most what the attacker is told.

    `rounds` bounds the rounds of propagation.
    """
    unpublished = system.unpublished(hidden)
    columns = np.flatnonzero(unpublished)
    matrix = csr_array(system.matrix[:, columns])
    equations = np.flatnonzero(np.diff(matrix.indptr) > 0)
    matrix = csr_array(matrix[equations])
    published = np.where(unpublished, 0.0, system.values)
    rhs = -np.asarray(system.matrix @ published)[equations]
    value = system.values[columns]
    start = Intervals(np.zeros(len(columns)), system.highest[columns])
    margin = TOLERANCE * float(np.max(np.abs(system.values), initial=1.0))
    found = propagate(matrix, rhs, start, False, margin, rounds)
    # the true value lies within every bound, whatever rounding did to it
    interval = Intervals(np.minimum(found.low, value), np.maximum(found.high, value), found.converged)
    required = required_widths(system, unpublished)[columns]
    return AttackerView(columns, equations, matrix, rhs, value, required, interval)


def required_widths(system: System, unpublished: Flags) -> Floats:
    """How wide the interval of each cell of the system must be; 0 for cells that are not sensitive."""
    not_exact = np.where(system.integer, 1.0, EXACT_WIDTH)
    width = np.where(system.primary, np.maximum(system.required_width, not_exact), not_exact) - TOLERANCE
    return np.where(system.sensitive(unpublished), width, 0.0)


def disclosed_by_released(system: System) -> Flags:
    """The cells that released ones disclose by single equations, even if every row is hidden."""
    disclosed = np.zeros(len(system.values), dtype=bool)
    view = _view_of_released(system)
    disclosed[view.cells] = view.disclosed
    return disclosed


def max_feasible_width(system: System) -> Floats:
    """How wide the interval of each cell is by single equations if every row is hidden; 0 if it is known."""
    width = np.zeros(len(system.values))
    view = _view_of_released(system)
    width[view.cells] = view.interval.high - view.interval.low
    return width


def _view_of_released(system: System) -> AttackerView:
    return attacker_view(system, np.ones(len(system.cost), dtype=bool), PROOF_ROUNDS)
