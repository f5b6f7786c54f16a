"""What is hidden beside a cell that is known too closely: the cheapest rows that give it room."""

import numpy as np
from scipy.sparse import csr_array, eye_array

from navbook.disclosure import KEEP, System
from navbook.disclosure.linked_tables.secondary import rows_beside

# two tables of a row of parts and their sum, that share the first part: a + b + c = t, a + d = u
A, B, C, T, D, U = range(6)


def linked(**prices: float) -> System:
    values = np.array([2.0, 9.0, 9.0, 20.0, 40.0, 42.0])
    each = csr_array(eye_array(6))
    price = np.ones(6)
    for name, by in prices.items():
        price["abctdu".index(name)] = by
    return System(
        values=values,
        matrix=csr_array(np.array([[-1.0, -1, -1, 1, 0, 0], [-1, 0, 0, 0, -1, 1]])),
        shown_by=each,
        own=each,
        least=np.full(6, 4.0),
        width=np.full(6, 3.0),
        forced=np.zeros(6, dtype=bool),
        price=price,
        detail=np.full(6, KEEP),
    )


def beside(system: System, *hidden: int) -> set[int]:
    flags = np.zeros(6, dtype=bool)
    flags[list(hidden)] = True
    return set(np.flatnonzero(rows_beside(system, flags, A, 3.0)).tolist())


def test_one_row_goes_in_each_sum_and_the_cheapest() -> None:
    assert beside(linked(b=5, t=9, u=3), A) == {C, D}
    assert beside(linked(c=5, t=9, d=3), A) == {B, U}


def test_what_is_hidden_already_costs_nothing() -> None:
    """b costs less than c, but c is hidden: only the other sum needs a row."""
    assert beside(linked(b=0.5, d=2), A, C) == {U}


def test_where_nothing_stands_in_the_way_no_row_goes() -> None:
    """a = v, and v stands in no table."""
    each = csr_array(eye_array(2))
    twins = System(
        values=np.array([2.0, 2.0]),
        matrix=csr_array(np.array([[1.0, -1.0]])),
        shown_by=csr_array(each[:, [0]]),
        own=csr_array(each[:, [0]]),
        least=np.array([4.0, 0.0]),
        width=np.array([3.0, 0.0]),
        forced=np.zeros(1, dtype=bool),
        price=np.ones(1),
        detail=np.full(1, KEEP),
    )
    assert not rows_beside(twins, np.ones(1, dtype=bool), A, 3.0).any()
