"""Secondary suppression by rule: what must be hidden so that no single equation gives a hidden row back.

Every equation with a sensitive cell has at least two unknown cells, and where all of them are added, their
sum is no smaller than the threshold. Of the rows that would help, those of the first row class count, and of
these the one with the lowest cost for each equation it helps is hidden. The rules are cheap and can be
followed by hand. Several equations together may still disclose a cell, which `prove` finds.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables.system import LAST_RESORT, ROUNDING, System

# a cell is followed through so many equations to the rows that it is derived from
DERIVED_THROUGH = 3


def suppress_by_rules(system: System, hidden: Flags | None = None) -> Flags:
    """The rows to hide: those in `hidden`, or else those hidden from the start, and what the rules add.

    Depends on names, values and equations only, not on the order of the input.
    """
    rules = SuppressionRules(system)
    if hidden is None:
        hidden = system.hidden_from_start
    hidden = system.with_duplicate_rows(hidden)
    while (more := rules.next_rows(hidden) & ~hidden).any():
        hidden = system.with_duplicate_rows(hidden | more)
    return hidden


@dataclass(frozen=True)
class SuppressionRules:
    """The rules applied to one system."""

    system: System

    def next_rows(self, hidden: Flags) -> Flags:
        """The rows to hide next, for the equations that disclose a cell; none when none does.

        Equations come last for which a row elsewhere is as good as one in them: what is hidden for the others
        often is such a row.
        """
        unpublished = self.system.unpublished(hidden)
        equations = np.flatnonzero(self.disclosing(unpublished))
        own, elsewhere = self._first_classes(equations, unpublished, hidden)
        first = self._cheapest_rows(equations[own < elsewhere], unpublished, hidden)
        return first if first.any() else self._cheapest_rows(equations[own <= elsewhere], unpublished, hidden)

    def disclosing(self, unpublished: Flags) -> Flags:
        """The equations that by themselves disclose a sensitive cell."""
        matrix = self.system.matrix
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        unknown, alone = self._without_derived(row, unpublished)
        single = np.zeros(matrix.shape[0], dtype=bool)
        single[row[alone]] = True
        return single | self._small_sums(row, unknown)

    def cheapest_rows(self, equations: Indices, unpublished: Flags, hidden: Flags) -> Flags:
        """The rows of the first class, and of the lowest cost in it, that make one more cell unknown in each.

        Equations are left out for which rows elsewhere are of an earlier class; programs find those. A row
        must be the cheapest for every equation that it helps, so that no two are hidden for one.
        """
        own, elsewhere = self._first_classes(equations, unpublished, hidden)
        return self._cheapest_rows(equations[own <= elsewhere], unpublished, hidden)

    def _cheapest_rows(self, equations: Indices, unpublished: Flags, hidden: Flags) -> Flags:
        chosen = np.zeros_like(hidden)
        if not len(equations):
            return chosen
        helps = self._helping_rows(equations, unpublished, hidden)
        helped = np.bincount(helps.indices, minlength=len(hidden))
        with np.errstate(divide="ignore"):
            cost = self.system.cost / helped
        # the class before the cost: no number of helped equations makes up for a later class
        place = np.empty(len(cost), dtype=np.intp)
        place[np.lexsort((cost, self.system.row_class))] = np.arange(len(cost))
        lowest = np.full(len(equations), len(cost))
        entry = place[helps.indices]
        equation = np.repeat(np.arange(len(equations)), np.diff(helps.indptr))
        np.minimum.at(lowest, equation, entry)
        beaten = np.zeros(len(hidden), dtype=bool)
        beaten[helps.indices[entry > lowest[equation]]] = True
        chosen[helps.indices] = True
        return chosen & ~beaten

    def _first_classes(
        self, equations: Indices, unpublished: Flags, hidden: Flags
    ) -> tuple[Indices, Indices]:
        """The first class of the rows in each of the `equations`, and of rows elsewhere that may do as well.

        Such a row shows a cell from which an unpublished cell of the equation is derived: with the row
        hidden, that cell is unknown. Rows of class LAST_RESORT are no choice of a rule while others are left:
        a program says whether any of those helps, however far away.
        """
        system, matrix = self.system, self.system.matrix
        first_class = np.where(hidden, LAST_RESORT + 1, system.row_class)
        shown = csr_array(system.shown_by)
        of_cell = np.full(len(unpublished), LAST_RESORT + 1, dtype=np.intp)
        cell = np.repeat(np.arange(len(unpublished)), np.diff(shown.indptr))
        np.minimum.at(of_cell, cell, first_class[shown.indices])
        of_cell[unpublished] = LAST_RESORT + 1
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        derived = unpublished & ~self._without_derived(row, unpublished)[0]
        own = self._first_in(of_cell)[equations]
        elsewhere = np.full(len(equations), LAST_RESORT + 1)
        if derived.any():
            entry = derived[matrix.indices]
            reached = of_cell.copy()
            for _ in range(DERIVED_THROUGH):
                through = self._first_in(reached)
                np.minimum.at(reached, matrix.indices[entry], through[row[entry]])
            elsewhere = self._first_in(np.where(derived, reached, LAST_RESORT + 1))[equations]
        if (first_class < LAST_RESORT).any():
            elsewhere = np.where(own == LAST_RESORT, 0, elsewhere)
        return own, elsewhere

    def _first_in(self, of_cell: Indices) -> Indices:
        """The first class among the cells of each equation."""
        matrix = self.system.matrix
        first = np.full(matrix.shape[0], LAST_RESORT + 1, dtype=np.intp)
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        np.minimum.at(first, row, of_cell[matrix.indices])
        return first

    def _without_derived(self, row: Indices, unpublished: Flags) -> tuple[Flags, Flags]:
        """The cells that stay unknown, and the entries of the matrix that are alone in their equation.

        An unpublished cell that need not be protected becomes known as soon as it can be derived.
        """
        matrix = self.system.matrix
        cells, sensitive = matrix.indices, self.system.sensitive(unpublished)
        unknown = unpublished.copy()
        while True:
            count = np.bincount(row, weights=unknown[cells], minlength=matrix.shape[0])
            alone = unknown[cells] & (count[row] == 1)
            derived = alone & ~sensitive[cells]
            if not derived.any():
                return unknown, alone
            unknown[cells[derived]] = False

    def _small_sums(self, row: Indices, unknown: Flags) -> Flags:
        """The equations whose unknown cells are all on one side and add up to less than a threshold."""
        matrix, system = self.system.matrix, self.system
        count = matrix.shape[0]
        kept = unknown[matrix.indices]
        row, cells, sign = row[kept], matrix.indices[kept], np.sign(matrix.data)[kept]
        one_sided = np.abs(np.bincount(row, weights=sign, minlength=count)) == np.bincount(
            row, minlength=count
        )
        total = np.bincount(row, weights=system.values[cells], minlength=count)
        threshold: Floats = np.zeros(count)
        np.maximum.at(threshold, row, np.where(system.primary[cells], system.threshold[cells], 0.0))
        return one_sided & (total < threshold - ROUNDING)

    def _helping_rows(self, equations: Indices, unpublished: Flags, hidden: Flags) -> csr_array:
        """For each equation (rows) the published rows (columns) that alone show one of its cells."""
        shown = csr_array(self.system.shown_by * (~hidden).astype(np.float64)[None, :])
        shown.eliminate_zeros()
        by_one_row = (np.diff(shown.indptr) == 1) & ~unpublished
        pattern = csr_array(abs(self.system.matrix[equations]) * by_one_row.astype(np.float64)[None, :])
        pattern.eliminate_zeros()
        return csr_array(pattern @ shown)
