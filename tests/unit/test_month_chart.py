"""The chart of a calculation notebook: what it draws, the same bytes each time, and colours one can read."""

import math
import re
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pytest

from navbook.indicators import SCHEMA, month_chart
from navbook.indicators.month_chart import STYLE, months_of_series


def table(*rows: tuple[str, str, str, str, float, float | None, bool]) -> pa.Table:
    columns = zip(*rows, strict=True)
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(columns, SCHEMA, strict=True)], SCHEMA
    )


AAP = table(
    ("aap_26u", "alle", "9001", "2021-01", 3, 4, False),
    ("aap_26u", "alle", "9002", "2021-01", 0, 6, False),
    ("aap_26u", "alle", "9001", "2021-02", 0, 0, False),
    ("aap_26u", "alle", "9001", "2021-03", 1, 2, True),
    ("aap_26u", "under30", "9001", "2021-01", 1, 1, False),
)


def svg_of(counts: pa.Table) -> str:
    text = month_chart(counts).data
    assert isinstance(text, str)
    return text


def test_a_month_is_the_sum_of_its_offices():
    months = months_of_series(AAP).set_index(["gruppe", "maned"])
    # 3 of 4 at one office and none of 6 at another: 3 of 10
    assert months.verdi["alle", "2021-01"] == pytest.approx(30)
    assert math.isnan(months.verdi["alle", "2021-02"])
    assert months.verdi["alle", "2021-03"] == pytest.approx(50)
    assert months.forelopig.to_list() == [False, False, True, False]


def test_a_pure_count_is_drawn_in_numbers():
    counts = table(
        ("formidlinger", "alle", "9001", "2021-01", 7, None, False),
        ("formidlinger", "alle", "9002", "2021-01", 2, None, False),
    )
    assert months_of_series(counts).verdi.to_list() == [9]
    assert "%" not in re.sub(r"<(defs|style).*?</\1>", "", svg_of(counts), flags=re.DOTALL)


def test_a_group_without_anyone_in_any_month_has_an_empty_panel():
    nobody = table(*(("inkludering", "alle", "9001", f"2021-{m:02}", 0, 0, False) for m in (1, 2)))
    svg = svg_of(nobody)
    assert svg.count('<g id="axes_') == 1
    assert "2021" in svg


def test_each_group_has_a_panel_with_its_name_as_text():
    svg = svg_of(AAP)
    assert svg.count('<g id="axes_') == 2
    texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    assert "Under 30 år" in texts
    assert "2021" in texts


def test_a_group_with_the_same_denominator_is_a_dashed_line_of_the_other():
    rows = [("u30_aktivitet", gruppe, "9001", "2021-01", 1, 2, False) for gruppe in ("BATT", "BATT_smal")]
    svg = svg_of(table(*rows))
    assert svg.count('<g id="axes_') == 1
    assert "- - bare tiltak eller jobb" in svg


def test_a_month_without_anyone_breaks_the_line():
    unbroken = svg_of(AAP.filter(pa.array([True, True, False, True, True])))
    broken = svg_of(AAP)
    # a line from January to March needs two points; with February empty each month is a mark of its own
    assert len(re.findall(r'<path d="M [^"]*L ', unbroken)) > len(re.findall(r'<path d="M [^"]*L ', broken))


def test_the_same_table_gives_the_same_bytes_without_a_date():
    assert svg_of(AAP) == svg_of(AAP)
    assert not re.search(r"<dc:date>|\d{4}-\d{2}-\d{2}T", svg_of(AAP))


def test_a_table_without_rows_is_an_empty_chart():
    assert "<svg" in svg_of(SCHEMA.empty_table())


def test_a_notebook_that_draws_writes_nothing_to_stderr(tmp_path):
    program = (
        "import pyarrow as pa; from navbook.indicators import SCHEMA, month_chart; "
        "month_chart(pa.Table.from_pylist([dict(indikator='aap_26u', gruppe='alle', enhetsnr='9001', "
        "maned='2021-01', x=1.0, n=2.0, forelopig=False)], SCHEMA))"
    )
    # no cache of fonts: matplotlib makes one, as on a new machine
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"MPLCONFIGDIR": str(tmp_path), "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_lines_and_texts_stand_out_from_white():
    style = STYLE.read_text(encoding="utf-8")
    (cycle,) = re.findall(r"cycler\(color=\[(.*)\]\)", style)
    colours = re.findall(r"'([0-9A-F]{6})'", cycle)
    colours += re.findall(
        r"^(?:axes|xtick|ytick)\.label(?:color|s?color): ([0-9A-F]{6})$", style, re.MULTILINE
    )
    assert len(colours) >= 7
    assert {colour: 1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in colours} == dict.fromkeys(
        colours, True
    )


def test_months_are_sorted_whatever_the_order_of_the_rows():
    shuffled = pa.Table.from_pandas(
        AAP.to_pandas().sample(frac=1, random_state=3), schema=SCHEMA, preserve_index=False
    )
    pd.testing.assert_frame_equal(months_of_series(shuffled), months_of_series(AAP))
    assert svg_of(shuffled) == svg_of(AAP)
