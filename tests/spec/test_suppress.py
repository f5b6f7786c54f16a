"""What the contract says of `suppress`, sentence by sentence."""

import numpy as np
import pandas as pd
import pytest

from navbook.disclosure import CannotProtect, attack, suppress
from small_tables import cells, cross_table, status_of, sums

LINE = sums(("t", ["a", "b", "c", "d"]))


def widths(result: pd.DataFrame, equations: pd.DataFrame, lower_bound: float = 0) -> pd.DataFrame:
    """The width of the interval of each hidden cell, with its status."""
    found = attack(result, equations, lower_bound).merge(result)
    return found.assign(width=found["high"] - found["low"])


def assert_safe(
    result: pd.DataFrame, equations: pd.DataFrame, width: float = 3, lower_bound: float = 0
) -> None:
    found = widths(result, equations, lower_bound)
    assert (found.loc[found["status"] == 1, "width"] >= width).all()
    assert (found["width"] > 0).all()


def test_a_given_primary_stays_whatever_its_value():
    result = suppress(cells({"a": 40, "b": 50, "c": 60, "d": 70, "t": 220}, primary=["c"]), LINE)
    assert status_of(result)["c"] == 1


def test_a_given_secondary_is_forgotten_and_decided_anew():
    result = suppress(cells({"a": 40, "b": 50, "c": 60, "d": 70, "t": 220}, hidden=["b", "c"]), LINE)
    assert set(status_of(result).values()) == {0}


@pytest.mark.parametrize("empty", [0, None, np.nan, ""])
def test_zero_and_empty_are_open(empty):
    table = cells({"a": 2, "b": 50, "c": 60, "d": 70, "t": 182}).assign(status=empty)
    assert status_of(suppress(table, LINE)) == {"a": 1, "b": 2, "c": 0, "d": 0, "t": 0}


def test_no_column_of_status_is_open_too():
    table = cells({"a": 2, "b": 50, "c": 60, "d": 70, "t": 182}).drop(columns="status")
    result = suppress(table, LINE)
    assert list(result.columns) == ["cell", "value", "status"]
    assert status_of(result)["a"] == 1


def test_all_cells_below_min_count_become_primary_zeros_and_totals_too():
    result = suppress(cells({"a": 0, "b": 1, "c": 2, "d": 0, "t": 3}), LINE)
    assert status_of(result) == {"a": 1, "b": 1, "c": 1, "d": 1, "t": 1}


def test_min_count_zero_adds_none():
    result = suppress(cells({"a": 0, "b": 1, "c": 2, "d": 0, "t": 3}), LINE, min_count=0)
    assert set(status_of(result).values()) == {0}


def test_the_same_rows_order_index_and_columns_with_only_status_filled_in():
    table = cells({"t": 182, "d": 70, "a": 2, "c": 60, "b": 50}).assign(note=list("vwxyz"))
    table.index = pd.Index([9, 9, 3, 4, 1], name="row")
    before = table.copy()
    result = suppress(table, LINE)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(result.drop(columns="status"), table.drop(columns="status"))
    assert list(result.columns) == list(table.columns)
    assert pd.api.types.is_integer_dtype(result["status"])


def test_every_primary_is_wide_enough_and_no_hidden_cell_is_exact():
    values, equations = cross_table([[1, 20, 30], [40, 2, 60], [70, 80, 9]])
    assert_safe(suppress(cells(values), equations), equations)


@pytest.mark.parametrize("width", [1, 3, 7, 25])
def test_the_width_asked_for_is_kept(width):
    values, equations = cross_table([[1, 20, 30], [40, 2, 60], [70, 80, 9]])
    assert_safe(suppress(cells(values), equations, width=width), equations, width=width)


def test_two_small_cells_that_add_up_to_less_than_the_width_need_a_third():
    # 1 + 1 = 2: each would be known to lie between 0 and 2
    result = suppress(cells({"a": 1, "b": 1, "c": 60, "d": 70, "t": 132}), LINE)
    assert status_of(result) == {"a": 1, "b": 1, "c": 2, "d": 0, "t": 0}


def test_width_zero_asks_only_that_nothing_is_exact():
    result = suppress(cells({"a": 1, "b": 1, "c": 60, "d": 70, "t": 132}), LINE, width=0)
    assert status_of(result) == {"a": 1, "b": 1, "c": 0, "d": 0, "t": 0}
    # 0 + 0 = 0 is exact, however
    result = suppress(cells({"a": 0, "b": 0, "c": 60, "d": 70, "t": 130}), LINE, width=0)
    assert status_of(result) == {"a": 1, "b": 1, "c": 2, "d": 0, "t": 0}


def test_for_whole_values_a_cell_with_one_whole_number_in_its_interval_is_exact():
    # 2a + 3b + 6c = 7: whole numbers from 0 on leave a = 2, b = 1 as long as c is published
    equation = pd.DataFrame({"equation": 1, "cell": ["a", "b", "c", "t"], "coef": [2, 3, 6, -1]})
    table = cells({"a": 2, "b": 1, "c": 0, "t": 7}, primary=["a"])
    result = suppress(table, equation, min_count=0, width=0)
    found = widths(result, equation)
    assert (found["width"] >= 1).all()


def test_means_are_protected_like_counts():
    values, equations = cross_table([[15, 240, 360], [480, 30, 720], [840, 960, 100]])
    means = {name: value / 12 for name, value in values.items()}
    assert_safe(suppress(cells(means), equations), equations)


def test_the_pattern_does_not_depend_on_the_order_of_rows_or_index():
    values, equations = cross_table([[1, 20, 20], [20, 2, 20], [20, 20, 3]])
    table = cells(values)
    expected = status_of(suppress(table, equations))
    for seed in range(5):
        shuffled = table.sample(frac=1, random_state=seed).reset_index(drop=True)
        assert status_of(suppress(shuffled, equations.sample(frac=1, random_state=seed))) == expected


def test_nor_on_the_names_of_equations():
    values, equations = cross_table([[1, 20, 20], [20, 2, 20], [20, 20, 3]])
    renamed = equations.assign(equation=equations["equation"].map(lambda name: name[::-1]))
    pd.testing.assert_frame_equal(suppress(cells(values), equations), suppress(cells(values), renamed))


def test_ties_go_by_cell_name():
    result = suppress(cells({"a": 2, "d": 50, "c": 50, "b": 50, "t": 152}), LINE)
    assert status_of(result) == {"a": 1, "b": 2, "c": 0, "d": 0, "t": 0}
    again = suppress(cells({"b": 50, "t": 152, "c": 50, "a": 2, "d": 50}), LINE)
    assert status_of(again) == status_of(result)


def test_a_released_cell_is_not_hidden_as_secondary():
    table = cells({"a": 2, "b": 50, "c": 60, "d": 70, "t": 182})
    released = table.assign(released=[False, True, True, False, None])
    assert status_of(suppress(released, LINE)) == {"a": 1, "b": 0, "c": 0, "d": 2, "t": 0}


def test_a_released_cell_may_be_primary():
    table = cells({"a": 2, "b": 50, "c": 60, "d": 70, "t": 182}).assign(
        released=[True, False, True, True, True]
    )
    assert status_of(suppress(table, LINE)) == {"a": 1, "b": 2, "c": 0, "d": 0, "t": 0}


def test_no_safe_pattern_raises_cannot_protect():
    table = cells({"a": 2, "b": 50, "c": 60, "d": 70, "t": 182}).assign(released=True)
    with pytest.raises(CannotProtect, match="'a' cannot be protected"):
        suppress(table, LINE)
    assert issubclass(CannotProtect, ValueError)


def test_values_that_break_an_equation_raise_value_error():
    with pytest.raises(ValueError, match="do not hold"):
        suppress(cells({"a": 2, "b": 50, "c": 60, "d": 70, "t": 183}), LINE)


def test_a_missing_value_raises_value_error():
    with pytest.raises(ValueError, match="'b' has no value"):
        suppress(cells({"a": 2, "b": None, "c": 60, "d": 70, "t": 182}), LINE)


def test_with_lower_bound_one_zeros_are_published():
    result = suppress(cells({"a": 0, "b": 1, "c": 0, "d": 70, "t": 71}), LINE, lower_bound=1)
    assert status_of(result) == {"a": 0, "b": 1, "c": 0, "d": 2, "t": 0}
    assert_safe(result, LINE, lower_bound=1)


def test_with_lower_bound_one_an_interval_is_measured_from_one():
    # 2 + 3 = 5: between 1 and 4 each; 2 + 2 = 4: between 1 and 3, which is too narrow
    enough = suppress(cells({"a": 2, "b": 3, "c": 60, "d": 70, "t": 135}), LINE, lower_bound=1)
    assert status_of(enough) == {"a": 1, "b": 1, "c": 0, "d": 0, "t": 0}
    short = suppress(cells({"a": 2, "b": 2, "c": 60, "d": 70, "t": 134}), LINE, lower_bound=1)
    assert status_of(short) == {"a": 1, "b": 1, "c": 2, "d": 0, "t": 0}


def test_a_cell_that_must_be_hidden_but_lies_below_the_lower_bound_cannot_be_protected():
    # the attacker knows that a hidden cell is at least 1
    with pytest.raises(CannotProtect, match="below the lower bound 1"):
        suppress(cells({"a": 0, "b": 5, "c": 60, "d": 70, "t": 135}, primary=["a"]), LINE, lower_bound=1)


def test_a_table_without_small_cells_is_published_whole():
    result = suppress(cells({"a": 10, "b": 10, "c": 10, "d": 10, "t": 40}), LINE)
    assert set(status_of(result).values()) == {0}


def test_a_primary_cell_in_no_equation_needs_no_cover():
    result = suppress(cells({"alone": 2, "a": 10, "b": 10, "c": 10, "d": 10, "t": 40}), LINE)
    assert status_of(result) == {"alone": 1, "a": 0, "b": 0, "c": 0, "d": 0, "t": 0}


def test_no_more_is_hidden_than_a_small_table_needs():
    # one small cell in a table of two dimensions: a rectangle of four cells, three of them secondary
    values, equations = cross_table([[1, 20, 30], [40, 50, 60], [70, 80, 90]])
    result = suppress(cells(values), equations)
    assert (result["status"] == 1).sum() == 1
    assert (result["status"] == 2).sum() == 3
