"""The chapter on how often the book is wrong is what the committed result of the bench says, and that is what
was asked for.
"""

from math import comb, exp, factorial

import pandas as pd
import pytest
import yaml
from bench.truth.__main__ import CHAPTER, GRID, RESULT
from bench.truth.cells import how_often, place
from bench.truth.chapter import chapter
from bench.truth.chapter_rows import FALSE, INTERVALS, LOWEST, MOST_FALSE, WORST_FALSE, Found
from bench.truth.courses import true_share
from bench.truth.exact import exact_chances


def result() -> pd.DataFrame:
    return pd.read_csv(RESULT, sep=";")


def test_the_chapter_says_what_was_found():
    assert CHAPTER.read_text(encoding="utf-8") == chapter(result())


def test_as_many_editions_were_drawn_as_the_grid_asks_for():
    grid = yaml.safe_load(GRID.read_text(encoding="utf-8"))
    editions = result().query("mal == 'utgaver'").set_index("slag")["antall"]

    assert editions.to_dict() == {**grid["runs"], **grid["mixes"]["runs"]}


def test_the_truth_of_a_course_by_hand():
    """With chances of a quarter a day for either, nobody waits long and each ends with half of them."""
    assert true_share(0.5, 0.0) == pytest.approx(1 - 0.5**56)
    assert true_share(0.25, 0.25) == pytest.approx(0.5)


@pytest.mark.parametrize(("name", "measure", "kind", "aim"), INTERVALS, ids=[row[1] for row in INTERVALS])
def test_each_interval_holds_as_often_as_asked_for(name, measure, kind, aim):
    found = Found(result())
    cell = found.worst(measure, kind)

    assert aim.met(found.mean(measure, kind)), name
    assert cell is not None, name
    assert LOWEST.met(cell["andel"]), name


@pytest.mark.parametrize(("name", "kind", "end"), FALSE, ids=[row[1] for row in FALSE])
def test_no_rule_is_wrong_more_often_than_asked_for(name, kind, end):
    found = Found(result())
    for word in ("falskt_oppfylt", "falskt_ikke_oppfylt"):
        cell = found.highest(f"{word}{end}", kind)
        assert MOST_FALSE.met(found.share(f"{word}{end}", kind)), name
        assert cell is not None, name
        assert WORST_FALSE.met(cell["andel"]), name


@pytest.mark.parametrize("side", ["over", "under"])
def test_no_office_as_expected_is_said_to_deviate_more_often_than_asked_for(side):
    found = Found(result())
    cell = found.highest(f"avvik_{side}", "som_forventet")

    assert MOST_FALSE.met(found.share(f"avvik_{side}", "som_forventet"))
    assert cell is not None
    assert WORST_FALSE.met(cell["andel"])


def test_an_aim_is_not_met_by_a_figure_that_is_not_there():
    assert not MOST_FALSE.met(float("nan"))


def test_each_worst_cell_is_of_as_many_cases_as_the_grid_asks_for():
    least = yaml.safe_load(GRID.read_text(encoding="utf-8"))["cell"]
    table = result()
    drawn = table[table["mal"].str.contains("_lavest|_hoyest") & ~table["mal"].str.startswith("fast_grense")]

    assert len(drawn) > 20
    assert (drawn["antall"] >= least).all()
    assert drawn[["sann", "klasse", "celler"]].notna().all(axis=None)


def test_no_row_of_the_chapter_leaves_a_figure_out():
    assert "–" not in {
        cell.strip()
        for line in chapter(result()).splitlines()
        if line.startswith("|")
        for cell in line.split("|")
    }


def test_a_cell_in_words():
    """Wilson's limits of 15 in 300 are 3.1 and 8.1 per cent; the class from 60 ends where that from 120
    begins."""
    cell = pd.Series({"slag": "uavhengige", "sann": 0.35, "klasse": 60.0, "andel": 0.05, "antall": 300.0})

    assert how_often(cell) == "5,0 (3,1–8,1)"
    assert place(cell, [30, 60, 120, 300]) == "35 % av 60–119"
    assert place(cell.replace({60.0: 300.0}), [30, 60, 120, 300]) == "35 % av 300 eller flere"


def test_the_planted_improvement_is_found_and_the_easier_task_is_not_called_one():
    said = result().set_index(["mal", "slag"])["andel"]

    assert said["demo_over", "bedring/ota_arbs"] == said["demo_over", "bedring/ota_nedsatt"] == 1
    assert said["demo_over", "blanding/ota_arbs"] == said["demo_over", "blanding/ota_nedsatt"] == 0


def test_verdicts_at_a_fixed_limit_by_hand():
    """Wilson's lower limit of 3 in 30 is 3.5 per cent and of 4 it is 5.3: at 5 per cent 4 or more are met."""
    grid = {
        "sizes": [30],
        "shares": [],
        "exact": {"expected": [5, 4], "people": [30, 29], "limit": 0.05, "hires": [30, 30]},
    }
    below = sum(comb(30, x) * 0.05**x * 0.95 ** (30 - x) for x in range(4))

    found = exact_chances(grid).set_index("mal")["andel"]

    for end in ("", "_hoyest"):
        assert found[f"fast_grense_falskt_oppfylt{end}"] == pytest.approx(1 - below)
        assert found[f"fast_grense_falskt_ikke_oppfylt{end}"] == 0


def test_the_number_of_people_at_which_a_share_holds_least_often_by_hand():
    """Wilson's limits of 0 and 1 in 1 are 0 to 0.79 and 0.21 to 1; of 0, 1 and 2 in 2 they are 0 to 0.66,
    0.09 to 0.91 and 0.34 to 1. One half lies in all of them, 0.7 in all but those of 0 in 2.
    """
    given = {"expected": [5, 4], "people": [1, 2], "limit": 0.05, "hires": [30, 29]}
    found = exact_chances({"sizes": [], "shares": [0.5, 0.7], "exact": given})
    shares = found[found["mal"] == "eksakt_andel"].set_index("sann")

    assert shares.loc[0.5, "andel"] == 1
    assert shares.loc[0.7, "andel"] == pytest.approx(1 - 0.3**2)
    assert shares.loc[0.7, "klasse"] == 2


def test_limits_of_a_rate_hold_five_by_hand():
    """Exact limits hold 5 from 1 case (0.03 to 5.57; none: to 3.69), Byar's up to 10 (4.79; 11: 5.48)."""
    given = {"expected": [5, 5], "people": [30, 29], "limit": 0.05, "hires": [30, 29]}
    grid = {"sizes": [], "shares": [], "exact": given}
    chance = sum(5.0**x * exp(-5) / factorial(x) for x in range(1, 11))

    assert exact_chances(grid)["andel"].item() == pytest.approx(chance)
