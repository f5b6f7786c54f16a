"""The change of some units against others: hand calculations, and coverage of the interval in simulation."""

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from navbook.statistics import Change, change_of_share, difference_in_differences, variance_between

Z = 1.959963985


def change(values, variances):
    return Change(np.array(values, dtype=float), np.array(variances, dtype=float))


def test_the_change_of_a_share_by_hand():
    # 30 of 100 after 20 of 100; (31/102)(71/102)/102 + (21/102)(81/102)/102 with one of each kind added
    found = change_of_share(30, 100, 20, 100)
    assert found.value == pytest.approx(0.10)
    assert found.variance == pytest.approx((31 * 71 + 21 * 81) / 102**3)


@pytest.mark.parametrize("counts", [(0, 0, 5, 10), (5, 10, 0, 0), (None, 10, 5, 10), (11, 10, 5, 10)])
def test_a_missing_share_gives_a_missing_change(counts):
    assert np.isnan(change_of_share(*counts).value)
    assert np.isnan(change_of_share(*counts).variance)


def test_a_share_of_none_has_a_variance():
    assert change_of_share(0, 50, 0, 50).variance > 0


def test_the_difference_by_hand():
    # comparison: mean of 0 and 0.02 with equal weights, variance 0.001/2; 0.10 - 0.01 = 0.09
    found = difference_in_differences(change([0.10], [0.004]), change([0.0, 0.02], [0.001, 0.001]), tau2=0)
    assert found.value == pytest.approx(0.09)
    assert found.lower == pytest.approx(0.09 - Z * np.sqrt(0.0045))
    assert found.upper == pytest.approx(0.09 + Z * np.sqrt(0.0045))
    assert found.treated.value == pytest.approx(0.10)
    assert found.comparison.value == pytest.approx(0.01)


def test_the_variance_between_units_widens_the_interval_by_hand():
    # every variance grows by 0.005: 0.004 + 0.005 for the one unit, (0.001 + 0.005)/2 for the mean of two
    found = difference_in_differences(
        change([0.10], [0.004]), change([0.0, 0.02], [0.001, 0.001]), tau2=0.005
    )
    assert found.upper - found.value == pytest.approx(Z * np.sqrt(0.009 + 0.003))


def test_the_variance_between_units_by_hand():
    # 0 and 0.1 with variance 0.001: Q = 2 (0.05)^2/0.001 = 5, tau2 = (5 - 1)/(2000 - 1000)
    assert variance_between(change([0, 0.1], [0.001, 0.001])) == pytest.approx(0.004)


def test_the_variance_between_units_is_that_of_dersimonian_and_laird():
    values, variances = [0.02, -0.05, 0.11, 0.03, -0.14], [0.001, 0.002, 0.0005, 0.003, 0.004]
    expected = combine_effects(np.array(values), np.array(variances), method_re="chi2").tau2
    assert variance_between(change(values, variances)) == pytest.approx(expected)


@pytest.mark.parametrize("values", [[], [0.1], [np.nan, 0.1], [0.1, 0.1, 0.1]])
def test_no_variance_between_is_seen_in_one_unit_or_in_equal_changes(values):
    assert variance_between(change(values, np.full(len(values), 0.001))) == 0


def test_units_with_a_missing_change_take_no_part():
    with_missing = change([0.0, np.nan, 0.02], [0.001, np.nan, 0.001])
    found = difference_in_differences(change([0.1], [0.004]), with_missing, tau2=0)
    assert found.comparison.value == pytest.approx(0.01)


def test_a_side_without_units_gives_no_effect():
    found = difference_in_differences(change([np.nan], [np.nan]), change([0.0], [0.001]), tau2=0)
    assert np.isnan(found.value)
    assert np.isnan(found.lower)


def covered(spread: float, seed: int, rounds: int = 500) -> float:
    """The share of placebo changes, at one of 40 offices against five others, whose interval holds 0.

    The true share of an office moves by `spread` (standard deviation) more or less than the common change.
    """
    dice = np.random.default_rng(seed)
    held = 0
    for _ in range(rounds):
        n = dice.integers(120, 1500, size=(2, 40))
        before = dice.uniform(0.35, 0.55, 40)
        after = before - 0.04 + dice.normal(0, spread, 40)
        x = dice.binomial(n, np.clip([before, after], 0, 1))
        seen = change_of_share(x[1], n[1], x[0], n[0])
        rest = Change(seen.value[1:], seen.variance[1:])
        own, others = (Change(seen.value[k], seen.variance[k]) for k in (slice(1), slice(1, 6)))
        effect = difference_in_differences(own, others, variance_between(rest))
        held += effect.lower <= 0 <= effect.upper
    return held / rounds


@pytest.mark.parametrize("spread", [0.0, 0.02, 0.05])
def test_the_interval_holds_the_truth_for_95_of_100_changes_that_did_nothing(spread):
    assert 0.93 <= covered(spread, seed=2022) <= 0.97


def test_without_the_variance_between_units_it_would_not():
    dice = np.random.default_rng(5)
    held = []
    for _ in range(500):
        n = np.full((2, 6), 800)
        before = np.full(6, 0.45)
        x = dice.binomial(n, [before, before + dice.normal(0, 0.05, 6)])
        seen = change_of_share(x[1], n[1], x[0], n[0])
        own, others = (Change(seen.value[k], seen.variance[k]) for k in (slice(1), slice(1, 6)))
        effect = difference_in_differences(own, others, tau2=0.0)
        held.append(effect.lower <= 0 <= effect.upper)
    assert np.mean(held) < 0.8
