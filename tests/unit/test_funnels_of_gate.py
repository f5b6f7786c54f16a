"""Funnels hold what is shown and nothing else."""

import numpy as np
import pandas as pd
import pytest

from editions import MANIFEST, decided, letter_in, register_of, series_counts, small_counts, small_estimates
from navbook.edition.schema import FUNNEL_COLUMNS, FUNNEL_LINE_COLUMNS
from navbook.estimate import estimate
from navbook.gate.derived.funnels import Funnels, funnels
from navbook.gate.derived.published import series_rows
from navbook.indicators import REGISTRY
from navbook.runtime.periods import month_range, parse_period
from navbook.statistics import overdispersion

MONTHS = month_range("2021-01", "2022-12")
COUNTIES = {f"9{place:03d}": "9700" if place % 2 else "9800" for place in range(1, 13)}


def made(sizes: dict[str, tuple[float, float]]) -> tuple[Funnels, pd.DataFrame]:
    """The funnels of ota_arbs with these monthly x and n, and the rows of the edition they are made from."""
    counts = series_counts("ota_arbs", "alle", MONTHS, sizes)
    period = parse_period("2022")
    estimates = estimate(counts, register_of(COUNTIES), MANIFEST, letter_in(2022), REGISTRY, period)
    tall = decided(counts, "2022", register_of(COUNTIES)).tall
    return funnels(series_rows(tall, estimates)), tall


EVERY = {enhet: (8.0 + place, 20.0 + 2 * place) for place, enhet in enumerate(COUNTIES)}


def test_every_shown_office_has_a_point_and_the_country_the_target():
    found, _ = made(EVERY)

    offices = found.points[found.points["niva"] == "kontor"]
    whole = found.points[found.points["niva"] == "landet"].iloc[0]
    assert offices["enhet"].tolist() == sorted(COUNTIES)
    assert whole["mal"] == pytest.approx(
        sum(x for x, _ in EVERY.values()) / sum(n for _, n in EVERY.values())
    )
    assert (whole["vist"], whole["utenfor"]) == (12, 0)
    assert list(found.points.columns) == list(FUNNEL_COLUMNS)
    assert list(found.lines.columns) == list(FUNNEL_LINE_COLUMNS)


def test_a_hidden_office_is_counted_and_nothing_else():
    """9001 has 0.1 a month, which is hidden: neither its point nor its part in the spread is there."""
    small = EVERY | {"9001": (0.0, 1.0)}
    found, tall = made(small)
    hidden = set(tall.loc[(tall["periode"] == "2022") & (tall["status"] == "skjult"), "enhet"])
    assert "9001" in hidden

    offices = found.points[found.points["niva"] == "kontor"]
    whole = found.points[found.points["niva"] == "landet"].iloc[0]
    shown = sorted(set(COUNTIES) - hidden)
    assert offices["enhet"].tolist() == shown
    assert whole["utenfor"] == len(hidden)
    x, n = (np.array([12 * EVERY[enhet][place] for enhet in shown]) for place in (0, 1))
    assert whole["phi"] == pytest.approx(overdispersion(x, n, whole["mal"]).phi)


def test_offices_under_thirty_are_left_out_and_counted():
    found, _ = made(EVERY | {"9003": (1.0, 2.0)})

    whole = found.points[found.points["niva"] == "landet"].iloc[0]
    assert "9003" not in set(found.points["enhet"])
    assert whole["utenfor"] >= 1


def test_fewer_than_five_offices_make_no_funnel():
    found, _ = made(dict(list(EVERY.items())[:4]))

    assert found.points.empty
    assert found.lines.empty
    assert list(found.points.columns) == list(FUNNEL_COLUMNS)


def test_offices_that_are_all_alike_have_no_spread_and_none_stands_out():
    found, _ = made(dict.fromkeys(COUNTIES, (10.0, 25.0)))

    whole = found.points[found.points["niva"] == "landet"].iloc[0]
    assert (whole["phi"], whole["tau2"], whole["skiller_seg_ut"]) == (0, 0, 0)
    assert found.lines["nedre_fdr"].isna().all()


def test_an_office_far_from_the_others_stands_out():
    found, _ = made(EVERY | {"9005": (45.0, 50.0)})

    points = found.points.set_index("enhet")["utslag"]
    assert points["9005"] == 1


def test_a_stock_is_as_large_as_its_mean_month():
    """small_counts gives each office the same n each month: the point stands at n, not at twelve times n."""
    period = small_estimates("2022")
    found = funnels(series_rows(decided(small_counts(), "2022").tall, period))

    stock = found.points[
        (found.points["indikator"] == "langtid_aktivitet") & (found.points["enhet"] == "9001")
    ]
    flow = found.points[(found.points["indikator"] == "ota_nedsatt") & (found.points["enhet"] == "9001")]
    assert stock.empty or 395 < stock["n"].iloc[0] <= 400
    assert flow.empty or flow["n"].iloc[0] > 4000
