"""XmR limits and labels against the test tables of the NHS tools (NHSRplotthedots and nhspy-plotthedots)."""

import pytest

from navbook.statistics import xmr

# The twenty values of test-ptd_spc_standard.R: R's set.seed(123); rnorm(20)
NHS_SERIES = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123),
    *(-0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314),
    *(0.49785048, -1.96661716, 0.70135590, -0.47279141),
]
# The same with the fifteenth value changed to 10, which stands out
WITH_OUTLIER = [*NHS_SERIES[:14], 10.0, *NHS_SERIES[15:]]


def limits(values, screen=False):
    row = xmr(values, 1, screen=screen).iloc[0]
    return row["mean"], row["lower"], row["upper"]


def test_limits_of_the_r_tool():
    assert limits(NHS_SERIES, screen=True) == pytest.approx((0.1416238, -3.01138, 3.294627), abs=1e-6)


def test_limits_of_the_r_tool_with_moving_ranges_screened():
    assert limits(WITH_OUTLIER, screen=True) == pytest.approx((0.6694159, -2.383666, 3.722497), abs=1e-6)


def test_limits_of_the_r_tool_without_screening():
    assert limits(WITH_OUTLIER) == pytest.approx((0.6694159, -4.596625, 5.935457), abs=1e-6)


def test_the_r_tool_finds_only_common_cause_in_its_series():
    assert set(xmr(NHS_SERIES, 1).label) == {"common_cause"}


def test_two_points_near_opposite_limits_are_common_cause_in_the_r_tool():
    """test-ptd_spc_standard.R: 1 and -1 in turn, and at the end 5.5 and -5.5."""
    labels = xmr([*[1, -1] * 7, 5.5, -5.5], 1, screen=True).label

    assert labels.iloc[-2:].tolist() == ["common_cause", "common_cause"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (range(1, 11), (5.5, 2.84, 8.16)),
        (range(10, 0, -1), (5.5, 2.84, 8.16)),
        ([1, 2, 3, 4, 5, 4, 3, 2, 1, 2], (2.7, 0.04, 5.36)),
        ([1, 2, 3], (2.0, -0.66, 4.66)),
        ([3, 1, 4, 1, 5, 9, 2], (3.571429, -6.625238, 13.768095)),
        ([1, 2, 3, 2, 1, 2, 3, 4, 5, 6, 7, 4, 3, 2, 1, 2], (3.0, -0.014667, 6.014667)),
        ([-1, -2, -3, -2, -1, -2, -3, -4, -5, -6, -7, -4, -3, -2, -1, -2], (-3.0, -6.014667, 0.014667)),
    ],
)
def test_limits_of_the_python_tool(values, expected):
    """nhspy-plotthedots, tests/unittests/test_limits_calculations.py."""
    assert limits(list(values)) == pytest.approx(expected, abs=1e-6)
