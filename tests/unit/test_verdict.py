"""What can be said of a requirement: methods, section 3, rule by rule."""

import math

import pytest

from navbook.statistics import newcombe, wilson
from navbook.statistics.verdict import (
    as_expected,
    better_than_base,
    count_change,
    count_higher_than_base,
    fixed_target,
    limits_against_target,
    smallest_detectable_change,
    towards_level,
)


def test_a_fixed_target_is_met_when_the_whole_interval_is_beyond_it():
    """81/263 has limits 0.2553 and 0.3662 (Newcombe 1998)."""
    assert fixed_target(81, 263, 0.25).result == "met"
    assert fixed_target(81, 263, 0.37).result == "not_met"
    assert fixed_target(81, 263, 0.30).result == "undecided"


def test_a_ceiling_turns_the_question():
    assert fixed_target(81, 263, 0.37, polarity=-1).result == "met"
    assert fixed_target(81, 263, 0.25, polarity=-1).result == "not_met"


def test_a_target_on_the_limit_is_not_met():
    assert fixed_target(81, 263, wilson(81, 263).lower).result == "undecided"


def test_fewer_than_thirty_is_its_own_state():
    assert fixed_target(29, 29, 0.1).result == "too_few"
    assert fixed_target(30, 30, 0.1).result == "met"
    assert fixed_target(9, 10, 0.1, minimum=10).result == "met"


def test_a_missing_count_is_too_few():
    assert fixed_target(None, 100, 0.1).result == "too_few"
    assert better_than_base(50, 100, None, None).result == "too_few"
    assert count_higher_than_base(100, None).result == "too_few"


def test_better_than_the_base_by_newcombes_limits():
    """56/70 against 48/80 is 0.0524 to 0.3339 (Newcombe 1998)."""
    verdict = better_than_base(56, 70, 48, 80)

    assert verdict.result == "met"
    assert verdict[1:] == newcombe(56, 70, 48, 80)
    assert better_than_base(56, 70, 48, 80, polarity=-1).result == "not_met"
    assert better_than_base(48, 80, 48, 80).result == "undecided"


def test_not_worse_than_the_base_within_a_margin():
    """480/800 against itself is about 0 -/+ 0.048: surely not worse by 5 points, not surely by 2."""
    assert better_than_base(480, 800, 480, 800, margin=0.05).result == "met"
    assert better_than_base(480, 800, 480, 800, margin=0.02).result == "undecided"
    assert better_than_base(480, 800, 480, 800, polarity=-1, margin=0.05).result == "met"
    assert better_than_base(300, 800, 480, 800, margin=0.05).result == "not_met"


def test_both_periods_need_thirty():
    assert better_than_base(20, 29, 50, 100).result == "too_few"
    assert better_than_base(50, 100, 20, 29).result == "too_few"


def test_a_count_is_higher_when_its_part_of_both_is_surely_above_half():
    """60 of 90 has Wilson limits 0.564 and 0.756; 50 of 95 has 0.427 and 0.624."""
    assert count_higher_than_base(60, 30).result == "met"
    assert count_higher_than_base(30, 60).result == "not_met"
    assert count_higher_than_base(50, 45).result == "undecided"
    assert count_higher_than_base(30, 60, polarity=-1).result == "met"


def test_few_cases_in_both_periods_together_cannot_be_compared():
    assert count_higher_than_base(29, 0).result == "too_few"
    assert count_higher_than_base(30, 0).result == "met"


def test_the_change_of_a_count_joins_the_limits_of_both_counts():
    """Exact limits of 4 are 1.090 and 10.242, of 2 are 0.242 and 7.225: MOVER of 4 - 2.

    lower = 2 - sqrt((4 - 1.090)^2 + (7.225 - 2)^2) = 2 - 5.981
    upper = 2 + sqrt((10.242 - 4)^2 + (2 - 0.242)^2) = 2 + 6.485
    """
    assert count_change(4, 2) == pytest.approx((2, 2 - 5.981, 2 + 6.485), abs=2e-3)
    assert all(math.isnan(field) for field in count_change(-1, 2))


def test_towards_a_level_above_the_base():
    """Base 400/1000, level 500/1000: the gap is 10 points up."""
    assert towards_level(470, 1000, 400, 1000, 500, 1000).result == "met"
    assert towards_level(330, 1000, 400, 1000, 500, 1000).result == "not_met"
    assert towards_level(405, 1000, 400, 1000, 500, 1000).result == "undecided"


def test_towards_a_level_below_the_base():
    falling = towards_level(430, 1000, 500, 1000, 400, 1000)

    assert falling.result == "met"
    assert falling.direction == -1
    assert falling.value == pytest.approx(0.07), "the contrast is positive in the direction of the level"


def test_no_gap_where_the_base_may_be_at_the_level_already():
    verdict = towards_level(470, 1000, 490, 1000, 500, 1000)

    assert verdict.result == "no_gap"
    assert verdict.direction == 0
    assert verdict.reached is False


def test_the_level_is_reached_when_the_share_is_surely_no_more_than_a_margin_short():
    assert towards_level(560, 1000, 400, 1000, 500, 1000).reached is True
    assert towards_level(500, 1000, 400, 1000, 500, 1000).reached is False
    assert towards_level(500, 1000, 400, 1000, 500, 1000, margin=0.05).reached is True


def test_too_few_at_the_level_goes_before_no_gap():
    assert towards_level(50, 100, 50, 100, 5, 10).result == "too_few"


def test_an_estimate_with_its_own_limits_needs_ten_at_risk():
    assert limits_against_target(0.8, 0.75, 0.85, at_risk=10, target=0.7).result == "met"
    assert limits_against_target(0.8, 0.75, 0.85, at_risk=9, target=0.7).result == "undecided"
    assert limits_against_target(None, None, None, at_risk=50, target=0.7).result == "too_few"


def test_against_the_expected():
    assert as_expected(0.1, 3.0) == "above"
    assert as_expected(-3.0, -0.1) == "below"
    assert as_expected(-1.0, 1.0) == "as_expected"
    assert as_expected(None, 1.0) == "undecided"


@pytest.mark.parametrize(("n", "points"), [(100, 19), (500, 8), (1000, 6)])
def test_smallest_change_that_could_be_found_at_35_per_cent(n, points):
    """Methods, section 1: 19, 8 and 6 points."""
    assert round(100 * smallest_detectable_change(0.35 * n, n, 0.35 * n, n)) == points


def test_the_smallest_change_is_unknown_without_spread():
    assert math.isnan(smallest_detectable_change(0, 50, 0, 50))


def test_many_offices_at_once():
    verdict = better_than_base([56, 5, 48], [70, 9, 80], 48, 80)

    assert verdict.result.tolist() == ["met", "too_few", "undecided"]
