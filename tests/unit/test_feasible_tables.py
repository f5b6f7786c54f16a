"""Where a feasible table is looked for, and that what is remembered of a search changes no answer."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from navbook.disclosure.linear.propagation import Intervals
from navbook.disclosure.linked_tables import basic_moves
from navbook.disclosure.linked_tables.feasible_tables import FeasibleTables


def ring(cells: int) -> FeasibleTables:
    """`cells` cells of 10 in a ring, of which each two neighbours are published as a sum.

    One more in a cell is one less in both its neighbours, and so on all around.
    """
    one = np.arange(cells)
    equations, columns = np.concatenate([one, one]), np.concatenate([one, (one + 1) % cells])
    value = np.full(cells, 10.0)
    return FeasibleTables(
        matrix=csr_array((np.ones(2 * cells), (equations, columns)), shape=(cells, cells)),
        value=value,
        required_width=np.full(cells, 6.0),
        interval=Intervals(np.zeros(cells), np.full(cells, 20.0)),
        integer=True,
        lowest=value.copy(),
        highest=value.copy(),
        unproven=np.ones(cells, dtype=bool),
    )


def test_a_table_is_found_near_the_cell_where_there_is_one():
    tables = ring(8)
    tables.displace_nearby(0)
    assert not tables.unproven.any()
    assert tables.highest[0] - tables.lowest[0] >= 6


def test_a_table_in_which_distant_cells_change_is_found_further_away():
    tables = ring(20)
    tables.displace_nearby(0)
    assert tables.unproven[0], "five equations away the ring is not closed"
    tables.displace_further(0)
    assert not tables.unproven[0]


def test_a_ring_of_an_odd_number_of_cells_has_no_other_table():
    tables = ring(9)
    tables.displace_nearby(0)
    tables.displace_further(0)
    assert tables.unproven.all()
    assert not tables.is_wide(0)


EQUATIONS = st.lists(
    st.dictionaries(st.integers(0, 7), st.sampled_from([-1, 1]), min_size=2, max_size=4),
    min_size=1,
    max_size=6,
)


@given(EQUATIONS, st.data())
def test_remembered_searches_give_the_moves_of_a_new_search(equations, data):
    every = tuple(tuple(sorted(equation.items())) for equation in equations)
    some = tuple(terms for terms in every if data.draw(st.booleans()))

    def moves(terms):
        basic_moves.basic_moves.cache_clear()
        return basic_moves.basic_moves(terms)

    basic_moves._remembered.clear()
    fresh = moves(some)
    basic_moves._remembered.clear()
    moves(every)
    assert moves(some) == fresh
    for move in fresh:
        changes = dict(move)
        assert all(sum(sign * changes.get(quantity, 0) for quantity, sign in terms) == 0 for terms in some)
