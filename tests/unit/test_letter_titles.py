"""A row of the letter as a heading over its parts does not end in the air; the quotation keeps every word."""

import pytest

from navbook.pages.view import LetterRow


@pytest.mark.parametrize(
    ("wording", "title"),
    [
        ("Overgang til arbeid fra tiltak fordelt på", "Overgang til arbeid fra tiltak"),
        ("Antall formidlinger totalt og fordelt på", "Antall formidlinger totalt"),
        ("Andel med kontakt, fordelt på", "Andel med kontakt"),
        ("Andel fordelt på alder i arbeid", "Andel fordelt på alder i arbeid"),
        ("Sykefravær", "Sykefravær"),
    ],
)
def test_a_title_drops_what_its_parts_say(wording: str, title: str) -> None:
    row = LetterRow("SP05", wording, "", [], "", [])
    assert row.title == title
    assert row.wording == wording
