"""Counts and rates against tables of exact Poisson limits and other people's Byar."""

import pytest
from scipy.stats import chi2

from navbook.statistics import byar, rate


@pytest.mark.parametrize(
    ("x", "lower", "upper"),
    [
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (2, 0.242, 7.225),
        (3, 0.619, 8.767),
        (4, 1.090, 10.242),
        (5, 1.623, 11.668),
        (9, 4.115, 17.085),
    ],
)
def test_exact_limits_below_ten(x, lower, upper):
    """Garwood, Biometrika 1936;28:437-442, and every table of Poisson limits since."""
    assert rate(x, 1) == pytest.approx((x, lower, upper), abs=5.1e-4)


def test_byar_of_a_hundred_cases_in_other_peoples_software():
    """The examples of the Ruby package byar: 100 observed, 90 expected, with z rounded to 1.96."""
    lower, upper = byar(100)

    assert upper == pytest.approx(121.628347, abs=1e-3)
    assert lower / 90 == pytest.approx(0.9040199, abs=1e-5)


def test_byar_of_ten_by_hand():
    """Breslow & Day (1987), p. 69, with z = 1.959964.

    lower = 10 (1 - 1/90 - 1.959964/(3 * 3.162278))^3 = 10 * 0.782291^3
    upper = 11 (1 - 1/99 + 1.959964/(3 * 3.316625))^3 = 11 * 1.186884^3
    """
    assert byar(10) == pytest.approx((10 * 0.782291**3, 11 * 1.186884**3), abs=1e-3)


@pytest.mark.parametrize("x", [10, 11, 15, 30, 65, 1045])
def test_byar_is_within_two_per_mille_of_exact_from_ten(x):
    """PHE Technical Guide, Confidence Intervals (2018): within 0.2 % for numerators of 10 or more."""
    exact = chi2.ppf(0.025, 2 * x) / 2, chi2.ppf(0.975, 2 * x + 2) / 2

    assert byar(x) == pytest.approx(exact, rel=0.002)


def test_thirty_observed_against_fifteen_expected():
    """Beaumont's table: 30 cases have limits 20.24 and 42.83; against 15.21 expected, 1.33 to 2.82."""
    assert rate(30, 1)[1:] == pytest.approx((20.24, 42.83), abs=0.01)
    assert rate(30, 15.21)[1:] == pytest.approx((1.33, 2.82), abs=0.005)
