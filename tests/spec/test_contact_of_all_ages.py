"""Ten persons of one office in March 2021, counted by hand: contact, its kind, who wrote, and activity.

The 30 days are 2-31 March. What each of them adds stands in the table; the totals were added up on paper.

| person | group | age | contact in the 30 days | activity |
| --- | --- | --- | --- | --- |
| A | IKVAL | 40 | a message from A | job search that runs |
| B | IKVAL | 25 | a message from NAV, and one from B | none |
| C | BFORM | 25 | a meeting that was held | a finished course |
| D | BFORM | 50 | only an automatic message | none |
| E | BATT, AAP | 25 | a conversation, and a meeting called off | works |
| F | BATT, AAP, landgruppe 3 | 45 | a message from NAV | none |
| G | BATT | 35 | a meeting on 1 March, the day before the 30 days | a planned activity |
| H | VARIG | 55 | a planned meeting whose day has passed, and a message from H | in a tiltak |
| I | none yet, landgruppe 3 | 30 | a meeting called off | none |
| J | IKVAL, a jobseeker since 1 September | 33 | a message from J and one from NAV, a conversation | none |
"""

from pathlib import Path
from typing import Any

import pytest

from stays import Cell, counts_of

AGES = {"A": 40, "B": 25, "C": 25, "D": 50, "E": 25, "F": 45, "G": 35, "H": 55, "I": 30, "J": 33}
GROUPS = {"A": "IKVAL", "B": "IKVAL", "C": "BFORM", "D": "BFORM", "E": "BATT", "F": "BATT", "G": "BATT",
          "H": "VARIG", "I": None, "J": "IKVAL"}  # fmt: skip
FROM_NAV, FROM_USER = {"fra_bruker": False}, {"fra_bruker": True}
OFF = {"type": "MOTE", "status": "AVBRUTT"}
CONTACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("A", "2021-03-02", FROM_USER),
    ("B", "2021-03-10", FROM_NAV),
    ("B", "2021-03-31", FROM_USER),
    ("C", "2021-03-15", {"type": "MOTE"}),
    ("D", "2021-03-15", FROM_NAV | {"automatisk": True}),
    ("E", "2021-03-04", {"type": "SAMTALE"}),
    ("E", "2021-03-20", OFF),
    ("F", "2021-03-20", FROM_NAV),
    ("G", "2021-03-01", {"type": "MOTE"}),
    ("H", "2021-03-22", {"type": "MOTE", "status": "PLANLAGT"}),
    ("H", "2021-03-23", FROM_USER),
    ("I", "2021-03-22", OFF),
    ("J", "2021-03-05", FROM_USER),
    ("J", "2021-03-06", FROM_NAV),
    ("J", "2021-03-07", {"type": "SAMTALE"}),
]
MARCH = {"fom": "2021-03-01", "tom": "2021-03-31"}
TABLES: dict[str, list[dict[str, Any]]] = {
    "kontor": [{"enhetsnr": "9101"}],
    "person": [
        {"person_id": who, "fodselsdato": f"{2021 - age}-01-15", "fodeland": "SOM" if who in "FI" else "NOR"}
        for who, age in AGES.items()
    ],
    "oppfolging": [
        {"person_id": who, "enhetsnr": "9101", "innsatsgruppe": group}
        | MARCH
        | ({"fom": "2020-09-01"} if who == "J" else {})
        for who, group in GROUPS.items()
    ],
    "ytelse": [{"person_id": who, "ytelse": "AAP"} | MARCH for who in "EF"],
    "kontakt": [{"person_id": who, "dato": day} | row for who, day, row in CONTACTS] * 2,
    "aktivitet": [
        {"person_id": "A", "type": "JOBBSOEKING", "status": "GJENNOMFORES", "fom": "2021-03-10", "tom": None},
        {"person_id": "C", "type": "EGENAKTIVITET", "status": "FULLFORT", "fom": "2021-02-20",
         "tom": "2021-03-05"},
        {"person_id": "G", "type": "JOBBSOEKING", "status": "PLANLAGT", "fom": "2021-03-10", "tom": None},
    ],
    "arbeidsforhold": [{"person_id": "E", "stillingsprosent": 20.0} | MARCH],
    "tiltak": [{"person_id": "H", "tiltakskode": "VASV", "deltakerstatus": "GJENN"} | MARCH],
}  # fmt: skip
# with contact: A B C E F H J, seven of ten
EXPECTED: dict[str, dict[str, Cell]] = {
    "g13_kontakt": {
        "alle": (7, 10), "IKVAL": (3, 3), "BFORM": (1, 2), "BATT": (2, 3), "VARIG": (1, 1),
        "landgruppe3": (1, 2), "AAP": (2, 2), "langtid": (1, 1),
    },
    # messages only: A, B and F of those seven
    "g13_bare_dialog": {"alle": (3, 7), "IKVAL": (2, 3), "BFORM": (0, 1), "BATT": (1, 2), "VARIG": (0, 1)},
    # active: A, C, E and H
    "g13_aktivitet": {
        "alle": (4, 10), "IKVAL": (1, 3), "BFORM": (1, 2), "BATT": (1, 3), "VARIG": (1, 1),
        "landgruppe3": (0, 2), "AAP": (1, 2),
    },
    # messages: A B F H J; meetings: C H; conversations: E J
    "g13_kontaktform": {"dialog": (5, 10), "mote": (2, 10), "samtale": (2, 10)},
    # of A B F H J the users A B H J wrote, and NAV to B F J
    "g13_initiativ": {"fra_bruker": (4, 5), "fra_nav": (3, 5)},
    # agreed meetings: C E H I, of which E and I were called off
    "g13_mote_avbrutt": {"alle": (2, 4)},
    # young: C in BFORM, who had a meeting, and E in BATT, who had a conversation
    "f14_unge_kontaktform": {
        "BFORM_dialog": (0, 1), "BFORM_mote": (1, 1), "BFORM_samtale": (0, 1),
        "BATT_dialog": (0, 1), "BATT_mote": (0, 1), "BATT_samtale": (1, 1),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return counts_of(tmp_path_factory.mktemp("ten"), TABLES)


@pytest.mark.parametrize("indikator", EXPECTED)
def test_ten_persons_counted_by_hand(indikator: str, counted: dict) -> None:
    found = {
        gruppe: cell
        for (name, gruppe, enhetsnr, maned), cell in counted.items()
        if (name, enhetsnr, maned) == (indikator, "9101", "2021-03")
    }
    assert found == EXPECTED[indikator]


def test_the_young_are_some_of_the_ten(counted: dict) -> None:
    cells = {
        group: counted["u30_kontakt30", group, "9101", "2021-03"] for group in ("IKVAL", "BFORM", "BATT")
    }
    assert cells == {"IKVAL": (1, 1), "BFORM": (1, 1), "BATT": (1, 1)}


def test_an_extract_without_contacts_has_nobody_with_contact(tmp_path: Path) -> None:
    found = counts_of(tmp_path, TABLES | {"kontakt": []}, indicators=["g13_kontakt", "g13_mote_avbrutt"])
    assert found["g13_kontakt", "alle", "9101", "2021-03"] == (0, 10)
    assert found["g13_mote_avbrutt", "alle", "9101", "2021-03"] == (0, 0)
