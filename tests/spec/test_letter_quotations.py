"""Every quotation of the letter files is one that was found in the letter's own text.

The texts are not in the repository; `tests/letter_quotations.py` checks a letter file against one and writes
the list of hashes that is read here.
"""

import re

import pytest

from letter_quotations import HASHES, listed, normalised
from navbook.letters import Letter, letter_for, letter_years

CHECKED = HASHES.read_text(encoding="utf-8").splitlines()
YEARS = sorted({int(line.partition(";")[0]) for line in CHECKED})


@pytest.mark.parametrize("year", YEARS)
def test_the_quotations_of_a_year_are_those_that_were_found_in_its_letter(year: int) -> None:
    assert listed(year) == [line for line in CHECKED if line.startswith(f"{year};")]


def test_the_first_two_letters_are_checked() -> None:
    assert YEARS[:2] == [2021, 2022]
    assert len(CHECKED) > 250


@pytest.mark.parametrize("year", letter_years())
def test_an_entry_is_either_quoted_or_in_our_own_words(year: int) -> None:
    letter = letter_for(year)
    assert isinstance(letter, Letter)
    for entry in letter.catalogue:
        assert bool(entry.ordlyd) != bool(entry.omtale)
        assert not re.search("[«»]", entry.omtale)


def test_white_space_hyphens_and_footnote_marks_do_not_make_another_quotation() -> None:
    assert normalised("ukers-\ntidspunktet, \n fordelt¹² på") == normalised("ukerstidspunktet, fordelt på")
    assert normalised("i arbeid") != normalised("i arbeidet")
