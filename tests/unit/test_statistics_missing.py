"""What is undefined is nan, without a warning; numbers give floats and arrays give arrays."""

import math

import numpy as np
import pandas as pd
import pytest

from navbook import statistics
from navbook.statistics import (
    aalen_johansen,
    benjamini_hochberg,
    byar,
    expected_interval,
    funnel_flag,
    funnel_limits,
    kaplan_meier,
    newcombe,
    newcombe_change_of_change,
    overdispersion,
    rate,
    wilson,
    xmr,
)

pytestmark = pytest.mark.filterwarnings("error")

NOT_A_SHARE = [
    (0, 0),
    (5, 0),
    (-1, 10),
    (3, -10),
    (11, 10),
    (math.nan, 10),
    (5, math.nan),
    (None, 10),
    (5, pd.NA),
]


@pytest.mark.parametrize(("x", "n"), NOT_A_SHARE)
def test_what_is_not_a_share_is_missing(x, n):
    everything = [
        *wilson(x, n),
        *newcombe(x, n, 5, 10),
        *newcombe(5, 10, x, n),
        *newcombe_change_of_change(5, 10, 5, 10, 5, 10, x, n),
        funnel_flag(x, n, 0.5),
    ]

    assert np.isnan(everything).all()


@pytest.mark.parametrize(("x", "n"), [pair for pair in NOT_A_SHARE if pair != (11, 10)])
def test_what_is_not_a_rate_is_missing(x, n):
    assert np.isnan(rate(x, n)).all()


def test_a_rate_may_exceed_its_multiplier():
    assert rate(11, 10, 100).value == pytest.approx(110)
    assert rate(11, 10, 100).upper > 110


def test_wilson_is_exact_at_the_ends():
    assert wilson(0, 7).lower == 0.0
    assert wilson(7, 7).upper == 1.0


def test_byar_has_no_lower_limit_at_zero_nor_a_negative_one():
    assert math.isnan(byar(0).lower)
    assert math.isnan(byar(0.1).lower)
    assert byar(0).upper > 0
    assert np.isnan(byar(-1)).all()


def test_limits_of_a_rate_below_ten_are_exact_and_begin_at_zero():
    assert rate(0, 4, multiplier=100).lower == 0.0


def test_funnel_limits_are_cut_and_missing_without_units_or_target():
    assert funnel_limits(1, 0.5) == (0.0, 1.0)
    assert np.isnan(funnel_limits(0, 0.5)).all()
    assert np.isnan(funnel_limits(10, 1.5)).all()


def test_a_share_on_the_funnel_limit_is_inside():
    """Around 0.05 with n = 10 the lower limit is cut to 0, where 0/10 lies."""
    assert funnel_limits(10, 0.05).lower == 0.0
    assert funnel_flag(0, 10, 0.05) == 0


def test_z_is_the_exact_quantile():
    """Around one half in n = 10,000 a limit lies z/200 away."""
    assert 200 * (funnel_limits(10_000, 0.5).upper - 0.5) == pytest.approx(1.959964, abs=1e-6)
    assert 200 * (funnel_limits(10_000, 0.5, 0.998).upper - 0.5) == pytest.approx(3.090232, abs=1e-6)


def test_a_unit_without_cases_takes_no_part_in_the_overdispersion():
    whole = overdispersion([9, 18, 27], [36, 36, 36], 0.5)
    with_empty = overdispersion([9, 0, 18, 27], [36, 0, 36, 36], 0.5)

    assert with_empty[:2] == whole[:2]
    assert math.isnan(with_empty.z[1])


def test_one_unit_has_no_overdispersion():
    phi, tau2, z = overdispersion([9], [36], 0.5)

    assert math.isnan(phi)
    assert math.isnan(tau2)
    assert z == pytest.approx([-math.pi])


def test_equal_units_have_no_negative_overdispersion():
    assert overdispersion([18, 18], [36, 36], 0.5)[:2] == (0.0, 0.0)


@pytest.mark.parametrize(
    ("observed", "probabilities"),
    [(0, []), (None, [0.5]), (1, [0.5, math.nan]), (1, [0.5, 1.2]), (-1, [0.5]), (3, [0.5, 0.5])],
)
def test_what_has_no_expectation_is_missing(observed, probabilities):
    assert np.isnan(expected_interval(observed, probabilities)).all()


@pytest.mark.parametrize("observed", [0, 1, 2, 3])
def test_certain_outcomes_give_finite_limits(observed):
    """A model that separates people perfectly gives probabilities of 0 and 1."""
    deviation, lower, upper = expected_interval(observed, [0.0, 1.0, 1.0])

    assert deviation == observed - 2
    assert -2 <= lower <= deviation <= upper <= 1


def test_curves_without_events_have_no_rows():
    for curve in (kaplan_meier([], []), kaplan_meier([1, 2], [0, 0]), aalen_johansen([3], [0])):
        assert curve.empty
        assert list(curve.columns) == ["time", "at_risk", "estimate", "lower", "upper"]


def test_a_curve_that_ends_at_zero_has_no_limits_there():
    last = kaplan_meier([1, 2], [1, 1]).iloc[-1]

    assert last.estimate == 0
    assert math.isnan(last.lower)
    assert math.isnan(last.upper)


def test_an_incidence_of_nothing_but_the_other_event_is_zero_without_limits():
    curve = aalen_johansen([1, 2], [2, 2])

    assert curve.estimate.tolist() == [0, 0]
    assert curve.lower.isna().all()


def test_who_is_censored_at_an_event_is_still_at_risk():
    assert kaplan_meier([5, 5], [0, 1]).at_risk.tolist() == [2]


def test_an_unknown_time_makes_the_curve_missing():
    curve = kaplan_meier([1, None], [1, 1])

    assert curve.time.tolist() == [1]
    assert curve.estimate.isna().all()


def test_an_event_code_that_the_curve_does_not_know_is_refused():
    with pytest.raises(ValueError, match="event holds 2"):
        kaplan_meier([1, 2], [1, 2])
    with pytest.raises(ValueError, match="event holds 3"):
        aalen_johansen([1, 2], [1, 3])


def test_a_missing_p_is_not_counted():
    adjusted, flags = benjamini_hochberg([0.04, math.nan, 0.05])

    assert adjusted == pytest.approx([0.05, math.nan, 0.05], nan_ok=True)
    assert flags.tolist() == [True, False, True]


def test_many_missing_values_stay_silent():
    assert np.isnan(benjamini_hochberg([None, None]).adjusted).all()
    assert xmr([None, None], 1).isna().all().all()
    assert xmr([], 1).empty


def test_numbers_give_floats():
    for field in (*wilson(1, 2), *byar(3), *rate(3, 4), *funnel_limits(5, 0.2), funnel_flag(1, 5, 0.2)):
        assert type(field) is float
    assert type(benjamini_hochberg(0.2).adjusted) is float
    assert type(benjamini_hochberg(0.2).flags) is bool


def test_series_are_broadcast_to_arrays():
    counts = pd.Series([1, pd.NA, 3], dtype="Int64")

    value, _, _ = wilson(counts, 10)

    assert isinstance(value, np.ndarray)
    assert value == pytest.approx([0.1, math.nan, 0.3], nan_ok=True)


def test_lists_may_hold_every_kind_of_missing():
    value, _, _ = wilson([1, None, pd.NA, math.nan, 2], 10)

    assert value == pytest.approx([0.1, math.nan, math.nan, math.nan, 0.2], nan_ok=True)


def test_tables_keep_their_shape():
    assert wilson([[1, 2], [3, 4]], [10, 20]).value.tolist() == [[0.1, 0.1], [0.3, 0.2]]


def test_a_level_that_is_none_leaves_the_value_without_limits():
    value, lower, upper = wilson(3, 10, level=1.5)

    assert value == 0.3
    assert math.isnan(lower)
    assert math.isnan(upper)


def test_tuples_have_the_names_of_the_contract():
    assert wilson(1, 2)._fields == ("value", "lower", "upper")
    assert byar(1)._fields == ("lower", "upper")
    assert overdispersion([1], [2], 0.5)._fields == ("phi", "tau2", "z")
    assert expected_interval(1, [0.5])._fields == ("deviation", "lower", "upper")
    assert benjamini_hochberg([0.5])._fields == ("adjusted", "flags")


def test_every_name_can_be_imported():
    assert all(hasattr(statistics, name) for name in statistics.__all__)
