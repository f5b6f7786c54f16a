"""Funnels of observed minus expected: errors are read off the intervals, and only shown offices take part."""

import pandas as pd
import pytest

from editions import decided, small_counts, small_estimates
from navbook.gate.derived.expected_funnels import expected_funnels
from navbook.gate.derived.published import series_rows
from navbook.gate.derived.tables import offices_in_funnels

OFFICES = ["9001", "9002", "9004", "9005", "9006"]


@pytest.fixture(scope="module")
def estimates():
    return small_estimates("2022")


@pytest.fixture(scope="module")
def tall():
    return decided(small_counts(), "2022").tall


def with_deviations(tall, deviations, error=0.02):
    """`tall` in which offices and the country have a deviation of ota_arbs with the same standard error."""
    frame = tall.copy()
    for enhet, deviation in deviations.items():
        row = (frame["indikator"] == "ota_arbs") & (frame["gruppe"] == "alle") & (frame["enhet"] == enhet)
        values = (deviation, deviation - 1.959964 * error, deviation + 1.959964 * error)
        frame.loc[row & (frame["periode"] == "2022"), ["avvik", "avvik_nedre", "avvik_ovre"]] = values
    return frame


def made(tall, estimates, deviations):
    return expected_funnels(series_rows(with_deviations(tall, deviations), estimates))


def test_limits_lie_around_the_countrys_own_deviation(tall, estimates):
    """Five offices where the country is, errors of 2 points: no spread, limits 3.92 points away."""
    found = made(tall, estimates, {**dict.fromkeys(OFFICES, 0.01), "0000": 0.01})

    offices = found[found["niva"] == "kontor"]
    assert offices["enhet"].tolist() == OFFICES
    assert offices["nedre"].tolist() == pytest.approx([0.01 - 0.0391993] * 5, abs=1e-6)
    assert offices["utslag"].tolist() == [0] * 5
    assert found[found["niva"] == "landet"].iloc[0]["phi"] == pytest.approx(0, abs=1e-12)


def test_an_office_far_off_stands_out(tall, estimates):
    """z of 0, 0, 0, 0 and 10: Winsorised at the 90 % quantile, 6, phi is 7.2 and tau2 (5 * 7.2 - 4)/(4 *
    2500)."""
    found = made(tall, estimates, {**dict.fromkeys(OFFICES, 0.0), "9006": 0.2, "0000": 0.0})

    whole = found[found["niva"] == "landet"].iloc[0]
    assert whole["phi"] == pytest.approx(7.2)
    assert whole["tau2"] == pytest.approx(32 / 10000)
    assert found.set_index("enhet").loc["9006", "utslag"] == 1


def test_without_a_model_there_is_no_funnel(tall, estimates):
    assert expected_funnels(series_rows(tall, estimates)).empty


def test_the_manifest_tells_how_many_offices_a_funnel_holds(tall, estimates):
    found = made(tall, estimates, {**dict.fromkeys(OFFICES, 0.0), "0000": 0.0})
    none = pd.DataFrame({"vist": [], "utenfor": []})

    counts = offices_in_funnels({"avvikstrakt": found, "trakt": none})

    assert counts == {"avvikstrakt/ota_arbs/alle": {"vist": 5, "utenfor": 1}}
