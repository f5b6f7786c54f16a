"""A pattern of hidden cells, held up by a proof for each primary one: what no proof needs is published."""

from collections.abc import Iterable, Mapping

import numpy as np

from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.single_table.proofs import Proof, Search

# moving a cell that is hidden anyway costs next to nothing; more than nothing, so that proofs stay short
HIDDEN_ANYWAY = 0.002
# a pattern counts as cheaper from this difference on; prices differ by more, rounding by less
SAVING = 1e-9


class NoProof(Exception):
    """The cell (`args[0]`) cannot be protected by hiding all that may be hidden."""


class Pattern:
    """Which cells are hidden and why: the primary ones, and those that their proofs move."""

    def __init__(self, search: Search, primary: Flags, price: Floats) -> None:
        """`price` is what it costs to hide a cell, infinite where it may not be."""
        self._search, self._primary, self._price = search, primary, price
        self._uses = np.zeros(len(price), dtype=np.intp)
        self._users: dict[int, set[int]] = {}
        self.proofs: dict[int, Proof] = {}

    @property
    def hidden(self) -> Flags:
        """A flag for each cell."""
        return self._primary | (self._uses > 0)

    @property
    def secondary(self) -> Indices:
        """The cells that are hidden only to protect others."""
        return np.flatnonzero((self._uses > 0) & ~self._primary)

    def total(self) -> float:
        """What the secondary cells cost."""
        return float(self._price[self.secondary].sum())

    def build(self, order: Iterable[int]) -> None:
        """Find proofs for the primary cells one by one, each making use of what is hidden already.

        NoProof names a cell for which there is none, whatever is hidden.
        """
        for cell in order:
            cost = self._cost()
            proof = self._search.cheapest(cell, cost)
            if proof is None or not self._sound(proof):
                proof = self._search.anywhere(cell, cost)
            if proof is None:
                raise NoProof(cell)
            self._put({cell: proof})

    def publish_again(self, reroute_up_to: int = 0) -> bool:
        """Try to do without each secondary cell, the dearest first; whether that made the pattern cheaper.

        Where no more than `reroute_up_to` proofs need the cell, they may hide other cells instead of it.
        """
        better = False
        for cell in sorted(self.secondary.tolist(), key=lambda c: (-self._price[c], c)):
            if not self._uses[cell]:
                continue
            users = sorted(self._users[cell])
            better |= self._without(cell, users, reroute=len(users) <= reroute_up_to)
        return better

    def _without(self, banned: int, users: list[int], reroute: bool) -> bool:
        before, hidden = self.total(), self.hidden
        old = {cell: self.proofs[cell] for cell in users}
        for cell in users:
            self._drop(cell)
        for cell in users:
            cost = self._cost()
            if not reroute:
                cost[~hidden] = np.inf
            cost[banned] = np.inf
            proof = self._search.cheapest(cell, cost)
            if proof is None or not self._sound(proof):
                break
            self._put({cell: proof})
            if self.total() > before - SAVING:
                break
        else:
            return True
        for cell in users:
            self._drop(cell)
        self._put(old)
        return False

    def _sound(self, proof: Proof) -> bool:
        return proof.is_whole() or not self._search.whole

    def _put(self, proofs: Mapping[int, Proof]) -> None:
        for cell, proof in proofs.items():
            self.proofs[cell] = proof
            self._uses[proof.cells] += 1
            for moved in proof.cells.tolist():
                self._users.setdefault(moved, set()).add(cell)

    def _drop(self, cell: int) -> None:
        old = self.proofs.pop(cell, None)
        if old is not None:
            self._uses[old.cells] -= 1
            for moved in old.cells.tolist():
                self._users[moved].discard(cell)

    def _cost(self) -> Floats:
        anyway = HIDDEN_ANYWAY * np.where(np.isfinite(self._price), self._price, 1.0)
        return np.where(self.hidden, anyway, self._price)
