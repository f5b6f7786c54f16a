"""What is told of many cells together tells nothing of a hidden one: it is made of the shown ones only.

One office is too small to show, and one month of another. Whatever true values stand behind what is hidden,
the process limits, funnels, spreads, lists that stand out, totals, similar offices and pairs are the same.
"""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from editions import office_row, small_counts, small_estimates
from navbook.disclosure import load_settings
from navbook.edition.schema import VIST
from navbook.estimate import Estimates
from navbook.extract.register import OfficeRegister
from navbook.gate import decide, derived_tables

OFFICES = [f"90{number:02}" for number in range(1, 17)]
SMALL, ONCE_SMALL = "9016", "9003"
MONTH = "2022-05"
POOLED = {
    "trakt",
    "traktlinjer",
    "serier",
    "lignende",
    "laering",
    "tillegg",
    "samlet",
    "innsats",
    "avvikstrakt",
}
KEY = ["indikator", "gruppe", "enhet", "periode"]


def counts() -> pd.DataFrame:
    """Counts of every series, unlike from office to office."""
    random = np.random.default_rng(7)
    one = small_counts().query("enhetsnr == '9001'")
    offices = []
    for place, office in enumerate(OFFICES):
        pure = one["n"].isna().to_numpy()
        size = 0.01 if office == SMALL else 0.4 + 0.15 * place
        n = (one["n"].fillna(0) * size).round().to_numpy()
        share = (one["x"] / one["n"]).to_numpy() * random.uniform(0.6, 1.4)
        x = np.where(pure, (one["x"] * size).round(), np.minimum(n, np.round(n * np.nan_to_num(share))))
        few = (office == ONCE_SMALL) & (one["maned"] == MONTH).to_numpy()
        x, n = np.where(few, np.minimum(x, 1), x), np.where(few, np.minimum(n, 2), n)
        offices.append(one.assign(enhetsnr=office, x=x, n=np.where(pure, np.nan, n)))
    return pd.concat(offices, ignore_index=True)


@pytest.fixture(scope="module")
def estimates() -> Estimates:
    """Sixteen offices in two counties, with something to expect of each."""
    register = OfficeRegister([office_row(office, f"9{7 + k % 2}00") for k, office in enumerate(OFFICES)])
    made = small_estimates(counts=counts(), register=register)
    random = np.random.default_rng(8)
    share = made.rows["verdi"].astype(float)
    expected = {}
    for mark in ("", "_med_"):
        likely = (share + random.normal(0, 0.02, len(share))).clip(0.01, 0.99)
        expected |= {f"{mark}forventet": likely, f"{mark}avvik": share - likely}
        expected |= {f"{mark}avvik_nedre": share - likely - 0.03, f"{mark}avvik_ovre": share - likely + 0.03}
    return replace(made, rows=made.rows.assign(**expected))


@pytest.fixture(scope="module")
def tall(estimates: Estimates) -> pd.DataFrame:
    """What the gate tells of them."""
    return decide(estimates, load_settings(), "nav").tall


def test_no_pooled_table_rests_on_a_hidden_cell(estimates: Estimates, tall: pd.DataFrame) -> None:
    """Other values behind what is hidden, and no counts to read at all: every table is the same."""
    shown = set(tall.loc[tall["status"] == VIST, KEY].itertuples(index=False, name=None))
    rows = estimates.rows.copy()
    hidden = np.array([key not in shown for key in rows[KEY].itertuples(index=False, name=None)])
    assert {SMALL, ONCE_SMALL} <= set(rows.loc[hidden, "enhet"])
    assert (hidden & (rows["periode"] == MONTH)).any()
    for name in rows.select_dtypes("float64").columns:
        rows.loc[hidden, name] = 3 * rows.loc[hidden, name] + 7
    # the cube holds months that have no row: nothing pooled may read it
    elsewhere = replace(estimates, rows=rows, cube=cast(Any, SimpleNamespace()))
    told, told_otherwise = derived_tables(tall, estimates), derived_tables(tall, elsewhere)
    assert {name for name in POOLED if told[name].empty} == set()
    for name, table in told.items():
        pd.testing.assert_frame_equal(table, told_otherwise[name], obj=name)


def test_what_is_shown_is_what_the_pooled_tables_rest_on(estimates: Estimates, tall: pd.DataFrame) -> None:
    """Otherwise the silence above would mean nothing: each of them moves when shown cells do."""
    office = (tall["enhet"] == "9008") & (tall["status"] == VIST)
    moved = tall.copy()
    for name in ("x", "verdi", "forventet", "avvik"):
        moved.loc[office, name] = moved.loc[office, name] * 0.5
    told, told_otherwise = derived_tables(tall, estimates), derived_tables(moved, estimates)
    # `innsats` is no pooled table: it holds the expected of single rows, by the other model
    assert {name for name in POOLED if told[name].equals(told_otherwise[name])} == {"innsats"}
