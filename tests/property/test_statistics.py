"""What must hold whatever the numbers are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navbook.statistics import (
    aalen_johansen,
    benjamini_hochberg,
    expected_interval,
    funnel_flag,
    kaplan_meier,
    newcombe,
    newcombe_change_of_change,
    rate,
    wilson,
    xmr,
)

quick = settings(max_examples=50, deadline=None)

shares = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
probabilities = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=60)


@quick
@given(shares)
def test_a_share_lies_within_its_limits_and_they_within_0_and_1(share):
    value, lower, upper = wilson(*share)

    assert 0 <= lower <= value <= upper <= 1


@quick
@given(shares)
def test_the_complement_has_the_mirrored_limits(share):
    x, n = share
    value, lower, upper = wilson(x, n)

    assert wilson(n - x, n) == pytest.approx((1 - value, 1 - upper, 1 - lower), abs=1e-12)


@quick
@given(st.integers(1, 300))
def test_limits_rise_with_the_count(n):
    _, lower, upper = wilson(np.arange(n + 1), n)

    assert (np.diff(lower) > 0).all()
    assert (np.diff(upper) > 0).all()


@quick
@given(shares)
def test_a_higher_level_gives_wider_limits(share):
    _, lower, upper = wilson(*share)
    _, wider_lower, wider_upper = wilson(*share, level=0.998)

    assert wider_lower <= lower
    assert upper <= wider_upper


@quick
@given(shares, shares)
def test_a_difference_turned_round_has_turned_limits(now, base):
    value, lower, upper = newcombe(*now, *base)

    assert -1 <= lower <= value <= upper <= 1
    assert newcombe(*base, *now) == pytest.approx((-value, -upper, -lower), abs=1e-12)


@quick
@given(shares, shares)
def test_a_change_less_itself_is_zero_and_its_limits_symmetrical(now, base):
    value, lower, upper = newcombe_change_of_change(*now, *base, *now, *base)

    assert value == 0
    assert lower == pytest.approx(-upper, abs=1e-12)


@quick
@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_rate_lies_within_its_limits(x, n):
    value, lower, upper = rate(x, n, 1000)

    assert 0 <= lower <= value <= upper


def test_exact_limits_and_byars_meet_without_a_jump_down():
    _, lower, upper = rate(np.arange(0, 40), 1)

    assert (np.diff(lower) > 0).all()
    assert (np.diff(upper) > 0).all()


@quick
@given(shares)
def test_a_share_at_its_target_is_never_flagged(share):
    x, n = share

    assert funnel_flag(x, n, x / n) == 0


@quick
@given(st.integers(1, 400), st.floats(0.02, 0.98), st.data())
def test_equal_probabilities_reduce_the_expected_interval_to_wilson(n, p, data):
    observed = data.draw(st.integers(0, n))

    deviation, lower, upper = expected_interval(observed, [p] * n)

    value, wilson_lower, wilson_upper = wilson(observed, n)
    expected = n * value - n * p, n * wilson_lower - n * p, n * wilson_upper - n * p
    assert (deviation, lower, upper) == pytest.approx(expected, abs=1e-8 * n)


@quick
@given(probabilities, st.data())
def test_the_deviation_lies_within_its_limits_and_they_within_what_is_possible(p, data):
    observed = data.draw(st.integers(0, len(p)))

    deviation, lower, upper = expected_interval(observed, p)

    assert -sum(p) - 1e-9 <= lower <= deviation + 1e-9
    assert deviation - 1e-9 <= upper <= len(p) - sum(p) + 1e-9


@quick
@given(probabilities, st.data())
def test_the_limits_solve_their_equations(p, data):
    """At the shifted probabilities q: S + z sqrt(V) = O below and S - z sqrt(V) = O above."""
    observed = data.draw(st.integers(0, len(p)))
    _, lower, upper = expected_interval(observed, p)
    z = 1.959963984540054

    for limit, side, certain in ((lower, 1, 0), (upper, -1, len(p))):
        if observed != certain:
            q = shifted_to_total(np.array(p), limit + sum(p))
            assert q.sum() + side * z * np.sqrt(np.sum(q * (1 - q))) == pytest.approx(observed, abs=1e-5)


def shifted_to_total(p, total):
    """The probabilities with every logit moved alike so that they sum to `total`, by bisection."""
    logits = np.log(p / (1 - p))
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = (low + high) / 2
        if np.sum(1 / (1 + np.exp(-logits - middle))) < total:
            low = middle
        else:
            high = middle
    return 1 / (1 + np.exp(-logits - middle))


uncensored = st.lists(st.tuples(st.integers(0, 56), st.sampled_from([1, 2])), min_size=1, max_size=40)
followed = st.lists(st.tuples(st.integers(0, 56), st.sampled_from([0, 1, 2])), min_size=1, max_size=40)


@quick
@given(uncensored)
def test_aalen_johansen_without_censoring_is_the_plain_share_with_binomial_limits(persons):
    time, event = np.array(persons).T

    curve = aalen_johansen(time, event)

    for row in curve.itertuples():
        share = np.mean((time <= row.time) & (event == 1))
        assert row.estimate == pytest.approx(share, abs=1e-12)
        if 0 < share < 1:
            spread = 1.959963984540054 * np.sqrt(share * (1 - share) / len(time)) / (share * np.log(share))
            limits = sorted([share ** np.exp(spread), share ** np.exp(-spread)])
            assert (row.lower, row.upper) == pytest.approx(limits, abs=1e-9)
        else:
            assert np.isnan([row.lower, row.upper]).all()


@quick
@given(followed)
def test_incidences_of_both_events_and_survival_sum_to_one(persons):
    time, event = np.array(persons).T

    first = aalen_johansen(time, event)
    second = aalen_johansen(time, np.select([event == 1, event == 2], [2, 1], 0))
    survival = kaplan_meier(time, (event > 0).astype(int))

    assert (first.estimate + second.estimate + survival.estimate).tolist() == pytest.approx([1] * len(first))


@quick
@given(followed)
def test_without_a_competing_event_aalen_johansen_is_one_minus_kaplan_meier(persons):
    time, event = np.array(persons).T
    event = (event == 1).astype(int)

    incidence, survival = aalen_johansen(time, event), kaplan_meier(time, event)

    assert incidence.time.equals(survival.time)
    assert incidence.estimate.tolist() == pytest.approx((1 - survival.estimate).tolist(), abs=1e-12)


@quick
@given(followed)
def test_curves_are_monotone_and_within_their_limits(persons):
    time, event = np.array(persons).T

    curve = aalen_johansen(time, event)

    known = curve.dropna()
    assert (np.diff(curve.estimate) >= -1e-12).all()
    assert (known.lower <= known.estimate).all()
    assert (known.estimate <= known.upper).all()
    assert (np.diff(curve.at_risk) < 0).all()


@quick
@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_adjusted_p_values_keep_their_order_and_are_never_smaller(p):
    adjusted, flags = benjamini_hochberg(p)
    order = np.argsort(p)

    assert (adjusted >= np.array(p) - 1e-15).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[order]) >= -1e-15).all()
    assert flags.tolist() == (adjusted <= 0.10).tolist()


@quick
@given(st.lists(st.floats(-1000, 1000).map(lambda v: round(v, 3)), min_size=1, max_size=40))
def test_turning_a_chart_and_its_direction_gives_the_same_labels(values):
    turned = [-value for value in values]

    assert xmr(values, 1).label.tolist() == xmr(turned, -1).label.tolist()


@quick
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40))
def test_moving_the_whole_chart_moves_its_limits_alone(values):
    here, there = xmr(values, 1), xmr([value + 1000 for value in values], 1)

    assert here.label.tolist() == there.label.tolist()
    assert there["mean"][0] - here["mean"][0] == pytest.approx(1000)
