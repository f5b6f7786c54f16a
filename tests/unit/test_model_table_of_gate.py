"""The model table as the gate tells it: no count of a time in which the country's own figures are hidden."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from navbook.edition.schema import MODEL_COLUMNS, SKJULT, VIST
from navbook.gate.derived.casemix_model import model_rows
from patterns import MONTHS_OF_2019

ROWS = [
    {"del": "oppsummering", "niva": "auc", "n": 500.0, "x": 200.0, "verdi": 0.6},
    {"del": "kjennetegn", "faktor": "utdanning", "niva": "høyere", "n": 60.0, "x": 30.0, "verdi": 0.1},
    {"del": "desil", "faktor": "forventet", "niva": "1. tidel", "n": 50.0, "x": 12.0, "forventet": 0.2},
    {"del": "gruppe", "faktor": "utdanning", "niva": "høyere", "n": 60.0, "x": 30.0, "forventet": 0.4},
    {"del": "gruppe", "faktor": "utdanning", "niva": "ukjent", "n": 60.0, "x": 9.0, "forventet": 0.4},
]


def told(status: str, series: str = "ota_nedsatt", trait: str = "utdanning") -> pd.DataFrame:
    """What the gate tells of ROWS where the country's last month has this status and the others are shown."""
    head = {"modell": "nedsatt", "variant": "uten_innsatsgruppe", "periode": "2019"}
    model = pd.DataFrame([head | row for row in ROWS]).reindex(columns=list(MODEL_COLUMNS))
    model["faktor"] = model["faktor"].replace("utdanning", trait)
    tall = pd.DataFrame(
        {
            "indikator": series, "gruppe": "alle", "niva": "landet", "enhet": "0000",
            "periode": MONTHS_OF_2019, "status": [VIST] * 11 + [status],
            "x": np.nan, "n": np.nan, "forventet": np.nan, "avvik": np.nan,
        }
    )  # fmt: skip
    names = ("indikator", "gruppe", "niva", "enhet", "periode")
    values = ("_med_forventet", "_med_avvik", "_med_avvik_nedre", "_med_avvik_ovre")
    nobody = pd.DataFrame(columns=[*names, *values])
    return model_rows(tall, SimpleNamespace(model=model, rows=nobody, series=[], timelines=[]))


def test_groups_with_enough_of_both_kinds_are_told():
    found = told(VIST)
    assert found["niva"].tolist() == ["auc", "høyere", "1. tidel", "høyere"]
    assert found["n"].tolist() == [500.0, 60.0, 50.0, 60.0]


def test_a_hidden_series_hides_the_trait_that_adds_up_to_it_and_no_other():
    found = told(SKJULT, "ota_lg3")
    assert found["n"].tolist() == [500.0, 60.0, 50.0, 60.0]
    found = told(SKJULT, "ota_lg3", trait="landgruppe")
    assert found["niva"].tolist() == ["auc", "høyere", "1. tidel"]
    assert found["n"].tolist()[0] == 500.0
    assert np.isnan(found["n"].tolist()[1])


def test_a_hidden_month_of_the_country_hides_every_count_of_its_year():
    found = told(SKJULT)
    assert found["niva"].tolist() == ["auc", "høyere"]
    assert found[["n", "x", "observert"]].isna().all(axis=None)
    assert found["verdi"].tolist() == pytest.approx([0.6, 0.1])
