"""The shortest way from the true table to another that fits, in which given cells lie farther off.

A linear program for each question, but one model for all of them: only the limits and costs of the cells
asked for change between two solves. Every solve starts from the truth, so no answer depends on those before
it. By HiGHS itself (highspy): through scipy, which builds the model anew each time, an answer takes four
times as long.
"""

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat
from scipy.sparse import csc_array, csr_array, hstack

from navbook.disclosure.array_types import Floats, Indices

# what each step of a cell costs: between 1 and 2, no two cells alike, so that one way is the shortest; and
# what a step of a cell that is asked for gains, more than any way there costs
LEAST, MOST, GAIN = 1.0, 2.0, 1e4
# farther than any cell needs to go
FAR = 1e6


class DisplacementLP:
    """The ways from a table: matrix @ way is zero, and no cell goes farther `up` or `down` than it may.

    `costs` is what a step of each cell costs, all alike if not given, and `gain` what one of a cell asked for
    is worth.
    """

    def __init__(
        self, matrix: csr_array, up: Floats, down: Floats, costs: Floats | None = None, gain: float = GAIN
    ) -> None:
        count, self._gain = matrix.shape[1], gain
        # a step up and a step down are two columns: each costs, so what need not move stays
        both = csc_array(hstack([matrix, -matrix]))
        self._limits = np.minimum(np.concatenate([up, down]), FAR)
        spread = np.random.default_rng(0).uniform(LEAST, MOST, count)
        self._costs = np.tile(spread if costs is None else spread * costs, 2)
        lp = HighsLp()
        lp.num_row_, lp.num_col_ = both.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self._costs, np.zeros(2 * count), self._limits
        lp.row_lower_ = lp.row_upper_ = np.zeros(both.shape[0])
        lp.a_matrix_.format_ = MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = both.indptr, both.indices, both.data
        self._model = Highs()
        # from the truth it is not far: to simplify the whole model first takes longer than to solve it
        self._model.setOptionValue("presolve", "off")
        self._model.setOptionValue("solver", "simplex")
        self._model.setOptionValue("threads", 1)
        self._model.setOptionValue("output_flag", False)
        self._model.passModel(lp)

    def max_displacement(self, cells: Indices, up: Floats, down: Floats) -> Floats | None:
        """The shortest way on which `cells` go as far as they can, so far `up` or `down` at the most; None if
        the solver gives up.
        """
        count = len(self._limits) // 2
        columns = np.concatenate([cells, cells + count])
        limits = np.minimum(np.concatenate([up, down]), self._limits[columns])
        self._ask(columns, np.full(len(columns), -self._gain), limits)
        self._model.clearSolver()
        self._model.run()
        found = self._model.getModelStatus() == HighsModelStatus.kOptimal
        steps = np.array(self._model.getSolution().col_value) if found else None
        self._ask(columns, self._costs[columns], self._limits[columns])
        return None if steps is None else steps[:count] - steps[count:]

    def _ask(self, columns: Indices, costs: Floats, limits: Floats) -> None:
        count, numbers = len(columns), columns.astype(np.int32)
        self._model.changeColsCost(count, numbers, costs)
        self._model.changeColsBounds(count, numbers, np.zeros(count), limits)
