"""Local goals get the verdicts of a fixed limit, from shown rows, on the side that is better."""

from types import SimpleNamespace

import pandas as pd
import pytest

from editions import letter_in
from navbook.gate.metadata import judged_goals
from navbook.runtime.periods import parse_period
from navbook.statistics import wilson

ESTIMATES = SimpleNamespace(letter=letter_in(2022), period=parse_period("2022"))


def tall(indikator, gruppe, x, n, status="vist", vurdering="oppfylt"):
    value, lower, upper = wilson(x, n) if n else (float("nan"),) * 3
    return pd.DataFrame(
        [
            {
                "indikator": indikator, "gruppe": gruppe, "enhet": "9001", "periode": "2022",
                "status": status, "x": x, "n": n, "verdi": value, "nedre": lower, "ovre": upper,
                "vurdering": vurdering,
            }
        ]
    )  # fmt: skip


def verdicts(parameter, goal, rows):
    goals = pd.DataFrame([("9001", "2022", parameter, goal)], columns=["enhet", "ar", "parameter", "mal"])
    return judged_goals(goals, ESTIMATES, rows)["vurdering"].tolist()


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        # Wilson's limits of 200/400 are 0.451 and 0.549 (Newcombe 1998, method 3)
        (0.44, "oppfylt"),
        (0.56, "ikke_oppfylt"),
        (0.50, "kan_ikke_avgjores"),
        (0.46, "kan_ikke_avgjores"),
    ],
)
def test_a_goal_where_high_is_better(goal, expected):
    assert verdicts("SP01", goal, tall("ota_arbs", "alle", 200, 400)) == [expected]


@pytest.mark.parametrize(
    ("goal", "expected"), [(0.56, "oppfylt"), (0.44, "ikke_oppfylt"), (0.5, "kan_ikke_avgjores")]
)
def test_a_goal_where_low_is_better(goal, expected):
    """SP12: less sick leave is better."""
    assert verdicts("SP12", goal, tall("sykefravaer_etat", "sum", 200, 400)) == [expected]


def test_too_few_and_hidden_rows():
    assert verdicts("SP01", 0.4, tall("ota_arbs", "alle", 10, 20, vurdering="for_fa")) == ["for_fa"]
    assert verdicts("SP01", 0.4, tall("ota_arbs", "alle", 10, 20, status="skjult")) == []


@pytest.mark.parametrize(
    ("x", "goal", "expected"),
    [
        # exact limits of 100 by Byar: 81.4 and 121.6
        (100, 80, "oppfylt"),
        (100, 125, "ikke_oppfylt"),
        (100, 100, "kan_ikke_avgjores"),
        (20, 100, "for_fa"),
    ],
)
def test_a_goal_for_a_number_of_cases(x, goal, expected):
    assert verdicts("SP06", goal, tall("formidlinger", "alle", x, 0)) == [expected]


def test_a_share_is_no_goal_for_the_number_of_the_same_row():
    """SP10 has both a share and a number; 0.6 is a goal for the share only."""
    both = pd.concat(
        [tall("langtid_aktivitet", "alle", 300, 400), tall("langtid_aktivitet", "antall", 300, 0)]
    )
    assert verdicts("SP10", 0.6, both) == ["oppfylt"]
