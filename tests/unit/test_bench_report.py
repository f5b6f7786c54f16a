"""What the bench tells: each size and way once, in order, whatever was measured when."""

import json
from typing import Any

import pytest
from bench.report import HEADS, RESULTS, STEPS, comparisons, render, table, together, totals

MACHINE = {"cores": 2, "processor": "en", "python": "3.11"}


def rows(way: str, offices: int, cpu: float, wall: float = 1.0) -> list[dict[str, Any]]:
    common = {"way": way, "offices": offices, "pages": offices, "cpu_a_page": cpu / offices}
    return [{**common, "step": step, "cpu": cpu, "wall": wall} for step in STEPS]


def result(*measured: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"machine": MACHINE, "workers": 2, "rows": [row for part in measured for row in part], **more}


def told(found: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(row["offices"], row["way"], row["step"]) for row in found["rows"]]


SMALL = (rows("navbook", 24, 10.0, 5.0), rows("stock", 24, 60.0, 35.0))
NATIONAL = (rows("navbook", 264, 100.0), rows("stock", 264, 850.0))


def test_a_later_run_adds_its_sizes_and_keeps_the_others():
    large = (rows("navbook", 3000, 1250.0), rows("navbook", 1000, 400.0))
    found = together(result(*SMALL, *NATIONAL, kinds=["de"]), result(*large))
    assert told(found) == [
        (offices, way, step)
        for offices, ways in (
            (24, ["navbook", "stock"]),
            (264, ["navbook", "stock"]),
            (1000, ["navbook"]),
            (3000, ["navbook"]),
        )
        for way in ways
        for step in ("pages", "book", "whole book")
    ]
    assert found["kinds"] == ["de"]


def test_what_is_measured_again_stands_once_and_is_the_later():
    again = rows("navbook", 24, 12.0)
    found = together(result(*SMALL), result(again))
    assert told(found) == told(result(*SMALL))
    assert found["rows"][:3] == again
    assert found["rows"][3:] == SMALL[1]


def test_what_repeats_a_size_is_told_once():
    found = together(result(*SMALL, *SMALL), result(*NATIONAL))
    assert told(found) == told(result(*SMALL, *NATIONAL))
    lines = table(found["rows"], HEADS).splitlines()
    assert len(lines) == 2 + 12
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("other", [{"machine": MACHINE | {"cores": 64}}, {"workers": 9}])
def test_rows_of_another_machine_do_not_stand_in_one_table(other: dict[str, Any]):
    with pytest.raises(ValueError, match=next(iter(other))):
        together(result(*SMALL) | other, result(*NATIONAL))


def test_the_first_run_keeps_what_it_measures():
    assert together({}, result(*SMALL)) == result(*SMALL)


def test_the_ratios_hold_for_rows_of_several_runs():
    """60/10 and 35/5; 850/100 and 1/1; (1250/3000)/(100/264)."""
    found = together(result(*SMALL), result(*NATIONAL))
    found = together(found, result(rows("navbook", 3000, 1250.0)))
    said = [
        "At 24 offices navbook takes 6.0 times less CPU and 7.0 times less wall time than the stock way.",
        "At 264 offices navbook takes 8.5 times less CPU and 1.0 times less wall time than the stock way.",
        "A page of 3000 offices costs 1.10 times the CPU of a page of 264.",
    ]
    assert comparisons(found["rows"]) == said
    assert all(render(found).count(sentence) == 1 for sentence in said)


def test_the_readme_tells_what_the_stored_result_holds_once_and_no_more():
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    readme = (RESULTS.parents[1] / "README.md").read_text(encoding="utf-8")
    assert readme.count(table(found["rows"], HEADS)) == 1
    assert readme.count("| whole book |") == len(totals(found["rows"]))
    assert all(sentence in readme for sentence in comparisons(found["rows"]))
