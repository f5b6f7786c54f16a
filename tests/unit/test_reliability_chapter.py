"""The chapter on how often the book is wrong is what the committed result of the bench says, and that is what
was asked for.
"""

from math import comb, exp, factorial

import pandas as pd
import pytest
import yaml
from bench.truth.__main__ import CHAPTER, GRID, RESULT
from bench.truth.chapter import MOST_FALSE, WORST_FALSE, chapter
from bench.truth.chapter_rows import FALSE, INTERVALS, Found
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
    mean, _ = Found(result()).coverage(measure, kind)

    assert mean == mean, name
    assert aim.met(mean)


@pytest.mark.parametrize(("name", "kind", "end"), FALSE, ids=[row[1] for row in FALSE])
def test_no_rule_is_wrong_more_often_than_asked_for(name, kind, end):
    found = Found(result())
    for word in ("falskt_oppfylt", "falskt_ikke_oppfylt"):
        assert MOST_FALSE.met(found.share(f"{word}{end}", kind)), name
        assert WORST_FALSE.met(found.share(f"{word}{end}_hoyest", kind)), name


def test_the_planted_improvement_is_found_and_the_easier_task_is_not_called_one():
    said = result().set_index(["mal", "slag"])["andel"]

    assert said["demo_over", "bedring/ota_arbs"] == said["demo_over", "bedring/ota_nedsatt"] == 1
    assert said["demo_over", "blanding/ota_arbs"] == said["demo_over", "blanding/ota_nedsatt"] == 0


def test_verdicts_at_a_fixed_limit_by_hand():
    """Wilson's lower limit of 3 in 30 is 3.5 per cent and of 4 it is 5.3: at 5 per cent 4 or more are met."""
    grid = {"sizes": [], "shares": [], "exact": {"expected": [], "limit": 0.05, "people": [30]}}
    below = sum(comb(30, x) * 0.05**x * 0.95 ** (30 - x) for x in range(4))

    found = exact_chances(grid).set_index("mal")["andel"]

    assert found["fast_grense_falskt_oppfylt"] == pytest.approx(1 - below)
    assert found["fast_grense_falskt_ikke_oppfylt"] == 0


def test_limits_of_a_rate_hold_five_by_hand():
    """Exact limits hold 5 from 1 case (0.03 to 5.57; none: to 3.69), Byar's up to 10 (4.79; 11: 5.48)."""
    grid = {"sizes": [], "shares": [], "exact": {"expected": [5], "limit": 0.05, "people": []}}
    chance = sum(5.0**x * exp(-5) / factorial(x) for x in range(1, 11))

    assert exact_chances(grid)["andel"].item() == pytest.approx(chance)
