"""Linear and whole-number programs over the values that cells may have, solved by HiGHS through scipy."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Floats
from navbook.disclosure.linear.propagation import Contradiction, Intervals

# bounds are told apart by whole numbers, prices of proofs by less: both are exact below this
GAP = 1e-6
# a good x need not be the best: as a share of its cost, and as steps of the search for whole numbers
NEAR, NODES = 0.1, 20
_OPTIMAL, _INFEASIBLE, _UNBOUNDED = 0, 2, 3


@dataclass(frozen=True)
class Program:
    """All x within `box` with matrix @ x = right."""

    matrix: csr_array
    right: Floats
    box: Intervals

    def minimise(self, cost: Floats, whole: bool = False, presolve: bool = True) -> Floats | None:
        """The x with the lowest cost @ x, or None if that has no lower end; Contradiction if there is no x.

        Small programs are solved faster without `presolve`.
        """
        status, x = self._solve(cost, whole, presolve)
        if status not in (_OPTIMAL, _INFEASIBLE, _UNBOUNDED):
            # presolve cannot always tell the empty from the endless
            status, x = self._solve(cost, whole, not presolve)
        if status == _INFEASIBLE:
            raise Contradiction
        if status == _OPTIMAL and x is not None:
            return x
        if self._solve(np.zeros_like(cost), whole, presolve=True)[0] == _INFEASIBLE:
            raise Contradiction
        return None

    def good(self, cost: Floats, whole: bool) -> Floats | None:
        """Some x with a cost near the lowest, found in one go; None if there is none at hand."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        result = milp(
            cost,
            constraints=LinearConstraint(self.matrix, self.right, self.right),
            bounds=Bounds(self.box.low, self.box.high),
            integrality=np.ones_like(cost) if whole else None,
            options={"mip_rel_gap": NEAR, "node_limit": NODES},
        )
        return None if result.x is None else np.asarray(result.x)

    def _solve(self, cost: Floats, whole: bool, presolve: bool) -> tuple[int, Floats | None]:
        # here, for it takes a fifth of a second, and a build that decides nothing anew solves nothing
        from scipy.optimize import Bounds, LinearConstraint, milp

        result = milp(
            cost,
            constraints=LinearConstraint(self.matrix, self.right, self.right),
            bounds=Bounds(self.box.low, self.box.high),
            integrality=np.ones_like(cost) if whole else None,
            options={"mip_rel_gap": GAP} if whole else {"presolve": presolve},
        )
        return int(result.status), result.x
