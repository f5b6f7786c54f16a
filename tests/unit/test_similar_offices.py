"""Similar offices and pairs to learn from: who is whose neighbour, and who is nobody's."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from navbook.edition.schema import DRIVERS
from navbook.gate.derived.similar_offices import learning_pairs, similar_offices
from navbook.runtime.periods import parse_period

PERIOD = parse_period("2022")
GROUPS = ("alle", "under30", "landgruppe3", "langtid", "nedsatt")
SERIES = [("portefolje", group) for group in GROUPS] + [("ota_arbs", "alle"), ("ota_nedsatt", "alle")]
ESTIMATES = SimpleNamespace(
    series=[SimpleNamespace(indikator=name, gruppe=group) for name, group in SERIES],
    timelines=[SimpleNamespace(shown=PERIOD) for _ in SERIES],
)


def tall_of(offices: int, seed: int = 1, hidden: dict[str, tuple[str, str]] | None = None) -> pd.DataFrame:
    """Rows of `tall` for so many offices along a line: each is most like those with the nearest number."""
    dice = np.random.default_rng(seed)
    rows = []
    for place in range(offices):
        enhet, along = str(9001 + place), (place + 1) / (offices + 2)
        for indikator, gruppe in SERIES:
            row = {
                "indikator": indikator,
                "gruppe": gruppe,
                "niva": "kontor",
                "enhet": enhet,
                "periode": "2022",
            }
            row |= {"status": "vist", "forventet": np.nan, "x": 1000.0, "n": np.nan}
            if gruppe != "alle":
                row["x"] = 1000 * along
            if indikator != "portefolje":
                row |= {"n": 200.0, "x": float(dice.binomial(200, 0.5)), "forventet": 0.3 + 0.3 * along}
            if (hidden or {}).get(enhet) == (indikator, gruppe):
                row |= {"status": "skjult", "x": np.nan, "n": np.nan, "forventet": np.nan}
            rows.append(row)
    return pd.DataFrame(rows)


def neighbours(similar: pd.DataFrame, enhet: str) -> list[str]:
    mine = similar[(similar["enhet"] == enhet) & (similar["lignende"] != enhet)]
    return mine["lignende"].tolist()


def test_the_five_nearest_stand_in_number_order():
    similar = similar_offices(tall_of(12), ESTIMATES)
    assert neighbours(similar, "9001") == ["9002", "9003", "9004", "9005", "9006"]
    assert neighbours(similar, "9006") == ["9004", "9005", "9007", "9008", "9003"] or sorted(
        neighbours(similar, "9006")
    ) == neighbours(similar, "9006")


def test_each_neighbour_says_what_it_is_most_like_in():
    similar = similar_offices(tall_of(12), ESTIMATES)
    others = similar[similar["enhet"] != similar["lignende"]]
    assert all(set(words.split()) <= set(DRIVERS) and len(words.split()) == 2 for words in others["likest"])


@pytest.mark.parametrize("hole", [("portefolje", "langtid"), ("portefolje", "alle"), ("ota_nedsatt", "alle")])
def test_an_office_with_a_hidden_figure_is_nobodys_neighbour_and_has_none(hole):
    similar = similar_offices(tall_of(12, hidden={"9005": hole}), ESTIMATES)
    assert not (similar[["enhet", "lignende"]] == "9005").any(axis=None)
    assert len(similar) == 11 * 6


@pytest.mark.parametrize("offices", [0, 1, 5, 6])
def test_where_there_are_too_few_offices_nobody_has_neighbours(offices):
    frame = tall_of(offices) if offices else tall_of(1).iloc[:0]
    similar = similar_offices(frame, ESTIMATES)
    assert similar.empty
    assert learning_pairs(frame, similar, ESTIMATES).empty


def test_the_order_of_the_rows_changes_nothing():
    frame = tall_of(15, seed=4)
    shuffled = frame.sample(frac=1, random_state=2)
    first, second = (similar_offices(each, ESTIMATES) for each in (frame, shuffled))
    pd.testing.assert_frame_equal(first, second)


def test_alike_results_make_no_pair_and_very_different_ones_do():
    frame = tall_of(12)
    left = frame["indikator"] != "portefolje"
    frame.loc[left, "x"] = 100.0
    similar = similar_offices(frame, ESTIMATES)
    assert learning_pairs(frame, similar, ESTIMATES).empty
    frame.loc[left & (frame["enhet"] == "9006"), "x"] = 160.0
    pairs = learning_pairs(frame, similar, ESTIMATES)
    assert set(pairs["indikator"]) == {"ota_arbs", "ota_nedsatt"}
    assert ((pairs["enhet"] == "9006") | (pairs["annen"] == "9006")).all()
    assert (pairs["enhet"] < pairs["annen"]).all()
    assert (pairs["star"] == 1).all()
    # the difference is the first less the second
    own_first = pairs[pairs["enhet"] == "9006"]
    assert (own_first["forskjell"] > 0).all()
