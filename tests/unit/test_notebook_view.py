"""What a calculation notebook shows with its counts: tables for a Norwegian reader, and what to edit."""

import math
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from navbook.indicators import (
    CALCULATIONS,
    SCHEMA,
    as_table,
    country_table,
    example_contributions,
    example_counted,
    example_days,
    example_rows,
    what_to_edit,
    worked_example,
)
from navbook.indicators.markdown_table import markdown_table
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import PROJECT


def test_numbers_are_norwegian_and_set_to_the_right():
    rows = [["a|b", 1234.0, 0.25, True, date(2021, 3, 1)], ["c", 2, math.nan, False, None]]
    assert markdown_table(["ord", "antall", "andel", "svar", "dag"], rows).splitlines() == [
        "| ord | antall | andel | svar | dag |",
        "| --- | ---: | ---: | --- | --- |",
        "| a\\|b | 1\u00a0234 | 0,25 | ja | 2021-03-01 |",
        "| c | 2 | – | nei | – |",
    ]


def test_a_frame_is_shown_whole():
    long = "En kontroll med et langt navn som pandas ville ha kuttet etter femti tegn"
    assert long in as_table(pd.DataFrame({"kontroll": [long], "avvik": [0]})).data


def test_the_rows_of_an_example_name_the_columns_that_matter():
    shown = example_rows("aap_26u").data
    assert "| B | AAP | 2020-12-01 | 2021-02-14 |" in shown
    assert "utdanning" not in shown


def test_a_case_is_followed_day_by_day_to_why_it_counts():
    days, contributions = example_days("aap_26u").data, example_contributions("aap_26u").data
    assert "| A | 10.06.2021 | 9101 | BATT | ja | 182 | ja | nei |" in days
    assert "| C | 2021\u201106 | telles ikke | 0 | 0 | Det første forløpet tok slutt" in contributions


def test_a_pure_count_has_no_denominator_to_show():
    assert "| n |" not in example_contributions("formidlinger").data
    assert "n telt" not in example_counted("formidlinger").data


@pytest.mark.parametrize("calculation", CALCULATIONS)
def test_the_files_to_edit_are_there(calculation: str):
    shown = what_to_edit(calculation).data
    files = [part for part in shown.split("`") if part.startswith(("src/", "data/")) and "<" not in part]
    assert len(files) >= 2
    assert all((PROJECT / file).exists() for file in files)


def test_no_example_of_that_name():
    with pytest.raises(UsageError, match="choose among aap_26u"):
        worked_example("nope")


def test_the_country_by_year_says_share_numbers_and_known_months():
    rows = [
        {"indikator": "aap_26u", "gruppe": "alle", "enhetsnr": office, "maned": month, "x": 1.0, "n": n}
        for office, month, n in [("9001", "2021-11", 2.0), ("9002", "2021-11", 1.0), ("9001", "2021-12", 5.0)]
    ]
    rows.append(
        {"indikator": "formidlinger", "gruppe": "alle", "enhetsnr": "9001", "maned": "2021-12", "x": 4.0}
    )
    shown = country_table(pa.Table.from_pylist([row | {"forelopig": False} for row in rows], SCHEMA)).data
    assert "| `aap_26u` | `alle` | 37,5\u00a0% (3\u00a0av\u00a08;\u00a02\u00a0md.) |" in shown
    assert "| `formidlinger` | `alle` | 4 (1 md.) |" in shown
