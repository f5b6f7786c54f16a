"""The change analysis on the demo: the planted improvement is found, the planted change of mix is not.

Every row is shown here, as made from the demo's own people, so that the test is of the method alone.
"""

import json

import numpy as np
import pandas as pd
import pytest
from tests.plain_editions import plain_edition

from navbook.edition.change_effect import Question, analyse
from navbook.edition.change_effect.analysis import COMPOSITION, INCREASE, NONE_SHOWN
from navbook.estimate.casemix import WITHOUT, fit_casemix
from navbook.extract import open_extract
from navbook.extract.demo import make_demo
from navbook.indicators.casemix import SERIES
from navbook.statistics import expected_interval

OUTCOME = ("ota_arbs", "alle")
YEARS = ("2021", "2022")


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """An edition of the demo with what was expected of those who left, and the offices with a part."""
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder / "uttrekk", offices=24, people=60_000, seed=1)
    with open_extract(folder / "uttrekk") as extract:
        patterns = fit_casemix(extract).patterns.query(SERIES[OUTCOME])
    answers = json.loads((folder / "uttrekk" / "fasit" / "fasit.json").read_text(encoding="utf-8"))
    rows = [row_of(group, *key) for key, group in by_office_and(patterns, "maned")]
    rows += [row_of(group, *key) for key, group in by_office_and(patterns, "ar") if key[1] in YEARS]
    return plain_edition(folder, rows), answers


def by_office_and(patterns: pd.DataFrame, time: str):
    return patterns.assign(ar=patterns["maned"].str[:4]).groupby(["enhetsnr", time])


def row_of(group: pd.DataFrame, office: str, period: str) -> dict[str, object]:
    """The row of `tall` of the people in a group; a year has its deviation from the expected share."""
    x, n = float(group["x"].sum()), float(group["n"].sum())
    row = {"indikator": "ota_arbs", "enhet": office, "periode": period, "x": x, "n": n, "verdi": x / n}
    if period not in YEARS:
        return row
    base = "2021" if period == "2022" else None
    found = expected_interval(x, np.repeat(group[WITHOUT], group["n"].astype(int)))
    limits = dict(zip(("avvik", "avvik_nedre", "avvik_ovre"), np.array(found) / n, strict=True))
    return row | limits | {"basis_periode": base, "forventet": (x - found.deviation) / n}


def others(country) -> tuple[str, ...]:
    """Offices without a part in the demo's plot and with enough people to compare with."""
    edition, answers = country
    year = edition.tall[(edition.tall["periode"] == "2022") & (edition.tall["n"] >= 50)]
    return tuple(sorted(set(year["enhet"]) - set(answers["kontor"].values())))


def answer(country, office: str, date: str = "2022-01"):
    compared = tuple(name for name in others(country) if name != office)
    return analyse(country[0], Question((office,), date, "ota_arbs", sammenligning=compared))


def test_the_planted_improvement_is_found(country):
    found = answer(country, country[1]["kontor"]["bedring"])
    assert found.answer == INCREASE
    # 150 of 1,000 were added to the chance of a job in 2022
    assert found.adjusted.lower < 0.15
    assert found.adjusted.value == pytest.approx(0.15, abs=0.06)


def test_the_planted_change_of_mix_is_not_called_an_improvement(country):
    found = answer(country, country[1]["kontor"]["blanding"])
    assert found.answer in (COMPOSITION, NONE_SHOWN)
    assert abs(found.adjusted.value) < abs(found.effect.value)


def test_of_the_offices_where_nothing_was_done_few_are_called_changed(country):
    found = [answer(country, office).answer for office in others(country)]
    assert len(found) >= 8
    assert sum(name in (COMPOSITION, NONE_SHOWN) for name in found) >= len(found) - 2


def test_before_the_improvement_nothing_is_found_at_that_office(country):
    found = answer(country, country[1]["kontor"]["bedring"])
    assert len(found.placebo) >= 12
    assert found.placebo_finds <= 0.2 * len(found.placebo)
