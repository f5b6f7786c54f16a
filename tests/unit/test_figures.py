"""Figures draw what is shown and nothing else, and say in words what they draw."""

import re
from dataclasses import replace

import pytest

from navbook.pages.cells import Cell
from navbook.pages.events import Event
from navbook.pages.figures import Panel, run_charts
from navbook.periods import Period, month_range

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


def drawn(*panels, name="fylket"):
    return run_charts(name, "Fylket", panels, YEAR, BASE).html


def points(html):
    """How many months each drawn line runs through: the whole run in grey, then its base and own year."""
    paths = re.findall(r'<path d="([^"]*)" clip-path', html)
    return [len(re.findall(r"[ML] ", path)) for path in paths]


def marks(html):
    return re.findall(r"<text[^>]*>([^<]*)</text>", html)


def test_every_shown_month_is_drawn():
    assert points(drawn(Panel("Andel", months()))) == [24, 12, 12]


def test_a_hidden_month_is_a_gap():
    # June 2021 hidden: five months before it, and eighteen after it of which six are the base year's
    assert points(drawn(Panel("Andel", months(["2021-06"])))) == [5, 5, 18, 6, 12]


def test_no_line_is_drawn_across_a_changed_definition():
    old, new = months()[:9], months()[9:]
    series = [replace(cell, definisjon="ota_arbs 1") for cell in old]
    series += [replace(cell, definisjon="ota_arbs 2") for cell in new]
    # nine months of the one definition and fifteen of the other, of which three are the base year's
    html = drawn(Panel("Andel", series))
    assert points(html) == [9, 9, 15, 3, 12]
    assert "definisjonen er endret fra oktober 2021, og linjen brytes der" in html


def test_months_of_one_definition_are_one_line():
    series = [replace(cell, definisjon="ota_arbs 2") for cell in months()]
    html = drawn(Panel("Andel", series))
    assert points(html) == [24, 12, 12]
    assert "definisjonen er endret" not in html


def test_a_definition_that_changes_while_a_month_is_hidden_breaks_the_line_where_it_is_shown_again():
    every = enumerate(months(["2021-10"]))
    series = [replace(cell, definisjon=f"ota_arbs {1 + (k > 8)}") for k, cell in every]
    assert Panel("Andel", series).redefined == ["2021-11"]


def test_a_hidden_month_does_not_move_the_axis():
    lowest, out = months(), months()
    lowest[3] = month("2021-04", 0.01, "skjult")
    out[3] = month("2021-04", 0.99, "skjult")
    assert drawn(Panel("Andel", lowest)) == drawn(Panel("Andel", out))


def test_the_words_of_a_figure_leave_hidden_months_out():
    lowest = months()
    lowest[3] = month("2021-04", 0.05, "skjult")
    html = drawn(Panel("Andel", lowest))
    assert "april 2021" not in html
    assert "1 måned vises ikke" in html


def test_a_figure_is_told_in_words():
    label = re.search(r'<svg role="img" aria-label="([^"]*)"', drawn(Panel("Andel", months())))
    assert label
    assert "Andel: fra 40,0 prosent i januar 2021 til 42,0 prosent i desember 2022" in label[1]
    assert "lavest 40,0 prosent i januar 2021, høyest 46,0 prosent i juli 2021" in label[1]


def test_hostile_titles_stay_text():
    html = run_charts("x", "<b>Fylket</b>", [Panel("<script>&", months())], YEAR, None).html
    assert "<script" not in html
    assert "<b>" not in html


def test_events_are_marked_in_the_months_that_are_drawn():
    inside, outside = Event(1, "2021-03", "Pandemi"), Event(2, "2005-01", "NAV blir til")
    html = drawn(Panel("Andel", months(), [inside, outside]))
    assert "1" in marks(html)
    assert "2" not in marks(html)


def test_events_of_one_month_share_one_mark():
    same = [Event(1, "2021-03", "Pandemi"), Event(2, "2021-03", "Ny lov")]
    assert "1, 2" in marks(drawn(Panel("Andel", months(), same)))


def test_the_same_figure_is_the_same_bytes():
    assert drawn(Panel("Andel", months())) == drawn(Panel("Andel", months()))


def test_two_figures_of_a_page_share_no_id():
    first, second = (drawn(Panel("Andel", months()), name=name) for name in ("en", "to"))
    assert not set(re.findall(r'id="([^"]*)"', first)) & set(re.findall(r'id="([^"]*)"', second))


def test_a_figure_takes_the_pages_colour_and_loads_nothing():
    html = drawn(Panel("Andel", months()))
    assert "currentColor" in html
    assert "<style" not in html
    assert "<metadata" not in html
    assert not re.findall(r'(?:href|src)="(?!#)', html)


def test_no_figure_is_drawn_of_nothing():
    with pytest.raises(ValueError, match="no month to draw"):
        run_charts("tom", "Tom", [Panel("Andel", [month("2022-01", 0.4, "skjult")])], YEAR, None)


def test_each_panel_is_a_drawing_of_its_own_under_its_title():
    html = drawn(Panel("Unge", months()), Panel("Eldre", months()))
    assert html.count("<svg") == 2
    assert re.findall(r'<p class="nb-rutetittel">(.*?)</p>', html) == ["Unge", "Eldre"]
    ids = re.findall(r'id="([^"]*)"', html)
    assert len(set(ids)) == len(ids)


def test_shortening_a_drawing_leaves_its_marks_and_colours():
    html = drawn(Panel("Andel", months()))
    # twelve months of the own year as round marks, twelve of the base year as squares
    uses = re.findall(r"<use [^>]*/>", html)
    for colour in ("#2176d4", "#b0691e"):
        (group,) = re.findall(rf'<g [^>]*style="[^"]*{colour}[^"]*">(.*?)</g>', html, re.DOTALL)
        assert len(re.findall(r"<use ", group)) == 12
    assert len(uses) >= 24
    assert html.count("<g") == html.count("</g>")


def test_a_panel_does_not_depend_on_the_panels_before_it():
    # only the salted ids may differ: the second panel is drawn where the first one was
    alone = drawn(Panel("Eldre", months(["2021-06"])))
    second = drawn(Panel("Unge", months()), Panel("Eldre", months(["2021-06"])))
    svg = re.findall(r"<svg.*?</svg>", alone + second, re.DOTALL)
    without_ids = [re.sub(r'id="[^"]*"|#\w+', "", drawing) for drawing in svg]
    assert without_ids[0] == without_ids[2] != without_ids[1]
