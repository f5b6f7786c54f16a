"""Labels of a figure: what has room is written whole, and no label stands on another."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navbook.pages.charts.statistical.label_places import Label, apart
from navbook.pages.charts.statistical.text_width import shortened, text_width

LINE = 12.0
heights = st.lists(st.integers(0, 100), max_size=4)


def test_a_label_alone_stays_where_it_is():
    assert apart([Label(0, 50, 30)], [], LINE, (0, 100)) == [30]


def test_no_label_gives_none():
    assert apart([], [Label(0, 50, 30)], LINE, (0, 100)) == []


def test_labels_that_are_not_beside_each_other_may_have_one_height():
    assert apart([Label(0, 50, 30), Label(60, 90, 30)], [], LINE, (0, 100)) == [30, 30]


def test_the_second_of_two_at_one_height_moves_one_line():
    assert apart([Label(0, 50, 30), Label(0, 50, 30)], [], LINE, (0, 100)) == [30, 18]


def test_at_the_foot_it_moves_up():
    assert apart([Label(0, 50, 5)], [Label(0, 50, 0)], LINE, (0, 100)) == [12]


@given(heights, heights)
def test_no_two_labels_cover_each_other(wanted, standing):
    """Eight labels take at most 8 · 2 · 12 units, so a figure of 400 has room for all."""
    taken = [Label(0, 50, 13.0 * k) for k, _ in enumerate(standing)]
    found = apart([Label(0, 50, height) for height in wanted], taken, LINE, (-200, 200))
    every = sorted([*found, *(label.middle for label in taken)])
    assert all(high - low >= LINE for low, high in pairwise(every))


@pytest.mark.parametrize("text", ["NAV Fjord", "", "Å"])
def test_a_text_with_room_is_whole(text):
    assert shortened(text, 11, 1000) == text


@given(st.text("abcæøåWMi .", min_size=1, max_size=60), st.integers(12, 300))
def test_what_is_shortened_has_room_and_begins_as_the_text(text, room):
    short = shortened(text, 11, room)
    assert text_width(short, 11) <= room
    assert short == text or text.startswith(short.removesuffix("…"))


def test_bold_letters_and_larger_ones_are_wider():
    assert text_width("Trøndelag", 11, bold=True) > text_width("Trøndelag", 11) > text_width("Trøndelag", 10)
    assert text_width("Trøndelag", 22) == pytest.approx(2 * text_width("Trøndelag", 11), rel=0.02)
