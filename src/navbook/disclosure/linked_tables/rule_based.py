"""Complementary suppression by rule: what goes with a hidden row so that no single equation gives it back.

In every equation with a secret there are at least two unknown cells, and where all of them are added, they
add up to no less than what may be told. Of the rows that would help, the one is hidden that costs least for
each equation it helps. Cheap and simple enough to be followed by hand; several equations taken together may
still tell too much, which is for `prove` to find.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables.system import ROUNDING, System


def suppress_by_rules(system: System, hidden: Flags | None = None) -> Flags:
    """Which rows are hidden: those of cells that may not be told (or, if given, `hidden`), and what must go
    with them.

    Depends on names, values and equations only, not on the order in which anything came.
    """
    rules = SuppressionRules(system)
    if hidden is None:
        hidden = system.forced | system.rows_showing(system.primary)
    hidden = system.with_duplicate_rows(hidden)
    while True:
        more = rules.next_to_hide(hidden) & ~hidden
        if not more.any():
            return hidden
        hidden = system.with_duplicate_rows(hidden | more)


@dataclass(frozen=True)
class SuppressionRules:
    """The rules of one system."""

    system: System

    def next_to_hide(self, hidden: Flags) -> Flags:
        """The rows that go next, by the equations that tell too much; none when none does."""
        unknown = self.system.unpublished(hidden)
        return self.helping(np.flatnonzero(self._exposed(unknown)), unknown, hidden)

    def helping(self, exposed: Indices, unknown: Flags, hidden: Flags) -> Flags:
        """The rows that cost least for making one more cell of the `exposed` equations unknown."""
        more = np.zeros_like(hidden)
        if not len(exposed):
            return more
        helps = self._helping_rows(exposed, unknown, hidden)
        helped = np.bincount(helps.indices, minlength=len(hidden))
        with np.errstate(divide="ignore"):
            key = self.system.cost / helped
        best = np.full(len(exposed), np.inf)
        entry_key = key[helps.indices]
        of = np.repeat(np.arange(len(exposed)), np.diff(helps.indptr))
        np.minimum.at(best, of, entry_key)
        # a row that is the best for every equation it helps: so no two rows are hidden for one equation
        second = np.zeros(len(hidden), dtype=bool)
        second[helps.indices[entry_key > best[of]]] = True
        more[helps.indices] = True
        return more & ~second & np.isfinite(key)

    def _exposed(self, unknown: Flags) -> Flags:
        """The equations that by themselves tell too much of a secret."""
        matrix, system = self.system.matrix, self.system
        guarded, primary = system.needs_protection(unknown), system.primary
        rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        cells, sign = matrix.indices, np.sign(matrix.data)
        unknown = unknown.copy()
        while True:
            count = np.bincount(rows, weights=unknown[cells], minlength=matrix.shape[0])
            alone = unknown[cells] & (count[rows] == 1)
            # what is in no table, and large enough to be told, is known when it can be worked out
            found = alone & ~guarded[cells]
            if not found.any():
                break
            unknown[cells[found]] = False
        lone = np.zeros(matrix.shape[0], dtype=bool)
        lone[rows[alone]] = True
        return lone | self._small(rows, cells, sign, unknown, primary)

    def _small(
        self, rows: np.ndarray, cells: np.ndarray, sign: Floats, unknown: Flags, primary: Flags
    ) -> Flags:
        count = self.system.matrix.shape[0]
        here = unknown[cells]
        rows, cells, sign = rows[here], cells[here], sign[here]
        one_sided = np.abs(np.bincount(rows, weights=sign, minlength=count)) == np.bincount(
            rows, minlength=count
        )
        total = np.bincount(rows, weights=self.system.values[cells], minlength=count)
        asked = np.zeros(count)
        np.maximum.at(asked, rows, np.where(primary[cells], self.system.threshold[cells], 0.0))
        return one_sided & (total < asked - ROUNDING)

    def _helping_rows(self, exposed: np.ndarray, unknown: Flags, hidden: Flags) -> csr_array:
        """For each exposed equation the shown rows that would make one more of its cells unknown."""
        shown_by = self.system.shown_by
        shown = shown_by * (~hidden).astype(np.float64)[None, :]
        shown = csr_array(shown)
        shown.eliminate_zeros()
        by_one = (np.diff(shown.indptr) == 1) & ~unknown
        pattern = csr_array(abs(self.system.matrix[exposed]) * by_one.astype(np.float64)[None, :])
        pattern.eliminate_zeros()
        return csr_array(pattern @ shown)
