"""Adjusted funnel limits and who stands out, by hand."""

import math

import numpy as np
import pytest

from navbook.statistics import adjusted_limits, funnel_limits, overdispersion, standing_out

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
    """z / sqrt(1 + 4 n tau2) with n = 25 and tau2 = 0.03 is z/2: p of 4, 2 and 0 is 0.0000633, 0.0455 and 1.

    Times 3/rank: 0.00019, 0.06825 and 1; two of three pass ten per cent, and the line is at 1 - 0.0455.
    """
    found = standing_out([-8.0, 4.0, 0.0], [25, 25, 25], 0.03)

    assert found.score == pytest.approx([-4, 2, 0])
    assert found.adjusted == pytest.approx([0.00019, 0.06825, 1], rel=1e-3)
    assert found.side.tolist() == [-1, 1, 0]
    assert found.level == pytest.approx(1 - 0.0455, abs=1e-4)


def test_where_none_stands_out_there_is_no_line():
    found = standing_out([0.3, -0.2], [30, 40], 0.0)

    assert found.side.tolist() == [0, 0]
    assert math.isnan(found.level)


def test_a_unit_without_a_share_is_not_looked_at():
    x, n = [10.0, math.nan, 40.0], [30.0, 50.0, 60.0]
    phi, tau2, z = overdispersion(x, n, 0.5)
    assert not math.isnan(phi)

    found = standing_out(z, n, tau2)

    assert np.isnan(found.side).tolist() == [False, True, False]
    assert found.adjusted[0] == standing_out([z[0], z[2]], [30, 60], tau2).adjusted[0]


def test_units_beyond_the_line_are_those_that_stand_out():
    """The line of the false discovery rate parts the same units as the adjusted p-values."""
    rng = np.random.default_rng(7)
    n = rng.integers(30, 900, 120).astype(float)
    x = np.round(n * np.clip(rng.normal(0.4, 0.06, 120), 0.05, 0.95))
    x[:6] = np.round(0.8 * n[:6])
    _, tau2, z = overdispersion(x, n, 0.4)
    found = standing_out(z, n, tau2)
    lower, upper = adjusted_limits(n, 0.4, tau2, found.level - 1e-12)

    beyond = np.where(x / n > upper, 1, np.where(x / n < lower, -1, 0))

    assert found.side.any()
    assert (beyond == found.side).all()
