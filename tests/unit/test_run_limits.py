"""Limits of run charts: which months they rest on, and that only months that are shown do."""

import numpy as np
import pandas as pd
import pytest

from editions import small_estimates
from navbook.gate.derived.run_charts import (
    LANEY,
    XMR,
    ExcludedMonths,
    Rebaseline,
    RunChartSettings,
    load_run_chart_settings,
    run_limits,
)
from navbook.pages.text.run_limits_text import limits_text
from navbook.pages.view.cells import Cell
from navbook.pages.view.run_limits import RunLimits
from navbook.runtime.periods import month_range

BASIS = load_run_chart_settings()


@pytest.fixture(scope="module")
def estimates():
    return small_estimates("2022")


def rows(shares, n=100.0, first="2022-01", status="vist", forelopig=False):
    """Months of ota_arbs in one county."""
    last = pd.period_range(first, periods=len(shares), freq="M")[-1].strftime("%Y-%m")
    size = np.broadcast_to(np.asarray(n, dtype=float), len(shares))
    frame = pd.DataFrame(
        {
            "indikator": "ota_arbs",
            "gruppe": "alle",
            "niva": "fylke",
            "enhet": "9700",
            "periode": month_range(first, last),
            "n": size,
            "x": np.asarray(shares) * size,
            "verdi": shares,
            "status": status,
        }
    )
    return frame.assign(forelopig=pd.array([forelopig] * len(shares), dtype="boolean"))


def limits(frame, estimates, basis=BASIS):
    found = run_limits(frame, estimates, basis)
    return None if found.empty else found.iloc[0]


ODD_AND_EVEN = [0.40, 0.44] * 7


def test_limits_lie_266_mean_ranges_from_the_mean(estimates):
    """Fourteen months of 40 and 44 in turn: mean 42, every range 4, so the limits lie 10.64 away."""
    found = limits(rows(ODD_AND_EVEN), estimates)

    assert found["diagram"] == XMR
    assert found["maneder"] == 14
    assert found["snitt"] == pytest.approx(0.42)
    assert found["rekkevidde"] == pytest.approx(2.66 * 0.04)
    assert (found["bedre"], found["svakere"]) == ("", "")


def test_twelve_months_are_too_few(estimates):
    assert limits(rows(ODD_AND_EVEN[:12]), estimates) is None
    assert limits(rows(ODD_AND_EVEN[:13]), estimates) is not None


def test_an_unusual_month_is_named(estimates):
    """Fifteen months of 42 and 43 in turn, then one of 90."""
    found = limits(rows([0.42, 0.43] * 8 + [0.90]), estimates)

    assert found["bedre"] == "2023-05"


def test_the_years_of_the_pandemic_are_no_basis(estimates):
    """2020 and 2021 lie far above; limits and marks are those of the other months alone."""
    every = rows(ODD_AND_EVEN[:12] + [0.80] * 24 + ODD_AND_EVEN[:12], first="2019-01")
    found = limits(every, estimates)

    assert found["maneder"] == 24
    assert found["snitt"] == pytest.approx(0.42)
    assert found["rekkevidde"] == pytest.approx(2.66 * 0.04), "no range runs across the gap"
    assert (found["bedre"], found["svakere"]) == ("", "")


@pytest.mark.parametrize(
    "other", [{"n": 29.0}, {"status": "skjult"}, {"forelopig": True}], ids=["small", "hidden", "provisional"]
)
def test_months_that_take_no_part(estimates, other):
    extra = rows([0.9] * 3, first="2023-03", **other)

    found = limits(pd.concat([rows(ODD_AND_EVEN), extra]), estimates)

    assert found["maneder"] == 14
    assert found["snitt"] == pytest.approx(0.42)


def test_limits_begin_anew_at_a_dated_reason_only(estimates):
    anew = RunChartSettings(
        minste_maneder=13,
        minste_n=30,
        utelatt=(ExcludedMonths(fom="2020-01", tom="2021-12", grunn="pandemien"),),
        ny_start=(Rebaseline(indikator="ota_arbs", fom="2022-03", grunn="ny rutine"),),
    )
    frame = rows([0.7, 0.7, *ODD_AND_EVEN])

    assert limits(frame, estimates, anew)["snitt"] == pytest.approx(0.42)
    assert limits(frame, estimates)["snitt"] > 0.45


def test_a_constant_series_has_limits_at_its_mean(estimates):
    found = limits(rows([0.5] * 14), estimates)

    assert (found["snitt"], found["rekkevidde"]) == (0.5, 0)
    assert (found["bedre"], found["svakere"]) == ("", "")


def test_limits_follow_n_where_it_more_than_doubles(estimates):
    """Laney by hand. Shares 0.4 and 0.6 in turn with n 100 and 400: mean (7*40 + 7*240)/(7*500) = 0.56.

    Errors sqrt(0.56 * 0.44/n) are 0.049639 and 0.024819; z are -3.2233 and 1.6116, every range 4.8349.
    """
    found = limits(rows([0.4, 0.6] * 7, n=[100.0, 400.0] * 7), estimates)

    assert found["diagram"] == LANEY
    assert found["snitt"] == pytest.approx(0.56)
    assert found["rekkevidde"] == pytest.approx(2.66 * 4.8349, abs=1e-3)


def test_offices_have_limits_for_judged_series_only(estimates):
    office = rows(ODD_AND_EVEN).assign(niva="kontor", enhet="9001")
    other = office.assign(gruppe="fotnote5", indikator="ota_lg3")

    assert run_limits(pd.concat([office, other]), estimates)["indikator"].tolist() == ["ota_arbs"]


def month(n, share=0.5):
    return Cell("ota_arbs", "alle", "9700", "2022-12", status="vist", x=share * n, n=n, verdi=share)


def test_limits_in_words():
    some = RunLimits(0.42, 0.1, False, 14, frozenset({"2022-03"}), frozenset())

    assert limits_text(some, [month(400.0)]) == (
        "månedene ligger vanligvis mellom 32 og 52; sist uvanlig gode mars 2022"
    )
    assert limits_text(None, [month(400.0)]) == "for få måneder til å si hva som er vanlig"


def test_limits_that_follow_n_are_wider_in_small_months():
    """Two standard errors of 0.5 at n = 100 and n = 400: 0.1 and 0.05."""
    some = RunLimits(0.5, 2.0, True, 14, frozenset(), frozenset())

    assert some.at(month(100.0)) == pytest.approx((0.4, 0.6))
    assert some.at(month(400.0)) == pytest.approx((0.45, 0.55))
    assert RunLimits(0.05, 0.2, False, 14, frozenset(), frozenset()).at(month(100.0))[0] == 0
