"""The shortest way from the true table to another feasible one in which given cells are displaced.

A linear program for each query, with one model for all of them: only the limits and costs of the queried
cells change between two solves. Every solve starts from the true table, so that no answer depends on those
before it. HiGHS is called directly (highspy), since scipy builds the model anew for each solve.
"""

import numpy as np
from highspy import Highs, HighsModelStatus
from scipy.sparse import csc_array, csr_array

from navbook.disclosure.array_types import Floats, Indices

# the cost of a unit of displacement lies between these, no two cells alike, so that the optimum is unique
MIN_COST, MAX_COST = 1.0, 2.0
# the gain from a unit of displacement of a queried cell: more than any way to it costs
GAIN = 1e4
# no cell needs to be displaced further
MAX_DISPLACEMENT = 1e6


class DisplacementLP:
    """Displacements of a table: matrix @ displacement is zero, and no cell moves beyond `up` or `down`.

    `costs` multiplies the cost of displacing each cell by one unit (default: all alike); with `exact_costs`
    it is that cost itself. `gain` is what one unit of displacement of a queried cell gains.
    """

    def __init__(
        self,
        matrix: csr_array,
        up: Floats,
        down: Floats,
        costs: Floats | None = None,
        gain: float = GAIN,
        exact_costs: bool = False,
    ) -> None:
        count, self._gain = matrix.shape[1], gain
        # up and down are two columns, and both cost, so that a cell that need not move stays
        one = csc_array(matrix)
        starts = np.concatenate([one.indptr, one.indptr[1:] + one.nnz])
        entries = np.tile(one.indices, 2), np.concatenate([one.data, -one.data])
        self._limits = np.minimum(np.concatenate([up, down]), MAX_DISPLACEMENT)
        self._each = np.ones(count) if costs is None else costs
        self._costs = np.tile(self._each if exact_costs else self._each * _spread(count, 0), 2)
        self._model = Highs()
        self._model.setOptionValue("output_flag", False)
        # the optimum is near the true table: presolve takes longer than the solve
        self._model.setOptionValue("presolve", "off")
        self._model.setOptionValue("solver", "simplex")
        self._model.setOptionValue("threads", 1)
        zero, none = np.zeros(matrix.shape[0]), np.zeros(0, dtype=np.int32)
        self._model.addRows(len(zero), zero, zero, 0, none, none, np.zeros(0))
        self._model.addCols(
            2 * count, self._costs, np.zeros(2 * count), self._limits, 2 * one.nnz, starts[:-1], *entries
        )

    def draw_costs(self, seed: int) -> None:
        """Draw the random part of the costs anew, so that another of the shortest ways is found."""
        count = len(self._each)
        self._costs = np.tile(self._each * _spread(count, seed), 2)
        self._model.changeColsCost(2 * count, np.arange(2 * count, dtype=np.int32), self._costs)

    def max_displacement(self, cells: Indices, up: Floats, down: Floats) -> Floats | None:
        """The displacement of every cell when `cells` move as far as they can, at most `up` or `down` each.

        None if the solver gives up.
        """
        count = len(self._limits) // 2
        columns = np.concatenate([cells, cells + count])
        limits = np.minimum(np.concatenate([up, down]), self._limits[columns])
        self._set(columns, np.full(len(columns), -self._gain), limits)
        self._model.clearSolver()
        self._model.run()
        optimal = self._model.getModelStatus() == HighsModelStatus.kOptimal
        steps = np.array(self._model.getSolution().col_value) if optimal else None
        self._set(columns, self._costs[columns], self._limits[columns])
        return None if steps is None else steps[:count] - steps[count:]

    def _set(self, columns: Indices, costs: Floats, limits: Floats) -> None:
        count, numbers = len(columns), columns.astype(np.int32)
        self._model.changeColsCost(count, numbers, costs)
        self._model.changeColsBounds(count, numbers, np.zeros(count), limits)


def _spread(count: int, seed: int) -> Floats:
    return np.random.default_rng(seed).uniform(MIN_COST, MAX_COST, count)
