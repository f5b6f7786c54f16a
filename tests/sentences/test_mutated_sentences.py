"""A sentence that is changed in one place is found: another verdict, another reason, another number."""

import re

import pytest
from claims import Claim
from mutants import mutants
from walk import UNKNOWN, explains, fault_of, faults

CASES = ("2021", "2022-T1 in May")


def different_claims(book):
    """One claim of each form on each page, without ticks of drawings and cells of further tables."""
    for address in book.html:
        seen = set()
        for claim in book.page(address).claims():
            form = re.sub(r"\d+", "#", claim.sentence), bool(claim.block.keys.felt)
            plain = claim.block.tag == "text" or (claim.block.tag == "td" and not claim.block.keys.felt)
            if form in seen or explains(claim) or (plain and not re.search("[a-zæøå]", claim.sentence)):
                continue
            seen.add(form)
            yield claim


@pytest.mark.parametrize("case", CASES)
def test_every_change_of_one_word_or_number_is_found(books, case):
    made, missed = 0, []
    for claim in different_claims(books[case]):
        for changed in mutants(claim):
            block = claim.block._replace(text=claim.block.text.replace(claim.sentence, changed))
            made += 1
            if not fault_of(Claim(claim.page, block, changed)):
                missed.append((claim.page.address, claim.sentence, changed))
    assert made > 500
    assert not missed


@pytest.mark.parametrize(
    ("sentence", "changed"),
    [
        ("Kravet er oppfylt", "Kravet er ikke oppfylt"),
        ("Kan ikke avgjøres", "Kan ikke vurderes"),
        ("Brevet stiller krav til 15 tall", "Brevet stiller krav til 14 tall"),
        ("er skjult.", "er ikke kjent."),
    ],
)
def test_a_page_with_one_changed_sentence_is_found(books, sentence, changed):
    book = books["2021"]
    html = book.html["fylke/9901"]
    assert sentence in html
    assert faults(book.page("fylke/9901", html.replace(sentence, changed, 1)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Kravet er nesten oppfylt.",
        "Sju kontor gjør det bra.",
        "Tallet mangler fordi ingen har meldt det inn.",
        "Gruppen er på 412 personer.",
    ],
)
def test_a_claim_that_nothing_recognises_is_found(books, sentence):
    book = books["2022"]
    (found,) = faults(book.page("landet", f"<p>{sentence}</p>"))
    assert found.why == UNKNOWN
