"""Figures draw what is shown and nothing else, and say in words what they draw."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navbook.disclosure.audit.svg_geometry import read_drawing, subpaths
from navbook.pages.charts.svg import circles, diamonds, dots, polylines, svg_element
from navbook.pages.sections.development import RunChartPanel, run_charts
from navbook.pages.view.cells import Cell
from navbook.pages.view.events import Event
from navbook.pages.view.run_limits import RunLimits
from navbook.runtime.periods import Period, month_range

YEAR = Period("2022-01", "2022-12")
BASE = Period("2021-01", "2021-12")


def month(periode, share, status="vist"):
    x = share * 1000
    return Cell("ota_arbs", "alle", "9900", periode, status=status, x=x, n=1000.0, verdi=share)


def months(hidden=()):
    every = month_range("2021-01", "2022-12")
    return [
        month(name, 0.40 + 0.01 * (k % 7), "skjult" if name in hidden else "vist")
        for k, name in enumerate(every)
    ]


def drawn(*panels):
    return run_charts("Fylket", panels, YEAR, BASE).html


def lines(html, css="linje"):
    """How many months each unbroken line runs through: of the whole series, or of a period."""
    found = [re.findall(r"M[^M]*", d) for d in re.findall(rf'<path class="nb-l-{css}" d="([^"]*)"', html)]
    return [len(subpaths(line)[0]) for each in found for line in each]


def points(html):
    """The same of the whole run, its base year and its own year."""
    return [lines(html, css) for css in ("linje", "basis", "egen")]


def marks(html):
    return re.findall(r"<text[^>]*>([^<]*)</text>", html)


def test_every_shown_month_is_drawn():
    assert points(drawn(RunChartPanel("Andel", months()))) == [[24], [12], [12]]


def test_a_hidden_month_is_a_gap():
    # June 2021 hidden: five months before it, and eighteen after it of which six are the base year's
    assert points(drawn(RunChartPanel("Andel", months(["2021-06"])))) == [[5, 18], [5, 6], [12]]


def test_no_line_is_drawn_across_a_changed_definition():
    old, new = months()[:9], months()[9:]
    series = [replace(cell, definisjon="ota_arbs 1") for cell in old]
    series += [replace(cell, definisjon="ota_arbs 2") for cell in new]
    # nine months of the one definition and fifteen of the other, of which three are the base year's
    html = drawn(RunChartPanel("Andel", series))
    assert points(html) == [[9, 15], [9, 3], [12]]
    assert "definisjonen er endret fra oktober 2021, og linjen brytes der" in html


def test_months_of_one_definition_are_one_line():
    series = [replace(cell, definisjon="ota_arbs 2") for cell in months()]
    html = drawn(RunChartPanel("Andel", series))
    assert points(html) == [[24], [12], [12]]
    assert "definisjonen er endret" not in html


def test_a_definition_that_changes_while_a_month_is_hidden_breaks_the_line_where_it_is_shown_again():
    every = enumerate(months(["2021-10"]))
    series = [replace(cell, definisjon=f"ota_arbs {1 + (k > 8)}") for k, cell in every]
    assert RunChartPanel("Andel", series).redefined == ["2021-11"]


def test_a_hidden_month_does_not_move_the_axis():
    lowest, out = months(), months()
    lowest[3] = month("2021-04", 0.01, "skjult")
    out[3] = month("2021-04", 0.99, "skjult")
    assert drawn(RunChartPanel("Andel", lowest)) == drawn(RunChartPanel("Andel", out))


def test_the_words_of_a_figure_leave_hidden_months_out():
    lowest = months()
    lowest[3] = month("2021-04", 0.05, "skjult")
    html = drawn(RunChartPanel("Andel", lowest))
    assert "april 2021" not in html
    assert "1 måned vises ikke" in html


def test_a_figure_is_told_in_words():
    label = re.search(r'<svg role="img" aria-label="([^"]*)"', drawn(RunChartPanel("Andel", months())))
    assert label
    assert "Andel: fra 40,0 prosent i januar 2021 til 42,0 prosent i desember 2022" in label[1]
    assert "lavest 40,0 prosent i januar 2021, høyest 46,0 prosent i juli 2021" in label[1]


def test_hostile_titles_stay_text():
    html = run_charts("<b>Fylket</b>", [RunChartPanel("<script>&", months())], YEAR, None).html
    assert "<script" not in html
    assert "<b>" not in html


def test_events_are_marked_in_the_months_that_are_drawn():
    inside, outside = Event(1, "2021-03", "Pandemi"), Event(2, "2005-01", "NAV blir til")
    html = drawn(RunChartPanel("Andel", months(), [inside, outside]))
    assert "1" in marks(html)
    assert "2" not in marks(html)


def test_events_of_one_month_share_one_mark():
    same = [Event(1, "2021-03", "Pandemi"), Event(2, "2021-03", "Ny lov")]
    assert "1, 2" in marks(drawn(RunChartPanel("Andel", months(), same)))


def test_the_same_figure_is_the_same_bytes():
    assert drawn(RunChartPanel("Andel", months())) == drawn(RunChartPanel("Andel", months()))


def test_a_figure_takes_the_pages_colour_and_loads_nothing():
    html = drawn(RunChartPanel("Andel", months()))
    assert "currentColor" in html
    assert "<style" not in html
    assert "style=" not in html
    assert not re.search(r'\bid="|#', html)  # two drawings of a page have no name that can clash
    assert not re.findall(r'(?:href|src)="(?!#)', html)


def test_no_figure_is_drawn_of_nothing():
    with pytest.raises(ValueError, match="no month to draw"):
        run_charts("Tom", [RunChartPanel("Andel", [month("2022-01", 0.4, "skjult")])], YEAR, None)


def test_each_panel_is_a_drawing_of_its_own_under_its_title():
    html = drawn(RunChartPanel("Unge", months()), RunChartPanel("Eldre", months()))
    assert html.count("<svg") == 2
    assert re.findall(r'<p class="nb-rutetittel">(.*?)</p>', html) == ["Unge", "Eldre"]


def test_each_month_of_a_period_has_a_mark_of_its_own_form():
    html = drawn(RunChartPanel("Andel", months()))
    for css in ("egen", "basis"):
        (d,) = re.findall(rf'<path class="nb-l-{css} nb-l-prikk" d="([^"]*)"', html)
        assert len(re.findall(r"M[\d. ]+h0", d)) == 12


def test_a_month_between_two_gaps_has_a_mark():
    html = drawn(RunChartPanel("Andel", months(["2021-05", "2021-07"])))
    (d,) = re.findall(r'<path class="nb-l-alene" d="([^"]*)"', html)
    assert len(re.findall("M", d)) == 1
    assert lines(html) == [4, 17]


LIMITS = RunLimits(0.43, 0.05, False, 24, frozenset({"2022-07"}), frozenset({"2022-01", "2022-08"}))


def test_unusual_months_are_ringed_in_their_own_way():
    html = drawn(RunChartPanel("Andel", months(), (), LIMITS))
    assert html.count("<circle") == 1
    (d,) = re.findall(r'<path class="nb-l-uvanlig" d="([^"]*)"', html)
    assert d.count("z") == 2


def test_limits_run_from_the_first_to_the_last_shown_month():
    html = drawn(RunChartPanel("Andel", months(["2021-01"]), (), LIMITS))
    assert lines(html, "grense") == [2, 2]
    assert lines(html, "snitt") == [2]
    follows = replace(LIMITS, reach=2.0, follows_n=True)
    assert lines(drawn(RunChartPanel("Andel", months(["2021-01"]), (), follows)), "grense") == [23, 23]


def test_a_mark_stands_where_the_axis_says_its_value_is():
    """Read as with a ruler: between the labels 40 and 50 a mark at 43 stands three tenths of the way."""
    svg = re.findall(r"<svg.*?</svg>", drawn(RunChartPanel("Andel", months(), (), LIMITS)), re.DOTALL)[0]
    drawing = read_drawing(svg)
    heights = {each.text: each.ticks[1] for each in drawing.labels if each.text in ("40", "50")}
    january = next(each.ticks[0] for each in drawing.labels if each.text == "2022")
    marks = [point.where[1] for point in drawing.points if point.mark and abs(point.where[0] - january) < 0.1]
    share = [40 + 10 * (heights["40"] - y) / (heights["40"] - heights["50"]) for y in marks]
    # January 2022 is the thirteenth month, of 45 per cent: a dot, and the diamond around it
    assert share == pytest.approx([45, 45], abs=0.05)


@given(
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=2, max_size=40),
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=1, max_size=12),
)
def test_what_is_written_is_read_back_to_half_its_last_digit(line, marks):
    """The line is written by its steps: no rounding may add up along it."""
    svg = svg_element(
        (400, 400),
        "",
        "",
        [
            polylines("a", [*line, (500.0, 600.0)]),
            dots("b", marks),
            diamonds("c", marks, 5),
            circles("d", marks, 5),
        ],
        [],
    )
    read = read_drawing(svg).points
    bends = [point.where for point in read if not point.mark]
    put = [point.where for point in read if point.mark]
    for found, true in ((bends, [*line, (500.0, 600.0)]), (put, [*marks, *marks, *marks])):
        assert len(found) == len(true)
        for (x, y), (a, b) in zip(found, true, strict=True):
            assert (x, y) == (pytest.approx(a, abs=0.0501), pytest.approx(b, abs=0.0501))


def test_a_panel_does_not_depend_on_the_panels_beside_it():
    alone = drawn(RunChartPanel("Eldre", months(["2021-06"])))
    second = drawn(RunChartPanel("Unge", months()), RunChartPanel("Eldre", months(["2021-06"])))
    svg = re.findall(r"<svg.*?</svg>", alone + second, re.DOTALL)
    assert svg[0] == svg[2] != svg[1]
