"""Secondary suppression for one cell: the cheapest rows that make its interval wide enough."""

import numpy as np
from scipy.sparse import csr_array, eye_array

from navbook.disclosure import LAST_RESORT, System
from navbook.disclosure.linked_tables.secondary_by_program import secondary_rows

# two tables of a row of parts and their sum, that share the first part: a + b + c = t, a + d = u
A, B, C, T, D, U = range(6)


def linked(**costs: float) -> System:
    values = np.array([2.0, 9.0, 9.0, 20.0, 40.0, 42.0])
    each = csr_array(eye_array(6))
    price = np.ones(6)
    for name, by in costs.items():
        price["abctdu".index(name)] = by
    return System(
        values=values,
        matrix=csr_array(np.array([[-1.0, -1, -1, 1, 0, 0], [-1, 0, 0, 0, -1, 1]])),
        shown_by=each,
        own_cells=each,
        threshold=np.full(6, 4.0),
        required_width=np.full(6, 3.0),
        forced=np.zeros(6, dtype=bool),
        cost=price,
        row_class=np.full(6, LAST_RESORT),
    )


def hidden_for(system: System, *hidden: int) -> set[int]:
    flags = np.zeros(6, dtype=bool)
    flags[list(hidden)] = True
    return set(np.flatnonzero(secondary_rows(system, flags, A, 3.0)).tolist())


def test_the_cheapest_row_of_each_sum_is_hidden() -> None:
    assert hidden_for(linked(b=5, t=9, u=3), A) == {C, D}
    assert hidden_for(linked(c=5, t=9, d=3), A) == {B, U}


def test_a_hidden_row_costs_nothing() -> None:
    """b costs less than c, but c is hidden: only the other sum needs a row."""
    assert hidden_for(linked(b=0.5, d=2), A, C) == {U}


def test_no_row_is_hidden_for_a_cell_that_is_wide_already() -> None:
    """a = v, and no row shows v."""
    each = csr_array(eye_array(2))
    twins = System(
        values=np.array([2.0, 2.0]),
        matrix=csr_array(np.array([[1.0, -1.0]])),
        shown_by=csr_array(each[:, [0]]),
        own_cells=csr_array(each[:, [0]]),
        threshold=np.array([4.0, 0.0]),
        required_width=np.array([3.0, 0.0]),
        forced=np.zeros(1, dtype=bool),
        cost=np.ones(1),
        row_class=np.full(1, LAST_RESORT),
    )
    assert not secondary_rows(twins, np.ones(1, dtype=bool), A, 3.0).any()
