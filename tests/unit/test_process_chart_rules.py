"""The four rules of the XmR chart, each with a sequence made for it and one that just misses it.

Most sequences are symmetrical, so that their mean is 0. `calm` is 1 and -1 in turn, which no rule marks.
"""

import math

import pytest

from navbook.statistics import xmr

COMMON, BETTER, WORSE = "common_cause", "special_cause_improvement", "special_cause_concern"


def calm(length, first=1):
    return [first * (-1) ** i for i in range(length)]


def special(values, direction=1):
    """Places and labels of the points that are not common cause."""
    labels = xmr(values, direction).label
    return {place: label for place, label in enumerate(labels) if label != COMMON}


def test_calm_points_have_common_cause():
    assert special(calm(20)) == {}


def test_rule_1_marks_points_outside_the_limits_by_their_side():
    values = [*calm(20), 9, -9, *calm(20)]
    assert xmr(values, 1).upper[0] < 9

    assert special(values) == {20: BETTER, 21: WORSE}
    assert special(values, direction=-1) == {20: WORSE, 21: BETTER}


def test_a_constant_series_lies_on_its_limits_and_has_common_cause():
    frame = xmr([0.1] * 9, 1)

    assert frame["lower"].tolist() == frame["upper"].tolist() == frame["mean"].tolist() == [0.1] * 9
    assert set(frame.label) == {COMMON}


def test_rule_2_marks_all_seven_of_six_rising_steps():
    values = [*calm(12, first=2), *range(-3, 4), *calm(12, first=-2)]

    assert special(values) == dict.fromkeys(range(12, 19), BETTER)


def test_rule_2_is_a_concern_when_they_fall():
    values = [*calm(12, first=-2), *range(3, -4, -1), *calm(12, first=2)]

    assert special(values) == dict.fromkeys(range(12, 19), WORSE)


def test_rule_2_needs_six_steps():
    assert special([*calm(12, first=2), -3, -2, 0, 0.5, 2, 3, *calm(12, first=-2)]) == {}


def test_rule_2_is_broken_by_equal_neighbours():
    assert special([*calm(12, first=2), -3, -2, -1, 0, 0, 1, 2, 3, *calm(12, first=-2)]) == {}


def test_rule_2_gives_a_turning_point_to_the_run_that_came_first():
    values = [*calm(12, first=2), *range(-3, 4), *range(2, -4, -1), *calm(12, first=2)]

    labels = xmr(values, 1).label

    assert labels[12:19].tolist() == [BETTER] * 7
    assert labels[19:25].tolist() == [WORSE] * 6


NEAR = 6


def with_blocks(block):
    """Calm, the block, calm, the block's mirror image, calm: the mean is 0."""
    mirrored = [-value for value in block]
    return [*calm(12), *block, *calm(12, first=-1), *mirrored, *calm(12)], 12, 24 + len(block)


@pytest.mark.parametrize(
    ("block", "marked"),
    [
        ([NEAR, NEAR, 0], [0, 1]),
        ([0, NEAR, NEAR], [1, 2]),
        ([NEAR, 0, NEAR], [0, 2]),
        ([NEAR, -1, NEAR], [0, 2]),
    ],
)
def test_rule_3_marks_two_of_three_near_one_limit_and_never_the_third(block, marked):
    values, first, second = with_blocks(block)
    upper = xmr(values, 1).upper[0]
    assert upper * 2 / 3 < NEAR < upper

    expected = {first + place: BETTER for place in marked} | {second + place: WORSE for place in marked}

    assert special(values) == expected


def test_rule_3_needs_them_within_three_points():
    values, _, _ = with_blocks([NEAR, 0, 0, NEAR])

    assert special(values) == {}


def test_rule_3_needs_them_on_one_side():
    values, _, _ = with_blocks([NEAR, -NEAR])

    assert special(values) == {}


def test_rule_3_does_not_count_points_outside_the_limits():
    values, first, second = with_blocks([NEAR, 12, 0])
    upper = xmr(values, 1).upper[0]
    assert NEAR < upper < 12

    assert special(values) == {first + 1: BETTER, second + 1: WORSE}


def test_rule_3_needs_a_third_point():
    """Two points between missing values are in no three consecutive points."""
    values, first, _ = with_blocks([5, 5, 0])
    values[first - 1] = values[first + 2] = None
    frame = xmr(values, 1)
    mean, upper = frame["mean"][0], frame["upper"][0]
    assert mean + (upper - mean) * 2 / 3 < 5 < upper

    assert frame.label[[first, first + 1]].tolist() == [COMMON, COMMON]


def test_rule_4_marks_seven_on_one_side_of_the_mean():
    values = [1, 2, 1, 2, 1, 2, 1, -1, -2, -1, -2, -1, -2, -1]

    assert special(values) == dict.fromkeys(range(7), BETTER) | dict.fromkeys(range(7, 14), WORSE)


def test_rule_4_needs_seven():
    assert special([1, 2, 1, 2, 1, 2, -1, -2, -1, -2, -1, -2]) == {}


def test_rule_4_is_broken_by_a_point_on_the_mean():
    assert special([1, 2, 1, 0, 2, 1, 2, -1, -2, -1, 0, -2, -1, -2]) == {}


def test_a_point_on_the_mean_in_decimals_is_on_it_in_arithmetic():
    """The mean is 0.2, but the sum divided by 24 is a little less in binary; 0.2 must still break the run."""
    values = [0.3, 0.3, 0.3, 0.2, 0.3, 0.3, 0.3, *[0.1, 0.3] * 5, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1]
    assert math.fsum(values) / len(values) < 0.2

    assert special(values) == {}


def test_the_first_rule_that_holds_gives_the_sign():
    """The last of seven falling points still lies far above: outside the limits goes before the trend."""
    values = [*calm(40), 40, 39, 38, 37, 36, 35, 34, *calm(40)]
    assert xmr(values, 1).upper[0] < 34

    assert special(values)[46] == BETTER


def test_a_missing_value_keeps_its_row_and_breaks_a_run():
    values = [*calm(12, first=2), -3, -2, -1, None, 0, 1, 2, 3, *calm(12, first=-2)]

    frame = xmr(values, 1)

    assert len(frame) == len(values)
    assert frame.label.isna().tolist() == [value is None for value in values]
    assert set(frame.label.dropna()) == {COMMON}


def test_a_missing_value_drops_the_ranges_beside_it():
    """Of 1, 3, missing, 9, 10 the ranges 2 and 1 are left: R = 1.5, mean 5.75."""
    frame = xmr([1, 3, None, 9, 10], 1)

    assert frame["mean"][0] == 5.75
    assert frame["upper"][0] == pytest.approx(5.75 + 2.66 * 1.5)


def test_a_single_value_has_no_limits_and_common_cause():
    frame = xmr([3], -1)

    assert frame["mean"].tolist() == [3]
    assert math.isnan(frame["lower"][0])
    assert frame.label.tolist() == [COMMON]


def test_another_direction_is_refused():
    with pytest.raises(ValueError, match="direction is 0"):
        xmr([1, 2], 0)
