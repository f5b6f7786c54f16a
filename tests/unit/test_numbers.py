"""Numbers as a Norwegian reader expects them: half up, decimal comma, narrow space between thousands."""

from decimal import Decimal

import pytest

from navbook.pages.format.numbers import (
    count_word,
    date_text,
    number,
    percent,
    percent_decimals,
    period_text,
    range_text,
    signed_points,
)


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0, 0, "0"),
        (1234, 0, "1\u202f234"),
        (1234567.5, 1, "1\u202f234\u202f567,5"),
        (2.5, 0, "3"),  # half up; half to even would give 2
        (0.25, 1, "0,3"),  # half up; half to even would give 0.2
        (-3, 0, "\u22123"),
        (-0.04, 1, "0,0"),  # never minus zero
    ],
)
def test_numbers_are_rounded_half_up_and_printed_in_norwegian(value, decimals, printed):
    assert number(value, decimals) == printed


@pytest.mark.parametrize(
    ("share", "decimals", "printed"),
    [(0.412, 1, "41,2"), (0.4125, 1, "41,3"), (0.4125, 0, "41"), (1.0, 1, "100,0"), (0.0, 1, "0,0")],
)
def test_shares_are_printed_as_per_cent(share, decimals, printed):
    assert percent(share, decimals) == printed


def test_a_share_is_rounded_once_only():
    # 0.4124996 is 41,2 per cent; rounded to six decimals first it would be 0.412500 and print as 41,3
    assert percent(Decimal("0.4124996"), 1) == "41,2"


@pytest.mark.parametrize(("n", "decimals"), [(1, 0), (199, 0), (200, 1), (5000, 1), (None, 1)])
def test_shares_of_fewer_than_200_are_whole_per_cent(n, decimals):
    assert percent_decimals(n) == decimals


def test_changes_carry_their_sign():
    assert signed_points(0.018) == "+1,8"
    assert signed_points(-0.018) == "\u22121,8"
    assert signed_points(0.0) == "0,0"


def test_limits_stand_with_a_dash_unless_a_sign_would_meet_it():
    assert range_text("38,1", "44,9") == "38,1–44,9"
    assert range_text("\u22121,2", "+4,7") == "\u22121,2 til +4,7"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2022", "2022"),
        ("2022-T1", "1. tertial 2022"),
        ("2022-03", "mars 2022"),
        ("2021-07..2022-06", "juli 2021–juni 2022"),
        ("2023-03..2023-06", "mars–juni 2023"),
    ],
)
def test_periods_are_told_in_words(name, words):
    assert period_text(name) == words


def test_dates_are_told_in_words():
    assert date_text("2023-08-01") == "1. august 2023"


@pytest.mark.parametrize(("count", "word"), [(0, "ingen"), (1, "ett"), (12, "tolv"), (13, "13")])
def test_small_numbers_are_written_in_words(count, word):
    assert count_word(count) == word
