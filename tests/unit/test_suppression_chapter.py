"""The chapter on how much is hidden prints numbers of the edition's manifest, and no other.

The audit knows those for what they are. A sum made for the page alone could by chance be a hidden number.
"""

import json
import re

import pytest

from editions import make_small_edition
from navbook.disclosure.audit.scan_numbers import numbers_in
from navbook.edition import Edition
from navbook.pages.chapters.suppression import suppression_chapter

HIDING = {
    "rader": [
        {"niva": "fylke", "lengde": "maned", "vist": 865, "skjult": 7601},
        {"niva": "kontor", "lengde": "tertial", "vist": 42, "skjult": 670},
    ],
    "kontorrader": [{"indikator": "ota_arbs", "vist": 1234, "skjult": 4321}],
    "for_smaa": 11_111,
    "for_andre": 2222,
    "celler": 33_333,
    "summer": 44_444,
    "deler": 555,
    "vernet": 66_666,
    "holdt_tilbake": 0,
}


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The chapter of a small edition of which the manifest tells these numbers."""
    edition = Edition(make_small_edition(tmp_path_factory.mktemp("utgaver")))
    edition.utgave["skjuling"] = HIDING
    return re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", suppression_chapter(edition))


def test_every_longer_number_is_told_by_the_manifest(chapter: str) -> None:
    years = {"2022", "2023"}
    assert {each for each in numbers_in(chapter) if len(each) >= 3} - years <= numbers_in(json.dumps(HIDING))


def test_rows_say_how_many_are_shown_and_hidden_and_of_a_hundred(chapter: str) -> None:
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', chapter)
    # 670 of 712 are 94 of a hundred, 7,601 of 8,466 are 90, 4,321 of 5,555 are 78
    assert [re.findall(r">(\d+)</td>", row) for row in rows] == [
        ["42", "670", "94"],
        ["865", "7601", "90"],
        ["1234", "4321", "78"],
    ]
