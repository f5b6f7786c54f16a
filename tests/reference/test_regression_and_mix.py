"""Regression to the mean and direct standardisation by hand, from the formulas of their papers."""

import math

import pytest

from navbook.statistics import directly_standardised, expected_next, newcombe, wilson
from navbook.statistics.differences import mover_difference

Z = 1.959964


def test_half_of_an_unusual_distance_is_expected_again_by_hand():
    """Jones & Spiegelhalter 2009 on Anscombe's scale, with n + 3/4 = 100 and x + 3/8 = 25, around a half:
    y0 = pi/6, mu0 = mu1 = pi/4, 4 n + 2 = 399.

    With tau2 = 1/399 too, B = 1/2: the middle is pi/4 - pi/24 = 5 pi/24, the variance 1.5/399.
    """
    middle, reach = 5 * math.pi / 24, Z * math.sqrt(1.5 / 399)
    angles = (middle + side * reach for side in (0, -1, 1))

    found = expected_next(24.625, 99.25, 99.25, 0.5, 0.5, 1 / 399)

    assert found == pytest.approx([(100 * math.sin(each) ** 2 - 0.375) / 99.25 for each in angles], abs=1e-6)


@pytest.mark.parametrize("rare", [0.05, 0.1])
def test_few_cases_come_as_they_are_expected(rare):
    """All outcomes in 30 where a share of 0.05 or 0.1 is true everywhere, weighed by their chances: the
    limits hold 95 times of 100 or more."""
    chances = [math.comb(30, x) * rare**x * (1 - rare) ** (30 - x) for x in range(31)]
    _, lower, upper = expected_next(3, 30, 30, rare, rare, 0)

    assert sum(chance for x, chance in enumerate(chances) if lower <= x / 30 <= upper) >= 0.949


def test_nobody_and_everybody_are_expected_alike():
    """What is rare and what is common are the same question asked the other way round."""
    few, most = expected_next(2, 40, 30, 0.1, 0.2, 0.01), expected_next(38, 40, 30, 0.9, 0.8, 0.01)

    assert (most.value, most.upper, most.lower) == pytest.approx([1 - each for each in few])


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
    assert found.value[1] == pytest.approx(0.12), "also of few cases: 0.8 * 0.1 + 0.2 * 0.2"


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
