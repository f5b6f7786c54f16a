"""The demo's planted truths after adjustment: the real improvement is found, the mix alone is not one."""

import json

import numpy as np
import pytest

from navbook.estimate.casemix import WITHOUT, fit_casemix
from navbook.extract import open_extract
from navbook.extract.demo import make_demo
from navbook.indicators.casemix import SERIES
from navbook.statistics import expected_interval, newcombe

OUTCOMES = [("ota_arbs", "alle"), ("ota_nedsatt", "alle")]


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Those who left in a demo of eight offices with what was expected of them, and who plays which part."""
    folder = tmp_path_factory.mktemp("demo") / "uttrekk"
    make_demo(folder, offices=8, people=24_000, seed=1)
    with open_extract(folder) as extract:
        casemix = fit_casemix(extract)
    answers = json.loads((folder / "fasit" / "fasit.json").read_text(encoding="utf-8"))
    return casemix.patterns, answers


def left(country, role, series, year):
    patterns, answers = country
    rows = patterns.query(SERIES[series])
    return rows[(rows["enhetsnr"] == answers["kontor"][role]) & rows["maned"].str.startswith(str(year))]


def deviation(rows):
    """Observed less expected of these people, with its limits, in persons."""
    return expected_interval(rows["x"].sum(), np.repeat(rows[WITHOUT], rows["n"].astype(int)))


@pytest.mark.parametrize("series", OUTCOMES, ids=lambda series: series[0])
def test_the_planted_improvement_is_over_the_expected_and_was_not_before(country, series):
    year = country[1]["ar"]
    assert deviation(left(country, "bedring", series, year)).lower > 0
    assert deviation(left(country, "bedring", series, year - 1)).lower < 0


@pytest.mark.parametrize("series", OUTCOMES, ids=lambda series: series[0])
def test_the_office_with_an_easier_task_is_as_expected(country, series):
    found = deviation(left(country, "blanding", series, country[1]["ar"]))
    assert found.lower < 0 < found.upper


def test_that_office_would_have_been_called_an_improvement_without_adjustment(country):
    year = country[1]["ar"]
    now, before = (left(country, "blanding", OUTCOMES[0], each) for each in (year, year - 1))
    change = newcombe(now["x"].sum(), now["n"].sum(), before["x"].sum(), before["n"].sum())
    assert change.lower > 0
