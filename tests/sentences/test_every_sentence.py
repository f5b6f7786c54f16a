"""Every sentence with a verdict, a reason or a count is so, derived again from the edition and the letter."""

import re

import pytest
from made_editions import CASES
from walk import faults

ID = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
# where the definition of a number gives its id and those of its groups, as the files have them
OF_THE_FILES = re.compile(r"\([a-z0-9_]+\)|^[a-z0-9_]+, versjon \d+$")
LACKING = re.compile(r"^Ikke i (?:brevet for \d{4}|uttrekket): .*\b[FGR]\d\d\b")


@pytest.mark.parametrize("case", CASES)
def test_the_verdicts_of_the_edition_follow_from_its_counts_and_the_letter(books, case):
    facts = books[case].facts
    rows = [
        (demand.indikator, demand.gruppe, enhet)
        for demand in facts.in_force
        for enhet in facts.units
        if facts.row(demand.indikator, demand.gruppe, enhet).shown
    ]
    assert len(rows) > 100
    assert {row: facts.row(*row).vurdering for row in rows} == {row: facts.verdict(*row) for row in rows}


@pytest.mark.parametrize("case", CASES)
def test_every_claim_on_its_pages_is_so(books, case):
    book = books[case]
    assert len(book.html) >= 10
    found = [fault for address in book.html for fault in faults(book.page(address))]
    listed = "\n".join(f"{page}: {sentence!r} {why} {keys}" for page, sentence, why, keys in found)
    assert not found, f"{len(found)} sentences:\n{listed}"


@pytest.mark.parametrize("case", CASES)
def test_sentences_name_numbers_by_name_and_not_by_id(books, case):
    book = books[case]
    texts = [block.text for address in book.html for block in book.page(address).blocks]
    assert not [text for text in texts if ID.search(OF_THE_FILES.sub("", text)) or LACKING.search(text)]
