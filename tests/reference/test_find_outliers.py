"""Adjusted funnel limits and who stands out, by hand."""

import math

import numpy as np
import pytest

from navbook.statistics import adjusted_limits, find_outliers, funnel_limits, outlier_limits, overdispersion

Z95 = 1.959964


def test_limits_around_a_half_by_hand():
    """asin sqrt(1/2) = pi/4. With n = 25 and tau2 = 0.03 the spread is sqrt(0.01 + 0.03) = 0.2, and
    sin^2(pi/4 -/+ 0.391993) = (1 -/+ sin 0.783986)/2.
    """
    within = math.sin(2 * Z95 * 0.2) / 2

    assert adjusted_limits(25, 0.5, 0.03) == pytest.approx((0.5 - within, 0.5 + within), abs=1e-7)


def test_limits_that_would_pass_nobody_or_everybody_stop_there():
    """asin sqrt(0.01) = 0.1002, and 1.96/(2 sqrt 4) = 0.49 lies beyond it."""
    assert adjusted_limits(4, 0.01, 0).lower == 0
    assert adjusted_limits(4, 0.99, 0).upper == 1


def test_without_a_spread_large_units_have_the_plain_limits():
    assert adjusted_limits(1e6, 0.35, 0) == pytest.approx(funnel_limits(1e6, 0.35), abs=1e-6)


@pytest.mark.parametrize("bad", [(0, 0.5, 0.1), (10, 1.2, 0.1), (10, 0.5, -0.1), (10, math.nan, 0.1)])
def test_what_is_no_share_has_no_limits(bad):
    assert all(map(math.isnan, adjusted_limits(*bad)))


def test_scores_and_flags_by_hand():
    """tau2 = 1/12 around a half makes every number of ten as likely: mid-p of 0 and 10 is 1/11, of 5 is 1.

    Times 3/2 that is 0.136, so neither is on a list at ten per cent, and both are at fifteen.
    """
    x, n = [0, 10, 5], [10, 10, 10]

    few, more = (find_outliers(x, n, 0.5, 1 / 12, q) for q in (0.10, 0.15))

    # z of nobody of ten is 2 sqrt(10) (0 - pi/4), and 1 + 4 n tau2 = 13/3
    assert few.score[0] == pytest.approx(-2 * math.sqrt(10) * math.pi / 4 / math.sqrt(13 / 3))
    assert few.adjusted == pytest.approx([3 / 22, 3 / 22, 1])
    assert few.side.tolist() == [0, 0, 0]
    assert math.isnan(few.level)
    assert more.side.tolist() == [-1, 1, 0]
    assert more.level == pytest.approx(10 / 11)


def test_a_unit_without_a_share_is_not_looked_at():
    found = find_outliers([10.0, math.nan, 40.0], [30.0, 50.0, 60.0], 0.5, 0.01)

    assert np.isnan(found.side).tolist() == [False, True, False]
    assert found.adjusted[0] == find_outliers([10.0, 40.0], [30.0, 60.0], 0.5, 0.01).adjusted[0]


def test_units_beyond_the_line_are_those_that_stand_out():
    """The line of the false discovery rate parts the same units as the adjusted p-values."""
    rng = np.random.default_rng(7)
    n = rng.integers(30, 900, 120).astype(float)
    x = np.round(n * np.clip(rng.normal(0.4, 0.06, 120), 0.05, 0.95))
    x[:6] = np.round(0.8 * n[:6])
    _, tau2, _ = overdispersion(x, n, 0.4)
    found = find_outliers(x, n, 0.4, tau2)
    lower, upper = outlier_limits(n, 0.4, tau2, found.level - 1e-12)

    beyond = np.where(x / n > upper, 1, np.where(x / n < lower, -1, 0))

    assert found.side.any()
    assert beyond.tolist() == found.side.tolist()
