"""What the contract says of `attack`, sentence by sentence."""

import math

import pandas as pd
import pytest

from navbook.disclosure import attack
from small_tables import bounds_of, cells, sums


def test_a_row_for_each_hidden_cell_in_the_order_of_cells():
    table = cells({"t": 9, "b": 5, "a": 4}, hidden=["a"], primary=["b"])
    result = attack(table, sums(("t", ["a", "b"])))
    assert list(result.columns) == ["cell", "low", "high"]
    assert result["cell"].tolist() == ["b", "a"]


def test_high_is_inf_where_nothing_bounds_the_cell():
    table = cells({"a": 4, "b": 5, "t": 9}, hidden=["a", "t"])
    assert bounds_of(attack(table, sums(("t", ["a", "b"])))) == {"a": (0, math.inf), "t": (5, math.inf)}


def test_totals_too_are_at_least_the_lower_bound():
    table = cells({"a": 4, "b": 5, "t": 9}, hidden=["a", "b", "t"])
    found = bounds_of(attack(table, sums(("t", ["a", "b"])), lower_bound=1))
    assert found == {"a": (1, math.inf), "b": (1, math.inf), "t": (2, math.inf)}


@pytest.mark.parametrize("value", [None, 4, 700, -3])
def test_the_value_of_a_hidden_cell_is_never_read(value):
    table = cells({"a": value, "b": value, "c": 2, "t": 9}, hidden=["a", "b"])
    assert bounds_of(attack(table, sums(("t", ["a", "b", "c"])))) == {"a": (0, 7), "b": (0, 7)}


def test_values_may_be_non_whole():
    table = cells({"a": None, "b": None, "c": 2.25, "t": 9.5}, hidden=["a", "b"])
    assert bounds_of(attack(table, sums(("t", ["a", "b", "c"])))) == {"a": (0, 7.25), "b": (0, 7.25)}


def test_whole_values_give_the_bounds_of_whole_numbers_where_those_are_narrower():
    # 2a + 3b = 7 has one solution in whole numbers from 0 on: a = 2, b = 1
    equation = pd.DataFrame({"equation": [1, 1, 1], "cell": ["a", "b", "t"], "coef": [2, 3, -1]})
    whole = cells({"a": None, "b": None, "t": 7}, hidden=["a", "b"])
    assert bounds_of(attack(whole, equation)) == {"a": (2, 2), "b": (1, 1)}
    halves = cells({"a": None, "b": None, "t": 7.5}, hidden=["a", "b"])
    assert bounds_of(attack(halves, equation)) == {"a": (0, 3.75), "b": (0, 2.5)}


def test_cells_in_a_cycle_are_bounded_by_whole_numbers_too():
    # a + b = b + c = c + a = 1 + d: only d odd leaves whole numbers, so none of a, b, c is below 1
    table = cells(
        {"a": None, "b": None, "c": None, "d": None, "one": 1, "six": 6}, hidden=["a", "b", "c", "d"]
    )
    equations = sums(("ab", ["a", "b"]), ("ab", ["b", "c"]), ("ab", ["c", "a"]), ("ab", ["d", "one"]))
    table = pd.concat([table, cells({"ab": None}, hidden=["ab"])], ignore_index=True)
    table = pd.concat([table, cells({"e": None}, hidden=["e"])], ignore_index=True)
    more = sums(("six", ["ab", "e"])).assign(equation="limit")
    found = bounds_of(attack(table, pd.concat([equations, more], ignore_index=True)))
    # ab is even (a = b = c), at least 1 + d, at most 6
    assert found["ab"] == (2, 6)
    assert found["a"] == (1, 3)
    assert found["d"] == (1, 5)


def test_a_cell_in_no_equation_has_the_lower_bound_and_inf():
    table = cells({"a": 2, "b": 3}, hidden=["a"])
    assert bounds_of(attack(table, sums(), lower_bound=1)) == {"a": (1, math.inf)}


def test_a_cell_twice_is_an_error():
    table = pd.concat([cells({"a": 2}), cells({"a": 2})])
    with pytest.raises(ValueError, match="'a' is in cells more than once"):
        attack(table, sums())


def test_an_equation_with_an_unknown_cell_is_an_error():
    with pytest.raises(ValueError, match="'missing'"):
        attack(cells({"a": 2, "t": 2}), sums(("t", ["a", "missing"])))


def test_published_values_that_no_hidden_ones_can_complete_are_an_error():
    equation = sums(("t", ["a", "b"]))
    with pytest.raises(ValueError, match="no values of the hidden cells agree"):
        attack(cells({"a": 5, "b": None, "t": 3}, hidden=["b"]), equation)
    with pytest.raises(ValueError, match="do not hold"):
        attack(cells({"a": 5, "b": 1, "t": 3}), equation)
    with pytest.raises(ValueError, match="no values of the hidden cells agree"):
        attack(cells({"a": None, "b": None, "t": 1}, hidden=["a", "b"]), equation, lower_bound=1)


def test_a_cycle_without_any_solution_is_an_error():
    # each pair of a, b, c adds up to less than the third needs
    table = cells({"a": None, "b": None, "c": None, "p": 1, "q": 1, "s": 9}, hidden=["a", "b", "c"])
    equations = sums(("p", ["a", "b"]), ("q", ["b", "c"]), ("s", ["a", "c"]))
    with pytest.raises(ValueError, match="no values of the hidden cells agree"):
        attack(table, equations)


def test_a_published_cell_without_value_is_an_error():
    with pytest.raises(ValueError, match="published cell has no value"):
        attack(cells({"a": None, "b": 1}), sums())


def test_an_equation_given_twice_changes_nothing():
    table = cells({"a": 4, "b": 5, "t": 9}, hidden=["a", "b"])
    once, twice = sums(("t", ["a", "b"])), sums(("t", ["a", "b"]), ("t", ["b", "a"]))
    assert bounds_of(attack(table, once)) == bounds_of(attack(table, twice)) == {"a": (0, 9), "b": (0, 9)}
