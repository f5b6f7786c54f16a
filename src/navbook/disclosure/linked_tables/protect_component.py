"""Protection of one connected component: by rules first, then against all equations together."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.attacker_view import (
    PROOF_ROUNDS,
    AttackerView,
    attacker_view,
    disclosed_by_released,
)
from navbook.disclosure.linked_tables.prove import prove
from navbook.disclosure.linked_tables.result import SuppressionResult
from navbook.disclosure.linked_tables.secondary_by_program import secondary_rows
from navbook.disclosure.linked_tables.secondary_by_rules import SuppressionRules, suppress_by_rules
from navbook.disclosure.linked_tables.system import LAST_RESORT, System

# after so many proofs every further round also hides detail, so that the work ends
MAX_PROOFS = 40
# for so few unsafe cells a linear program chooses the rows; for more, a row of each equation is quicker
MAX_CELLS_BY_PROGRAM = 300
# where no row of an equation helps, so many cells are tried by programs in one round
MAX_CELLS_IN_ROUND = 300
# detail is hidden within so many equations of an unsafe cell, further at each attempt, before all of it is
FALLBACK_DISTANCE, FALLBACK_ATTEMPTS = 2, 5
# rounds of propagation while rows are chosen
QUICK_ROUNDS = 12


def protect_component(system: System, begin: SuppressionResult | None = None) -> SuppressionResult:
    """The rows of a connected system to hide so that no sensitive cell can be derived too closely.

    Where secondary suppression does not end, detail is hidden, and at last every row. With a result to
    `begin` from, its rows stay hidden, and its proven cells are not proven again.
    """
    state = _State.beginning(system, begin)
    if not state.hidden.any() and not system.primary.any():
        return state.result(None)
    view, unsafe = state.unsafe_columns()
    # where every row is hidden, nothing published helps an attacker
    while len(unsafe) and not state.hidden.all():
        state.hide_more(view, unsafe)
        view, unsafe = state.unsafe_columns()
    return state.result(view)


@dataclass
class _State:
    """How far the protection of a system has come.

    `hidden` has a flag for each row, `proven` and `disclosed` one for each cell (as in SuppressionResult).
    `proofs` and `fallbacks` count the rounds of each, `fallback_rows` the rows hidden by fallbacks.
    """

    system: System
    rules: SuppressionRules
    hidden: Flags
    proven: Flags
    disclosed: Flags
    fallback_rows: int = 0
    proofs: int = 0
    fallbacks: int = 0

    @classmethod
    def beginning(cls, system: System, begin: SuppressionResult | None) -> "_State":
        rules = SuppressionRules(system)
        if begin is not None:
            hidden = suppress_by_rules(system, begin.hidden)
            return cls(system, rules, hidden, begin.proven.copy(), begin.disclosed.copy(), begin.fallback)
        hidden = suppress_by_rules(system)
        proven, disclosed = np.zeros((2, len(system.values)), dtype=bool)
        if system.known.any() and (hidden.any() or system.primary.any()):
            disclosed = disclosed_by_released(system)
        return cls(system, rules, hidden, proven, disclosed)

    def unsafe_columns(self) -> tuple[AttackerView, Indices]:
        """The attacker's view, and the columns of its cells that are disclosed or not proven safe.

        Cells that single equations disclose come first; only without any is the rest proven. What is proven
        is noted, and stays so when more is hidden. Cells disclosed by releases are left out.
        """
        view = attacker_view(self.system, self.hidden, QUICK_ROUNDS)
        exposed = np.flatnonzero(view.disclosed & ~(self.proven | self.disclosed)[view.cells])
        if len(exposed):
            return view, exposed
        view = attacker_view(self.system, self.hidden, PROOF_ROUNDS)
        given_up = self.disclosed[view.cells]
        proven = prove(self.system, view, self.proven[view.cells] | given_up)
        self.proven[view.cells] = proven & ~given_up
        self.proofs += 1
        return view, np.flatnonzero(view.sensitive & ~(self.proven | self.disclosed)[view.cells])

    def hide_more(self, view: AttackerView, unsafe: Indices) -> None:
        """Hide rows for the `unsafe` columns of `view`, or give up the cells that releases disclose."""
        rows, unprotectable = self._helping_rows(view, unsafe)
        if len(unprotectable) and not rows.any():
            self.disclosed[unprotectable] = True
            return
        if self.proofs > MAX_PROOFS or not rows.any():
            rows = self._fallback(view.cells[unsafe])
        self.hidden = suppress_by_rules(self.system, self.hidden | rows)

    def _helping_rows(self, view: AttackerView, unsafe: Indices) -> tuple[Flags, Indices]:
        """Rows that widen the `unsafe` columns, none if no row does, and the unprotectable cells.

        For few cells a linear program finds them. For more, they are the cheapest rows in the equations that
        bind the cells.
        """
        if len(unsafe) <= MAX_CELLS_BY_PROGRAM:
            rows, unprotectable = self._rows_by_program(view, unsafe)
            if rows.any() or len(unprotectable):
                return rows, unprotectable
        unpublished = np.zeros(len(self.system.values), dtype=bool)
        unpublished[view.cells] = True
        for equations in view.equations_to_relax(unsafe):
            rows = self.rules.cheapest_rows(equations, unpublished, self.hidden) & ~self.hidden
            if rows.any():
                return rows, unsafe[:0]
        return self._rows_by_program(view, unsafe[:MAX_CELLS_IN_ROUND])

    def _rows_by_program(self, view: AttackerView, unsafe: Indices) -> tuple[Flags, Indices]:
        """The cheapest rows for each of the cells, and the cells that no row of the system protects."""
        rows, anything_released = np.zeros_like(self.hidden), bool(self.system.known.any())
        unprotectable = []
        for column in unsafe.tolist():
            cell, width = int(view.cells[column]), view.required_width[column]
            more = secondary_rows(self.system, self.hidden | rows, cell, width, everywhere=anything_released)
            if more is not None:
                rows |= more
            elif anything_released:
                unprotectable.append(cell)
        return rows, np.array(unprotectable, dtype=np.intp)

    def _fallback(self, unsafe: Indices) -> Flags:
        """The rows of detail to hide for the `unsafe` cells, and count them.

        The first class of rows near the cells, ever further away; after some attempts all rows of detail, and
        then all rows.
        """
        system = self.system
        detail = ~self.hidden & (system.row_class < LAST_RESORT)
        distance = FALLBACK_DISTANCE * (self.fallbacks + 1)
        near = detail & system.rows_showing(self._within(unsafe, distance))
        if self.fallbacks < FALLBACK_ATTEMPTS and near.any():
            rows = near & (system.row_class == system.row_class[near].min())
        else:
            rows = detail if detail.any() else ~self.hidden
        self.fallbacks += 1
        self.fallback_rows += int(rows.sum())
        return rows

    def _within(self, cells: Indices, distance: int) -> Flags:
        """The cells within so many equations of `cells`."""
        near = np.zeros(len(self.system.values), dtype=bool)
        near[cells] = True
        pattern = csr_array(abs(self.system.matrix))
        for _ in range(distance):
            near |= (pattern.T @ (pattern @ near.astype(np.float64))) > 0
        return near

    def result(self, view: AttackerView | None) -> SuppressionResult:
        """The result as the state is now; `view` is the last view, None if nothing was looked at."""
        system = self.system
        primary = system.forced | system.rows_showing(system.primary)
        return SuppressionResult(
            hidden=self.hidden,
            disclosed=self.disclosed,
            proven=self.proven,
            rows=len(self.hidden),
            primary=int(np.count_nonzero(primary)),
            left_out=int(np.count_nonzero(system.hidden_from_start & ~primary)),
            cells=0 if view is None else len(view.cells),
            equations=0 if view is None else len(view.equations),
            sensitive=0 if view is None else int(np.count_nonzero(view.sensitive)),
            fallback=self.fallback_rows,
        )
