"""The case-mix model and what is expected of units: sums, order, and what must move nothing."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from navbook.estimate.casemix import WITH, WITHOUT, fit_patterns
from navbook.indicators.casemix import TRAITS
from navbook.statistics import expected_interval, expected_intervals, wilson
from navbook.statistics.logistic import fit_logistic
from patterns import MONTHS_OF_2019, invented_patterns

shares = st.floats(0.01, 0.99)
LEVELS = {"alder": ("ung", "midt", "eldre"), "kjonn": ("kvinne", "mann")}


@st.composite
def people(draw):
    """Rows of two factors with counts, at least ten with and without the outcome in every level."""
    rows = [
        {
            "alder": age,
            "kjonn": sex,
            "n": (n := draw(st.integers(25, 200))),
            "x": draw(st.integers(10, n - 10)),
        }
        for age in range(3)
        for sex in range(2)
    ]
    return pd.DataFrame(rows)


@st.composite
def units_of_patterns(draw):
    """Several units, each with some patterns of people, and a possible outcome for each."""
    rows = draw(st.lists(st.tuples(st.integers(0, 3), shares, st.integers(1, 30)), min_size=1, max_size=25))
    unit, p, persons = (np.array(column) for column in zip(*rows, strict=True))
    everybody = np.bincount(unit, persons, minlength=4)
    observed = [draw(st.integers(0, int(n))) for n in everybody]
    return np.array(observed, dtype=float), unit, p, persons.astype(float)


@settings(max_examples=15, deadline=None)
@given(people())
def test_observed_less_expected_adds_up_to_nothing_where_the_model_was_fitted(frame):
    model = fit_logistic(frame, LEVELS)
    expected = model.probabilities(frame) * frame["n"]
    assert abs((frame["x"] - expected).sum()) < 1e-6
    for factor in LEVELS:
        assert (frame["x"] - expected).groupby(frame[factor]).sum().abs().max() < 1e-6


@settings(max_examples=15, deadline=None)
@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_bit_of_the_model(frame, random):
    places = list(range(len(frame)))
    random.shuffle(places)
    first, second = fit_logistic(frame, LEVELS), fit_logistic(frame.iloc[places], LEVELS)
    assert first.intercept == second.intercept
    assert all(np.array_equal(first.coefficients[name], second.coefficients[name]) for name in LEVELS)


@settings(max_examples=40, deadline=None)
@given(units_of_patterns())
def test_many_units_at_once_get_what_each_would_get_alone(drawn):
    observed, unit, p, persons = drawn
    together = expected_intervals(observed, unit, p, persons)
    for place, count in enumerate(observed):
        mine = unit == place
        alone = expected_interval(count, np.repeat(p[mine], persons[mine].astype(int)))
        found = [values[place] for values in together]
        np.testing.assert_allclose(found, alone, atol=1e-7, equal_nan=True)


@settings(max_examples=40, deadline=None)
@given(shares, st.integers(1, 400), st.data())
def test_alike_people_have_the_interval_of_a_share(p, n, data):
    x = data.draw(st.integers(0, n))
    unit, pattern, persons = (
        np.zeros(2, dtype=int),
        np.array([p, p]),
        np.array([n - n // 2, n // 2], dtype=float),
    )
    deviation, lower, upper = (values[0] for values in expected_intervals([x], unit, pattern, persons))
    share = wilson(x, n)
    np.testing.assert_allclose([lower, upper], [n * share.lower - n * p, n * share.upper - n * p], atol=1e-7)
    assert deviation == x - n * p or abs(deviation - (x - n * p)) < 1e-9


@settings(max_examples=40, deadline=None)
@given(units_of_patterns(), st.integers(1, 40))
def test_people_whose_result_is_as_expected_move_no_deviation(drawn, more):
    observed, unit, p, persons = drawn
    # as many again with p and 1 - p: what is expected of the two together is one outcome
    added = np.array([0, 0]), np.array([0.3, 0.7]), np.array([more, more], dtype=float)
    grown = [np.concatenate(pair) for pair in zip((unit, p, persons), added, strict=True)]
    before = expected_intervals(observed, unit, p, persons).deviation
    with_more = observed + np.array([more, 0, 0, 0])
    after = expected_intervals(with_more, *grown).deviation
    known = ~np.isnan(before)
    np.testing.assert_allclose(after[known], before[known], atol=1e-9)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10_000))
def test_the_deviations_of_the_country_add_up_to_nothing_in_the_year_of_the_fit(seed):
    patterns = invented_patterns(seed)
    casemix = fit_patterns(patterns, MONTHS_OF_2019)
    assert not casemix.mangler
    for population in (False, True):
        mine = casemix.patterns[casemix.patterns["fra_nedsatt"] == population]
        for variant in (WITHOUT, WITH):
            assert abs((mine["x"] - mine["n"] * mine[variant]).sum()) < 1e-6
        # a trait of the model is met in each of its groups, the young among them
        young = mine[mine["ung"]]
        assert abs((young["x"] - young["n"] * young[WITHOUT]).sum()) < 1e-6


def test_every_trait_has_a_level_for_each_place_that_is_drawn():
    patterns = invented_patterns(1)
    assert all(patterns[name].between(0, len(levels) - 1).all() for name, levels in TRAITS.items())
