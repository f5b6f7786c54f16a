"""Linear and integer programs over the values that cells may have, solved by HiGHS through scipy."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Floats
from navbook.disclosure.linear.propagation import Contradiction, Intervals

# an integer optimum is accepted within this relative gap: bounds are integers, and exact below it
GAP = 1e-6
# a near optimum is accepted within this relative gap, and looked for in so many nodes of the search
NEAR_GAP, NEAR_NODES = 0.1, 20
_OPTIMAL, _INFEASIBLE, _UNBOUNDED = 0, 2, 3


@dataclass(frozen=True)
class LinearProgram:
    """All x within `intervals` with matrix @ x = rhs; `matrix` has a column for each x."""

    matrix: csr_array
    rhs: Floats
    intervals: Intervals

    def minimise(self, cost: Floats, integer: bool = False) -> Floats | None:
        """The x with the lowest cost @ x, of integers if `integer`; None if that cost is unbounded.

        Contradiction if there is no x.
        """
        status, x = self._solve(cost, integer, presolve=True)
        if status not in (_OPTIMAL, _INFEASIBLE, _UNBOUNDED):
            # with presolve the solver cannot always tell infeasible from unbounded
            status, x = self._solve(cost, integer, presolve=False)
        if status == _INFEASIBLE:
            raise Contradiction
        if status == _OPTIMAL and x is not None:
            return x
        if self._solve(np.zeros_like(cost), integer, presolve=True)[0] == _INFEASIBLE:
            raise Contradiction
        return None

    def near_optimum(self, cost: Floats, integer: bool) -> Floats | None:
        """An x with nearly the lowest cost, found in a short search; None if none is found."""
        return self._milp(cost, integer, {"mip_rel_gap": NEAR_GAP, "node_limit": NEAR_NODES})[1]

    def _solve(self, cost: Floats, integer: bool, presolve: bool) -> tuple[int, Floats | None]:
        return self._milp(cost, integer, {"mip_rel_gap": GAP} if integer else {"presolve": presolve})

    def _milp(
        self, cost: Floats, integer: bool, options: dict[str, float | int | bool]
    ) -> tuple[int, Floats | None]:
        # imported here: it loads slowly, and a build that decides nothing anew solves nothing
        from scipy.optimize import Bounds, LinearConstraint, milp

        result = milp(
            cost,
            constraints=LinearConstraint(self.matrix, self.rhs, self.rhs),
            bounds=Bounds(self.intervals.low, self.intervals.high),
            integrality=np.ones_like(cost) if integer else None,
            options=options,
        )
        return int(result.status), None if result.x is None else np.asarray(result.x)
