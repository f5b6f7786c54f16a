"""Curves of the eight weeks: what of them is told, and that the few who moved or left are never told."""

import dataclasses
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions import MANIFEST, decided, letter_in, register_of, series_counts
from navbook.edition.schema import CURVE_COLUMNS
from navbook.estimate import estimate
from navbook.estimate.courses import COURSE_COLUMNS, EVENTS
from navbook.gate.derived.published import series_rows
from navbook.gate.derived.time_to_activity import incidence, time_to_activity
from navbook.indicators import REGISTRY
from navbook.pages.charts.curve_svg import CurvePoint, curve_svg
from navbook.runtime.periods import month_range, parse_period

REGISTER_OFFICES = ("9001", "9002", "9003")
REGISTER = register_of({"9001": "9700", "9002": "9700", "9003": "9800"})
NOTHING = dict.fromkeys(EVENTS, 0)
MONTHS = month_range("2021-01", "2022-12")


def forlop(offices: dict[str, dict[tuple[int, str], int]]) -> pd.DataFrame:
    """The private table with so many of each (day, event) in each month of 2021 and 2022."""
    rows = [
        {"gruppe": "alle", "enhetsnr": enhet, "maned": month, "dag": day, **NOTHING, event: count}
        for enhet, course in offices.items()
        for month in MONTHS
        for (day, event), count in course.items()
    ]
    return pd.DataFrame(rows).groupby(["gruppe", "enhetsnr", "maned", "dag"], as_index=False).sum()


def told(offices: dict[str, dict[tuple[int, str], int]]) -> pd.DataFrame:
    sizes = {}
    for enhet, course in offices.items():
        active = sum(count for (_, event), count in course.items() if event == "aktivitet")
        sizes[enhet] = (float(active), float(sum(course.values())))
    counts = series_counts("u30_8uker", "alle", MONTHS, sizes)
    period = parse_period("2022")
    given_ = (counts, REGISTER, MANIFEST, letter_in(2022), REGISTRY, period)
    estimates = estimate(*given_, forlop=forlop(offices))
    tall = decided(counts, "2022", REGISTER).tall
    return time_to_activity(series_rows(tall, estimates), estimates)


# every month: 2 active in the first week, 3 in the fourth, 1 leaves, 4 still wait at the end
LARGE = {(3, "aktivitet"): 2, (25, "aktivitet"): 3, (30, "sluttet"): 1, (56, "sensurert"): 4}
EVERYWHERE = {"9001": LARGE, "9002": LARGE, "9003": LARGE}


@pytest.fixture(scope="module")
def shown():
    return told(EVERYWHERE)


def test_the_country_has_weeks_and_an_office_the_eighth_alone(shown):
    days = shown.groupby("enhet")["dag"].apply(list)

    assert days["0000"] == [7, 28, 56]
    assert days["9001"] == [56]
    assert list(shown.columns) == list(CURVE_COLUMNS)


def test_the_shares_by_hand(shown):
    """2, then 5 of 10, and nobody is censored before day 56: a fifth and a half, whoever leaves."""
    country = shown[shown["enhet"] == "0000"].set_index("dag")["verdi"]

    assert country.to_dict() == {7: 0.2, 28: 0.5, 56: 0.5}


def test_weeks_without_four_more_are_not_told(shown):
    """In the second, third, fifth, sixth and seventh week nobody is first active."""
    assert not shown["dag"].isin([14, 21, 35, 42, 49]).any()


def test_shares_are_whole_per_cents_below_a_thousand(shown):
    """Every unit here has 360 starts a year or fewer."""
    for name in ("verdi", "nedre", "ovre"):
        assert ((100 * shown[name]).round(6) % 1 == 0).all()


def test_units_with_fewer_than_a_hundred_have_no_curve():
    small = {(3, "aktivitet"): 2, (25, "aktivitet"): 2, (56, "sensurert"): 4}

    found = set(told({**EVERYWHERE, "9001": small})["enhet"])

    assert "9001" not in found
    assert "9002" in found


def test_no_curve_where_fewer_than_ten_still_wait():
    """All but one in every second month are active or gone before the eighth week."""
    course = {(3, "aktivitet"): 8, (30, "sluttet"): 4}

    assert told(dict.fromkeys(REGISTER_OFFICES, course)).empty


def test_without_days_there_is_no_curve():
    counts = series_counts("u30_8uker", "alle", MONTHS, dict.fromkeys(REGISTER_OFFICES, (5.0, 10.0)))
    estimates = estimate(counts, REGISTER, MANIFEST, letter_in(2022), REGISTRY, parse_period("2022"))

    assert list(estimates.courses.columns) == list(COURSE_COLUMNS)
    assert time_to_activity(series_rows(decided(counts, "2022", REGISTER).tall, estimates), estimates).empty


def test_a_hidden_share_has_no_curve(shown):
    counts = series_counts("u30_8uker", "alle", MONTHS, dict.fromkeys(REGISTER_OFFICES, (5.0, 10.0)))
    estimates = estimate(
        counts, REGISTER, MANIFEST, letter_in(2022), REGISTRY, parse_period("2022"), forlop=forlop(EVERYWHERE)
    )
    tall = decided(counts, "2022", REGISTER).tall
    told_ = series_rows(tall.assign(status=tall["status"].mask(tall["enhet"] == "9001", "skjult")), estimates)

    assert "9001" not in set(time_to_activity(told_, dataclasses.replace(estimates))["enhet"])
    assert "9001" in set(shown["enhet"])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 55), st.sampled_from(EVENTS[:2])), min_size=1, max_size=60),
    st.integers(0, 40),
)
def test_without_censoring_the_curve_ends_at_the_naive_share(happened, waiting):
    """Nobody moves or dies before day 56: the share at the end is active/all, whenever others left."""
    events = [*happened, *[(56, "sensurert")] * waiting]
    course = pd.DataFrame([{"dag": day, **NOTHING, event: 1} for day, event in events])
    found = incidence(course.groupby("dag", as_index=False).sum())

    active = sum(event == "aktivitet" for _, event in events)
    assert math.isclose(found["estimate"].iloc[-1], active / len(events), abs_tol=1e-12)


def test_a_curve_is_drawn_as_steps_with_words():
    svg = curve_svg("Landet", [CurvePoint(7, 0.2, 0.15, 0.25), CurvePoint(56, 0.5, 0.45, 0.55)])

    assert 'aria-label="Landet: 20 prosent etter 1 uke, 50 prosent etter 8 uker."' in svg
    assert svg.count("nb-t-band") == 1
    assert "nb-t-band" not in curve_svg("Landet", [CurvePoint(56, 1.0, None, None)])
