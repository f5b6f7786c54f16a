"""Regression to the mean and direct standardisation by hand, from the formulas of their papers."""

import math

import pytest

from navbook.statistics import directly_standardised, expected_next, newcombe, wilson
from navbook.statistics.change import mover_difference

Z = 1.959964


def test_half_of_an_unusual_distance_is_expected_again_by_hand():
    """Jones & Spiegelhalter 2009. 25 of 100 around a half: y0 = pi/6, mu0 = mu1 = pi/4, 1/(4 n) = 0.0025.

    With tau2 = 0.0025 too, B = 1/2: the middle is pi/4 - pi/24 = 5 pi/24, the variance 0.0025 + 0.00125.
    """
    middle, reach = 5 * math.pi / 24, Z * math.sqrt(0.00375)

    found = expected_next(25, 100, 100, 0.5, 0.5, 0.0025)

    assert found == pytest.approx([math.sin(middle + side * reach) ** 2 for side in (0, -1, 1)], abs=1e-6)


def test_where_units_do_not_differ_everybody_is_expected_at_the_middle():
    assert expected_next([5, 50, 95], 100, 100, 0.5, 0.6, 0).value == pytest.approx([0.6, 0.6, 0.6])


def test_where_units_differ_much_a_large_unit_is_expected_where_it_was():
    assert expected_next(3000, 10000, 10000, 0.5, 0.5, 0.2).value == pytest.approx(0.3, abs=1e-3)


@pytest.mark.parametrize(("x0", "n0", "n1"), [(0, 0, 10), (5, 10, 0), (11, 10, 10), (math.nan, 10, 10)])
def test_what_is_no_share_has_no_expectation(x0, n0, n1):
    assert all(map(math.isnan, expected_next(x0, n0, n1, 0.5, 0.5, 0.01)))


def test_nobody_and_everybody_have_an_expectation():
    for x0 in (0, 50):
        value, lower, upper = expected_next(x0, 50, 50, 0.5, 0.5, 0.01)
        assert 0 <= lower < value < upper <= 1


def test_one_group_alone_has_its_wilson_limits():
    assert directly_standardised([81], [263], [7]) == pytest.approx(wilson(81, 263))


def test_limits_of_two_groups_are_recovered_from_their_wilson_limits():
    """Zou, Huang & Zhang 2009, with coefficients of a half: 56/70 and 48/80."""
    first, second = wilson(56, 70), wilson(48, 80)
    below = math.hypot(0.8 - first.lower, 0.6 - second.lower) / 2
    above = math.hypot(first.upper - 0.8, second.upper - 0.6) / 2

    assert directly_standardised([56, 48], [70, 80], [1, 1]) == pytest.approx((0.7, 0.7 - below, 0.7 + above))


def test_weights_decide_the_mix():
    """0.8 * 0.5 + 0.2 * 0.2 = 0.44, whatever the weights sum to, and whatever the sizes of the groups."""
    assert directly_standardised([50, 80], [100, 400], [4, 1]).value == pytest.approx(0.44)
    assert directly_standardised([200, 20], [400, 100], [400, 100]).value == pytest.approx(220 / 500)


def test_rows_are_standardised_one_by_one():
    found = directly_standardised([[50, 80], [1, 2]], [[100, 400], [10, 10]], [4, 1])

    assert found.value[0] == pytest.approx(0.44)
    assert math.isnan(found.value[1]), "fewer than ten cases"


@pytest.mark.parametrize(
    ("x", "n", "weights"),
    [
        ([5, 20], [0, 40], [1, 1]),
        ([50, 20], [40, 40], [1, 1]),
        ([20, 20], [40, 40], [0, 0]),
        ([20], [40], [-1]),
    ],
)
def test_what_cannot_be_standardised_is_missing(x, n, weights):
    assert all(map(math.isnan, directly_standardised(x, n, weights)))


def test_a_group_without_weight_need_not_have_a_share():
    assert directly_standardised([0, 20], [0, 40], [0, 3]) == pytest.approx(wilson(20, 40))


def test_the_change_of_one_group_alone_is_newcombes():
    change = mover_difference(directly_standardised([56], [70], [1]), directly_standardised([48], [80], [1]))

    assert change == pytest.approx(newcombe(56, 70, 48, 80))
